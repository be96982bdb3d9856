import { Client } from "../support/client";
import { expectSound, goTo, row } from "../support/page";
import { accountMenu, chooseOwn, fillSignIn, password, signIn, signInTitle } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newApplicant, newBranch, uniqueName } from "../support/world";

test("the administrator opens on what waits, and a figure leads to its accounts", { tag: "@phone" }, async ({ page, request }) => {
  const text = `浏览器测试 ${uniqueName()}`;
  const reader = await Client.signIn(request, "secretary");
  await reader.mutate("problemReport", "report { id }", { page: "/members", text });
  await signIn(page, "admin");
  await expect(page.getByRole("heading", { level: 1, name: "系统管理" })).toBeVisible();
  await expect(page.getByRole("region", { name: /^等你确认的授权/ })).toBeVisible();
  const problem = page.getByRole("region", { name: /^问题报告/ }).getByRole("listitem").filter({ hasText: text });
  await expect(problem.getByRole("link", { name: "/members" })).toBeVisible();
  await expect(page.getByRole("region", { name: "最近变动" })).toBeVisible();
  const sessions = page.getByRole("region", { name: "登录会话" });
  await expect(sessions.getByRole("row").filter({ hasText: "当前会话" })).toContainText("admin");
  await expectSound(page);

  await page.getByRole("region", { name: "账号", exact: true }).getByRole("link", { name: /^启用/ }).click();
  await expect(page).toHaveURL(/\/desk\/accounts\?status=ACTIVE$/);
  await page.getByLabel("按账号查找").fill("admin2");
  await expect(row(page, "admin2")).toContainText("系统管理员");
});

test("an account is opened, given a role and used", async ({ page, open, request }) => {
  const branch = await newBranch(request);
  const name = `${branch.secretary}-deputy`;
  await signIn(page, "admin");
  await goTo(page, "账号与授权");
  await page.getByRole("button", { name: "新建账号" }).click();
  const create = page.getByRole("dialog", { name: "新建账号" });
  await create.getByLabel(/^账号/).fill(name);
  await create.getByLabel(/^初始密码/).fill("short");
  await create.getByRole("button", { name: "新建账号" }).click();
  await expect(create.getByLabel(/^初始密码/)).toHaveAttribute("aria-invalid", "true");
  await expectSound(page);
  await create.getByLabel(/^初始密码/).fill("first-password-1");
  await create.getByRole("button", { name: "新建账号" }).click();

  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.getByRole("button", { name: "授予角色" }).click();
  const grant = page.getByRole("dialog", { name: "授予角色" });
  await grant.getByLabel(/^角色/).selectOption("党组织书记");
  await grant.getByRole("combobox", { name: /^组织/ }).fill(branch.name);
  await grant.getByRole("option", { name: branch.name }).click();
  await grant.getByLabel(/^原因/).fill("浏览器测试");
  await expectSound(page);
  await grant.getByRole("button", { name: "授予角色" }).click();
  await expect(page.getByRole("region", { name: "授权" })).toContainText(branch.name);
  await expect(page.getByRole("region", { name: "授权" })).toContainText("待第二人确认");
  await expectSound(page);

  // The role carries sensitive permissions: it works when somebody else has confirmed it.
  const second = await open("admin2");
  const waiting = second.getByRole("region", { name: "等你确认的授权" }).getByRole("listitem").filter({ hasText: name });
  await expectSound(second);
  await waiting.getByRole("button", { name: /^确认授权/ }).click();
  await expect(waiting).toHaveCount(0);

  const deputy = await open();
  await deputy.goto("/");
  await fillSignIn(deputy, name, "first-password-1");
  await expect(deputy.getByRole("banner")).toContainText(branch.name);
});

test("every change leaves a row that says who, what and where", async ({ page, request }) => {
  const branch = await newBranch(request);
  const name = uniqueName();
  await newApplicant(request, branch, name);
  await signIn(page, branch.secretary);
  await goTo(page, "审计");
  const rows = page.getByRole("row").filter({ hasText: name });
  await expect(rows.filter({ hasText: "新增申请人" })).toContainText(branch.secretary);
  await expect(rows.filter({ hasText: "新增申请人" })).toContainText(branch.name);
  await expectSound(page);

  await page.getByLabel("操作").selectOption("归档人员");
  await expect(page.getByText("没有符合条件的记录")).toBeVisible();
  await page.getByRole("button", { name: "清除条件" }).click();
  await expect(rows.first()).toBeVisible();
});

test("the audit trail of the administrator tells of accounts and grants", { tag: "@phone" }, async ({ page, request }) => {
  const branch = await newBranch(request);
  await signIn(page, "admin");
  await page.goto("/desk/audit?action=accountCreate");
  await expect(page.getByRole("row").filter({ hasText: branch.secretary })).toContainText("新建账号");
  await expectSound(page);
});

test("a password is changed on the own page, and the old one is over", async ({ page, request }) => {
  const branch = await newBranch(request);
  await signIn(page, branch.secretary);
  await chooseOwn(page, "修改密码");
  const change = page.getByRole("tabpanel").getByRole("button", { name: "修改密码" });
  const fill = async (present: string, next: string, again: string) => {
    await page.getByLabel(/^当前密码/).fill(present);
    await page.getByLabel(/^新密码/).fill(next);
    await page.getByLabel(/^再输入一次/).fill(again);
    await change.click();
  };
  await fill("wrong-password", "another-password-1", "another-password-1");
  await expect(page.getByLabel(/^当前密码/)).toHaveAttribute("aria-invalid", "true");
  await expectSound(page);
  await fill(password, "another-password-1", "another-password-1");
  await expect(page.getByText("已修改密码")).toBeVisible();

  await chooseOwn(page, "退出登录");
  await expect(signInTitle(page)).toBeVisible();
  await fillSignIn(page, branch.secretary, "another-password-1");
  await expect(accountMenu(page)).toBeVisible();
});
