// Runs after every Trunk build, on the staged files:
// 1. joins the style partials into one hashed file,
// 2. shrinks the wasm with wasm-opt, its script, and the icons to those that something names, when the build is a release,
// 3. moves Trunk's inline loader into a file of its own, since the content security policy forbids inline scripts,
// 4. packs every file of a release twice beside itself, so that no server has to while somebody waits.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

// What rustc emits and the browsers of offices run; newer features would make wasm-opt write what they cannot read.
const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "multivalue", "reference-types"].map((name) => `--enable-${name}`);

// Instances of one generic function have names that begin alike; side by side they compress better.
const ORDER = ["--reorder-types", "--reorder-locals", "--reorder-functions-by-name"];

const stage = process.env.TRUNK_STAGING_DIR ?? "dist";
const source = process.env.TRUNK_SOURCE_DIR ?? ".";
const release = process.env.TRUNK_PROFILE === "release";
const root = process.env.TRUNK_PUBLIC_URL ?? "/";
const hashed = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);
let page = readFileSync(join(stage, "index.html"), "utf8");

const list = join(source, "styles", "app.css");
let styles = readFileSync(list, "utf8").replace(/@import "(.+?)";/g, (_, path) => readFileSync(join(source, "styles", path), "utf8"));
if (release) styles = styles.replace(/\/\*[^]*?\*\//g, "").replace(/\s*\n\s*/g, "\n");
const old = readdirSync(stage).find((name) => /^app-[0-9a-f]+\.css$/.test(name));
if (old) {
  const name = `app-${hashed(styles)}.css`;
  rmSync(join(stage, old));
  writeFileSync(join(stage, name), styles);
  page = page.replaceAll(old, name);
}

if (release) {
  for (const name of readdirSync(stage).filter((name) => name.endsWith(".wasm"))) {
    const file = join(stage, name);
    execFileSync(join(source, "node_modules", ".bin", "wasm-opt"), ["-Oz", "--converge", "--low-memory-unused", ...ORDER, ...FEATURES, "--strip-debug", "--strip-producers", file, "-o", `${file}.small`]);
    renameSync(`${file}.small`, file);
  }
  shortenGlue();
  if (existsSync(join(stage, "icons.svg"))) dropUnnamedIcons();
}

/** Leaves the icons that something in the source names. */
function dropUnnamedIcons() {
  const files = readdirSync(join(source, "src"), { recursive: true }).filter((name) => name.endsWith(".rs"));
  const code = files.map((name) => readFileSync(join(source, "src", name), "utf8")).join("\n");
  const named = (icon) => code.includes(`"${icon}"`) || code.includes(`#i-${icon}`);
  const icons = readFileSync(join(stage, "icons.svg"), "utf8");
  const kept = icons.replace(/\s*<symbol id="i-([a-z-]+)"[^]*?<\/symbol>/g, (symbol, icon) => (named(icon) ? symbol : ""));
  writeFileSync(join(stage, "icons.svg"), kept);
}

/** Takes comments and indentation out of wasm-bindgen's script, and the hashes out of the names that it shares with the wasm:
 * noise that no compression takes away. A number of the same length stands in their place, so nothing in the wasm moves. */
function shortenGlue() {
  const script = readdirSync(stage).find((name) => /^(daily|desk)-[0-9a-f]+\.js$/.test(name));
  const wasm = readdirSync(stage).find((name) => name.endsWith(".wasm"));
  const text = readFileSync(join(stage, script), "utf8");
  const numbers = new Map();
  const number = (hash) => numbers.get(hash) ?? numbers.set(hash, String(numbers.size).padStart(hash.length, "0")).get(hash);
  const renamed = (source) => source.replace(/(__wbg_\w+_)([0-9a-f]{14,16})\b/g, (_, name, hash) => name + number(hash));
  const bare = text.replace(/^\s*\/\*\*[^]*?\*\/\s*$/gm, "").replace(/^\s*\/\/.*$/gm, "").replace(/\n\s+/g, "\n");
  writeFileSync(join(stage, script), renamed(bare));
  writeFileSync(join(stage, wasm), Buffer.from(renamed(readFileSync(join(stage, wasm), "latin1")), "latin1"));
}

const inline = /<script type="module"[^>]*>([^]*?)<\/script>/;
const loader = inline.exec(page)?.[1];
if (loader?.trim()) {
  const name = `boot-${hashed(loader)}.js`;
  writeFileSync(join(stage, name), loader.trim() + "\n");
  page = page.replace(inline, `<script type="module" src="${root}${name}"></script>`);
}
writeFileSync(join(stage, "index.html"), page);

if (release) {
  for (const name of readdirSync(stage).filter((name) => /\.(html|js|css|wasm|svg)$/.test(name))) {
    const plain = readFileSync(join(stage, name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
    writeFileSync(join(stage, `${name}.br`), brotliCompressSync(plain, { params }));
    writeFileSync(join(stage, `${name}.gz`), gzipSync(plain, { level: 9 }));
  }
}
