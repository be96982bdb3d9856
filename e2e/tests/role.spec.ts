import { Client } from "../support/client";
import { expectReadableInTheDark, expectSound, goTo, row } from "../support/page";
import { signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newAccount, newBranch, uniqueName } from "../support/world";

test("a role is copied, made smaller, given, and made smaller again while it is used", async ({ page, open, request }) => {
  const branch = await newBranch(request);
  const name = uniqueName();
  await signIn(page, "admin");
  await goTo(page, "角色");
  await expect(row(page, "系统管理员")).toContainText("系统自带");
  await expectSound(page);

  // A role of the product is read and copied, not changed.
  await page.getByRole("link", { name: "第三方集成" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "第三方集成" })).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "预览并保存" })).toHaveCount(0);
  await expect(page.getByText("系统自带的角色不能修改")).toBeVisible();
  await expectSound(page);
  await page.getByRole("link", { name: "复制角色" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "新建角色" })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "使用：看人员" })).toBeChecked();
  await page.getByRole("button", { name: "保存角色" }).click();
  await expect(page.getByRole("textbox", { name: /^名称/ })).toHaveAttribute("aria-invalid", "true");
  await expectSound(page);
  await page.getByRole("textbox", { name: /^名称/ }).fill(name);
  await page.getByRole("checkbox", { name: "使用：看应办事项" }).check();
  await page.getByRole("button", { name: "保存角色" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("没有账号持有")).toBeVisible();
  await expectSound(page);
  await expectReadableInTheDark(page);

  // It is given, and works.
  const { id, name: account } = await newAccount(request);
  await page.goto(`/desk/accounts/${id}`);
  await page.getByRole("button", { name: "授予角色" }).click();
  const grant = page.getByRole("dialog", { name: "授予角色" });
  await grant.getByLabel(/^角色/).selectOption(name);
  await grant.getByRole("combobox", { name: /^组织/ }).fill(branch.name);
  await grant.getByRole("option", { name: branch.name }).click();
  await grant.getByLabel(/^原因/).fill("浏览器测试");
  await grant.getByRole("button", { name: "授予角色" }).click();
  await expect(page.getByRole("region", { name: "授权" })).toContainText(branch.name);
  const reader = await open(account);
  const members = reader.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "党员与发展" });
  await expect(members).toBeVisible();

  // A right is taken away: who loses it is said before, and it is gone after.
  await goTo(page, "角色");
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("checkbox", { name: "使用：看人员" }).uncheck();
  await expect(page.getByText("有修改未保存")).toBeVisible();
  await page.getByRole("button", { name: "预览并保存" }).click();
  const preview = page.getByRole("dialog", { name: /^保存角色/ });
  await expect(preview.getByRole("listitem").filter({ hasText: "person:read" })).toContainText(`1 个账号失去它。 ${account}`);
  await expectSound(page);
  await preview.getByRole("button", { name: "保存角色" }).click();
  await expect(preview).toHaveCount(0);
  await expect(page.getByText("有修改未保存")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "变动记录", exact: true })).toContainText("修改角色");
  await reader.reload();
  await expect(reader.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "组织", exact: true })).toBeVisible();
  await expect(members).toHaveCount(0);

  // What is sensitive is not added while somebody has the role, and it is not archived.
  await page.getByRole("checkbox", { name: "使用：看变动记录" }).check();
  await page.getByRole("button", { name: "预览并保存" }).click();
  await expect(preview.getByText(/增加敏感权限须第二人确认：看变动记录/)).toBeVisible();
  await expect(preview.getByRole("button", { name: "保存角色" })).toBeDisabled();
  await expectSound(page);
  await preview.getByRole("button", { name: "取消" }).click();
  await page.getByRole("button", { name: "放弃修改" }).click();
  await page.getByRole("button", { name: "归档角色" }).click();
  const archive = page.getByRole("dialog", { name: "归档角色" });
  await archive.getByRole("button", { name: "归档角色" }).click();
  await expect(archive.getByText("还有 1 项授权用着这个角色，先结束它们再归档。")).toBeVisible();
  await expectSound(page);
});

