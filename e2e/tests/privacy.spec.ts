import { readFileSync } from "node:fs";

import { Client } from "../support/client";
import { expectReadableInTheDark, expectSound } from "../support/page";
import { signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newBranch, uniqueName } from "../support/world";

test("a member gets everything that is stored about him, as a page and as data", { tag: "@phone" }, async ({ page }) => {
  await signIn(page, "member");
  await page.goto("/me");
  const panel = page.getByRole("region", { name: "导出我的信息" });
  await panel.getByRole("button", { name: /生成/ }).click();
  const link = panel.getByRole("link", { name: "下载网页版" });
  await expect(link).toBeVisible();
  await expect(panel).toContainText("前可以下载");
  await expectSound(page);
  await expectReadableInTheDark(page);

  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(file.suggestedFilename()).toMatch(/^jianghai-\d{4}-\d\d-\d\d\.html$/);
  const text = readFileSync(await file.path(), "utf8");
  expect(text).toContain("<h1>本人信息</h1>");
  expect(text).not.toContain("****");

  const [data] = await Promise.all([page.waitForEvent("download"), panel.getByRole("link", { name: "下载数据版" }).click()]);
  const content = JSON.parse(readFileSync(await data.path(), "utf8"));
  expect(content.sections.map((section: { table: string }) => section.table)).toContain("unmask_event");
  await expect(panel.getByRole("button", { name: "重新生成" })).toBeVisible();
});

test("nobody has the panel on the record of somebody else", async ({ page, request }) => {
  const branch = await newBranch(request);
  const client = await Client.signIn(request, branch.secretary);
  const { person } = await client.mutate("personCreate", "person { id }", {
    organization: branch.id,
    affiliation: "COMMUNITY_REPORT_IN",
    person: { name: uniqueName() },
  });
  await signIn(page, branch.secretary);
  await page.goto(`/people/${person.id}`);
  await expect(page.getByRole("region", { name: "附件" })).toBeVisible();
  await expect(page.getByRole("region", { name: "导出我的信息" })).toHaveCount(0);
});
