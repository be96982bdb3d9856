import type { Page } from "@playwright/test";
import { Client } from "../support/client";
import { expectReadableInTheDark, expectSound, row } from "../support/page";
import { signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newApplicant, newBranch, uniqueName } from "../support/world";

const bell = (page: Page) => page.getByRole("button", { name: /^通知(，|$)/ });
const inbox = (page: Page) => page.getByRole("dialog", { name: "通知" });
const due = (page: Page) => page.getByRole("region", { name: "要办的事" });

test("a new duty is told, is read, and leads to what is to be done", { tag: "@phone" }, async ({ page, request }) => {
  const branch = await newBranch(request);
  const name = uniqueName();
  await newApplicant(request, branch, name);
  await signIn(page, branch.secretary);

  await expect(bell(page)).toHaveAccessibleName(/，\d+ 条未读$/);
  await bell(page).click();
  const told = inbox(page).getByRole("listitem").filter({ hasText: name });
  await expect(told).toContainText("新的应办事项：补全人员信息");
  await expectSound(page);
  await expectReadableInTheDark(page);

  await told.getByRole("link", { name: "补全人员信息" }).click();
  await expect(inbox(page)).toHaveCount(0);
  await expect(due(page)).toContainText("只看：补全人员信息");
  await expect(due(page).getByRole("listitem").filter({ hasText: name })).toBeVisible();
  await expectSound(page);

  await bell(page).click();
  await expect(told.getByRole("button", { name: "标为已读" })).toHaveCount(0);
  const all = inbox(page).getByRole("button", { name: "全部标为已读" });
  await all.click();
  await expect(all).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(bell(page)).toHaveAccessibleName("通知");
});

test("a duty is put off with the keyboard, says so to those above, and is taken up again", async ({ page, request, open }) => {
  const branch = await newBranch(request);
  const name = uniqueName();
  await newApplicant(request, branch, name);
  await signIn(page, branch.secretary);
  await due(page).getByRole("button", { name: "30 天", exact: true }).click();
  const duty = due(page).getByRole("listitem").filter({ hasText: name });
  const putOff = duty.getByRole("button", { name: /^暂缓：/ });
  await putOff.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "暂缓办理" });
  await expect(dialog.getByLabel(/^暂缓至/)).not.toHaveValue("");
  await expect(dialog.getByRole("button", { name: "暂缓办理" })).toBeDisabled();
  await expectSound(page);
  await expectReadableInTheDark(page);

  await dialog.getByLabel(/^暂缓至/).fill("2030-01-01");
  await dialog.getByLabel(/^理由/).fill("等待调档");
  await page.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "暂缓办理" }).press("Enter");
  await expect(dialog.getByLabel(/^暂缓至/)).toHaveAccessibleDescription(/一次最多暂缓 30 天/);
  const { viewer } = await (await Client.signIn(request, branch.secretary)).query("{ viewer { today } }");
  const until = new Date(Date.parse(viewer.today) + 5 * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel(/^暂缓至/).fill(until);
  await dialog.getByRole("button", { name: "暂缓办理" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(due(page).getByRole("heading", { name: /^已暂缓/ })).toBeVisible();
  await expect(duty).toContainText(`${branch.secretary}：等待调档`);
  await expectSound(page);

  const above = await open("organizer-chongchuan");
  await above.goto(`/workbench/organizer?organization=${branch.id}`);
  const kind = row(above, "补全人员信息");
  await expect(kind.getByRole("cell").nth(0)).toContainText("1");
  await expect(kind.getByRole("cell").nth(2)).toHaveText("1");
  await expectSound(above);

  await duty.getByRole("button", { name: /^恢复办理：/ }).click();
  await expect(due(page).getByRole("heading", { name: /^已暂缓/ })).toHaveCount(0);
});

test("the organizer sees duties by kind, and a figure leads to its list", { tag: "@phone" }, async ({ page }) => {
  await signIn(page, "organizer-city");
  const kinds = page.getByRole("table", { name: "各类应办事项" });
  await expect(kinds).toBeVisible();
  await expectReadableInTheDark(page);
  await kinds.getByRole("link", { name: "组织换届", exact: true }).click();
  await expect(due(page)).toContainText("只看：组织换届");
  await expect(due(page).getByRole("listitem").first()).toContainText("组织换届");
  await expectSound(page);
  await due(page).getByRole("button", { name: "看全部种类" }).click();
  await expect(due(page)).not.toContainText("只看：");
});

test("a reported problem is answered and the answer reaches the one who reported it", async ({ page, request, open }) => {
  const branch = await newBranch(request);
  const text = `名册打不开 ${uniqueName()}`;
  const secretary = await Client.signIn(request, branch.secretary);
  await secretary.mutate("problemReport", "report { id }", { page: "/members", text });

  await signIn(page, "admin");
  await page.goto("/desk/problems");
  await row(page, new RegExp(text)).getByRole("button", { name: /^答复/ }).click();
  const dialog = page.getByRole("dialog", { name: "答复问题" });
  await dialog.getByLabel(/^答复/).fill("已修好，请再试。");
  await expectSound(page);
  await dialog.getByRole("button", { name: "答复问题" }).click();
  await expect(row(page, new RegExp(text))).toContainText("admin 答复：已修好，请再试。");

  const other = await open(branch.secretary);
  await other.goto("/");
  await bell(other).click();
  await expect(inbox(other).getByRole("listitem").filter({ hasText: text })).toContainText("答复：已修好，请再试。");
  await expectSound(other);
});

test("what is switched off is no longer shown", { tag: "@phone" }, async ({ page, request }) => {
  const branch = await newBranch(request);
  await newApplicant(request, branch, uniqueName());
  await signIn(page, branch.secretary);
  await expect(bell(page)).toHaveAccessibleName(/，\d+ 条未读$/);
  await bell(page).click();
  await inbox(page).getByRole("link", { name: "通知设置" }).click();
  const shown = page.getByRole("checkbox", { name: "应用内显示：新的应办事项" });
  await expect(shown).toBeChecked();
  await expectSound(page);
  await expectReadableInTheDark(page);
  await shown.click();
  await expect(shown).not.toBeChecked();
  await bell(page).click();
  await expect(inbox(page).getByText("新的应办事项")).toHaveCount(0);
});

test("what is new shows on the bell at once, and older notifications are shown on demand", async ({ page, request }) => {
  const branch = await newBranch(request);
  await newApplicant(request, branch, uniqueName());
  await signIn(page, branch.secretary);
  await expect(bell(page)).toHaveAccessibleName("通知，2 条未读");
  // Nobody looks again by itself for a minute, so this is told.
  const names = Array.from({ length: 34 }, () => uniqueName());
  for (const name of names) await newApplicant(request, branch, name);
  await expect(bell(page)).toHaveAccessibleName("通知，36 条未读");
  await bell(page).click();
  const rows = inbox(page).getByRole("listitem");
  await expect(rows).toHaveCount(30);
  await inbox(page).getByRole("button", { name: "显示更早的" }).click();
  await expect(rows).toHaveCount(36);
  await expect(inbox(page).getByRole("button", { name: "显示更早的" })).toHaveCount(0);
  await expectSound(page);
  await inbox(page).getByRole("button", { name: "全部标为已读" }).click();
  await expect(rows.filter({ hasText: "未读：" })).toHaveCount(0);
});
