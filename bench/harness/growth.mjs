// `make bench-growth`: the same questions on more and more people and organizations, on PostgreSQL and on SQLite.
//
//   node growth.mjs --url URL --programs FOLDER --work FOLDER --report FILE
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";

import { median } from "./load.mjs";
import { stopAll } from "./process.mjs";
import { globalId } from "./questions.mjs";
import { commit, place } from "./report.mjs";
import { Jianghai, sql } from "./systems.mjs";

const { values: options } = parseArgs({
  options: { url: { type: "string" }, programs: { type: "string" }, work: { type: "string" }, report: { type: "string" }, most: { type: "string", default: "1000000" } },
});
const REPEATS = 40;
const PEOPLE = [60_000, 250_000, 1_000_000].filter((people) => people <= Number(options.most));
const ORGANIZATIONS = 80_000;
const ACCOUNTS = ["organizer-city", "organizer-chongchuan", "organizer-street", "secretary"];

const say = (text) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

/** PostgreSQL and SQLite, with the words in which they differ. */
const ENGINES = {
  PostgreSQL: {
    url: options.url,
    run: (statement) => sql(options.url, statement),
    id: "gen_random_uuid()",
    id16: (uuid) => `'${uuid}'`,
    settle: "VACUUM ANALYZE",
    numbers: (n) => `generate_series(1, ${n}) AS copies(k)`,
  },
  SQLite: {
    url: `sqlite://${options.work}/growth.db`,
    run: (statement) => lite(`${options.work}/growth.db`, statement),
    id: "randomblob(16)",
    id16: (uuid) => `x'${uuid}'`,
    settle: "ANALYZE",
    numbers: (n) => `(WITH RECURSIVE c(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM c WHERE k < ${n}) SELECT k FROM c) AS copies`,
  },
};

function lite(file, statement) {
  const rows = execFileSync("sqlite3", ["-bail", "-separator", "\t", file], { input: statement, encoding: "utf8", maxBuffer: 1e9 });
  return rows.split("\n").filter(Boolean).map((row) => row.split("\t"));
}

/** Copies everybody so often that there are `wanted` people, each in the same place as the one they are copied from. */
function grow({ run, id, settle, numbers }, wanted) {
  const [[now]] = run("SELECT count(*) FROM person");
  const copies = Math.round(wanted / now) - 1;
  if (copies > 0) {
    const columns = "name, sort_key, sex, education, occupation_group, birth_year, status, created_at, updated_at, version";
    run(`
      CREATE TABLE bench_copy AS SELECT person.id AS old, copies.k AS k, ${id} AS new, ${id} AS new_member FROM person CROSS JOIN ${numbers(copies)};
      INSERT INTO person (id, ${columns}) SELECT bench_copy.new, ${columns.replaceAll(/\w+/g, "person.$&")} FROM bench_copy JOIN person ON person.id = bench_copy.old;
      INSERT INTO member (id, person_id, stage, home_organization_id, applied_on, admitted_on, full_on, created_at, updated_at, version)
        SELECT bench_copy.new_member, bench_copy.new, member.stage, member.home_organization_id, member.applied_on, member.admitted_on, member.full_on, member.created_at, member.updated_at, member.version
        FROM bench_copy JOIN member ON member.person_id = bench_copy.old;
      UPDATE organization_count SET n = n * ${copies + 1};
      DROP TABLE bench_copy;`);
  }
  run(settle);
}

/** Copies branches, beside those they are copied from, until there are `wanted` organizations. */
function branch({ run, id, settle, numbers }, wanted) {
  const [[now, branches]] = run("SELECT count(*), sum(CASE WHEN kind = 'BRANCH' THEN 1 ELSE 0 END) FROM organization");
  const copies = Math.ceil((wanted - now) / branches);
  const columns = "parent_id, name, sort_key, kind, level, branch_form, sector, division_id, statutory, status, created_at, updated_at, version";
  run(`
    CREATE TABLE bench_copy AS SELECT organization.id AS old, copies.k AS k, ${id} AS new FROM organization CROSS JOIN ${numbers(copies)} WHERE kind = 'BRANCH';
    INSERT INTO organization (id, code, ${columns})
      SELECT bench_copy.new, organization.code || '-bench-' || bench_copy.k, ${columns.replaceAll(/\w+/g, "organization.$&")} FROM bench_copy JOIN organization ON organization.id = bench_copy.old;
    INSERT INTO organization_closure (ancestor_id, descendant_id, depth)
      SELECT organization_closure.ancestor_id, bench_copy.new, organization_closure.depth FROM bench_copy
      JOIN organization_closure ON organization_closure.descendant_id = bench_copy.old AND organization_closure.depth > 0;
    INSERT INTO organization_closure (ancestor_id, descendant_id, depth) SELECT new, new, 0 FROM bench_copy;
    UPDATE epoch SET n = n + 1 WHERE name = 'authority';
    DROP TABLE bench_copy;`);
  run(settle);
}

