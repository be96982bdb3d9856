import { expectReadableInTheDark, expectSound } from "../support/page";
import { accountMenu, fillSignIn, signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newAccount } from "../support/world";

test.use({ expected: /404 \(Not Found\).*\/auth\/start|401 \(Unauthorized\).*\/auth\/sign-in/ });

test("a one-time link sets a password once", { tag: "@phone" }, async ({ page, open, request }) => {
  const { id, name } = await newAccount(request);
  await signIn(page, "admin");
  await page.goto(`/desk/accounts/${id}`);
  await page.getByRole("button", { name: "发一次性链接" }).click();
  const dialog = page.getByRole("dialog", { name: "发一次性链接" });
  await dialog.getByLabel(/^原因/).fill("浏览器测试");
  await expectSound(page);
  await dialog.getByRole("button", { name: "发一次性链接" }).click();
  const slip = page.getByRole("dialog", { name: "一次性链接" });
  await expect(slip).toContainText(name);
  await expectSound(page);
  const link = (await slip.locator("code").textContent()) ?? "";

  const person = await open();
  await person.goto(link);
  await expect(person.getByRole("heading", { level: 1, name: "设置密码" })).toBeVisible();
  await expectSound(person);
  await expectReadableInTheDark(person);
  const fill = async (secret: string) => {
    await person.getByLabel(/^新密码/).fill(secret);
    await person.getByLabel(/^再输入一次/).fill(secret);
    await person.getByRole("button", { name: "设置密码" }).click();
  };
  await fill("three quiet herons");
  await expect(person.getByText("密码已设好")).toBeVisible();
  await expectSound(person);
  await person.getByRole("link", { name: "去登录" }).click();
  await fillSignIn(person, name, "three quiet herons");
  await expect(accountMenu(person)).toBeVisible();

  await person.goto(link);
  await fill("another quiet heron");
  await expect(person.getByRole("alert")).toContainText("链接无效");
  await page.reload();
  const history = page.getByRole("region", { name: "登录记录", exact: true });
  await expect(history).toContainText("登录成功");
});
