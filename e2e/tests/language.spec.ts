import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { signIn } from "../support/sign-in";

test("the sign-in page speaks both languages", { tag: "@phone" }, async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.getByRole("button", { name: "English" }).click();

  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await expectAccessible(page);
});

test("the language changes in place and outlives a reload", async ({ page }) => {
  await signIn(page, "secretary");
  await page.getByRole("button", { name: /Switch to English/ }).click();

  const html = page.locator("html");
  await expect(html).toHaveAttribute("lang", "en");
  await expect(page.getByRole("heading", { level: 1, name: "Due this week" })).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(html).toHaveAttribute("lang", "en");

  await page.getByRole("button", { name: /切换到中文|中文/ }).click();
  await expect(html).toHaveAttribute("lang", "zh-CN");
  await expect(page.getByRole("heading", { level: 1, name: "本周待办" })).toBeVisible();
});

test.describe("on a system that is dark", () => {
  test.use({ colorScheme: "dark" });

  test("the app is dark too, and the choice of the person wins", async ({ page }) => {
    await signIn(page, "secretary");
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await expectAccessible(page);

    await page.getByRole("button", { name: "切换深浅主题" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    expect(await ground()).not.toBe(dark);
    await expectAccessible(page);
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  });
});
