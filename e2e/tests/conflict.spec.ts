import { type Browser, expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { signIn } from "../support/sign-in";

/** A browser of its own, with the form of the own organization open. */
async function openForm(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, "organizer-chongchuan");
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: /^组织/ }).click();
  await page.getByRole("main").getByRole("button", { name: "编辑", exact: true }).or(page.getByRole("main").getByRole("link", { name: "编辑", exact: true })).click();
  await expect(page.getByLabel(/^办公电话/)).toBeVisible();
  return page;
}

const save = (page: Page) => page.getByRole("button", { name: /^保存/ });

test("who saves second sees what the first one changed, loses nothing and decides", async ({ browser }) => {
  const first = await openForm(browser);
  const second = await openForm(browser);

  await first.getByLabel(/^办公电话/).fill("1000000001");
  await save(first).click();
  await expect(first.getByRole("main").getByText("1000000001")).toBeVisible();

  await second.getByLabel(/^办公电话/).fill("1000000002");
  await save(second).click();
  const dialog = second.getByRole("dialog");
  await expect(dialog).toContainText(/别人/);
  await expect(dialog).toContainText("1000000001");
  await expect(dialog).toContainText("1000000002");
  await expectAccessible(second);

  await dialog.getByRole("button", { name: /用我的|仍然保存/ }).click();
  await expect(second.getByRole("main").getByText("1000000002")).toBeVisible();
  await first.reload();
  await expect(first.getByRole("main").getByText("1000000002")).toBeVisible();
  await first.context().close();
  await second.context().close();
});
