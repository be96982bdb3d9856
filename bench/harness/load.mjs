// Load: wrk for the most that a system can do, oha for the tail under a rate that it can hold.
import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Connections of the load at a time. */
const CLIENTS = 16;

/** Requests a second that `system` answers when it is asked `requests` in turn, as fast as it can for `seconds`. */
export async function most(system, requests, seconds, folder) {
  const script = `${folder}/wrk-${process.pid}.lua`;
  writeFileSync(script, lua(requests));
  try {
    const { stdout } = await run("wrk", ["-t1", `-c${CLIENTS}`, `-d${seconds}s`, "--timeout", "10s", "-s", script, system.address]);
    const failed = stdout.match(/Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)/);
    if (failed) throw new Error(`${system.name}: ${failed[0]}`);
    return Number(stdout.match(/Requests\/sec:\s+([\d.]+)/)[1]);
  } finally {
    rmSync(script);
  }
}

function lua(requests) {
  const made = requests.map(({ method, path, headers, body }) => {
    const fields = Object.entries(headers).map(([name, value]) => `[${JSON.stringify(name)}] = ${JSON.stringify(value)}`);
    return `  wrk.format(${JSON.stringify(method)}, ${JSON.stringify(path)}, { ${fields.join(", ")} }, ${body ? `[==[${body}]==]` : "nil"}),`;
  });
  return `local requests, n = {}, 0
init = function() requests = {
${made.join("\n")}
} end
request = function() n = n % #requests + 1; return requests[n] end
`;
}

/** Milliseconds within which 50 and 99 of 100 answers came, at `rate` requests a second, waiting in line counted. */
export async function tail(system, { method, path, headers, body }, rate, seconds) {
  const fields = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const args = ["--no-tui", "--output-format", "json", "-q", String(rate), "-z", `${seconds}s`, "-c", String(CLIENTS), "--latency-correction", "-m", method, ...fields];
  const { stdout } = await run("oha", [...args, ...(body ? ["-d", body] : []), system.address + path], { maxBuffer: 1e8 });
  const { latencyPercentiles, statusCodeDistribution, errorDistribution } = JSON.parse(stdout);
  const codes = Object.keys(statusCodeDistribution);
  // What is still on its way at the end of the time is no failure.
  const errors = Object.keys(errorDistribution).filter((error) => error !== "aborted due to deadline");
  if (codes.join() !== "200" || errors.length > 0) throw new Error(`${system.name}: ${codes} ${errors}`);
  return { p50: latencyPercentiles.p50 * 1000, p99: latencyPercentiles.p99 * 1000 };
}

/** The value in the middle of `values`. */
export function median(values) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

/** Half of what lies between the smallest and the largest of `values`, in per cent of the median. */
export function spread(values) {
  return ((Math.max(...values) - Math.min(...values)) / 2 / median(values)) * 100;
}
