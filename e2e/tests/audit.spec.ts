import { readFile } from "node:fs/promises";
import type { APIRequestContext, Page } from "@playwright/test";
import { Client } from "../support/client";
import { expectReadableInTheDark, expectSound, goTo } from "../support/page";
import { run } from "../support/server";
import { signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newAccount, newApplicant, newBranch, uniqueName, type Branch } from "../support/world";

const rows = (page: Page) => page.getByRole("table", { name: "变动记录" }).getByRole("row").filter({ has: page.getByRole("rowheader") });
const filters = (page: Page) => page.getByRole("search", { name: "变动记录" });

/** A branch whose telephone its secretary has changed. */
async function changedBranch(request: APIRequestContext): Promise<Branch> {
  const branch = await newBranch(request);
  const secretary = await Client.signIn(request, branch.secretary);
  await secretary.mutate("organizationUpdate", "organization { version }", {
    organization: branch.id,
    version: 1,
    officePhone: "051381111111",
  });
  return branch;
}

test("an administrator narrows the trail by who, what, where and when", { tag: "@phone" }, async ({ page, request }) => {
  const branch = await changedBranch(request);
  await signIn(page, "admin");
  await goTo(page, "审计");

  await filters(page).getByRole("combobox", { name: "组织及下级" }).fill(branch.name);
  await filters(page).getByRole("option", { name: branch.name }).click();
  await expect(page).toHaveURL(/organization=/);
  // The branch was created, got its secretary by one and by a second, and was changed by him.
  await expect(rows(page)).toHaveCount(4);

  await filters(page).getByRole("combobox", { name: "账号" }).fill(branch.secretary);
  await filters(page).getByRole("option", { name: branch.secretary }).click();
  await expect(page).toHaveURL(new RegExp(`who=${branch.secretary}`));
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("修改组织");
  await expectSound(page);

  await filters(page).getByLabel("操作").selectOption("授予角色");
  await expect(page.getByText("没有符合条件的记录")).toBeVisible();
  await filters(page).getByLabel("操作").selectOption("修改组织");
  await expect(rows(page)).toHaveCount(1);

  await filters(page).getByLabel("从").fill("2020-01-02");
  await filters(page).getByLabel("到").fill("2020-01-01");
  await expect(page.getByText("结束日期早于开始日期")).toBeVisible();
  await expect(filters(page).getByLabel("到")).toHaveAttribute("aria-invalid", "true");
  await expectSound(page);
  await filters(page).getByLabel("到").fill("2199-12-30");
  await expect(rows(page)).toHaveCount(1);

  // The address holds everything: the same page opens from it.
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await expect(filters(page).getByRole("combobox", { name: "账号" })).toHaveValue(branch.secretary);
  await expect(filters(page).getByRole("combobox", { name: "组织及下级" })).toHaveValue(branch.name);
  await filters(page).getByRole("button", { name: "清除条件" }).click();
  await expect(page).toHaveURL(/\/desk\/audit$/);
  await expect(filters(page).getByRole("combobox", { name: "组织及下级" })).toHaveValue("");
});

test("a row reads before and after, is sealed within a second and names its request", { tag: "@phone" }, async ({ page, request }, { project }) => {
  const branch = await changedBranch(request);
  await signIn(page, "admin");
  await page.goto(`/desk/audit?who=${branch.secretary}`);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).locator("dl")).toHaveText(/办公电话\s*051380000000 → 051381111111/);

  // Sealed a second later at the latest; the page shows it when it is read again.
  await expect(async () => {
    await page.reload();
    await expect(rows(page).getByText("已封存", { exact: true })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await rows(page).getByText("已封存", { exact: true }).click();
  await expect(rows(page)).toContainText("改动或删除都会被查出");
  const admin = await Client.signIn(request, "admin");
  const { auditEntries } = await admin.query("query ($who: String) { auditEntries(filter: { actor: $who }) { nodes { requestId sealed } } }", { who: branch.secretary });
  expect(auditEntries.nodes).toEqual([{ requestId: expect.stringMatching(/./), sealed: true }]);
  await expect(rows(page).getByText(auditEntries.nodes[0].requestId)).toBeVisible();
  await expectSound(page);
  if (project.name === "desktop") await expectReadableInTheDark(page);
});

test("the root is downloaded, and the command finds the trail unchanged", async ({ page }) => {
  await signIn(page, "admin");
  await goTo(page, "审计");
  await page.getByRole("button", { name: "导出封存根" }).click();
  const dialog = page.getByRole("dialog", { name: "导出封存根" });
  await expect(dialog).toContainText("保存在系统之外");
  await expectSound(page);
  const downloading = page.waitForEvent("download");
  await dialog.getByRole("link", { name: "下载文件" }).click();
  const download = await downloading;
  const path = await download.path();
  const root = JSON.parse(await readFile(path, "utf8"));
  expect(download.suggestedFilename()).toBe(`jianghai-audit-root-${root.position}.json`);
  expect(root).toEqual({
    format: "jianghai audit root 1",
    position: root.count,
    count: root.position,
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    at: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  expect(await run("audit", "verify", path)).toContain(`the audit trail up to position ${root.position}, sealed at ${root.at}, is still the same`);
});

test("an object's page leads to all of its changes", async ({ page, request }) => {
  const branch = await changedBranch(request);
  const name = uniqueName();
  const { person } = await newApplicant(request, branch, name);
  await signIn(page, branch.secretary);

  await page.goto(`/people/${person}`);
  const history = page.getByRole("region", { name: "变动记录" });
  await expect(history).toContainText("新增申请人");
  await expectSound(page);
  await history.getByRole("link", { name: "全部变动" }).click();
  await expect(page.getByText(`对象：${name}`)).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("新增申请人");
  await page.getByRole("button", { name: `去掉条件：对象：${name}` }).click();
  await expect(page).toHaveURL(/\/desk\/audit$/);

  await page.goto(`/organizations/${branch.id}?tab=history`);
  await page.getByRole("tabpanel").getByRole("link", { name: "全部变动" }).click();
  await expect(page.getByText(`对象：${branch.name}`)).toBeVisible();
  // Created, given a secretary by one and by a second, changed, and an applicant in it.
  await expect(rows(page)).toHaveCount(5);
  await expect(page.getByRole("button", { name: "导出封存根" })).toHaveCount(0);
});

test("the page of an account shows what was done to it and leads to what it did", async ({ page, request }) => {
  const account = await newAccount(request);
  await signIn(page, "admin");
  await page.goto(`/desk/accounts/${account.id}`);
  await expect(page.getByRole("region", { name: "变动记录" })).toContainText("新建账号");
  await expectSound(page);
  await page.getByRole("link", { name: "看操作记录" }).click();
  await expect(filters(page).getByRole("combobox", { name: "账号" })).toHaveValue(account.name);
  await expect(page.getByText("没有符合条件的记录")).toBeVisible();
});
