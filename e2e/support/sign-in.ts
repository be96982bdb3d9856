import { expect, type Page } from "@playwright/test";

/** Of every account of the demonstration data and of those that tests make. */
export const password = process.env.JIANGHAI_DEMO_PASSWORD ?? "jianghai-demo-2026";

/** Fills in the form and sends it, whatever comes of it. */
export async function fillSignIn(page: Page, name: string, secret = password): Promise<void> {
  await page.getByLabel("账号", { exact: true }).fill(name);
  await page.getByLabel("密码", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "登录", exact: true }).click();
}

/** Signs in through the page and waits for the shell around the workbench. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.goto("/");
  await fillSignIn(page, name);
  await expect(accountMenu(page)).toBeVisible();
}

/** Does one of the things in the menu behind the own name. */
export async function chooseOwn(page: Page, item: string | RegExp): Promise<void> {
  await accountMenu(page).click();
  await page.getByRole("menuitem", { name: item }).click();
}

export const accountMenu = (page: Page) => page.getByRole("button", { name: /账号菜单/ });

export const signInTitle = (page: Page) => page.getByRole("heading", { level: 1, name: "登录江海" });
