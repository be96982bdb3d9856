import { expectReadableInTheDark, expectSound } from "../support/page";
import { signIn } from "../support/sign-in";
import { expect, test } from "../support/test";

test("background work is started, left and found again with its result", { tag: "@phone" }, async ({ page }) => {
  await signIn(page, "organizer-rugao");
  await page.goto("/organizations");
  await page.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("menuitem", { name: "重新计算应办事项" }).click();

  const drawer = page.getByRole("dialog", { name: "后台任务" });
  const job = drawer.getByRole("listitem").filter({ hasText: "重新计算应办事项" }).first();
  await expect(job).toContainText("organizer-rugao");
  await expect(job).toContainText("已完成");
  await expect(job).toContainText(/核对了 \d+ 个组织，更正了 \d+ 项。/);
  await expectSound(page);
  await expectReadableInTheDark(page);

  await drawer.getByRole("button", { name: "关闭" }).last().click();
  await page.goto("/members");
  await page.getByRole("button", { name: "后台任务" }).click();
  await expect(job).toContainText("已完成");
});

test("the administrator sees everybody's background work, a secretary has no use for it", async ({ page, open }) => {
  await signIn(page, "admin");
  await page.getByRole("button", { name: "后台任务" }).click();
  const drawer = page.getByRole("dialog", { name: "后台任务" });
  const nightly = drawer.getByRole("listitem").filter({ hasText: "定时" }).filter({ hasText: "重新计算应办事项" });
  await expect(nightly.first()).toBeVisible();
  await drawer.getByRole("button", { name: "我的", exact: true }).click();
  await expect(drawer.getByText("没有后台任务")).toBeVisible();
  await expectSound(page);

  const other = await open();
  await signIn(other, "secretary");
  await expect(other.getByRole("button", { name: "后台任务" })).toHaveCount(0);
});