const LIST = `query($id: ID!) { members(first: 50, filter: { organization: $id }) { nodes { id stage person { id name } homeOrganization { id name } } } }`;
const COUNTS = `query($id: ID!) { organization(id: $id) { headCount { stage count } obligationCount { open overdue } } }`;
const TREE = `{ organizationTree(depth: 2) { rows { id parentId name memberCount childCount } } }`;

/** Milliseconds of an answer when nobody else asks, the median of many. */
async function took(api, account, query, id) {
  await api.signIn(account);
  const headers = { "content-type": "application/json", authorization: `Bearer ${api.tokens.get(account)}` };
  const body = JSON.stringify({ query, variables: query.includes("$id") ? { id } : {} });
  const times = [];
  for (let repeat = -5; repeat < REPEATS; repeat++) {
    const began = performance.now();
    const answer = await fetch(`${api.address}/graphql`, { method: "POST", headers, body });
    const text = await answer.text();
    if (JSON.parse(text).errors) throw new Error(text);
    if (repeat >= 0) times.push(performance.now() - began);
  }
  return median(times);
}

function root({ run, name }, account) {
  const id = name === "SQLite" ? "lower(hex(g.organization_id))" : "replace(g.organization_id::text, '-', '')";
  const [[found]] = run(`SELECT ${id} FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.name = '${account}' AND g.organization_id IS NOT NULL`);
  return globalId("o", found);
}

async function measure(engine, rows) {
  const api = new Jianghai({ program: `${options.programs}/jianghai`, url: engine.url });
  const organizations = engine.run("SELECT count(*) FROM organization")[0][0];
  const people = engine.run("SELECT count(*) FROM person")[0][0];
  await api.start();
  const cells = [];
  for (const account of ACCOUNTS) cells.push(await took(api, account, LIST, root(engine, account)));
  cells.push(await took(api, ACCOUNTS[0], COUNTS, root(engine, ACCOUNTS[0])), await took(api, ACCOUNTS[0], TREE));
  const resident = api.resident();
  await api.stop();
  rows.push({ engine: engine.name, people, organizations, cells, resident });
  say(`${engine.name}, ${people} people, ${organizations} organizations: ${cells.map((cell) => cell.toFixed(1)).join(", ")} ms, ${resident.toFixed(0)} MB`);
}

async function main() {
  const rows = [];
  for (const [name, engine] of Object.entries(ENGINES)) {
    engine.name = name;
    const env = { ...process.env, JIANGHAI_DATABASE_URL: engine.url };
    const run = (...args) => execFileSync(`${options.programs}/jianghai`, args, { env, stdio: "ignore" });
    run("migrate");
    run("demo");
    for (const people of PEOPLE) {
      grow(engine, people);
      await measure(engine, rows);
    }
    branch(engine, ORGANIZATIONS);
    await measure(engine, rows);
  }
  const text = [
    `Measured on commit ${commit()}, ${new Date().toISOString().slice(0, 10)}: milliseconds until the answer when nobody else asks, the median of ${REPEATS}.`,
    "",
    "| engine | people | organizations | list, city | list, county | list, street | list, branch | counts of the city | tree of the city | MB |",
    "|---|---|---|---|---|---|---|---|---|---|",
    ...rows.map(({ engine, people, organizations, cells, resident }) => `| ${engine} | ${people} | ${organizations} | ${cells.map((cell) => cell.toFixed(1)).join(" | ")} | ${resident.toFixed(0)} |`),
  ];
  place("growth", text.join("\n"), options.report);
}

try {
  await main();
} catch (error) {
  say(error.stack);
  process.exitCode = 1;
} finally {
  await stopAll();
}
