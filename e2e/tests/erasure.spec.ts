import { Client } from "../support/client";
import { expectReadableInTheDark, expectSound } from "../support/page";
import { expect, test } from "../support/test";
import { newAccount, newBranch, uniqueName } from "../support/world";

test("one proposes to erase what is personal, another confirms, and the name is gone", { tag: "@phone" }, async ({ open, request }) => {
  const branch = await newBranch(request);
  const [first, second] = [await newAccount(request, "organizer", branch.id), await newAccount(request, "organizer", branch.id)];
  const secretary = await Client.signIn(request, branch.secretary);
  const name = uniqueName();
  const { person } = await secretary.mutate("personCreate", "person { id version }", {
    organization: branch.id,
    affiliation: "COMMUNITY_REPORT_IN",
    person: { name, phone: "10000001234" },
  });
  await secretary.mutate("personArchive", "person { id }", { person: person.id, reason: "已离开", version: person.version });

  const page = await open(first.name);
  await page.goto(`/people/${person.id}`);
  await page.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("menuitem", { name: "清除个人信息" }).click();
  await page.getByLabel(/^理由/).fill("本人要求");
  await expectSound(page);
  await page.getByRole("dialog").getByRole("button", { name: "清除个人信息" }).click();
  await expect(page.getByText(/您在 .* 提出清除个人信息，理由：本人要求/)).toBeVisible();
  await expect(page.getByRole("button", { name: "确认清除" })).toHaveCount(0);
  await expectSound(page);

  const other = await open(second.name);
  await other.goto(`/people/${person.id}`);
  await expect(other.getByText(new RegExp(`${first.name} 在 .* 提出清除个人信息`))).toBeVisible();
  await expectReadableInTheDark(other);
  await other.getByRole("button", { name: "确认清除" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "确认清除" }).click();
  await expect(other.getByText("这个人的个人信息已清除，只留下人数和变动记录。")).toBeVisible();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(/^#[0-9a-f]{8}$/);
  await expect(other.getByText(name)).toHaveCount(0);
  await expect(other.getByRole("button", { name: "更多操作" })).toHaveCount(0);
  await expectSound(other);
});

test("a proposal is taken back", async ({ open, request }) => {
  const branch = await newBranch(request);
  const organizer = await newAccount(request, "organizer", branch.id);
  const client = await Client.signIn(request, organizer.name);
  const { person } = await client.mutate("personCreate", "person { id version }", {
    organization: branch.id,
    affiliation: "COMMUNITY_REPORT_IN",
    person: { name: uniqueName() },
  });
  const archived = await client.mutate("personArchive", "person { version }", { person: person.id, reason: "已离开", version: person.version });
  await client.mutate("personErasePropose", "person { id }", { person: person.id, reason: "误", version: archived.person.version });

  const page = await open(organizer.name);
  await page.goto(`/people/${person.id}`);
  await page.getByRole("button", { name: "撤回提议" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "撤回提议" }).click();
  await expect(page.getByRole("button", { name: "撤回提议" })).toHaveCount(0);
  await page.getByRole("button", { name: "更多操作" }).click();
  await expect(page.getByRole("menuitem", { name: "清除个人信息" })).toBeVisible();
});

test("who may confirm finds what waits on one page and decides there", { tag: "@phone" }, async ({ open, request }) => {
  const branch = await newBranch(request);
  const [first, second] = [await newAccount(request, "organizer", branch.id), await newAccount(request, "organizer", branch.id)];
  const client = await Client.signIn(request, first.name);
  const names = [uniqueName(), uniqueName()];
  for (const name of names) {
    const { person } = await client.mutate("personCreate", "person { id version }", {
      organization: branch.id,
      affiliation: "COMMUNITY_REPORT_IN",
      person: { name },
    });
    const archived = await client.mutate("personArchive", "person { version }", { person: person.id, reason: "已离开", version: person.version });
    await client.mutate("personErasePropose", "person { id }", { person: person.id, reason: "本人要求", version: archived.person.version });
  }

  const own = await open(first.name);
  await own.goto("/desk/erasures");
  await expect(own.getByText("您提出的，等另一位同事")).toHaveCount(2);
  await expect(own.getByRole("button", { name: "确认清除" })).toHaveCount(0);

  const page = await open(second.name);
  await page.goto("/desk/erasures");
  const row = (name: string) => page.getByRole("row").filter({ hasText: name });
  await expect(row(names[0])).toContainText("本人要求");
  await expectSound(page);
  await expectReadableInTheDark(page);
  await row(names[0]).getByRole("button", { name: "确认清除" }).click();
  await expect(page.getByRole("dialog")).toContainText(names[0]);
  await expectSound(page);
  await page.getByRole("dialog").getByRole("button", { name: "确认清除" }).click();
  await expect(row(names[0])).toHaveCount(0);
  await row(names[1]).getByRole("button", { name: "撤回提议" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "撤回提议" }).click();
  await expect(page.getByText("没有等待确认的提议")).toBeVisible();
});
