import { expectReadableInTheDark, expectSound, goTo } from "../support/page";
import { signIn } from "../support/sign-in";
import { expect, test } from "../support/test";

test("rules are drafted, corrected, tried and published; what holds today stays", async ({ page, open }) => {
  await signIn(page, "admin");
  await goTo(page, "规则");
  await expect(page.getByText("登记后 14 天内要补全档案。")).toBeVisible();
  await expectSound(page);
  await page.getByRole("button", { name: "起草新规则" }).click();

  const draft = page.getByRole("region", { name: "草稿" });
  const record = draft.getByRole("group").filter({ has: page.getByRole("checkbox", { name: "要补全档案" }) });
  await record.getByLabel(/^天数/).fill("999");
  await draft.getByRole("button", { name: "保存草稿" }).click();
  await expect(record.getByText("档案补全：天数为 1 到 365。")).toBeVisible();
  await expectSound(page);
  await record.getByLabel(/^天数/).fill("21");
  await draft.getByRole("checkbox", { name: "要答复转接询问" }).uncheck();
  await draft.getByLabel(/^依据/).fill("通党组〔2026〕3号");
  await draft.getByRole("button", { name: "保存草稿" }).click();

  const record21 = draft.getByRole("row", { name: /^档案补全/ });
  await expect(record21).toContainText("登记后 21 天内要补全档案。");
  await expect(record21).toContainText("原来：登记后 14 天内要补全档案。");
  await expect(draft.getByRole("row", { name: /^转接询问/ })).toContainText("不再要求");
  // The demonstration city has incomplete records, and few of them are less than three weeks old.
  await expect(record21.getByRole("cell").nth(1)).toHaveText(/^[1-9]/);
  await expectSound(page);
  await expectReadableInTheDark(page);

  await draft.getByRole("button", { name: "发布规则" }).click();
  const dialog = page.getByRole("dialog");
  const tomorrow = await dialog.getByLabel(/^生效日期/).inputValue();
  await dialog.getByLabel(/^生效日期/).fill("2020-01-01");
  await dialog.getByRole("button", { name: "发布规则" }).click();
  await expect(dialog.getByText(/新规则最早从明天起生效/).last()).toBeVisible();
  await expectSound(page);
  await dialog.getByLabel(/^生效日期/).fill(tomorrow);
  await dialog.getByRole("button", { name: "发布规则" }).click();
  await expect(page.getByText("即将生效")).toBeVisible();
  await expect(page.getByText("现行", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "起草新规则" })).toBeVisible();

  // A second set cannot begin on the same day; the draft is given up and stays readable.
  await page.getByRole("button", { name: "起草新规则" }).click();
  await draft.getByRole("button", { name: "发布规则" }).click();
  await dialog.getByRole("button", { name: "发布规则" }).click();
  await expect(dialog.getByText(/这一天或之后已有发布的规则/).last()).toBeVisible();
  await dialog.getByRole("button", { name: "取消" }).click();
  await draft.getByRole("button", { name: "放弃草稿" }).click();
  await dialog.getByRole("button", { name: "放弃草稿" }).click();
  await expect(page.getByRole("heading", { name: /放弃的草稿/ })).toBeVisible();

  const reader = await open("secretary");
  await reader.goto("/desk/rules");
  await expect(reader.getByText("登记后 14 天内要补全档案。").first()).toBeVisible();
  await expect(reader.getByText("放弃的草稿")).toHaveCount(0);
  await expect(reader.getByRole("button", { name: "起草新规则" })).toHaveCount(0);
});

test("the rules are read on a phone, in English too", { tag: "@phone" }, async ({ open }) => {
  const page = await open("organizer-city");
  await page.goto("/desk/rules");
  await expect(page.getByRole("heading", { level: 1, name: "规则" })).toBeVisible();
  await expectSound(page);
});
