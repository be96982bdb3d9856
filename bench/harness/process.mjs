// Starting servers, waiting for them, and what they hold.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const LONGEST_START = 120_000;
const running = new Set();

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a server and waits until `ready` says its address; `milliseconds` is how long that took. */
export async function start(command, args, { env = {}, cwd, ready }) {
  const began = performance.now();
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output = (output + text).slice(-20_000)));
  let ended;
  child.on("exit", (code) => {
    running.delete(child);
    ended = code ?? "a signal";
  });
  for (;;) {
    const address = await ready(output);
    if (address) return { child, address, milliseconds: performance.now() - began };
    if (ended !== undefined || performance.now() - began > LONGEST_START) throw new Error(`${command} ${args.join(" ")} did not start: ${output}`);
    await sleep(2);
  }
}

/** Ends `child`, and with force where asking is not enough. */
export async function stop(child) {
  if (!running.has(child)) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await gone;
  clearTimeout(force);
}

/** Ends everything that was started here. */
export async function stopAll() {
  await Promise.all([...running].map(stop));
}

/** Address in the first line that contains one, once it can be asked. */
export function announced(output) {
  return output.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
}

/** Address, once `path` answers. */
export function answering(address, path) {
  return async () => {
    const answer = await fetch(address + path).catch(() => undefined);
    await answer?.text();
    return answer?.ok ? address : undefined;
  };
}

/** Resident memory of `child` and of the processes it started, in MB. */
export function resident(child) {
  const parents = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const stat = field(`/proc/${pid}/status`, "PPid");
    if (stat !== undefined) parents.set(Number(pid), stat);
  }
  const belongs = (pid) => pid === child.pid || (parents.has(pid) && belongs(parents.get(pid)));
  const kilobytes = [...parents.keys()].filter(belongs).map((pid) => field(`/proc/${pid}/status`, "VmRSS") ?? 0);
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}

function field(file, name) {
  try {
    return Number(readFileSync(file, "utf8").match(new RegExp(`^${name}:\\s+(\\d+)`, "m"))?.[1]);
  } catch {
    return undefined;
  }
}
