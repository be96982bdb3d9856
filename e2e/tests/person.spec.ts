import type { Page } from "@playwright/test";
import { Client } from "../support/client";
import { expectReadableInTheDark, expectSound, goTo, row, searchFor } from "../support/page";
import { signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { identityNumber, newApplicant, newBranch, uniqueName } from "../support/world";

const main = (page: Page) => page.getByRole("main");
const history = (page: Page) => page.getByRole("region", { name: "变动记录" });

/** Does one of the things in the menu of the record. */
async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("a person without a membership is added, listed, found, archived and restored", { tag: "@phone" }, async ({ page, request }) => {
  const branch = await newBranch(request);
  const name = uniqueName();
  await signIn(page, branch.secretary);
  await goTo(page, "党员与发展");
  await main(page).getByRole("link", { name: "新增人员" }).click();
  await expect(page.getByLabel(/^关联组织/)).toHaveValue(branch.name);
  await expectSound(page);
  const save = main(page).getByRole("button", { name: "新增人员" });
  await save.click();
  await expect(page.getByRole("alert")).toContainText("有 2 处需要修改");
  await page.getByRole("alert").getByRole("link", { name: "选择关联类别" }).click();
  await expect(page.getByLabel(/^关联类别/)).toBeFocused();
  await expectSound(page);
  await page.getByLabel(/^关联类别/).selectOption("驿站");
  await page.getByLabel(/^姓名/).fill(name);
  await save.click();

  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByRole("region", { name: "组织关联" })).toContainText(`${branch.name}驿站`);
  await expect(history(page)).toContainText("新增人员");
  await expect(page.getByRole("list", { name: "发展阶段" })).toHaveCount(0);
  await expectSound(page);

  await page.getByRole("navigation", { name: "位置" }).getByRole("link", { name: "关联人员" }).click();
  await expect(row(page, name)).toContainText("驿站");
  await expectSound(page);
  await searchFor(page, name);
  await page.getByRole("option", { name: new RegExp(`${name}.*驿站`) }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  await choose(page, "归档记录");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^原因/).fill("离开本地");
  await dialog.getByRole("button", { name: "归档记录" }).click();
  await expect(main(page)).toContainText("这条记录已归档，只能查看。");
  await expect(page.getByRole("link", { name: "编辑信息" })).toHaveCount(0);
  await expect(history(page)).toContainText("离开本地");
  await expectSound(page);
  await page.goto("/people");
  await expect(main(page)).toContainText("还没有关联人员");
  await page.goto("/people?status=ARCHIVED");
  await expect(row(page, name)).toContainText("已归档");
  await row(page, name).getByRole("link", { name }).click();

  await choose(page, "恢复记录");
  await dialog.getByLabel(/^原因/).fill("又回来了");
  await dialog.getByRole("button", { name: "恢复记录" }).click();
  await expect(main(page)).not.toContainText("这条记录已归档");
  await expect(history(page)).toContainText("恢复人员");
  await page.goto("/people");
  await expect(row(page, name)).toBeVisible();
});

