import type { APIRequestContext, Page } from "@playwright/test";
import { Client } from "../support/client";
import { expectReadableInTheDark, expectSound, goTo } from "../support/page";
import { accountMenu, signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newAccount, newApplicant, newBranch, uniqueName } from "../support/world";

/** An account that administers and organizes the whole city, so that it sees accounts and persons. */
async function newOverseer(request: APIRequestContext): Promise<string> {
  const admin = await Client.signIn(request, "admin");
  const { roles, viewer } = await admin.query("{ roles { id code } viewer { today organizations { id } } }");
  const organization = viewer.organizations[0].id;
  const account = await newAccount(request, "administrator", organization);
  const { grant } = await admin.mutate("roleGrant", "grant { id }", {
    account: account.id,
    role: roles.find(({ code }: { code: string }) => code === "organizer").id,
    scope: "SUBTREE",
    organization,
    from: viewer.today,
    reason: "浏览器测试",
  });
  const second = await Client.signIn(request, "admin2");
  await second.mutate("roleGrantConfirm", "grant { id }", { grant: grant.id });
  return account.name;
}

async function pick(page: Page, field: string | RegExp, text: string, option: string | RegExp = text): Promise<void> {
  await page.getByRole("combobox", { name: field }).fill(text);
  await page.getByRole("option", { name: option }).first().click();
}

test("a denial names its cause, and so does an allowance", async ({ page, request }) => {
  const [here, elsewhere] = [await newBranch(request), await newBranch(request)];
  const name = uniqueName();
  await newApplicant(request, here, name);
  await signIn(page, await newOverseer(request));
  await page.goto("/desk/access");
  const ask = page.getByRole("region", { name: "某账号能否做某事" });
  await pick(page, "账号", elsewhere.secretary);
  await ask.getByLabel(/^权限/).selectOption({ label: "看人员 person:read" });
  await ask.getByRole("button", { name: "人员" }).click();
  await pick(page, /^对象/, name, new RegExp(name));
  const verdict = ask.getByRole("status");
  await expect(verdict).toContainText(`${elsewhere.secretary} 不能“看人员”`);
  await expect(verdict).toContainText(`在“${elsewhere.name}”的授权有这项权限，但不包括这里`);
  await expect(ask.getByRole("listitem")).toContainText("不包括这里");
  await expectSound(page);
  await expectReadableInTheDark(page);

  await pick(page, "账号", here.secretary);
  await expect(verdict).toContainText(`${here.secretary} 可以“看人员”：角色“党组织书记”在“${here.name}”的授权允许`);
  await ask.getByRole("button", { name: /^结束后失去什么/ }).click();
  const effect = page.getByRole("dialog", { name: "结束后失去什么" });
  await expect(effect.getByRole("listitem").filter({ hasText: "看人员" })).toContainText(here.name);
  await expectSound(page);
});

test("every record says why it is seen, and a person who else can", { tag: "@phone" }, async ({ page, request }) => {
  const branch = await newBranch(request);
  const { person } = await newApplicant(request, branch, uniqueName());
  await signIn(page, branch.secretary);
  await page.goto(`/people/${person}`);
  await page.getByRole("button", { name: "为什么能看到？" }).click();
  const why = page.getByRole("dialog", { name: "为什么能看到？" });
  await expect(why.getByRole("status")).toContainText(`角色“党组织书记”在“${branch.name}”的授权允许`);
  await expectSound(page);
  await page.keyboard.press("Escape");
  await expect(why).toHaveCount(0);

  await page.goto(`/organizations/${branch.id}`);
  await page.getByRole("button", { name: "为什么能看到？" }).click();
  await expect(why.getByRole("status")).toContainText("可以“看组织”");
});

test("one's own record says who can see it, by role and level", async ({ page }) => {
  await signIn(page, "member");
  await goTo(page, "我的档案");
  const who = page.getByRole("region", { name: "谁能看到我" });
  await expect(who.getByRole("listitem").filter({ hasText: "党组织书记" })).toBeVisible();
  await expect(who.getByRole("listitem").filter({ hasText: "组织员" }).first()).toBeVisible();
  await expect(who).not.toContainText("organizer-");
  await expectSound(page);
});

test.describe(() => {
  // The change that a preview refuses.
  test.use({ expected: /400.*\/graphql/ });

  test("a preview is marked on every screen, changes nothing and ends", async ({ page, request }) => {
    const branch = await newBranch(request);
    const account = await newOverseer(request);
    await signIn(page, account);
    await page.goto("/desk/access");
    const panel = page.getByRole("region", { name: "以角色预览" });
    await panel.getByLabel(/^角色/).selectOption("党组织书记");
    await pick(page, /^组织/, branch.name);
    await panel.getByRole("button", { name: "开始预览" }).click();

    const mark = page.getByRole("status").filter({ hasText: "只读预览" });
    await expect(mark).toContainText(`党组织书记，${branch.name}`);
    await expect(page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "账号与授权" })).toHaveCount(0);
    await expectSound(page);
    await page.goto(`/organizations/${branch.id}`);
    await expect(page.getByRole("heading", { level: 1, name: branch.name })).toBeVisible();
    await expect(mark).toBeVisible();
    await page.goto("/desk/audit");
    await expect(mark).toBeVisible();

    await page.goto(`/organizations/${branch.id}/edit`);
    await page.getByLabel(/^办公电话/).fill("051380000001");
    await page.getByRole("button", { name: "保存" }).first().click();
    await expect(page.getByRole("alert")).toContainText("预览是只读的");

    page.on("dialog", (dialog) => dialog.accept());
    await mark.getByRole("button", { name: "结束预览" }).click();
    await expect(page).toHaveURL(/\/desk\/access$/);
    await expect(mark).toHaveCount(0);
    await expect(page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "账号与授权" })).toBeVisible();
    await expect(accountMenu(page)).toBeVisible();

    const admin = await Client.signIn(request, "admin");
    const { auditEntries } = await admin.query(
      "query ($id: ID!) { auditEntries(first: 5, filter: { object: $id }) { nodes { action actor } } }",
      { id: branch.id },
    );
    expect(auditEntries.nodes[0]).toEqual({ action: "previewBegin", actor: account });
  });
});
