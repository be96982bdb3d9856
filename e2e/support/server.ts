/** Starts the real server over a database of its own, once a run, and leaves nothing behind. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
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

export default async function start(config: FullConfig): Promise<() => Promise<void>> {
  if (!existsSync(binary)) throw new Error(`${binary} is missing; build it with: cargo build -p api`);
  const url = config.projects[0]?.use.baseURL ?? "";
  const directory = await mkdtemp(join(tmpdir(), "jianghai-e2e-"));
  const log = join(root, "e2e/playwright-report/server.log");
  const options = { cwd: root, env: environment(directory, new URL(url).host) };
  // Tests run in processes of their own; those that run commands find the database here.
  process.env.E2E_DIRECTORY = directory;
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
