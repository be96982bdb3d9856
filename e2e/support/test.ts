/** The test function of this suite: a test fails when any of its pages complains to the browser's console. */
import { type BrowserContext, type BrowserContextOptions, expect, type Page, test as base } from "@playwright/test";
import { signIn } from "./sign-in";

interface Fixtures {
  /** Complaints that belong to the test, such as the 401 after a wrong password. */
  expected: RegExp | undefined;
  complaints: string[];
  /** Opens a browser of its own, signed in when an account is named. */
  open: (account?: string, options?: BrowserContextOptions) => Promise<Page>;
}

function listen(context: BrowserContext, complaints: string[]): void {
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${message.text()} ${message.location().url}`);
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
}

export const test = base.extend<Fixtures>({
  expected: [undefined, { option: true }],
  complaints: [
    async ({ expected }, use) => {
      const complaints: string[] = [];
      await use(complaints);
      expect(complaints.filter((text) => !expected?.test(text))).toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context, complaints }, use) => {
    listen(context, complaints);
    await use(context);
  },
  open: async ({ browser, complaints }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (account, options) => {
      const context = await browser.newContext(options);
      opened.push(context);
      listen(context, complaints);
      const page = await context.newPage();
      if (account) await signIn(page, account);
      return page;
    });
    await Promise.all(opened.map((context) => context.close()));
  },
});

export { expect } from "@playwright/test";
