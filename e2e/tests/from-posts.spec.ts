import type { APIRequestContext } from "@playwright/test";
import { Client } from "../support/client";
import { expectReadableInTheDark, expectSound } from "../support/page";
import { accountMenu, fillSignIn, signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newApplicant, newBranch, type Branch } from "../support/world";

// A link that was used is tried again.
test.use({ expected: /404 \(Not Found\).*\/auth\/start/ });

const people = ["示例甲", "示例乙", "示例丙"];

/** A branch whose secretary, deputy and one member of the committee have no account. */
async function newCommittee(request: APIRequestContext): Promise<Branch> {
  const branch = await newBranch(request);
  const organizer = await Client.signIn(request, "organizer-chongchuan");
  const { viewer } = await organizer.query("{ viewer { today } }");
  for (const [place, title] of ["SECRETARY", "DEPUTY_SECRETARY", "COMMITTEE_MEMBER"].entries()) {
    const { person } = await newApplicant(request, branch, people[place]);
    await organizer.mutate("postAssign", "post { id }", { organization: branch.id, person, title, from: viewer.today });
  }
  return branch;
}

test("accounts are opened for the holders of posts, printed and begun with", { tag: "@phone" }, async ({ page, open, request }) => {
  const branch = await newCommittee(request);
  await signIn(page, "admin");
  await page.goto("/desk/accounts");
  await page.getByRole("link", { name: "按职务批量开户" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "按职务批量开户" })).toBeVisible();
  await page.goto(`/desk/accounts/from-posts?organization=${branch.id}`);
  const row = (name: string) => page.getByRole("row").filter({ hasText: name });
  await expect(row(people[0])).toContainText("书记");
  await expect(page.getByLabel(`${people[0]}的登录名`)).toHaveValue(/^shilijia\d*$/);
  await expect(page.getByLabel(`选择 ${people[2]}`)).toBeDisabled();
  await expectSound(page);
  await expectReadableInTheDark(page);

  // Names of this run alone, one of them refused; a role of its own for the one whose post has none.
  const name = (place: number) => `from-${branch.secretary}-${place}`.slice(0, 40);
  await page.getByLabel(`${people[0]}的登录名`).fill(name(0));
  await page.getByLabel(`${people[1]}的登录名`).fill(branch.secretary);
  await page.getByLabel(`${people[2]}的登录名`).fill(name(2));
  await page.getByLabel(`${people[2]}的角色`).selectOption("驿站站长");
  await expect(page.getByLabel(`选择 ${people[2]}`)).toBeChecked();
  await page.getByLabel(/^原因/).fill("换届");
  await page.getByRole("button", { name: "开设 3 个账号" }).click();
  await expect(page.getByRole("region", { name: "办理结果" }).getByRole("status")).toHaveText("已开设 2 个账号，1 个没有办成。");
  await expect(page.getByRole("listitem").filter({ hasText: people[1] })).toContainText("已有账号用了这个登录名");
  const slips = page.getByRole("region", { name: "一次性纸条" });
  await expect(slips.getByRole("article")).toHaveCount(2);
  await expect(slips.getByRole("img", { name: `${people[2]}的链接二维码` })).toBeVisible();
  await expectSound(page);
  await expectReadableInTheDark(page);

  await page.emulateMedia({ media: "print" });
  await expect(slips.getByRole("article").first()).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, includeHidden: true })).toBeHidden();
  await expect(page.getByRole("button", { name: "打印纸条", includeHidden: true })).toBeHidden();
  await expect(page.getByText("已开设 2 个账号")).toBeHidden();
  await page.emulateMedia({ media: "screen" });

  const slip = slips.getByRole("article").filter({ hasText: people[2] });
  await expect(slip).toContainText(name(2));
  const link = (await slip.locator("code").textContent()) ?? "";
  const asked: string[] = [];
  page.once("dialog", (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await page.getByRole("button", { name: "继续选人" }).click();
  expect(asked).toEqual([expect.stringContaining("纸条上的链接离开后不再显示")]);
  await expect(slip).toBeVisible();

  const person = await open();
  await person.goto(link);
  await person.getByLabel(/^新密码/).fill("three quiet herons");
  await person.getByLabel(/^再输入一次/).fill("three quiet herons");
  await person.getByRole("button", { name: "设置密码" }).click();
  await person.getByRole("link", { name: "去登录" }).click();
  await fillSignIn(person, name(2), "three quiet herons");
  await expect(accountMenu(person)).toBeVisible();
  await person.goto("/organizations");
  await expect(person.getByText(branch.name).first()).toBeVisible();
  await person.goto(link);
  await person.getByLabel(/^新密码/).fill("another quiet heron");
  await person.getByLabel(/^再输入一次/).fill("another quiet heron");
  await person.getByRole("button", { name: "设置密码" }).click();
  await expect(person.getByRole("alert")).toContainText("链接无效");

  // The secretary's role waits for the second holder; the one that was refused is still to be opened.
  const second = await open("admin2");
  await second.goto(`/desk/accounts/from-posts?organization=${branch.id}`);
  await expect(second.getByRole("row").filter({ hasText: people[1] })).toBeVisible();
  await expect(second.getByRole("row").filter({ hasText: people[0] })).toHaveCount(0);
  await second.goto(`/desk/accounts?text=${name(0)}`);
  await expect(second.getByRole("row").filter({ hasText: name(0) })).toContainText("待启用");
  await expectSound(second);
});
