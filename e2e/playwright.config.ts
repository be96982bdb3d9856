import { execFileSync } from "node:child_process";
import { defineConfig } from "@playwright/test";

/** Playwright reads this file in every process; only the first may choose the port. */
function port(): string {
  const freePort = `const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })`;
  return (process.env.JIANGHAI_E2E_PORT ??= execFileSync(process.execPath, ["-e", freePort], { encoding: "utf8" }).trim());
}

/** What Chromium needs when it runs as root in a container, and silence about the outside world. */
const chromium = {
  executablePath: process.env.JIANGHAI_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  globalSetup: "./support/server.ts",
  // One server and one database for all: each test makes what it changes, so any order will do.
  workers: 2,
  fullyParallel: true,
  // A second try tells a fault from a moment of a busy machine; `make test` names every test that needed it, and why.
  retries: 1,
  forbidOnly: process.env.CI === "true",
  // Machines that compile beside the tests are slow.
  timeout: 120_000,
  globalTimeout: 10 * 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "playwright-report/report.json" }]],
  use: {
    baseURL: `http://127.0.0.1:${port()}`,
    browserName: "chromium",
    launchOptions: chromium,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    // Half-faded colours are no contrast fault, and nothing has to be waited for.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } } },
    { name: "phone", grep: /@phone/, use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
  ],
});
