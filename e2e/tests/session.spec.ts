import { goTo, expectSound, row } from "../support/page";
import { chooseOwn, fillSignIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newBranch } from "../support/world";

test.describe("ended by somebody else", () => {
  // The next request of the ended session is refused; the browser notes that.
  test.use({ expected: /401/ });

  test("a session leads to the page that says so, and back to where it was", async ({ open, request }) => {
    const branch = await newBranch(request);
    const secretary = await open(branch.secretary);
    await goTo(secretary, "党员与发展");
    await expect(secretary.getByRole("main")).toContainText("没有符合条件的人员");

    const admin = await open("admin");
    await goTo(admin, "账号与授权");
    await admin.getByLabel("按账号查找").fill(branch.secretary);
    await admin.getByRole("link", { name: branch.secretary, exact: true }).click();
    await expect(admin.getByRole("heading", { level: 1, name: branch.secretary })).toBeVisible();
    await expectSound(admin);
    await admin.getByRole("region", { name: "登录会话", exact: true }).getByRole("button", { name: /^结束会话/ }).click();
    await expect(admin.getByText("没有登录会话")).toBeVisible();

    await goTo(secretary, "组织");
    await expect(secretary.getByRole("heading", { level: 1, name: "登录已结束" })).toBeAttached();
    await expect(secretary.getByRole("main")).not.toContainText(branch.name);
    await expectSound(secretary);
    await secretary.getByRole("link", { name: "重新登录" }).click();
    await fillSignIn(secretary, branch.secretary);
    await expect(secretary.getByRole("heading", { level: 1, name: branch.name })).toBeVisible();
  });

  test("an account that is disabled works no longer, and says so at the next sign-in", async ({ open, request }) => {
    const branch = await newBranch(request);
    const secretary = await open(branch.secretary);
    await expect(secretary.getByRole("heading", { level: 1, name: "本周待办" })).toBeVisible();

    const admin = await open("admin");
    await goTo(admin, "账号与授权");
    await admin.getByLabel("按账号查找").fill(branch.secretary);
    await row(admin, branch.secretary).getByRole("button", { name: /^停用账号/ }).click();
    const dialog = admin.getByRole("dialog", { name: "停用账号" });
    await expect(dialog.getByRole("button", { name: "停用账号" })).toBeDisabled();
    await dialog.getByLabel(/^原因/).fill("浏览器测试");
    await expectSound(admin);
    await dialog.getByRole("button", { name: "停用账号" }).click();
    await expect(row(admin, branch.secretary)).toContainText("已停用");

    await goTo(secretary, "党员与发展");
    await expect(secretary.getByRole("heading", { level: 1, name: "登录已结束" })).toBeAttached();
    await secretary.getByRole("link", { name: "重新登录" }).click();
    await fillSignIn(secretary, branch.secretary);
    await expect(secretary.getByRole("main")).toContainText("已停用");

    await admin.getByRole("button", { name: /^启用账号/ }).click();
    await admin.getByRole("dialog", { name: "启用账号" }).getByLabel(/^原因/).fill("浏览器测试");
    await admin.getByRole("dialog", { name: "启用账号" }).getByRole("button", { name: "启用账号" }).click();
    // The other action shows that it is done; the word for enabled stands on the button before.
    await expect(row(admin, branch.secretary).getByRole("button", { name: /^停用账号/ })).toBeVisible();
    await fillSignIn(secretary, branch.secretary);
    await expect(secretary.getByRole("heading", { level: 1, name: "党员与发展" })).toBeVisible();
  });
});

test("a session ends on the own page too, but never the one in use", async ({ open, request }) => {
  const branch = await newBranch(request);
  await open(branch.secretary);
  const here = await open(branch.secretary);
  await chooseOwn(here, "我的档案");
  await here.getByRole("tab", { name: /^登录会话/ }).click();
  await expect(here.getByText("当前会话")).toHaveCount(1);
  await expectSound(here);
  await here.getByRole("button", { name: /^结束会话/ }).click();
  await expect(here.getByRole("button", { name: /^结束会话/ })).toHaveCount(0);
  await expect(here.getByText("当前会话")).toBeVisible();
});
