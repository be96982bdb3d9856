import type { Page } from "@playwright/test";
import { expectSound, goTo } from "../support/page";
import { expect, test } from "../support/test";
import { type Branch, newApplicant, newBranch, uniqueName } from "../support/world";

type Open = (account?: string) => Promise<Page>;

const phone = (page: Page) => page.getByLabel(/^办公电话/);
const main = (page: Page) => page.getByRole("main");
const save = (page: Page) => main(page).getByRole("button", { name: /^保存/ });
const dialogOf = (page: Page) => page.getByRole("dialog", { name: "有别人刚改过这条记录" });

/** The edit form of the own branch, in a browser of its own. */
async function openForm(open: Open, branch: Branch): Promise<Page> {
  const page = await open(branch.secretary);
  await goTo(page, "组织");
  await main(page).getByRole("link", { name: "编辑组织" }).click();
  await expect(phone(page)).toBeVisible();
  return page;
}

/** The first saves, the second meets the conflict. */
async function collide(open: Open, branch: Branch): Promise<[Page, Page]> {
  const first = await openForm(open, branch);
  const second = await openForm(open, branch);
  await phone(first).fill("051380000001");
  await save(first).click();
  await expect(first.getByRole("heading", { level: 1, name: branch.name, exact: true })).toBeVisible();
  await expect(main(first)).toContainText("051380000001");

  await phone(second).fill("051380000002");
  await save(second).click();
  const dialog = dialogOf(second);
  await expect(dialog.getByRole("row", { name: /办公电话/ })).toHaveText(/办公电话.*051380000002.*051380000001/s);
  await expectSound(second);
  return [first, second];
}

test("who saves second sees what the first one changed and saves over it", { tag: "@phone" }, async ({ open, request }) => {
  const branch = await newBranch(request);
  const [first, second] = await collide(open, branch);

  await dialogOf(second).getByRole("button", { name: "用我的内容覆盖" }).click();
  await expect(second.getByRole("heading", { level: 1, name: branch.name, exact: true })).toBeVisible();
  await expect(main(second)).toContainText("051380000002");
  await first.reload();
  await expect(main(first)).toContainText("051380000002");
});

test("or takes what the first one saved and goes on from there", async ({ open, request }) => {
  const branch = await newBranch(request);
  const [first, second] = await collide(open, branch);

  await dialogOf(second).getByRole("button", { name: "采用已保存的内容" }).click();
  await expect(dialogOf(second)).toBeHidden();
  await expect(phone(second)).toHaveValue("051380000001");
  await second.getByLabel(/^办公地址/).fill("示例路 7 号");
  await save(second).click();
  await expect(main(second)).toContainText("示例路 7 号");
  await expect(main(second)).toContainText("051380000001");
  await first.reload();
  await expect(main(first)).toContainText("示例路 7 号");
});

test("or closes the dialog and loses nothing of what was typed", async ({ open, request }) => {
  const branch = await newBranch(request);
  const [, second] = await collide(open, branch);

  await second.keyboard.press("Escape");
  await expect(dialogOf(second)).toBeHidden();
  await expect(phone(second)).toHaveValue("051380000002");
  await save(second).click();
  await expect(dialogOf(second)).toBeVisible();
});

test("two who edit the same person meet the same dialog", async ({ open, request }) => {
  const branch = await newBranch(request);
  const { person } = await newApplicant(request, branch, uniqueName());
  const [first, second] = [await open(branch.secretary), await open("organizer-chongchuan")];
  for (const page of [first, second]) await page.goto(`/people/${person}/edit`);
  await first.getByLabel(/^工作单位/).fill("示例甲厂");
  await second.getByLabel(/^工作单位/).fill("示例乙厂");
  await save(first).click();
  await expect(main(first)).toContainText("示例甲厂");

  await save(second).click();
  await expect(dialogOf(second).getByRole("row", { name: /工作单位/ })).toHaveText(/示例乙厂.*示例甲厂/s);
  await dialogOf(second).getByRole("button", { name: "用我的内容覆盖" }).click();
  await expect(main(second)).toContainText("示例乙厂");
});