test("the day of the application is corrected where it stands", async ({ page, request }) => {
  const branch = await newBranch(request);
  const { person } = await newApplicant(request, branch, uniqueName());
  await signIn(page, branch.secretary);
  await page.goto(`/people/${person}`);
  await choose(page, "修改申请日期");
  const dialog = page.getByRole("dialog", { name: "修改申请日期" });
  const day = dialog.getByLabel(/^申请日期/);
  await expect(dialog.getByRole("button", { name: "修改申请日期" })).toBeDisabled();
  await day.fill("2100-01-01");
  await dialog.getByRole("button", { name: "修改申请日期" }).click();
  await expect(day).toHaveAttribute("aria-invalid", "true");
  await expectSound(page);
  await day.fill("2026-03-02");
  await dialog.getByRole("button", { name: "修改申请日期" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("list", { name: "发展阶段" })).toContainText("2026-03-02 起");
  await expect(history(page)).toContainText("修改申请日期");
});

test("two who correct the same day meet the dialog of a conflict", async ({ open, request }) => {
  const branch = await newBranch(request);
  const { person } = await newApplicant(request, branch, uniqueName());
  const [first, second] = [await open(branch.secretary), await open("organizer-chongchuan")];
  for (const page of [first, second]) {
    await page.goto(`/people/${person}`);
    await choose(page, "修改申请日期");
    await page.getByRole("dialog").getByLabel(/^申请日期/).fill(page === first ? "2026-03-02" : "2026-04-02");
  }
  await first.getByRole("dialog").getByRole("button", { name: "修改申请日期" }).click();
  await expect(first.getByRole("dialog")).toBeHidden();

  await second.getByRole("dialog").getByRole("button", { name: "修改申请日期" }).click();
  const conflict = second.getByRole("dialog", { name: "有别人刚改过这条记录" });
  await expect(conflict.getByRole("row", { name: /申请日期/ })).toHaveText(/2026-04-02.*2026-03-02/s);
  await expectSound(second);
  await conflict.getByRole("button", { name: "采用已保存的内容" }).click();
  const dialog = second.getByRole("dialog", { name: "修改申请日期" });
  await expect(dialog.getByLabel(/^申请日期/)).toHaveValue("2026-03-02");
  await dialog.getByLabel(/^申请日期/).fill("2026-05-02");
  await dialog.getByRole("button", { name: "修改申请日期" }).click();
  await expect(dialog).toBeHidden();
  await expect(second.getByRole("button", { name: "更多操作" })).toBeFocused();
  await expect(second.getByRole("list", { name: "发展阶段" })).toContainText("2026-05-02 起");
});

test("a protected value is replaced or cleared by who may read it, and stays for others", { tag: "@phone" }, async ({ page, request }, { project }) => {
  const branch = await newBranch(request);
  const number = identityNumber("1991-02-03");
  const { person } = await newApplicant(request, branch, uniqueName(), { phone: "10000001234", address: "示例路 7 号", identityNumber: number });
  await signIn(page, branch.secretary);
  await page.goto(`/people/${person}`);
  await expect(main(page)).toContainText("无权查看");
  await page.goto(`/people/${person}/edit`);
  const group = (name: string) => page.getByRole("group", { name, exact: true });

  await expect(group("身份证号")).toContainText("可联系组织员");
  await expect(group("身份证号").getByRole("button")).toHaveCount(0);
  await group("手机").getByRole("button", { name: /^更换/ }).click();
  await expect(page.getByLabel(/^手机/)).toBeFocused();
  await page.getByLabel(/^手机/).fill("10000004321");
  await group("住址").getByRole("button", { name: /^清除/ }).click();
  await expect(group("住址")).toContainText("保存后清除");
  await expect(group("住址").getByRole("button", { name: /^不清除/ })).toBeFocused();
  await expectSound(page);
  if (project.name === "desktop") await expectReadableInTheDark(page);
  await page.getByRole("button", { name: "保存信息" }).click();

  await expect(main(page)).toContainText("100****4321");
  const organizer = await Client.signIn(request, "organizer-chongchuan");
  const seen = await organizer.query("query ($id: ID!) { person(id: $id) { address { display } identityNumber { masked } version } }", { id: person });
  expect(seen.person).toEqual({ address: null, identityNumber: { masked: true }, version: 2 });
});

test("a change of mind leaves a protected value as it is", async ({ page, request }) => {
  const branch = await newBranch(request);
  const { person } = await newApplicant(request, branch, uniqueName(), { phone: "10000001234" });
  await signIn(page, branch.secretary);
  await page.goto(`/people/${person}/edit`);
  const phone = page.getByRole("group", { name: "手机", exact: true });
  await phone.getByRole("button", { name: /^清除/ }).click();
  await phone.getByRole("button", { name: /^不清除/ }).click();
  await expect(phone.getByRole("button", { name: /^更换/ })).toBeFocused();
  await phone.getByRole("button", { name: /^更换/ }).click();
  await page.getByLabel(/^手机/).fill("10000009999");
  await page.getByRole("button", { name: /^不更换/ }).click();
  await expect(main(page)).not.toContainText("有未保存的内容");
  await page.getByLabel(/^籍贯/).fill("江苏南通");
  await page.getByRole("button", { name: "保存信息" }).click();
  await expect(main(page)).toContainText("100****1234");
  await expect(main(page)).toContainText("江苏南通");
});
