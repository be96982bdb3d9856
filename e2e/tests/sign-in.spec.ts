import { expectSound } from "../support/page";
import { chooseOwn, fillSignIn, signIn, signInTitle } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newAccount } from "../support/world";

test.describe("a sign-in that fails", () => {
  test.use({ expected: /(40[13]|429).*\/auth\/sign-in/ });

  test("says so at the password and keeps the name", { tag: "@phone" }, async ({ page, request }) => {
    const { name } = await newAccount(request);
    await page.goto("/");
    await fillSignIn(page, name, "wrong-password");

    const field = page.getByLabel("密码", { exact: true });
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(/账号或密码不对/);
    await expect(field).toBeFocused();
    await expect(page.getByLabel("账号", { exact: true })).toHaveValue(name);
    await expectSound(page);

    await fillSignIn(page, name);
    await expect(signInTitle(page)).toBeHidden();
  });

  test("answers an unknown name like a wrong password", async ({ page }) => {
    await page.goto("/");
    await fillSignIn(page, "nobody-of-this-name", "wrong-password");

    await expect(page.getByLabel("密码", { exact: true })).toHaveAccessibleDescription(/账号或密码不对/);
  });

  test("makes those who guess wait, and says how long", async ({ page, request }) => {
    const { name } = await newAccount(request);
    await page.goto("/");
    const button = page.getByRole("button", { name: "登录", exact: true });
    // The fifth failure brings the first pause.
    for (const failure of [1, 2, 3, 4, 5]) {
      const answer = page.waitForResponse(/auth\/sign-in/);
      await fillSignIn(page, name, `wrong-password-${failure}`);
      await answer;
    }

    await expect(button).toBeDisabled();
    await expect(page.getByRole("main")).toContainText(/秒后再试/);
    await expectSound(page);
  });
});

test("a reload stays signed in", { tag: "@phone" }, async ({ page }) => {
  await signIn(page, "secretary");
  const title = page.getByRole("heading", { level: 1, name: "本周待办" });
  await expect(title).toBeVisible();

  await page.reload();
  await expect(title).toBeVisible();
});

test("after signing out neither a reload nor the way back shows the workbench", async ({ page }) => {
  await signIn(page, "secretary");
  const workbench = page.getByRole("heading", { level: 1, name: "本周待办" });
  await expect(workbench).toBeVisible();
  await chooseOwn(page, "退出登录");
  await expect(signInTitle(page)).toBeVisible();

  await page.reload();
  await expect(signInTitle(page)).toBeVisible();
  await page.goBack();
  await expect(signInTitle(page)).toBeVisible();
  await expect(workbench).toBeHidden();
});

test("an address that needs a sign-in opens after it", async ({ page }) => {
  await page.goto("/members?stage=FULL");
  await fillSignIn(page, "secretary");

  await expect(page).toHaveURL(/\/members\?stage=FULL$/);
  await expect(page.getByRole("heading", { level: 1, name: "党员与发展" })).toBeVisible();
});
