import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** What every page owes everybody: axe finds nothing (WCAG 2.1 A and AA, good practice), and nothing runs off the side. */
export async function expectSound(page: Page): Promise<void> {
  // A skeleton is not the page.
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await expectNothing(page, new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]));
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: innerWidth,
  }));
  expect(content, `width of ${page.url()}`).toBeLessThanOrEqual(window);
}

/** The same page on a dark system: colours are all that differs. */
export async function expectReadableInTheDark(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark" });
  await expectNothing(page, new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"]));
  await page.emulateMedia({ colorScheme: "light" });
}

async function expectNothing(page: Page, axe: AxeBuilder): Promise<void> {
  // Colours on their way from one theme to the other belong to neither.
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  });
  // The app has no frames, so one run in the page says all; the other mode opens a second page for every run.
  const { violations } = await axe.setLegacyMode().analyze();
  const found = violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.target.join(" ")) }));
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

/** The link of the main navigation; on phones it lies in a drawer. */
export async function goTo(page: Page, name: string): Promise<void> {
  const link = page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name, exact: true });
  const drawer = page.getByRole("button", { name: "打开导航" });
  // One of the two is there once the shell is drawn; the way to the desk loads another document.
  await link.or(drawer).first().waitFor();
  if (!(await link.isVisible())) await drawer.click();
  await link.click();
}

/** The row of a table, found by the name that leads it. */
export const row = (page: Page, lead: string | RegExp) =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: lead }) });

/** Types into the search of the top bar; on phones it opens in a dialog. */
export async function searchFor(page: Page, text: string): Promise<void> {
  const opener = page.getByRole("button", { name: "搜索", exact: true });
  if (await opener.isVisible()) await opener.click();
  await page.getByRole("combobox", { name: "搜索组织和人员" }).last().fill(text);
}
