#!/bin/sh
# Prints the first load of each half of the app, as it goes over the wire in Brotli, and fails where one is above the gate.
cd "$(dirname "$0")" && exec node - "$@" <<'JS'
const { readdirSync, statSync } = require("node:fs");
const gate = 400 * 1024;
const files = (folder) => readdirSync(folder).filter((name) => /\.(html|js|css|wasm|svg)$/.test(name)).sort().map((name) => `${folder}/${name}`);
const shared = ["dist/favicon.svg", "dist/icons.svg", "dist/theme.js"];
const halves = { daily: files("dist"), desk: [...shared, ...files("dist/desk")] };
let above = false;
for (const [half, names] of Object.entries(halves)) {
  let total = 0;
  for (const name of names) {
    const [size, plain] = [`${name}.br`, name].map((file) => statSync(file).size);
    total += size;
    console.log(`${String(size).padStart(8)}  ${String(plain).padStart(8)} plain  ${name}`);
  }
  console.log(`${String(total).padStart(8)}  first load of the ${half} half in Brotli, gate ${gate}`);
  above ||= total > gate;
}
process.exit(above ? 1 : 0);
JS
