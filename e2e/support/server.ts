/** Starts the real server over a database of its own, once a run, and leaves nothing behind. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { FullConfig } from "@playwright/test";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const binary = process.env.JIANGHAI_BINARY ?? join(root, "target/debug/jianghai");
/** Enough for every kind and level, few enough to be there in seconds. */
const organizations = "300";

/** The environment without the developer's own settings: they may name a database that matters. */
function environment(directory: string, listen: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([key]) => !key.startsWith("JIANGHAI_"));
  return {
    ...Object.fromEntries(kept),
    JIANGHAI_DATABASE_URL: `sqlite://${join(directory, "jianghai.db")}`,
    JIANGHAI_LISTEN: listen,
    // Tests arrange what they need with documents of their own.
    JIANGHAI_FREE_FORM: "everyone",
    JIANGHAI_DEMO_PASSWORD: process.env.JIANGHAI_DEMO_PASSWORD ?? "jianghai-demo-2026",
  };
}

/** What a command of `jianghai` prints over the database of this run. */
export async function run(...command: string[]): Promise<string> {
  const options = { cwd: root, env: environment(process.env.E2E_DIRECTORY ?? "", "127.0.0.1:0") };
  return (await promisify(execFile)(binary, command, options)).stdout;
}

async function ready(server: ChildProcess, url: string, log: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (server.exitCode === null && Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error(`the server is not ready (exit code ${server.exitCode}); see ${log}`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, "exit");
  server.kill("SIGTERM");
  // Draining has a limit of its own; beyond that the server hangs.
  const kill = setTimeout(() => server.kill("SIGKILL"), 20_000);
  await gone;
  clearTimeout(kill);
}

/** A server at `url` over demonstration data of its own, in `directory`; what it says goes to the log `name`. */
async function serve(url: string, directory: string, name: string, added: NodeJS.ProcessEnv = {}): Promise<() => Promise<void>> {
  const log = join(root, `e2e/playwright-report/${name}.log`);
  const options = { cwd: root, env: { ...environment(directory, new URL(url).host), ...added } };
  let server: ChildProcess | undefined;
  const finish = async () => {
    if (server) await stop(server);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const command = promisify(execFile);
    await command(binary, ["migrate"], options);
    await command(binary, ["demo", "--organizations", organizations], { ...options, maxBuffer: 16 << 20 });
    server = spawn(binary, ["serve"], { ...options, stdio: ["ignore", "pipe", "pipe"] });
    await mkdir(dirname(log), { recursive: true });
    const output = createWriteStream(log);
    server.stdout?.pipe(output, { end: false });
    server.stderr?.pipe(output, { end: false });
    await ready(server, url, log);
  } catch (error) {
    await finish();
    throw error;
  }
  return finish;
}

export default async function start(config: FullConfig): Promise<() => Promise<void>> {
  if (!existsSync(binary)) throw new Error(`${binary} is missing; build it with: cargo build -p api`);
  const directory = await mkdtemp(join(tmpdir(), "jianghai-e2e-"));
  // Tests run in processes of their own; those that run commands find the database here.
  process.env.E2E_DIRECTORY = directory;
  return serve(config.projects[0]?.use.baseURL ?? "", directory, "server");
}

/** A server of one test alone, whose days pass when the test says so. */
export interface Tomorrow {
  url: string;
  /** Lets so many days pass on the server; the browser does not notice. */
  pass: (days: number) => Promise<void>;
  stop: () => Promise<void>;
}

/** Starts a server whose clock Debian's libfaketime moves: the binary is the one that everybody runs. */
export async function withDays(): Promise<Tomorrow> {
  const directory = await mkdtemp(join(tmpdir(), "jianghai-e2e-"));
  const library = (await readdir("/usr/lib", { recursive: true })).find((name) => name.endsWith("faketime/libfaketime.so.1"));
  if (!library) throw new Error("libfaketime is missing; scripts/browser.sh installs it");
  const clock = join(directory, "clock");
  const pass = (days: number) => writeFile(clock, `+${days}d\n`);
  await pass(0);
  const url = `http://127.0.0.1:${await freePort()}`;
  const stop = await serve(url, directory, "tomorrow", {
    LD_PRELOAD: join("/usr/lib", library),
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  });
  return { url, pass, stop };
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, "close");
  return port;
}
