import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { fillSignIn, signIn, signOut } from "../support/sign-in";

// `member`, whom no other test signs in: a wrong password slows the name down.
test("a wrong password is said at the field and keeps what was typed", { tag: "@phone" }, async ({ page }) => {
  await fillSignIn(page, "member", "wrong-password");

  const field = page.getByLabel("密码", { exact: true });
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/账号或密码不正确/);
  await expect(page.getByLabel("账号", { exact: true })).toHaveValue("member");
  await expectAccessible(page);
});

test("an unknown name is answered like a wrong password", async ({ page }) => {
  await fillSignIn(page, "nobody-of-this-name", "wrong-password");

  await expect(page.getByLabel("密码", { exact: true })).toHaveAccessibleDescription(/账号或密码不正确/);
});

test("the right password opens what is due, and a reload stays signed in", { tag: "@phone" }, async ({ page }) => {
  await signIn(page, "secretary");
  const title = page.getByRole("heading", { level: 1, name: "本周待办" });
  await expect(title).toBeVisible();
  await expectAccessible(page);

  await page.reload();
  await expect(title).toBeVisible();
});

test("after signing out neither a reload nor the way back shows the workbench", async ({ page }) => {
  await signIn(page, "secretary");
  await signOut(page);

  const title = page.getByRole("heading", { level: 1, name: "登录江海" });
  await page.reload();
  await expect(title).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "本周待办" })).toBeHidden();
  await expect(title).toBeVisible();
});

for (const [name, heading] of [
  ["secretary", "本周待办"],
  ["organizer-rugao", /如皋/],
  ["admin", /账号|系统管理/],
] as const) {
  test(`${name} opens on the own workbench`, { tag: "@phone" }, async ({ page }) => {
    await signIn(page, name);

    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await expectAccessible(page);
  });
}
