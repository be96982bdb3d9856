// The four systems: how each is started, and how each is asked.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";

import { announced, answering, freePort, resident, start, stop } from "./process.mjs";
import { DIRECTUS, JIANGHAI, POSTGRAPHILE, globalId } from "./questions.mjs";

/** Connections to the database that each system may open. */
export const CONNECTIONS = 8;
const PASSWORD = "jianghai-demo-2026";
const TAGS = { point: "p", list: "o", everybody: "o", nested: "o" };

/** Runs `statement` on `url` and returns the rows as lists of texts. */
export function sql(url, statement) {
  const rows = execFileSync("psql", [url, "-qAtX", "-v", "ON_ERROR_STOP=1", "-F", "\t", "-c", statement], { encoding: "utf8", maxBuffer: 1e9 });
  return rows.split("\n").filter(Boolean).map((row) => row.split("\t"));
}

/** Makes the questions trusted documents, as those of the web app are. */
export function trust(url) {
  const list = JSON.stringify(Object.fromEntries(Object.values(JIANGHAI).map((text) => [sha256(text), text])));
  sql(url, `INSERT INTO document_list (hash, served_at, documents) VALUES ('\\x${sha256(list)}', ${Date.now() * 1000}, '${list.replaceAll("'", "''")}') ON CONFLICT DO NOTHING`);
}

function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}

const post = (path, body, headers = {}) => ({ method: "POST", path, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } });

/** This API, asked by the account `name`. Questions go by the id of their text, or as text where `freeForm`. */
export class Jianghai {
  constructor({ program, url, env = {} }) {
    Object.assign(this, { name: "Jianghai", program, url, env, tokens: new Map() });
  }

  async start() {
    const env = {
      JIANGHAI_LOG: "warn",
      ...this.env,
      JIANGHAI_DATABASE_URL: this.url,
      JIANGHAI_DATABASE_CONNECTIONS: CONNECTIONS,
      JIANGHAI_LISTEN: "127.0.0.1:0",
      JIANGHAI_FREE_FORM: "everyone",
      JIANGHAI_LIMITS_COST_PER_MINUTE: 4_000_000_000,
    };
    const started = await start(this.program, ["serve"], { env, ready: announced });
    Object.assign(this, started);
    return started.milliseconds;
  }

  /** A token lasts for some minutes, so one is fetched for every measurement. */
  async signIn(name) {
    const { path, ...request } = post("/auth/sign-in", { name, password: PASSWORD }, { "x-jianghai": "1" });
    const answer = await fetch(this.address + path, request);
    if (!answer.ok) throw new Error(`${name} cannot sign in: ${await answer.text()}`);
    this.tokens.set(name, (await answer.json()).accessToken);
  }

  request(question, id, { account, freeForm = false }) {
    const text = JIANGHAI[question];
    const document = freeForm ? { query: text } : { id: sha256(text) };
    const variables = text.includes("$id") ? { id: globalId(TAGS[question], id) } : {};
    return post("/graphql", { ...document, variables }, { authorization: `Bearer ${this.tokens.get(account)}` });
  }

  answer(body) {
    return Object.values(whole(body))[0];
  }

  resident() {
    return resident(this.child);
  }

  stop() {
    return stop(this.child);
  }
}

