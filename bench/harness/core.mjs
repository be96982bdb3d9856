// `make bench`: the same questions to four systems over the same data, in turn.
//
//   node core.mjs --url URL --programs FOLDER --peers FOLDER --work FOLDER [--rounds N] [--seconds N] [--without NAME,…]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { most, tail, median, spread } from "./load.mjs";
import { stopAll } from "./process.mjs";
import { common, withoutTiesBeyond } from "./questions.mjs";
import { write } from "./report.mjs";
import { Directus, Floor, Jianghai, Postgraphile, sql, trust } from "./systems.mjs";

const { values: options } = parseArgs({
  options: {
    url: { type: "string" },
    programs: { type: "string" },
    peers: { type: "string" },
    work: { type: "string" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "3" },
    without: { type: "string", default: "" },
    report: { type: "string" },
  },
});
const [rounds, seconds] = [Number(options.rounds), Number(options.seconds)];
/** Rates of the tail: this part of what PostGraphile can do at most. */
const PART = 0.8;
/** People asked for in turn, so that no answer is always the same. */
const PEOPLE = 100;

/** Whose rights: a branch, a county and the city; and about which subtree the questions are. The city asks about the
 * same county, so that only rights differ. */
const SUBJECTS = { secretary: "secretary", "organizer-chongchuan": "organizer-chongchuan", "organizer-city": "organizer-chongchuan" };
const ACCOUNTS = Object.keys(SUBJECTS);
/** A branch has no branches below it, and only the city sees everybody. */
const QUESTIONS = [
  ["point", ACCOUNTS],
  ["list", ACCOUNTS],
  ["everybody", ACCOUNTS.slice(2)],
  ["nested", ACCOUNTS.slice(1)],
];

const say = (text) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

function prepare(url) {
  trust(url);
  const places = ACCOUNTS.map((account) => {
    const [[root]] = sql(url, `SELECT g.organization_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.name = '${SUBJECTS[account]}' AND g.organization_id IS NOT NULL`);
    const visible = sql(url, `SELECT descendant_id FROM organization_closure WHERE ancestor_id = '${root}'`).map(([id]) => id);
    const people = sql(url, `SELECT person_id FROM member JOIN organization_closure ON descendant_id = home_organization_id WHERE ancestor_id = '${root}' ORDER BY md5(person_id::text) LIMIT ${PEOPLE}`);
    return [account, { root, visible: new Set(visible), people: people.map(([id]) => id) }];
  });
  return new Map(places);
}

async function ask(system, request) {
  const { path, ...rest } = request;
  const answer = await fetch(system.address + path, rest);
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${system.name}: ${answer.status} ${body}`);
  return common(system.answer(body));
}

/** Ends the run where two systems say different things. */
async function compare(systems, places) {
  for (const [question, accounts] of QUESTIONS) {
    for (const account of accounts) {
      const { root, visible, people } = places.get(account);
      for (const id of question === "point" ? people.slice(0, 20) : [root]) {
        const answers = [];
        for (const system of systems) answers.push(withoutTiesBeyond(await ask(system, system.request(question, id, { account })), visible));
        const [first, ...others] = answers.map((answer) => JSON.stringify(answer));
        const differing = others.findIndex((other) => other !== first);
        if (differing >= 0) {
          writeFileSync(`${options.work}/differing.json`, `${first}\n${others[differing]}\n`);
          throw new Error(`${question} as ${account}: ${systems[differing + 1].name} answers something else than ${systems[0].name}; see ${options.work}/differing.json`);
        }
        if (first.length < 100) throw new Error(`${question} as ${account} has no answer: ${first}`);
      }
    }
  }
}

function requests(system, question, account, places, freeForm) {
  const { root, people } = places.get(account);
  return (question === "point" ? people : [root]).map((id) => system.request(question, id, { account, freeForm }));
}

/** Requests a second of every system for every question, measured in turn so that a slow moment meets all of them. */
async function throughput(systems, places) {
  const rows = [];
  for (const [question, accounts] of QUESTIONS) {
    for (const account of accounts) {
      const columns = systems.map((system) => ({ system, freeForm: false, rates: [] }));
      columns.splice(1, 0, { system: systems[0], freeForm: true, rates: [] });
      for (let round = -1; round < rounds; round++) {
        for (const { system, freeForm, rates } of columns) {
          await system.signIn?.(account);
          const rate = await most(system, requests(system, question, account, places, freeForm), round < 0 ? 1 : seconds, options.work);
          // The round before the first one warms caches.
          if (round >= 0) rates.push(rate);
        }
      }
      const results = columns.map(({ system, freeForm, rates }) => ({ name: freeForm ? `${system.name} as text` : system.name, rate: median(rates), spread: spread(rates) }));
      say(`${question} as ${account}: ${results.map(({ name, rate, spread }) => `${name} ${rate.toFixed(0)} ± ${spread.toFixed(0)} %`).join(", ")}`);
      rows.push({ question, account, results });
    }
  }
  return rows;
}

/** Tails of those that can hold the rate, at a part of what PostGraphile can do. */
async function tails(systems, places, rows) {
  const peer = systems.find(({ name }) => name === "PostGraphile");
  if (!peer) return [];
  const found = [];
  for (const [question, accounts] of QUESTIONS) {
    const account = accounts.includes(ACCOUNTS[1]) ? ACCOUNTS[1] : accounts[0];
    const { results } = rows.find((row) => row.question === question && row.account === account);
    const rate = Math.floor(PART * results.find(({ name }) => name === peer.name).rate);
    const columns = systems.filter(({ name }) => name !== "Directus").map((system) => ({ system, p50: [], p99: [] }));
    for (let round = 0; round < Math.min(rounds, 3); round++) {
      for (const { system, p50, p99 } of columns) {
        await system.signIn?.(account);
        const one = await tail(system, requests(system, question, account, places)[0], rate, seconds + 2);
        p50.push(one.p50);
        p99.push(one.p99);
      }
    }
    const results99 = columns.map(({ system, p50, p99 }) => ({ name: system.name, p50: median(p50), p99: median(p99), resident: system.resident() }));
    say(`${question} at ${rate} a second: ${results99.map(({ name, p99 }) => `${name} ${p99.toFixed(1)} ms`).join(", ")}`);
    found.push({ question, account, rate, results: results99 });
  }
  return found;
}

async function main() {
  const { url, programs, peers } = options;
  const places = prepare(url);
  const without = new Set(options.without.split(","));
  const reader = url.replace("postgres@", "bench_reader@");
  const systems = [
    new Jianghai({ program: `${programs}/jianghai`, url }),
    new Floor({ program: `${programs}/floor`, url }),
    new Postgraphile({ folder: `${peers}/postgraphile`, url: reader }),
    new Directus({ folder: `${peers}/directus`, url: url.replace(/\w+$/, "bench_directus") }),
  ].filter(({ name }) => !without.has(name));
  const starts = [];
  for (const system of systems) starts.push({ name: system.name, milliseconds: await system.start() });
  say(`started: ${starts.map(({ name, milliseconds }) => `${name} ${milliseconds.toFixed(0)} ms`).join(", ")}`);
  for (const account of ACCOUNTS) await systems[0].signIn(account);
  await compare(systems, places);
  say("all answers are equal");
  const rows = await throughput(systems, places);
  const ends = await tails(systems, places, rows);
  write({ starts, rows, ends, rounds, seconds, resident: systems.map((system) => ({ name: system.name, megabytes: system.resident() })) }, options.report);
}

process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));
try {
  await main();
} catch (error) {
  say(error.stack);
  process.exitCode = 1;
} finally {
  await stopAll();
}
