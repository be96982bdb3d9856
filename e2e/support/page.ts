import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Demands that axe finds nothing on the page as it stands: WCAG 2.1 A and AA, and good practice. */
export async function expectAccessible(page: Page): Promise<void> {
  // A skeleton is not the page.
  await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"])
    .analyze();
  const found = violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.target.join(" ")) }));
  expect(found, `axe on ${page.url()}`).toEqual([]);
}