function whole(body) {
  const { data, errors } = JSON.parse(body);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** One statement a question, and nothing that is checked. */
export class Floor {
  constructor({ program, url }) {
    Object.assign(this, { name: "floor", program, url });
  }

  async start() {
    const started = await start(this.program, [this.url, String(CONNECTIONS)], { ready: announced });
    Object.assign(this, started);
    return started.milliseconds;
  }

  request(question, id) {
    return { method: "GET", path: `/${question}?id=${id}`, headers: {} };
  }

  answer(body) {
    return JSON.parse(body);
  }

  resident = Jianghai.prototype.resident;
  stop = Jianghai.prototype.stop;
}

/** PostGraphile with its preset "amber". */
export class Postgraphile {
  constructor({ folder, url }) {
    Object.assign(this, { name: "PostGraphile", folder, url });
  }

  async start() {
    const port = await freePort();
    const env = { DATABASE_URL: this.url, CONNECTIONS, PORT: port, NODE_ENV: "production", GRAPHILE_ENV: "production" };
    const program = `${this.folder}/node_modules/.bin/node`;
    const started = await start(program, ["node_modules/postgraphile/dist/cli-run.js"], { cwd: this.folder, env, ready: announced });
    Object.assign(this, started);
    return started.milliseconds;
  }

  request(question, id) {
    return post("/graphql", { query: POSTGRAPHILE[question], variables: { id } });
  }

  answer(body) {
    return Object.values(whole(body))[0];
  }

  resident = Jianghai.prototype.resident;
  stop = Jianghai.prototype.stop;
}

/** Directus over a copy of the database, in which its own tables lie beside ours. */
export class Directus {
  constructor({ folder, url }) {
    Object.assign(this, { name: "Directus", folder, url, token: "bench-token-of-directus" });
  }

  async start() {
    const port = await freePort();
    const env = {
      HOST: "127.0.0.1",
      PORT: port,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DB_CLIENT: "pg",
      DB_CONNECTION_STRING: this.url,
      DB_POOL__MAX: CONNECTIONS,
      SECRET: "bench-secret-of-directus",
      ADMIN_EMAIL: "admin@example.com",
      ADMIN_PASSWORD: PASSWORD,
      ADMIN_TOKEN: this.token,
      NODE_ENV: "production",
      TELEMETRY: "false",
      LOG_LEVEL: "error",
      PRESSURE_LIMITER_ENABLED: "false",
      RATE_LIMITER_ENABLED: "false",
      CACHE_ENABLED: "false",
      RELATIONAL_BATCH_SIZE: "25000",
    };
    const cli = ["node_modules/directus/cli.js"];
    if (!this.prepared) execFileSync("node", [...cli, "bootstrap"], { cwd: this.folder, env: { ...process.env, ...env }, stdio: "ignore" });
    const ready = answering(`http://127.0.0.1:${port}`, "/server/ping");
    const started = await start("node", [...cli, "start"], { cwd: this.folder, env, ready });
    Object.assign(this, started);
    if (!this.prepared) await this.#relate();
    this.prepared = true;
    return started.milliseconds;
  }

  /** Tells Directus the other ends of the foreign keys, by the names that the questions use. */
  async #relate() {
    const ends = [
      ["member", "home_organization_id", "organization", "members"],
      ["member", "person_id", "person", "membership"],
      ["affiliation", "person_id", "person", "affiliations"],
      ["organization_post", "organization_id", "organization", "posts"],
      ["organization_closure", "descendant_id", "organization", "ancestors"],
    ];
    const collections = new Set(["organization", "person", ...ends.map(([many]) => many)]);
    for (const collection of collections) await this.#tell("PATCH", `/collections/${collection}`, { meta: {} });
    for (const [many, column, one, end] of ends) {
      await this.#tell("POST", `/fields/${one}`, { field: end, type: "alias", meta: { special: ["o2m"], interface: "list-o2m" }, schema: null });
      await this.#tell("PATCH", `/relations/${many}/${column}`, { meta: { one_field: end } });
    }
  }

  async #tell(method, path, body) {
    const headers = { "content-type": "application/json", authorization: `Bearer ${this.token}` };
    const answer = await fetch(this.address + path, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`Directus: ${method} ${path}: ${await answer.text()}`);
  }

  request(question, id) {
    return { method: "GET", path: DIRECTUS[question](id), headers: { authorization: `Bearer ${this.token}` } };
  }

  answer(body) {
    const { data, errors } = JSON.parse(body);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  resident = Jianghai.prototype.resident;
  stop = Jianghai.prototype.stop;
}
