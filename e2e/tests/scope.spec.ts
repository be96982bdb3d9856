import { Client } from "../support/client";
import { expectSound, searchFor } from "../support/page";
import { expect, test } from "../support/test";
import { newApplicant, newBranch, uniqueName } from "../support/world";

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
const count = `{ viewer { organizations { headCount { count } } } members(first: 1) { totalCount } }`;

let name: string;
let stranger: Stranger;
/** What the organizer of the other county counts before and after the person is entered. */
const counts: unknown[] = [];

// A person of 崇川, of whom 如皋 must not learn that there is such a person.
test.beforeAll(async ({ playwright }, { project }) => {
  const request = await playwright.request.newContext({ baseURL: project.use.baseURL });
  const elsewhere = await Client.signIn(request, "organizer-rugao");
  counts.push(await elsewhere.query(count));
  name = uniqueName();
  const branch = await newBranch(request);
  stranger = { ...(await newApplicant(request, branch, name)), organization: branch.id };
  counts.push(await elsewhere.query(count));
  await request.dispose();
});

// Without this the next test would also pass where nobody can see the person.
test("the organizers above see the person by list, id, search and count", async ({ request }) => {
  for (const account of ["organizer-chongchuan", "organizer-city"]) {
    const client = await Client.signIn(request, account);
    const found = await client.query(byText, { text: name, organization: stranger.organization });
    expect(found.named).toEqual({ nodes: [{ id: stranger.member }], totalCount: 1 });
    expect(found.there).toEqual({ nodes: [{ id: stranger.member }], totalCount: 1 });
    expect(found.search.members).toEqual([{ id: stranger.member }]);
    const known = await client.query(byId, { ...stranger });
    expect(known.node).toEqual({ id: stranger.person });
    expect(known.organization.headCount).toContainEqual({ stage: "APPLICANT", count: 1 });
  }
});

test("an organizer of another county does not, and it looks as if the person did not exist", async ({ request }) => {
  const client = await Client.signIn(request, "organizer-rugao");

  expect(await client.query(byText, { text: name, organization: stranger.organization })).toEqual({
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
  expect(counts[1]).toEqual(counts[0]);
});

test("nor in the app: not by search, not in the list, not by the address of a page", { tag: "@phone" }, async ({ open }) => {
  const above = await open("organizer-chongchuan");
  await searchFor(above, name);
  await above.getByRole("option", { name }).click();
  await expect(above.getByRole("heading", { level: 1, name })).toBeVisible();
  await expectSound(above);
  const address = new URL(above.url()).pathname;
  expect(address).toBe(`/people/${stranger.person}`);
  await above.goto(`/members?text=${encodeURIComponent(name)}`);
  await expect(above.getByText("共 1 人")).toBeVisible();

  const elsewhere = await open("organizer-rugao");
  await searchFor(elsewhere, name);
  await expect(elsewhere.getByText("没有匹配的结果").last()).toBeVisible();
  await expect(elsewhere.getByRole("option")).toHaveCount(0);
  await elsewhere.goto(`/members?text=${encodeURIComponent(name)}`);
  await expect(elsewhere.getByText("共 0 人")).toBeVisible();
  await expect(elsewhere.getByRole("main")).toContainText("没有符合条件的人员");
  await expectSound(elsewhere);

  const gone = elsewhere.getByRole("heading", { level: 1, name: "没有这个页面，或当前账号看不到它" });
  for (const page of [
    address,
    `${address}/edit`,
    `/organizations/${stranger.organization}`,
    `/organizations/${stranger.organization}/edit`,
    `/workbench/organizer?organization=${stranger.organization}`,
    `/workbench/secretary?organization=${stranger.organization}`,
  ]) {
    await elsewhere.goto(page);
    await expect(gone, page).toBeAttached();
    await expect(elsewhere.locator("body"), page).not.toContainText(name);
  }
  await expectSound(elsewhere);
});
