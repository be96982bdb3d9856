import { Client } from "../support/client";
import { expectSound, row } from "../support/page";
import { password, signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newBranch } from "../support/world";

test("a token is issued, works for what it is confined to, and is revoked", async ({ page, request }) => {
  const branch = await newBranch(request);
  const admin = await Client.signIn(request, "admin");
  const name = `${branch.secretary}-service`;
  const { account } = await admin.mutate("accountCreate", "account { id }", { name, kind: "SERVICE", password });
  const { roles, viewer } = await admin.query("{ roles { id code } viewer { today } }");
  await admin.mutate("roleGrant", "grant { id }", {
    account: account.id,
    role: roles.find(({ code }: { code: string }) => code === "integrator").id,
    scope: "SUBTREE",
    organization: branch.id,
    from: viewer.today,
    reason: "浏览器测试",
  });

  await signIn(page, "admin");
  await page.goto(`/desk/accounts/${account.id}`);
  await page.getByRole("button", { name: "发访问令牌" }).click();
  const issue = page.getByRole("dialog", { name: "发访问令牌" });
  await issue.getByLabel(/^用途/).fill("统计平台");
  await issue.getByLabel("看组织").check();
  await expectSound(page);
  await issue.getByRole("button", { name: "发访问令牌" }).click();
  const shown = page.getByRole("dialog", { name: "访问令牌" });
  const secret = (await shown.locator("code").textContent()) ?? "";
  expect(secret).toMatch(/^jh_[0-9a-f]{32}_[0-9a-f]{64}$/);
  await expectSound(page);
  await shown.getByRole("button", { name: "已保存" }).click();

  const asked = () =>
    request.post("/graphql", {
      headers: { Authorization: `Bearer ${secret}` },
      data: { query: "{ organizations { nodes { name } } viewer { permissions } }" },
    });
  const answer = await (await asked()).json();
  expect(answer.data).toEqual({ organizations: { nodes: [{ name: branch.name }] }, viewer: { permissions: ["ORGANIZATION_READ"] } });

  await page.reload();
  await expect(row(page, "统计平台")).toContainText("看组织");
  await expectSound(page);
  await row(page, "统计平台").getByRole("button", { name: /^撤销/ }).click();
  await expect(row(page, "统计平台")).toContainText("已撤销");
  expect((await asked()).status()).toBe(401);
});
