import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { Client, signIn } from "../support/sign-in";

/** A name that nobody else in the data bears, so that a search can only mean this person. */
const name = "示例隔江望";

interface Stranger {
  member: string;
  person: string;
  organization: string;
}

const byText = `query ($text: String!, $organization: ID!) {
  named: members(first: 10, filter: { text: $text }) { nodes { id } totalCount }
  there: members(first: 10, filter: { organization: $organization }) { nodes { id } totalCount }
  search(text: $text, first: 10) { members { id } }
}`;
const byId = `query ($member: ID!, $person: ID!, $organization: ID!) {
  node(id: $person) { id }
  nodes(ids: [$member, $person, $organization]) { id }
  member(id: $member) { id }
  person(id: $person) { id }
  organization(id: $organization) { headCount { stage count } }
}`;

let stranger: Stranger;

test.beforeAll(async ({ playwright }, { project }) => {
  const request = await playwright.request.newContext({ baseURL: project.use.baseURL });
  const secretary = await Client.signIn(request, "secretary");
  const { viewer } = await secretary.query("{ viewer { today organizations { id } } }");
  const organization = viewer.organizations[0].id;
  const { memberCreate } = await secretary.query(
    `mutation ($input: MemberCreateInput!) {
      memberCreate(input: $input) { member { id person { id } } userErrors { field code message } }
    }`,
    { input: { organization, person: { name }, appliedOn: viewer.today, idempotencyKey: "e2e-scope" } },
  );
  expect(memberCreate.userErrors).toEqual([]);
  stranger = { member: memberCreate.member.id, person: memberCreate.member.person.id, organization };
  await request.dispose();
});

// Without this the next test would also pass where nobody can see the person.
test("the organizers above see the person by list, id, search and count", async ({ request }) => {
  for (const account of ["organizer-chongchuan", "organizer-city"] as const) {
    const client = await Client.signIn(request, account);
    const found = await client.query(byText, { text: name, organization: stranger.organization });
    expect(found.named).toEqual({ nodes: [{ id: stranger.member }], totalCount: 1 });
    expect(found.there.totalCount).toBeGreaterThan(0);
    expect(found.search.members).toEqual([{ id: stranger.member }]);
    const known = await client.query(byId, { ...stranger });
    expect(known.node).toEqual({ id: stranger.person });
    expect(known.organization.headCount.length).toBeGreaterThan(0);
  }
});

test("an organizer of another county does not, and it looks as if the person did not exist", async ({ request }) => {
  const client = await Client.signIn(request, "organizer-rugao");

  const found = await client.query(byText, { text: name, organization: stranger.organization });
  expect(found).toEqual({
    named: { nodes: [], totalCount: 0 },
    there: { nodes: [], totalCount: 0 },
    search: { members: [] },
  });
  expect(await client.query(byId, { ...stranger })).toEqual({
    node: null,
    nodes: [null, null, null],
    member: null,
    person: null,
    organization: null,
  });
});

async function searchFor(page: Page, text: string): Promise<void> {
  const box = page.getByRole("searchbox", { name: "搜索组织、人员和事项" });
  await box.fill(text);
  await box.press("Enter");
}

test("nor in the app: not by search and not by the address of the page", async ({ browser }) => {
  const above = await (await browser.newContext()).newPage();
  await signIn(above, "organizer-chongchuan");
  await searchFor(above, name);
  await above.getByRole("link", { name }).first().click();
  await expect(above.getByRole("heading", { level: 1, name })).toBeVisible();
  await expectAccessible(above);

  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(elsewhere, "organizer-rugao");
  await searchFor(elsewhere, name);
  await expect(elsewhere.getByText(/没有找到/).first()).toBeVisible();
  await expect(elsewhere.getByRole("link", { name })).toHaveCount(0);
  await expectAccessible(elsewhere);

  await elsewhere.goto(above.url());
  await expect(elsewhere.getByText("没有这个页面，或您看不到它")).toBeVisible();
  await expect(elsewhere.getByText(name)).toHaveCount(0);
  await expectAccessible(elsewhere);
  await above.context().close();
  await elsewhere.context().close();
});
