import type { Page } from "@playwright/test";
import { expectSound, goTo, row } from "../support/page";
import { signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newBranch, uniqueName } from "../support/world";

/** The figures of a column, from the top, all read at one moment. */
async function column(page: Page, name: string): Promise<string[]> {
  const cells = page.getByRole("table", { name: "下级情况" }).locator(`td[data-label="${name}"]`);
  return (await cells.allInnerTexts()).map((text) => text.replace(/\D/g, "") || "0");
}

const falling = (figures: string[]) => [...figures].map(Number).sort((a, b) => b - a).map(String);

test("the organizer's table opens with what hurts most and sorts by any figure", { tag: "@phone" }, async ({ page }, { project }) => {
  await signIn(page, "organizer-city");
  await expect(page.getByRole("table", { name: "下级情况" })).toBeVisible();
  await expectSound(page);
  // On phones the rows are cards without heads.
  if (project.name === "phone") return;
  await expect(page.getByRole("img", { name: /^发展中：申请人 \d+，.*预备党员 \d+$/ }).first()).toBeVisible();
  const children = page.getByRole("table", { name: "下级情况" });
  await expect(children.getByRole("columnheader", { name: "逾期" })).toHaveAttribute("aria-sort", "descending");
  const overdue = await column(page, "逾期");
  expect(overdue).toEqual(falling(overdue));

  await page.getByRole("button", { name: "正式党员" }).click();
  const head = page.getByRole("columnheader", { name: "正式党员" });
  await expect(head).toHaveAttribute("aria-sort", "descending");
  const full = await column(page, "正式党员");
  expect(full).toEqual(falling(full));
  await page.getByRole("button", { name: "正式党员" }).click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  expect(await column(page, "正式党员")).toEqual(full.toReversed().map(Number).sort((a, b) => a - b).map(String));
  await page.reload();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
});

test("a click leads one step down, the crumbs lead up, and a figure leads to its people", async ({ page }) => {
  await signIn(page, "organizer-city");
  await row(page, "中共崇川区委").getByRole("link", { name: "中共崇川区委" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "中共崇川区委" })).toBeVisible();
  await expect(row(page, /街道党工委/).first()).toBeVisible();
  await expectSound(page);

  const figure = row(page, /街道党工委/).first().getByRole("cell").first().getByRole("link");
  const count = await figure.innerText();
  await figure.click();
  await expect(page.getByText(`共 ${count} 人`)).toBeVisible();
  await expectSound(page);

  await page.goBack();
  await page.getByRole("navigation", { name: "位置" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1, name: "中共南通市委" })).toBeVisible();
});

test("the tree is walked by keys", async ({ page }) => {
  await signIn(page, "organizer-chongchuan");
  await goTo(page, "组织");
  const tree = page.getByRole("tree", { name: "组织树" });
  const root = tree.getByRole("treeitem", { name: "中共崇川区委" });
  await expect(root).toHaveAttribute("aria-selected", "true");
  const branch = tree.getByRole("treeitem", { name: "虹桥街道党工委" });
  await expect(branch).toHaveAttribute("aria-expanded", "false");
  const focused = tree.locator("[role=treeitem]:focus");
  const name = focused.locator(".tree__name").first();

  await root.focus();
  await page.keyboard.press("ArrowDown");
  await expect(root).not.toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(root).toBeFocused();
  await page.keyboard.press("End");
  await expect(root).not.toBeFocused();
  await page.keyboard.press("Home");
  await expect(root).toBeFocused();
  // The first sign of a name; keyboards do not have it, input methods send it.
  await root.dispatchEvent("keydown", { key: "虹" });
  await expect(name).toHaveText("虹桥街道党工委");

  await page.keyboard.press("ArrowRight");
  await expect(branch).toHaveAttribute("aria-expanded", "true");
  await expect(branch.getByRole("treeitem").first()).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(branch.getByRole("treeitem").first()).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(branch).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(branch).toHaveAttribute("aria-expanded", "false");

  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "虹桥街道党工委" })).toBeVisible();
  await expect(branch).toHaveAttribute("aria-selected", "true");
  await expectSound(page);
});

test("an organization is found by its initials", async ({ page }) => {
  await signIn(page, "organizer-chongchuan");
  await page.keyboard.press("/");
  await page.keyboard.type("hqjd");
  const found = page.getByRole("option", { name: /虹桥街道党工委/ }).first();
  await expect(found).toBeVisible();
  await expectSound(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { level: 1, name: "虹桥街道党工委" })).toBeVisible();
});

test("a group is founded below a branch, archived and restored", { tag: "@phone" }, async ({ page, request }) => {
  const branch = await newBranch(request);
  const name = `${uniqueName()}党小组`;
  await signIn(page, "organizer-chongchuan");
  await page.goto(`/organizations/${branch.id}`);
  await page.getByRole("link", { name: "新建下级" }).click();
  await expectSound(page);
  await page.getByLabel(/^名称/).fill(name);
  await page.getByLabel(/^代码/).fill("1");
  await page.getByLabel(/^组织类别/).selectOption("党小组");
  await page.getByRole("main").getByRole("button", { name: /^新建/ }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expectSound(page);

  await page.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("menuitem", { name: "归档组织" }).click();
  const archive = page.getByRole("dialog", { name: "归档组织" });
  await archive.getByLabel(/^原因/).fill("浏览器测试");
  await expectSound(page);
  await archive.getByRole("button", { name: "归档组织" }).click();
  await expect(page.getByRole("main")).toContainText("这个组织已归档，只能查看");
  await page.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("menuitem", { name: "恢复组织" }).click();
  const restore = page.getByRole("dialog", { name: "恢复组织" });
  await restore.getByLabel(/^原因/).fill("浏览器测试");
  await restore.getByRole("button", { name: "恢复组织" }).click();
  await expect(page.getByRole("main")).not.toContainText("这个组织已归档");
  await page.getByRole("tab", { name: "变动记录" }).click();
  await expect(page.getByRole("tabpanel")).toContainText("归档组织");
  await expect(page.getByRole("tabpanel")).toContainText("恢复组织");
  await expectSound(page);
});

test("typing finds an organization in the tree by its pinyin, and an input method at work is left alone", async ({ page }) => {
  await signIn(page, "organizer-chongchuan");
  await goTo(page, "组织");
  const tree = page.getByRole("tree", { name: "组织树" });
  const item = (name: string) => tree.getByRole("treeitem", { name, exact: false }).last();
  await tree.getByRole("treeitem").first().focus();
  await page.keyboard.type("tsg");
  await expect(item("天生港镇街道党工委")).toBeFocused();
  await page.waitForTimeout(800);
  await page.keyboard.type("w");
  await expect(item("文峰街道党工委")).toBeFocused();
  await item("文峰街道党工委").evaluate((element) => {
    for (const options of [{ key: "c", isComposing: true }, { key: "c", keyCode: 229 }, { key: "Process" }]) {
      element.dispatchEvent(new KeyboardEvent("keydown", { ...options, bubbles: true }));
    }
  });
  await expect(item("文峰街道党工委")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(tree.getByRole("treeitem").first()).toBeFocused();
});
