import type { Page } from "@playwright/test";
import { Client } from "../support/client";
import { expectSound, goTo, row } from "../support/page";
import { signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { identityNumber, newApplicant, newBranch, uniqueName } from "../support/world";

/** The door to the applicants in the head count of the workbench. */
const applicants = (page: Page) => page.getByRole("region", { name: /^人数/ }).getByRole("link", { name: /^申请人/ });

const due = (page: Page) => page.getByRole("region", { name: "要办的事" });

test("a secretary opens on what is due and finds the own branch", { tag: "@phone" }, async ({ page }, { project }) => {
  await signIn(page, "secretary");
  await expect(page.getByRole("heading", { level: 1, name: "本周待办" })).toBeVisible();
  await expect(due(page).getByRole("listitem").first()).toBeVisible();
  const own = await page.getByRole("banner").locator("b").innerText();
  await expectSound(page);

  await goTo(page, "组织");
  await expect(page.getByRole("heading", { level: 1, name: own })).toBeVisible();
  if (project.name === "desktop") {
    await expect(page.getByRole("treeitem", { name: own })).toHaveAttribute("aria-selected", "true");
  }
  await expectSound(page);
});

test("an applicant is added after an error was corrected, is counted, listed and due until complete", { tag: "@phone" }, async ({ page, request }) => {
  const branch = await newBranch(request);
  await newApplicant(request, branch, uniqueName());
  const name = uniqueName();
  await signIn(page, branch.secretary);
  await expect(applicants(page)).toHaveText(/1$/);

  await page.getByRole("link", { name: "新增申请人" }).click();
  await page.getByLabel(/^姓名/).fill(name);
  const identity = page.getByLabel(/^身份证号/);
  await identity.fill("990000199001010021");
  await expectSound(page);
  const save = page.getByRole("main").getByRole("button", { name: "新增申请人" });
  await save.click();

  await expect(identity).toHaveAttribute("aria-invalid", "true");
  await expect(identity).toHaveAccessibleDescription(/校验码/);
  await expect(page.getByRole("alert")).toContainText("有 1 处需要修改");
  await expect(page.getByLabel(/^姓名/)).toHaveValue(name);
  await expectSound(page);
  await page.getByRole("alert").getByRole("link").click();
  await expect(identity).toBeFocused();

  await identity.clear();
  await save.click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("信息不完整");
  await expectSound(page);

  await goTo(page, "本周待办");
  await expect(applicants(page)).toHaveText(/2$/);
  await applicants(page).click();
  await expect(page.getByText("共 2 人")).toBeVisible();
  await expect(row(page, name)).toContainText("申请人");
  await expectSound(page);
  await page.reload();
  await expect(page.getByText("共 2 人")).toBeVisible();

  await goTo(page, "本周待办");
  await due(page).getByRole("button", { name: "30 天", exact: true }).click();
  const obligation = due(page).getByRole("listitem").filter({ hasText: name });
  await expect(obligation).toContainText("补全人员信息");
  await expectSound(page);
  await obligation.getByRole("link", { name: new RegExp(`补全信息\\s*：${name}`) }).click();
  await page.getByLabel(/^职业/).selectOption("教师");
  await page.getByLabel(/^出生日期/).fill("1991-02-03");
  await page.getByLabel(/^手机/).fill("10000008345");
  await page.getByLabel(/^身份证号/).fill(identityNumber("1991-02-03"));
  await page.getByLabel(/^性别/).selectOption("女");
  await page.getByLabel(/^民族/).fill("汉族");
  await page.getByLabel(/^学历/).selectOption("本科");
  await page.getByRole("button", { name: "保存信息" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("信息不完整");
  await expect(page.getByRole("main")).toContainText("100****8345");
  await expect(page.getByRole("main")).not.toContainText("10000008345");

  await goTo(page, "本周待办");
  await due(page).getByRole("button", { name: "30 天", exact: true }).click();
  await expect(due(page).getByRole("listitem")).toHaveCount(1);
  await expect(due(page).getByRole("listitem").filter({ hasText: name })).toHaveCount(0);
  await due(page).getByRole("button", { name: "已办结" }).click();
  await expect(due(page).getByRole("listitem").filter({ hasText: name })).toContainText("已办结");
  await expectSound(page);
});

test("a masked value is shown for a reason, and the look is recorded", { tag: "@phone" }, async ({ page, request }) => {
  const branch = await newBranch(request);
  const { person } = await newApplicant(request, branch, uniqueName(), { phone: "10000001234" });
  await signIn(page, branch.secretary);
  await page.goto(`/people/${person}`);
  await page.getByRole("button", { name: /查看\s*手机/ }).click();

  const dialog = page.getByRole("dialog");
  const look = dialog.getByRole("button", { name: "查看手机" });
  await expect(look).toBeDisabled();
  await expectSound(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: /查看\s*手机/ })).toBeFocused();

  await page.getByRole("button", { name: /查看\s*手机/ }).click();
  await dialog.getByLabel(/^用途/).selectOption({ index: 1 });
  await look.click();
  await expect(page.getByText("10000001234")).toBeVisible();
  await expect(page.getByRole("region", { name: "查看记录" })).toContainText(`${branch.secretary} 查看了手机`);
  await expectSound(page);
});

test("contact persons are chosen where the obligation stands, and it is done", async ({ page, request }) => {
  const client = await Client.signIn(request, "secretary-rugao");
  const { members } = await client.query("{ members(first: 1, filter: { stage: [FULL] }) { nodes { person { name } } } }");
  const contact = members.nodes[0].person.name;
  await signIn(page, "secretary-rugao");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  // The list of the month must be there: a row that is drawn anew under an open dialog cannot have the focus back.
  const month = page.waitForResponse((answer) => answer.request().postData()?.includes("dueBy") ?? false);
  await due(page).getByRole("button", { name: "30 天", exact: true }).click();
  await month;
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const open = due(page).getByRole("button", { name: /^选联系人\s*：/ }).first();
  await open.click();
  const dialog = page.getByRole("dialog", { name: "指定培养联系人" });
  await expect(dialog).toContainText("联系人须是正式党员");
  await page.keyboard.press("Escape");
  await expect(open).toBeFocused();

  await open.click();
  await dialog.getByRole("combobox", { name: /^联系人/ }).fill(contact);
  await dialog.getByRole("option", { name: contact }).first().click();
  await expectSound(page);
  const before = await due(page).getByRole("listitem").count();
  await dialog.getByRole("button", { name: "指定培养联系人" }).click();
  await expect(page.getByText(/^已指定培养联系人/)).toBeVisible();
  await expect(due(page).getByRole("listitem")).toHaveCount(before - 1);
});

test("a record that a membership needs is not archived, and the way out is said", async ({ page, request }) => {
  const branch = await newBranch(request);
  const { person } = await newApplicant(request, branch, uniqueName());
  await signIn(page, branch.secretary);
  await page.goto(`/people/${person}`);
  await page.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("menuitem", { name: "归档记录" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^原因/).fill("浏览器测试");
  await expectSound(page);
  await dialog.getByRole("button", { name: "归档记录" }).click();
  await expect(dialog.getByRole("alert")).toContainText(/党员身份|组织关系|仍/);
  await expect(dialog.getByLabel(/^原因/)).toHaveValue("浏览器测试");
  await dialog.getByRole("button", { name: "取消" }).click();
  await expect(page.getByRole("main")).not.toContainText("这条记录已归档");
});

test("what was typed is not lost by accident", async ({ page, request }) => {
  const branch = await newBranch(request);
  await signIn(page, branch.secretary);
  await page.getByRole("link", { name: "新增申请人" }).click();
  await page.getByLabel(/^姓名/).fill("示例");
  page.once("dialog", (dialog) => dialog.dismiss());
  await goTo(page, "组织");

  await expect(page.getByLabel(/^姓名/)).toHaveValue("示例");
  page.once("dialog", (dialog) => dialog.accept());
  await goTo(page, "组织");
  await expect(page.getByRole("heading", { level: 1, name: branch.name })).toBeVisible();
});
