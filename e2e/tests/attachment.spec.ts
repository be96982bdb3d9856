import { readFile, writeFile } from "node:fs/promises";
import { expectReadableInTheDark, expectSound } from "../support/page";
import { expect, test } from "../support/test";
import { newApplicant, newBranch, uniqueName } from "../support/world";

const pdf = (bytes: number) => Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(bytes - 9, "x")]);
/** A red pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

test.describe("files of an organization", () => {
  // A refused upload is no surprise to this test, and the browser notes every refused request.
  test.use({ expected: /status of 422/ });

  test("are attached, fetched and put away; one that lies is refused in one sentence", { tag: "@phone" }, async ({ request, open }) => {
    const branch = await newBranch(request);
    const page = await open(branch.secretary);
    await page.goto(`/organizations/${branch.id}`);
    const panel = page.getByRole("region", { name: "附件" });
    await expect(panel).toContainText("还没有附件");
    const input = panel.locator("input[type=file]");

    const content = pdf(1_300_000);
    await input.setInputFiles([
      { name: "换届决议 2026.pdf", mimeType: "application/pdf", buffer: content },
      { name: "现场.png", mimeType: "image/png", buffer: png },
    ]);
    const file = panel.getByRole("listitem").filter({ hasText: "换届决议 2026.pdf" });
    await expect(file).toContainText("1.3 MB");
    await expect(file).toContainText(branch.secretary);
    await expect(panel.getByRole("listitem").filter({ hasText: "现场.png" }).locator("img")).toHaveJSProperty("naturalWidth", 1);

    await input.setInputFiles({ name: "名单.pdf", mimeType: "application/pdf", buffer: Buffer.from("<!DOCTYPE html><h1>名单</h1>") });
    await expect(panel.getByRole("alert")).toContainText("文件内容不是PDF，和文件名不符，没有保存；请换成对的文件。");
    await expectSound(page);
    await expectReadableInTheDark(page);
    await panel.getByRole("button", { name: "知道了" }).click();
    await expect(panel.getByRole("listitem")).toHaveCount(2);

    const [download] = await Promise.all([page.waitForEvent("download"), file.getByRole("link").click()]);
    expect(download.suggestedFilename()).toBe("换届决议 2026.pdf");
    expect(await readFile(await download.path())).toEqual(content);

    await file.getByRole("button", { name: /^归档/ }).click();
    const dialog = page.getByRole("dialog", { name: "归档附件" });
    await expectSound(page);
    await dialog.getByRole("button", { name: "归档附件" }).click();
    await expect(panel.getByRole("listitem")).toHaveCount(1);
    await expect(panel).not.toContainText("换届决议");

    await panel.getByRole("button", { name: "已归档的附件" }).click();
    const archived = panel.getByRole("listitem").filter({ hasText: "换届决议 2026.pdf" });
    await expect(archived).toContainText(branch.secretary);
    await expectSound(page);
    await expectReadableInTheDark(page);
    await archived.getByRole("button", { name: /^恢复/ }).click();
    await expect(panel).toContainText("没有已归档的附件。");
    await expect(file.getByRole("link")).toBeVisible();
  });
});

test.describe("an upload", () => {
  // Offline requests fail, and the browser says so.
  test.use({ expected: /ERR_INTERNET_DISCONNECTED/ });

  test("waits while the network is gone and goes on where it was", async ({ request, open }) => {
    const branch = await newBranch(request);
    const page = await open(branch.secretary);
    await page.goto(`/organizations/${branch.id}`);
    const panel = page.getByRole("region", { name: "附件" });
    const pieces: string[] = [];
    await page.route("**/files/upload/*", async (route) => {
      pieces.push(route.request().headers()["upload-offset"] ?? "");
      // After the first piece the network is gone.
      if (pieces.length === 2) await page.context().setOffline(true);
      await route.continue().catch(() => undefined);
    });
    await panel.locator("input[type=file]").setInputFiles({ name: "大文件.pdf", mimeType: "application/pdf", buffer: pdf(1_500_000) });
    await expect(panel).toContainText("网络中断，恢复后接着传。");
    await expect(panel.getByRole("progressbar")).toHaveAttribute("value", String(512 * 1024));
    await page.context().setOffline(false);
    await expect(panel.getByRole("listitem").filter({ hasText: "大文件.pdf" })).toContainText("1.5 MB");
    await expect(panel.getByRole("progressbar")).toHaveCount(0);
    expect(pieces.filter((offset) => offset === "0")).toHaveLength(1);
  });
});

test.describe("an upload that a reload broke off", () => {
  // The answer that says where it goes on is a conflict, and the browser notes it.
  test.use({ expected: /status of 409/ });

  test("goes on with the same file", async ({ request, open }, info) => {
    const branch = await newBranch(request);
    const page = await open(branch.secretary);
    await page.goto(`/organizations/${branch.id}`);
    const panel = page.getByRole("region", { name: "附件" });
    const path = info.outputPath("大文件.pdf");
    await writeFile(path, pdf(1_500_000));
    const pieces: string[] = [];
    let hold = true;
    await page.route("**/files/upload/*", async (route) => {
      pieces.push(route.request().headers()["upload-offset"] ?? "");
      // The second piece never gets there.
      if (!(hold && pieces.length === 2)) await route.continue();
    });
    await panel.locator("input[type=file]").setInputFiles(path);
    await expect(panel.getByRole("progressbar")).toHaveAttribute("value", String(512 * 1024));
    hold = false;
    await page.reload();
    const broken = panel.getByRole("listitem").filter({ hasText: "大文件.pdf" });
    await expect(broken).toContainText("上次没有传完（1.5 MB）");
    await expect(broken.getByRole("button", { name: /^选择文件/ })).toBeVisible();
    await expectSound(page);
    await expectReadableInTheDark(page);
    pieces.length = 0;
    await panel.locator("input[type=file]").setInputFiles(path);
    await expect(broken.getByRole("link")).toBeVisible();
    await expect(panel).not.toContainText("上次没有传完");
    // Asked where it goes on, and then only what was missing.
    expect(pieces).toEqual(["0", String(512 * 1024), String(1024 * 1024)]);
    await page.reload();
    await expect(broken.getByRole("link")).toBeVisible();
    await expect(panel).not.toContainText("上次没有传完");
  });
});

test("files of a person are dropped on the panel, and who may not add finds no button", async ({ request, open }) => {
  const branch = await newBranch(request);
  const { person } = await newApplicant(request, branch, uniqueName());
  const page = await open(branch.secretary);
  await page.goto(`/people/${person}`);
  const panel = page.getByRole("region", { name: "附件" });
  await expect(panel).toContainText("可以把文件拖到这里");
  const data = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["入党申请书正文"], "入党申请书.txt"));
    return data;
  });
  await panel.dispatchEvent("drop", { dataTransfer: data });
  await expect(panel.getByRole("listitem").filter({ hasText: "入党申请书.txt" })).toContainText("21 B");
  await expectSound(page);

  const other = await open("inspector");
  await other.goto(`/organizations/${branch.id}`);
  await expect(other.getByRole("region", { name: "附件" })).toContainText("还没有附件。");
  await expect(other.getByRole("button", { name: "添加附件" })).toHaveCount(0);
});
