import { expectReadableInTheDark, expectSound } from "../support/page";
import { accountMenu, chooseOwn, fillSignIn, password } from "../support/sign-in";
import { expect, test } from "../support/test";
import { totp } from "../support/totp";
import { newAccount } from "../support/world";

test.use({ expected: /401 \(Unauthorized\).*\/auth\/sign-in/ });

test("a second factor is set up, asked for, and stood in for by a recovery code once", async ({ page, request }) => {
  const { name } = await newAccount(request);
  await page.goto("/me?tab=second-factor");
  await fillSignIn(page, name);
  await page.getByLabel("当前密码").fill(password);
  await expectSound(page);
  await page.getByRole("button", { name: "设置两步验证" }).click();

  await expect(page.getByRole("img", { name: "两步验证的二维码" })).toBeVisible();
  await expectSound(page);
  await expectReadableInTheDark(page);
  const secret = (await page.locator("code").first().textContent()) ?? "";
  await page.getByLabel("验证码").fill("000000");
  await page.getByRole("button", { name: "开启两步验证" }).click();
  await expect(page.getByLabel("验证码")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("验证码").fill(totp(secret));
  await page.getByRole("button", { name: "开启两步验证" }).click();
  const codes = page.getByRole("list", { name: "恢复码" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  await expectSound(page);
  const recovery = (await codes.first().textContent()) ?? "";

  await chooseOwn(page, "退出登录");
  await fillSignIn(page, name);
  await expect(page.getByLabel("验证码")).toBeFocused();
  await expectSound(page);
  await page.getByLabel("验证码").fill(totp(secret, 1));
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(accountMenu(page)).toBeVisible();

  for (const works of [true, false]) {
    await chooseOwn(page, "退出登录");
    await fillSignIn(page, name);
    await page.getByLabel("验证码").fill(recovery);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    if (works) await expect(accountMenu(page)).toBeVisible();
    else await expect(page.getByText(/^验证码不对或已用过/)).toBeVisible();
    if (!works) break;
  }
});
