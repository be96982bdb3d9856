// The three questions, as each system is asked them, and what their answers have in common.

/** What the web app would ask; sent by id as it does, and as text as others do. */
export const JIANGHAI = {
  point: `query BenchPoint($id: ID!) {
  person(id: $id) {
    id
    name
    sex
    education
    membership {
      id
      stage
      fullOn
      homeOrganization {
        id
        name
        kind
      }
    }
  }
}`,
  list: `query BenchList($id: ID!) {
  members(first: 50, filter: { organization: $id }) {
    nodes {
      id
      stage
      fullOn
      person {
        id
        name
        sex
      }
      homeOrganization {
        id
        name
      }
    }
  }
}`,
  everybody: `query BenchEverybody {
  members(first: 50) {
    nodes {
      id
      stage
      fullOn
      person {
        id
        name
        sex
      }
      homeOrganization {
        id
        name
      }
    }
  }
}`,
  nested: `query BenchNested($id: ID!) {
  organizations(first: 20, filter: { under: $id, kind: [BRANCH] }) {
    nodes {
      id
      name
      posts {
        id
        title
        person {
          id
          name
        }
      }
      members(first: 5, includeDescendants: false) {
        nodes {
          id
          stage
          person {
            id
            name
            affiliations {
              id
              kind
              organization {
                id
                name
              }
            }
          }
        }
      }
    }
  }
}`,
};

/** It has no condition on `until`, which no index begins with; the data hold no posts and no ties that have ended. */
export const POSTGRAPHILE = {
  point: `query($id: UUID!) { personByRowId(rowId: $id) { rowId name sex education
    memberByPersonId { rowId stage fullOn organizationByHomeOrganizationId { rowId name kind } } } }`,
  list: `query($id: UUID!) { membersBelow(root: $id, first: 50) { nodes { rowId stage fullOn
    personByPersonId { rowId name sex } organizationByHomeOrganizationId { rowId name } } } }`,
  everybody: `{ membersInOrder(first: 50) { nodes { rowId stage fullOn
    personByPersonId { rowId name sex } organizationByHomeOrganizationId { rowId name } } } }`,
  nested: `query($id: UUID!) { branchesBelow(root: $id, first: 20) { nodes { rowId name
    organizationPostsByOrganizationId { nodes { rowId title personByPersonId { rowId name } } }
    sortedMembers(first: 5) { nodes { rowId stage personByPersonId { rowId name
      affiliationsByPersonId { nodes { rowId kind organizationByOrganizationId { rowId name } } } } } } } } }`,
};

const LIST = "id,stage,full_on,person_id.id,person_id.name,person_id.sex,home_organization_id.id,home_organization_id.name";
const BELOW = (id) => ({ ancestors: { ancestor_id: { _eq: id } } });
const fields = (text) => text.replaceAll(/\s+/g, "");

/** Paths of Directus. */
export const DIRECTUS = {
  point: (id) =>
    `/items/person/${id}?fields=${fields("id,name,sex,education,membership.id,membership.stage,membership.full_on,membership.home_organization_id.id,membership.home_organization_id.name,membership.home_organization_id.kind")}`,
  list: (id) =>
    `/items/member?limit=50&sort=person_id.sort_key,id&filter=${json({ _and: [{ home_organization_id: BELOW(id) }, { person_id: { status: { _eq: "ACTIVE" } } }] })}&fields=${LIST}`,
  everybody: () => `/items/member?limit=50&sort=person_id.sort_key,id&filter=${json({ person_id: { status: { _eq: "ACTIVE" } } })}&fields=${LIST}`,
  nested: (id) =>
    `/items/organization?limit=20&sort=sort_key,id&filter=${json({ _and: [BELOW(id), { status: { _eq: "ACTIVE" } }, { kind: { _eq: "BRANCH" } }] })}&deep=${json(
      {
        posts: { _filter: { until: { _null: true } }, _limit: 100 },
        members: {
          _filter: { person_id: { status: { _eq: "ACTIVE" } } },
          _sort: "person_id.sort_key,id",
          _limit: 5,
          person_id: { affiliations: { _filter: { until: { _null: true } } } },
        },
      },
    )}&fields=${fields(`id,name,posts.id,posts.title,posts.person_id.id,posts.person_id.name,members.id,members.stage,
      members.person_id.id,members.person_id.name,members.person_id.affiliations.id,members.person_id.affiliations.kind,
      members.person_id.affiliations.organization_id.id,members.person_id.affiliations.organization_id.name`)}`,
};

function json(value) {
  return encodeURIComponent(JSON.stringify(value));
}

/** Another name that a peer gives to the same field. */
const NAMES = {
  rowId: "id",
  full_on: "fullOn",
  memberByPersonId: "membership",
  personByPersonId: "person",
  person_id: "person",
  organizationByHomeOrganizationId: "homeOrganization",
  home_organization_id: "homeOrganization",
  organizationByOrganizationId: "organization",
  organization_id: "organization",
  organizationPostsByOrganizationId: "posts",
  sortedMembers: "members",
  affiliationsByPersonId: "affiliations",
};

/** Stages as the database writes them. */
const STAGES = { APPLICANT: 10, ACTIVIST: 20, CANDIDATE: 30, PROBATIONARY: 40, FULL: 50, WITHDRAWN: 60, CANCELLED: 70, EXPELLED: 80, DECEASED: 90 };

/** Lists whose order none of the systems promises. */
const UNORDERED = new Set(["posts", "affiliations"]);

/** `answer` in the one form in which answers are compared. */
export function common(answer) {
  if (Array.isArray(answer)) return answer.map(common);
  if (answer === null || typeof answer !== "object") return answer;
  if (Array.isArray(answer.nodes)) return common(answer.nodes);
  const entries = Object.entries(answer).map(([given, value]) => {
    const name = NAMES[given] ?? given;
    if (name === "id") return [name, bare(value)];
    if (name === "stage") return [name, STAGES[value] ?? value];
    let inner = common(value);
    // Directus reads the other side of a one-to-one relation as a list.
    if (name === "membership" && Array.isArray(inner)) inner = inner[0] ?? null;
    if (UNORDERED.has(name)) inner.sort((one, other) => (one.id < other.id ? -1 : 1));
    return [name, inner];
  });
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The key in a global id of Jianghai, whose first byte is the type; other ids as they are. */
function bare(id) {
  const bytes = Buffer.from(id, "base64url");
  if (bytes.length !== 17) return id;
  return bytes.subarray(1).toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The global id of Jianghai for the key `uuid` of the type whose letter is `tag`. */
export function globalId(tag, uuid) {
  return Buffer.concat([Buffer.from(tag), Buffer.from(uuid.replaceAll("-", ""), "hex")]).toString("base64url");
}

/** `answer` without the ties to organizations outside of `visible`, which only those see who may read them. */
export function withoutTiesBeyond(answer, visible) {
  if (Array.isArray(answer)) return answer.map((one) => withoutTiesBeyond(one, visible));
  if (answer === null || typeof answer !== "object") return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => {
      const kept = name === "affiliations" ? value.filter((tie) => visible.has(tie.organization?.id)) : value;
      return [name, withoutTiesBeyond(kept, visible)];
    }),
  );
}
