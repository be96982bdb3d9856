import { Client } from "../support/client";
import { expectReadableInTheDark, expectSound, goTo, row } from "../support/page";
import { chooseOwn, signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newAccount } from "../support/world";

/** Pages that no other test walks through on both sizes. */
const pages = {
  secretary: ["/members", "/members/new", "/people", "/people/new", "/organizations?tab=posts", "/organizations?tab=people", "/desk/audit"],
  "organizer-chongchuan": [
    "/workbench/organizer",
    "/members",
    "/members?stage=FULL&sex=FEMALE&order=-NAME",
    "/members?withoutContact=true",
    "/organizations",
    "/organizations?tab=children",
    "/organizations?tab=history",
  ],
  admin: ["/desk", "/desk/accounts", "/desk/grants", "/desk/audit", "/desk/problems", "/organizations"],
  member: ["/me", "/me?tab=roles", "/me?tab=sessions", "/me?tab=password"],
};

for (const [account, addresses] of Object.entries(pages)) {
  test(`the pages of ${account} are sound in both themes`, { tag: "@phone" }, async ({ page }, { project }) => {
    await signIn(page, account);
    for (const address of addresses) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
      await expectSound(page);
      // Widths do not change colours.
      if (project.name === "desktop") await expectReadableInTheDark(page);
    }
  });
}

test("a member sees the own record and nothing to change", { tag: "@phone" }, async ({ page, request }) => {
  const client = await Client.signIn(request, "member");
  const { viewer } = await client.query("{ viewer { person { name } } }");
  await signIn(page, "member");

  await expect(page.getByRole("heading", { level: 1, name: "我的档案" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: viewer.person.name })).toBeVisible();
  await expect(page.getByRole("list", { name: "发展阶段" })).toBeVisible();
  await expect(page.getByRole("link", { name: "编辑信息" })).toHaveCount(0);
  await page.getByRole("tab", { name: /^我的授权/ }).click();
  await expect(page.getByRole("tabpanel")).toContainText("党员");
  await expectSound(page);
});

test("a problem is reported from any page and reaches the administrator", { tag: "@phone" }, async ({ page, request, open }) => {
  const text = `浏览器测试 ${Date.now()}`;
  await signIn(page, "secretary");
  await goTo(page, "党员与发展");
  await chooseOwn(page, "报告问题");
  const dialog = page.getByRole("dialog", { name: "报告问题" });
  await expect(dialog.getByRole("button", { name: "报告问题" })).toBeDisabled();
  await dialog.getByLabel(/^问题/).fill(text);
  await expectSound(page);
  await dialog.getByRole("button", { name: "报告问题" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("已报告问题，管理员会看到")).toBeVisible();

  const admin = await Client.signIn(request, "admin");
  const { problemReports } = await admin.query("{ problemReports(first: 20) { nodes { page text account } } }");
  expect(problemReports.nodes).toContainEqual({ page: "/members", text, account: "secretary" });

  await expect(page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "问题报告" })).toHaveCount(0);
  const reader = await open("admin", test.info().project.use);
  await goTo(reader, "问题报告");
  await expect(row(reader, text)).toContainText("secretary");
  await expectSound(reader);
  await row(reader, text).getByRole("link", { name: "/members" }).click();
  await expect(reader).toHaveURL(/\/members$/);
});

test("an address that means nothing says so and leads back", { tag: "@phone" }, async ({ page }) => {
  await signIn(page, "secretary");
  await page.goto("/no-such-page");
  await expect(page.getByRole("heading", { level: 1, name: "没有这个页面，或当前账号看不到它" })).toBeAttached();
  await expectSound(page);
  await page.getByRole("link", { name: "回到工作台", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "本周待办" })).toBeVisible();
});

test("a page without the permission says who can help and leads back", { tag: "@phone" }, async ({ page }) => {
  await signIn(page, "secretary");
  await expect(page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "账号与授权" })).toHaveCount(0);
  await page.goto("/desk/accounts");
  await expect(page.getByRole("heading", { level: 1, name: "当前账号没有这项权限" })).toBeAttached();
  await expect(page.getByRole("main")).toContainText("系统管理员");
  await expectSound(page);
  await page.getByRole("link", { name: "回到工作台", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "本周待办" })).toBeVisible();
});

test("an account without a role sees its own page and no data", async ({ page, request }) => {
  const { name } = await newAccount(request);
  await signIn(page, name);
  await expect(page.getByRole("heading", { level: 1, name: "我的档案" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("这个账号没有对应的人员");
  await expectSound(page);
  for (const address of ["/workbench/secretary", "/workbench/organizer", "/organizations", "/members"]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
    await expectSound(page);
  }
  await expect(page.getByRole("main")).toContainText("没有符合条件的人员");
});

test.describe("without the server", () => {
  test.use({ expected: /Failed to load resource/ });

  test("a page says so, keeps its place and tries again", async ({ page }) => {
    await signIn(page, "secretary");
    await page.route("**/graphql", (route) => route.abort());
    await goTo(page, "党员与发展");
    const alert = page.getByRole("main").getByRole("alert");
    await expect(alert).toContainText("名单没有取到");
    await expectSound(page);

    await page.unroute("**/graphql");
    await alert.getByRole("button", { name: "重试" }).click();
    await expect(page.getByRole("table", { name: "人员名单" })).toBeVisible();
  });
});
