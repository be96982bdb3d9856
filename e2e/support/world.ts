/** Data of a test's own, so that tests share a server without meeting each other. */
import type { APIRequestContext } from "@playwright/test";
import { Client } from "./client";
import { password } from "./sign-in";

let last = 0;

/** Digits that no other test of the run gets: the time, never twice, and the worker. */
function digits(): string {
  last = Math.max(last + 1, Date.now() % 1_000_000_000);
  return `${last}${process.env.TEST_PARALLEL_INDEX ?? 0}`;
}

/** A name that nothing else in the data bears. */
export const uniqueName = (): string => `示例${[...digits()].map((digit) => "零壹贰叁肆伍陆柒捌玖"[Number(digit)]).join("")}`;

/** An identity number of nobody: the region does not exist, birth date and check digit are right. */
export function identityNumber(birthDate: string): string {
  const body = `990000${birthDate.replaceAll("-", "")}${digits().slice(-4, -1)}`;
  const sum = [...body].reduce((sum, digit, index) => sum + Number(digit) * (2 ** (17 - index) % 11), 0);
  return `${body}${"10X98765432"[sum % 11]}`;
}

export interface Branch {
  id: string;
  name: string;
  /** The account of its secretary. */
  secretary: string;
}

/** An account with a role template at an organization, or without any role. */
export async function newAccount(request: APIRequestContext, role?: string, organization?: string): Promise<{ id: string; name: string }> {
  const admin = await Client.signIn(request, "admin");
  const name = `${role ?? "nobody"}-${digits()}`;
  const { account } = await admin.mutate("accountCreate", "account { id }", { name, kind: "PERSON", password });
  if (role) {
    const { roles, viewer } = await admin.query("{ roles { id code } viewer { today } }");
    const { grant } = await admin.mutate("roleGrant", "grant { id waiting }", {
      account: account.id,
      role: roles.find(({ code }: { code: string }) => code === role).id,
      scope: "SUBTREE",
      organization,
      from: viewer.today,
      reason: "浏览器测试",
    });
    if (grant.waiting) {
      const second = await Client.signIn(request, "admin2");
      await second.mutate("roleGrantConfirm", "grant { id }", { grant: grant.id });
    }
  }
  return { id: account.id, name };
}

/** A branch below 崇川 with a secretary; nobody else works in it. */
export async function newBranch(request: APIRequestContext): Promise<Branch> {
  const organizer = await Client.signIn(request, "organizer-chongchuan");
  const { viewer } = await organizer.query(
    "{ viewer { organizations { children(first: 50) { nodes { id containableKinds } } } } }",
  );
  const parent = viewer.organizations[0].children.nodes.find(({ containableKinds }: { containableKinds: string[] }) =>
    containableKinds.includes("BRANCH"),
  );
  const name = `${uniqueName()}党支部`;
  const { organization } = await organizer.mutate("organizationCreate", "organization { id }", {
    parent: parent.id,
    name,
    code: `E${digits()}`,
    kind: "BRANCH",
    level: "GRID",
    branchForm: "ORDINARY",
    sector: "COMMUNITY",
    officePhone: "051380000000",
  });
  const secretary = await newAccount(request, "secretary", organization.id);
  return { id: organization.id, name, secretary: secretary.name };
}

/** An applicant of a branch, entered by its secretary. */
export async function newApplicant(request: APIRequestContext, branch: Branch, name: string, known: Record<string, string> = {}): Promise<{ member: string; person: string }> {
  const secretary = await Client.signIn(request, branch.secretary);
  const { viewer } = await secretary.query("{ viewer { today } }");
  const { member } = await secretary.mutate("memberCreate", "member { id person { id } }", {
    organization: branch.id,
    person: { name, ...known },
    appliedOn: viewer.today,
    idempotencyKey: `applicant-${digits()}`,
  });
  return { member: member.id, person: member.person.id };
}
