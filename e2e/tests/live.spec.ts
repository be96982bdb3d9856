import type { Page } from "@playwright/test";
import { expectSound } from "../support/page";
import { signIn } from "../support/sign-in";
import { expect, test } from "../support/test";
import { newBranch, uniqueName } from "../support/world";

const due = (page: Page) => page.getByRole("region", { name: "要办的事" });

/** The open due list of the next 30 days. */
async function lookAtMonth(page: Page): Promise<void> {
  await due(page).getByRole("button", { name: "30 天", exact: true }).click();
  await expect(due(page).getByText("30 天内没有要办的事")).toBeVisible();
}

/** An applicant whose record lacks most things, entered in a browser. */
async function enter(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name: "新增申请人" }).click();
  await page.getByLabel(/^姓名/).fill(name);
  await page.getByRole("main").getByRole("button", { name: "新增申请人" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** Starts a job and opens the drawer; the item of that job. */
async function recompute(page: Page) {
  await signIn(page, "organizer-rugao");
  await page.goto("/organizations");
  await page.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("menuitem", { name: "重新计算应办事项" }).click();
  return page.getByRole("dialog", { name: "后台任务" }).getByRole("listitem").filter({ hasText: "重新计算应办事项" }).first();
}

test("what somebody else does appears without reloading", { tag: "@phone" }, async ({ page, open, request }) => {
  const branch = await newBranch(request);
  await signIn(page, branch.secretary);
  await lookAtMonth(page);
  const other = await open(branch.secretary);
  const name = uniqueName();
  await enter(other, name);

  await expect(due(page).getByRole("listitem").filter({ hasText: name })).toContainText("补全人员信息");
  await expectSound(page);
});

test("a connection that breaks is made again, and what was missed appears", async ({ page, open, request }) => {
  const branch = await newBranch(request);
  let connections = 0;
  let cut = (): void => {};
  await page.routeWebSocket("/graphql", (socket) => {
    connections += 1;
    socket.connectToServer();
    cut = () => void socket.close({ code: 1001 });
  });
  await signIn(page, branch.secretary);
  await lookAtMonth(page);
  await expect.poll(() => connections).toBe(1);
  const other = await open(branch.secretary);
  const name = uniqueName();
  cut();
  await enter(other, name);

  await expect(due(page).getByRole("listitem").filter({ hasText: name })).toBeVisible();
  expect(connections).toBeGreaterThan(1);
});

test("the progress of a job appears in the open drawer", async ({ page }) => {
  const states: string[] = [];
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      if (String(payload).includes("jobProgressed")) states.push(String(payload));
    }),
  );
  const job = await recompute(page);
  await expect(job).toContainText("已完成");
  await expect.poll(() => states.length).toBeGreaterThan(0);
});

test("without a connection the drawer looks by itself", async ({ page }) => {
  await page.routeWebSocket("/graphql", (socket) => void socket.close({ code: 1001 }));
  await expect(await recompute(page)).toContainText("已完成");
});
