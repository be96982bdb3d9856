import { expectSound } from "../support/page";
import { chooseOwn, password, signIn } from "../support/sign-in";
import { expect, test } from "../support/test";

test("the sign-in page speaks both languages", { tag: "@phone" }, async ({ page }) => {
  await page.goto("/");
  const html = page.locator("html");
  await expect(html).toHaveAttribute("lang", "zh-CN");
  await page.getByRole("button", { name: "English" }).click();

  await expect(html).toHaveAttribute("lang", "en");
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await expect(page).toHaveTitle("Sign in · Jianghai");
  await expectSound(page);
});

test("the language changes in place, outlives a reload and changes back", { tag: "@phone" }, async ({ page }, { project }) => {
  await signIn(page, "secretary");
  if (project.name === "phone") await chooseOwn(page, "Switch to English");
  else await page.getByRole("button", { name: /Switch to English/ }).click();

  const html = page.locator("html");
  await expect(html).toHaveAttribute("lang", "en");
  await expect(page.getByRole("heading", { level: 1, name: "This week" })).toBeVisible();
  await expectSound(page);
  await page.reload();
  await expect(html).toHaveAttribute("lang", "en");
  await expect(page.getByRole("heading", { level: 1, name: "This week" })).toBeVisible();

  if (project.name === "phone") {
    await page.getByRole("button", { name: /account menu/ }).click();
    await page.getByRole("menuitem", { name: "切换为中文" }).click();
  } else {
    await page.getByRole("button", { name: /切换为中文/ }).click();
  }
  await expect(html).toHaveAttribute("lang", "zh-CN");
  await expect(page.getByRole("heading", { level: 1, name: "本周待办" })).toBeVisible();
});

test("pages speak English, and so does the server", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("jianghai.locale", "en"));
  await page.goto("/");
  await page.getByLabel("Account", { exact: true }).fill("secretary");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("region", { name: /^People/ }).getByRole("link", { name: /^Applicant/ })).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Members" }).click();
  await page.getByRole("link", { name: "Add an applicant" }).click();
  await page.getByLabel(/^Name/).fill("示例");
  await page.getByLabel(/^Identity number/).fill("12");
  await page.getByRole("button", { name: "Add an applicant" }).click();

  await expect(page.getByLabel(/^Identity number/)).toHaveAccessibleDescription(/Error: .*18/);
  await expectSound(page);
});

test.describe("on a system that is dark", () => {
  test.use({ colorScheme: "dark" });

  test("the app is dark too, and the choice of the person wins", { tag: "@phone" }, async ({ page }, { project }) => {
    await signIn(page, "secretary");
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await expectSound(page);

    if (project.name === "phone") await chooseOwn(page, /^主题：跟随系统/);
    else await page.getByRole("button", { name: /^主题：跟随系统/ }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    const light = await ground();
    expect(light).not.toBe(dark);
    await expectSound(page);
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    expect(await ground()).toBe(light);

    if (project.name === "phone") await chooseOwn(page, /^主题：浅色/);
    else await page.getByRole("button", { name: /^主题：浅色/ }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    expect(await ground()).toBe(dark);
  });
});