test("a role is archived and restored", async ({ page, request }) => {
  const name = uniqueName();
  const admin = await Client.signIn(request, "admin");
  const made = await admin.mutate("roleCreate", "role { id }", {
    name,
    workbench: "ORGANIZER",
    permissions: ["ORGANIZATION_READ"],
  });
  await signIn(page, "admin");
  await page.goto(`/desk/roles/${made.role.id}`);
  await page.getByRole("button", { name: "归档角色" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "归档角色" }).click();
  await expect(page.getByRole("button", { name: "恢复角色" })).toBeVisible();
  await goTo(page, "角色");
  await expect(row(page, "系统管理员")).toBeVisible();
  await expect(page.getByRole("link", { name, exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "已归档" }).click();
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("button", { name: "恢复角色" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "恢复角色" }).click();
  await expect(page.getByRole("button", { name: "归档角色" })).toBeVisible();
});

test("the matrix works with the keyboard alone", async ({ page, request }) => {
  const name = uniqueName();
  const admin = await Client.signIn(request, "admin");
  await admin.mutate("roleCreate", "role { id }", { name, workbench: "ORGANIZER", permissions: ["ORGANIZATION_READ"] });
  await signIn(page, "admin");
  await page.goto("/desk/roles/matrix");
  const cell = (role: string, permission: string) =>
    page.getByRole("grid").getByRole("checkbox", { name: `${role}：${permission}`, exact: true });
  await expect(cell("系统管理员", "看组织")).toBeChecked();
  await expectSound(page);
  await expectReadableInTheDark(page);

  // One stop for the tabulator key; the arrow keys do the rest.
  await expect(page.getByRole("grid").locator("[role=checkbox][tabindex='0']")).toHaveCount(1);
  await cell("系统管理员", "看组织").focus();
  await page.keyboard.press("ArrowRight");
  await expect(cell("组织员", "看组织")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(cell("组织员", "新建组织")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(cell("组织员", "新建组织")).toBeChecked();
  await expect(cell("组织员", "新建组织")).toHaveAttribute("aria-readonly", "true");
  await page.keyboard.press("Home");
  await expect(cell("系统管理员", "新建组织")).toBeFocused();
  await page.keyboard.press("Control+End");
  await expect(page.getByRole("grid").locator("[role=checkbox]").last()).toBeFocused();
  await page.keyboard.press("Control+Home");
  await expect(cell("系统管理员", "看组织")).toBeFocused();

  const own = cell(name, "新建组织");
  await own.focus();
  await page.keyboard.press("Space");
  await expect(own).toBeChecked();
  await expect(page.getByText("1 处修改未保存")).toBeVisible();
  await expectSound(page);
  await page.getByRole("button", { name: /^预览并保存/ }).focus();
  await page.keyboard.press("Enter");
  const preview = page.getByRole("dialog", { name: `保存角色，${name}` });
  await expect(preview.getByText("目前没有账号受影响。")).toBeVisible();
  await preview.getByRole("button", { name: "保存角色" }).focus();
  await page.keyboard.press("Enter");
  await expect(preview).toHaveCount(0);
  await expect(page.getByText("1 处修改未保存")).toHaveCount(0);
  await expect(own).toBeChecked();
  await page.reload();
  await expect(own).toBeChecked();
});

test("roles and the matrix are read on a phone; who may not see roles is told so", { tag: "@phone" }, async ({ page, open }) => {
  await signIn(page, "admin");
  await goTo(page, "角色");
  await expectSound(page);
  await page.getByRole("link", { name: "角色与权限对照" }).click();
  await expect(page.getByRole("grid")).toBeVisible();
  await expectSound(page);
  const head = page.getByRole("grid").getByRole("rowheader", { name: /^看组织/ });
  await page.getByRole("grid").getByRole("checkbox").first().focus();
  await page.keyboard.press("End");
  await expect(head).toBeInViewport();
  const member = await open("member");
  await member.goto("/desk/roles");
  await expect(member.getByRole("table")).toHaveCount(0);
});
