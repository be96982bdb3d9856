import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { signIn } from "../support/sign-in";

/** The figure beside 申请人 in the head count of the workbench. */
async function applicants(page: Page): Promise<number> {
  const figure = page.getByRole("region", { name: /支部人数/ }).getByRole("link", { name: /申请人/ });
  await expect(figure).toHaveText(/\d/);
  return Number(/申请人\D*([\d,]+)/.exec(await figure.innerText())?.[1]?.replaceAll(",", ""));
}

test("a secretary finds the own branch", async ({ page }) => {
  await signIn(page, "secretary");
  const own = await page.getByRole("button", { name: /切换组织/ }).locator("b").innerText();
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "组织", exact: true }).click();

  await expect(page.getByRole("heading", { level: 1, name: own })).toBeVisible();
  await expectAccessible(page);
});

test("an applicant is added after a field error was corrected, and the head count rises by one", { tag: "@phone" }, async ({ page }, { project }) => {
  const name = `示例新${project.name === "phone" ? "桥" : "舟"}`;
  await signIn(page, "secretary");
  const before = await applicants(page);

  await page.getByRole("link", { name: "新增申请人" }).click();
  const save = page.getByRole("main").getByRole("button", { name: /新增申请人|保存/ });
  await page.getByLabel(/^姓名/).fill(name);
  const identity = page.getByLabel(/^身份证号/);
  await identity.fill("000000199001010021");
  await save.click();

  await expect(identity).toHaveAttribute("aria-invalid", "true");
  await expect(identity).toHaveAccessibleDescription(/校验位/);
  await expect(page.getByLabel(/^姓名/)).toHaveValue(name);
  await expectAccessible(page);

  await identity.clear();
  await save.click();

  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByRole("main").getByText("申请人").first()).toBeVisible();
  await expectAccessible(page);

  await page.goto("/");
  await expect.poll(() => applicants(page)).toBe(before + 1);
});

test("the figure of applicants is a door to the list behind it", async ({ page }) => {
  await signIn(page, "secretary");
  const expected = await applicants(page);
  await page.getByRole("region", { name: /支部人数/ }).getByRole("link", { name: /申请人/ }).click();

  await expect(page.getByRole("main").getByRole("status")).toHaveText(new RegExp(`共 ${expected} 人`));
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByRole("main").getByRole("status")).toHaveText(new RegExp(`共 ${expected} 人`));
});
