import { Client } from "../support/client";
import { expectSound, goTo } from "../support/page";
import { type Tomorrow, withDays } from "../support/server";
import { signIn, signInTitle } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newAccount, newBranch } from "../support/world";

// A session that the days end answers 401, which is what the test is about.
test.use({ expected: /401 \(Unauthorized\)/ });

let server: Tomorrow;
test.beforeAll(async () => {
  server = await withDays();
});
test.afterAll(async () => {
  await server.stop();
});

test("a role that is given until tomorrow works today, is due, and is gone tomorrow by itself", async ({ open, playwright }) => {
  const request = await playwright.request.newContext({ baseURL: server.url });
  const branch = await newBranch(request);
  const { id, name } = await newAccount(request);
  const { viewer } = await (await Client.signIn(request, "admin")).query("{ viewer { today } }");
  const last = new Date(Date.parse(`${viewer.today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

  const admin = await open("admin", { baseURL: server.url });
  await admin.goto(`/desk/accounts/${id}`);
  await admin.getByRole("button", { name: "授予角色" }).click();
  const dialog = admin.getByRole("dialog", { name: "授予角色" });
  await dialog.getByLabel(/^角色/).selectOption("第三方集成");
  await dialog.getByRole("combobox", { name: /^组织/ }).fill(branch.name);
  await dialog.getByRole("option", { name: branch.name }).click();
  await dialog.getByLabel(/^截止日期/).fill(last);
  await dialog.getByLabel(/^原因/).fill("浏览器测试");
  await dialog.getByRole("button", { name: "授予角色" }).click();
  await expect(admin.getByRole("region", { name: "授权" })).toContainText(branch.name);

  const reader = await open(name, { baseURL: server.url });
  await goTo(reader, "组织");
  await expect(reader.getByRole("heading", { level: 1, name: branch.name })).toBeVisible();
  await admin.goto("/desk");
  const ending = admin.getByRole("region", { name: /即将到期的授权/ });
  await expect(ending.getByRole("listitem").filter({ hasText: name })).toBeVisible();

  // One day is enough: nothing runs, nobody ends it.
  await server.pass(1);
  await reader.reload();
  if (await signInTitle(reader).isVisible()) await signIn(reader, name);
  await reader.goto("/organizations");
  await expect(reader.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "组织", exact: true })).toHaveCount(0);
  await expect(reader.getByText(branch.name)).toHaveCount(0);
  await signIn(admin, "admin");
  await admin.goto(`/desk/grants?account=${id}&status=ENDED`);
  await expect(admin.getByRole("row").filter({ hasText: name })).toContainText("已结束");
  await expectSound(admin);
  await request.dispose();
});
