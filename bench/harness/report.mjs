// The tables of the README.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const per = (name, results) => results.find((result) => result.name === name)?.rate;

/** Puts the figures into the section of `file` between its two marks; prints them where no file is named. */
export function write({ starts, rows, ends, rounds, seconds, resident }, file) {
  const names = rows[0].results.map(({ name }) => name);
  const lines = [
    `Measured on commit ${commit()}, ${new Date().toISOString().slice(0, 10)}, ${cpus()}: requests a second, the median of ${rounds} rounds of`,
    `${seconds} s with half of the range in per cent; in brackets what this API does in relation to it.`,
    "",
    `| question, rights | ${names.join(" | ")} |`,
    `|---|${names.map(() => "---").join("|")}|`,
    ...rows.map(({ question, account, results }) => {
      const mine = per("Jianghai", results);
      const cells = results.map(({ name, rate, spread }) => {
        const ratio = name.startsWith("Jianghai") ? "" : name === "floor" ? ` (${((mine / rate) * 100).toFixed(0)} %)` : ` (${(mine / rate).toFixed(1)} ×)`;
        return `${rate.toFixed(0)} ± ${spread.toFixed(0)} %${ratio}`;
      });
      return `| ${question}, ${account} | ${cells.join(" | ")} |`;
    }),
    "",
  ];
  if (ends.length > 0) {
    const columns = ends[0].results.map(({ name }) => name);
    lines.push(
      "Milliseconds until half and until 99 of 100 answers had come, at 80 % of what PostGraphile can do at most:",
      "",
      `| question, rights | rate | ${columns.join(" | ")} |`,
      `|---|---|${columns.map(() => "---").join("|")}|`,
      ...ends.map(({ question, account, rate, results }) => `| ${question}, ${account} | ${rate}/s | ${results.map(({ p50, p99 }) => `${p50.toFixed(1)}, ${p99.toFixed(1)}`).join(" | ")} |`),
      "",
    );
  }
  lines.push(
    `Resident memory at the end: ${resident.map(({ name, megabytes }) => `${name} ${megabytes.toFixed(0)} MB`).join(", ")}.`,
    `Start, until the first answer: ${starts.map(({ name, milliseconds }) => `${name} ${milliseconds.toFixed(0)} ms`).join(", ")}.`,
  );
  place("measured", lines.join("\n"), file);
}

/** Puts `text` between the marks `<!-- name -->` and `<!-- /name -->` of `file`. */
export function place(name, text, file) {
  console.log(text);
  if (!file) return;
  const old = readFileSync(file, "utf8");
  const [from, to] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, after] = [old.indexOf(from) + from.length, old.indexOf(to)];
  if (after < 0) throw new Error(`${file} has no place for ${name}`);
  writeFileSync(file, `${old.slice(0, before)}\n${text}\n${old.slice(after)}`);
}

export function commit() {
  const git = (...args) => execFileSync("git", args, { encoding: "utf8" }).trim();
  return git("rev-parse", "--short=9", "HEAD") + (git("status", "--porcelain", "--untracked-files=no", "--", ":!bench/README.md") ? " with changes" : "");
}

function cpus() {
  const lines = readFileSync("/proc/cpuinfo", "utf8").match(/^processor/gm);
  return `${lines.length} cores`;
}
