import type { APIRequestContext, Page } from "@playwright/test";
import { Client } from "../support/client";
import { expectSound, goTo } from "../support/page";
import { password, signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newAccount, newApplicant, newBranch, uniqueName } from "../support/world";

const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

interface Given {
  account: { id: string; name: string };
  grant: string;
  today: string;
}

/** An account with a role at an organization; the role carries nothing sensitive unless one is named. */
async function give(request: APIRequestContext, organization: string, days: number | null, role = "station_keeper"): Promise<Given> {
  const account = await newAccount(request);
  const admin = await Client.signIn(request, "admin");
  const { roles, viewer } = await admin.query("{ roles { id code } viewer { today } }");
  const { grant } = await admin.mutate("roleGrant", "grant { id }", {
    account: account.id,
    role: roles.find(({ code }: { code: string }) => code === role).id,
    scope: "SUBTREE",
    organization,
    from: viewer.today,
    until: days === null ? null : later(viewer.today, days),
    reason: "浏览器测试",
  });
  return { account, grant: grant.id, today: viewer.today };
}

const line = (page: Page, account: string) => page.getByRole("row").filter({ hasText: account });

test("a grant with an end is extended on the page of grants", { tag: "@phone" }, async ({ page, request }) => {
  const branch = await newBranch(request);
  const { account, today } = await give(request, branch.id, 10);
  await signIn(page, "admin");
  await page.goto(`/desk/grants?account=${account.id}`);
  await expect(line(page, account.name)).toContainText("生效中");
  await expectSound(page);
  await line(page, account.name).getByRole("button", { name: /^延长授权/ }).click();
  const dialog = page.getByRole("dialog", { name: "延长授权" });
  await dialog.getByLabel(/^新的截止日期/).fill(later(today, 5));
  await dialog.getByLabel(/^原因/).fill("续任");
  await expectSound(page);
  await dialog.getByRole("button", { name: "延长授权" }).click();
  await expect(dialog.getByText("新的结束日期要晚于现在的。").first()).toBeVisible();
  await dialog.getByLabel(/^新的截止日期/).fill(later(today, 100));
  await dialog.getByRole("button", { name: "延长授权" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(line(page, account.name).first()).toContainText(`已延长到 ${later(today, 100)}`);
  await expect(line(page, account.name).last()).toContainText("未开始");
});

test("what ends soon opens the administrator's list, and leads to the extension", async ({ page, request }) => {
  const branch = await newBranch(request);
  const { account } = await give(request, branch.id, 1);
  await signIn(page, "admin");
  await goTo(page, "系统管理");
  const ending = page.getByRole("region", { name: /^即将到期的授权/ });
  await expect(ending).toBeVisible();
  await expectSound(page);
  await ending.getByRole("link", { name: "逐个或批量延长" }).click();
  await expect(page).toHaveURL(/\/desk\/grants\?ending=30$/);
  await expect(line(page, account.name)).toBeVisible();
});

test("an account loses its open page at once when its grant ends", async ({ page, open, request }) => {
  const branch = await newBranch(request);
  const name = uniqueName();
  await newApplicant(request, branch, name);
  await signIn(page, branch.secretary);
  const due = page.getByRole("region", { name: "要办的事" });
  await due.getByRole("button", { name: "30 天", exact: true }).click();
  await expect(due.getByRole("listitem").filter({ hasText: name })).toBeVisible();

  const admin = await open("admin");
  await admin.goto("/desk/accounts");
  await admin.getByLabel("按账号查找").fill(branch.secretary);
  await admin.getByRole("link", { name: branch.secretary }).click();
  await admin.getByRole("region", { name: "授权" }).getByRole("button", { name: /^结束授权/ }).click();
  const dialog = admin.getByRole("dialog", { name: "结束授权" });
  await dialog.getByLabel(/^原因/).fill("离任");
  await dialog.getByRole("button", { name: "结束授权" }).click();
  await expect(dialog).toHaveCount(0);

  await expect(due.getByRole("listitem").filter({ hasText: name })).toHaveCount(0);
  await page.reload();
  await expect(page.getByText(name)).toHaveCount(0);
});

test("many grants are extended at once, and the one that cannot be says why", async ({ page, request }) => {
  const branch = await newBranch(request);
  const first = await give(request, branch.id, 20);
  const second = await give(request, branch.id, 40);
  await signIn(page, "admin");
  await page.goto(`/desk/grants?organization=${branch.id}&status=IN_FORCE`);
  for (const { account } of [first, second]) await page.getByRole("checkbox", { name: new RegExp(account.name) }).check();
  await page.getByRole("button", { name: "批量延长（2）" }).click();
  const dialog = page.getByRole("dialog", { name: "批量延长 2 个授权" });
  // Later than the one, earlier than the other.
  await dialog.getByLabel(/^新的截止日期/).fill(later(first.today, 30));
  await dialog.getByLabel(/^原因/).fill("年度续期");
  await expectSound(page);
  await dialog.getByRole("button", { name: "批量延长" }).click();
  await expect(dialog.getByRole("status")).toHaveText("已延长 1 个，1 个没有办成。");
  await expect(dialog.getByRole("listitem").filter({ hasText: second.account.name })).toContainText("新的结束日期要晚于现在的。");
  await expect(dialog.getByRole("listitem").filter({ hasText: first.account.name })).toContainText("已延长");
  await expectSound(page);
  await dialog.getByRole("button", { name: "完成" }).click();
  await expect(line(page, first.account.name).first()).toContainText("已延长到");
});

test("a sensitive grant is confirmed by the second holder on the page of grants", async ({ page, open, request }) => {
  const branch = await newBranch(request);
  const { account } = await give(request, branch.id, null, "inspector");
  await signIn(page, "admin");
  await page.goto(`/desk/grants?account=${account.id}`);
  await expect(line(page, account.name)).toContainText("待第二人确认");
  await expect(line(page, account.name).getByRole("button", { name: /^确认授权/ })).toHaveCount(0);

  const second = await open("admin2");
  await second.goto(`/desk/grants?account=${account.id}&status=WAITING`);
  await line(second, account.name).getByRole("button", { name: /^确认授权/ }).click();
  await expect(second.getByText("没有符合条件的授权")).toBeVisible();
  await expectSound(second);
  await page.reload();
  await expect(line(page, account.name)).toContainText("生效中");
});

test("a grant that is bound to a post ends with the post", async ({ page, open, request }) => {
  const branch = await newBranch(request);
  const { person } = await newApplicant(request, branch, uniqueName());
  const organizer = await Client.signIn(request, "organizer-chongchuan");
  const { viewer } = await organizer.query("{ viewer { today } }");
  const { post } = await organizer.mutate("postAssign", "post { id }", {
    organization: branch.id,
    person,
    title: "COMMITTEE_MEMBER",
    from: viewer.today,
  });
  const admin = await Client.signIn(request, "admin");
  const name = `post-${branch.secretary}`;
  const { account } = await admin.mutate("accountCreate", "account { id }", { name, kind: "PERSON", person, password });

  await signIn(page, "admin");
  await page.goto(`/desk/accounts/${account.id}`);
  await page.getByRole("button", { name: "授予角色" }).click();
  const dialog = page.getByRole("dialog", { name: "授予角色" });
  await dialog.getByLabel(/^角色/).selectOption("驿站站长");
  await dialog.getByRole("combobox", { name: /^组织/ }).fill(branch.name);
  await dialog.getByRole("option", { name: branch.name }).click();
  await dialog.getByLabel(/^绑定职务/).selectOption({ index: 1 });
  await dialog.getByLabel(/^原因/).fill("任职");
  await expectSound(page);
  await dialog.getByRole("button", { name: "授予角色" }).click();
  await expect(page.getByRole("region", { name: "授权" })).toContainText("随职务结束");

  await organizer.mutate("postEnd", "post { id }", { post: post.id, until: viewer.today });
  const holder = await open("admin2");
  await holder.goto(`/desk/grants?account=${account.id}&status=ENDED`);
  await expect(line(holder, name)).toContainText("已结束");
  await expect(line(holder, name)).toContainText("随职务结束");
});
