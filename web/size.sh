#!/bin/sh
# Prints the size of the first load in Brotli and fails above the gate.
cd "$(dirname "$0")" && exec node - "$@" <<'JS'
const { readdirSync, readFileSync } = require("node:fs");
const { brotliCompressSync, constants } = require("node:zlib");
const gate = 400 * 1024;
let total = 0;
for (const name of readdirSync("dist").sort()) {
  if (!/\.(html|js|css|wasm|svg)$/.test(name)) continue;
  const raw = readFileSync(`dist/${name}`);
  const size = brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length } }).length;
  total += size;
  console.log(`${String(size).padStart(8)}  ${String(raw.length).padStart(8)} raw  ${name}`);
}
console.log(`${String(total).padStart(8)}  first load in Brotli, gate ${gate}`);
process.exit(total > gate ? 1 : 0);
JS
