import { expectReadableInTheDark, expectSound } from "../support/page";
import { signIn } from "../support/sign-in";
import { expect, test } from "../support/test";

test("the administrator reads what is kept for what and how long, and what the nights took away", { tag: "@phone" }, async ({ page }) => {
  await signIn(page, "admin");
  await page.goto("/desk/retention");
  await expect(page.getByRole("heading", { level: 1, name: "数据保存与核对" })).toBeVisible();
  const row = (name: string) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
  await expect(row("登录记录")).toContainText("产生后保留 200 天。");
  await expect(row("人员")).toContainText("直到两人确认清除个人信息");
  await expect(row("组织")).toContainText("无");
  const runs = page.getByRole("region", { name: "最近的移除" }).getByRole("listitem");
  await expect(runs.first()).toContainText("移除到期的记录");
  await expect(runs.first()).toContainText("已完成");
  await expectSound(page);
  await expectReadableInTheDark(page);
});

test("who does not run the system has no page of it", async ({ page }) => {
  await signIn(page, "secretary");
  await page.goto("/desk/retention");
  await expect(page.getByRole("heading", { name: "数据保存与核对" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "数据保存" })).toHaveCount(0);
});

test("the administrator has the data checked and reads what came of it", { tag: "@phone" }, async ({ page }) => {
  await signIn(page, "admin");
  await page.goto("/desk/retention");
  const panel = page.getByRole("region", { name: "数据核对" });
  await panel.getByRole("button", { name: "立即核对" }).click();
  const run = panel.getByRole("listitem").filter({ hasText: "admin" }).first();
  await expect(run).toContainText("已完成");
  await expect(run).toContainText(/组织树、人数、密钥、清除记录和 \d+ 条变动都对得上。/);
  await expectSound(page);
});
