//! Who may do what, decided by `Actor` and by another evaluator that was written by others: on random trees, grants and
//! requests both say the same. `JIANGHAI_SOAK=50` asks fifty times as often.
use std::{
    collections::{HashMap, HashSet},
    str::FromStr,
    sync::Arc,
};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet, Request, RestrictedExpression,
};
use chrono::Days;
use entity::{
    AccountId, AccountKind, AccountStatus, Date, GrantId, OrganizationId, OrganizationKind, OrganizationLevel,
    OrganizationStatus, PersonId, RoleId, Workbench,
};
use jianghai::{
    authz::{
        AccountInfo, Actor, Authority, Bid, Finding, GrantInfo, Permission, Permissions, Place, RoleInfo, examine,
    },
    db::{Engine, Tree, TreeNode},
};
use uuid::Uuid;

/// Worlds of one run.
const WORLDS: u64 = 2_000;
/// Requests of one world.
const REQUESTS: usize = 12;
/// Permissions that take part; the first has a rule of its own for `SELF`.
const PERMISSIONS: [Permission; 5] = [
    Permission::OrganizationRead,
    Permission::PersonRead,
    Permission::PersonUpdate,
    Permission::PersonUnmask,
    Permission::GrantCreate,
];

/// Reproducible numbers: a failing world is found again by its number.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn permissions(&mut self) -> Vec<usize> {
        (0..PERMISSIONS.len()).filter(|_| self.one_in(2)).collect()
    }
}

struct Role {
    uses: Vec<usize>,
    passes_on: Vec<usize>,
    /// Whether it works only for accounts with a second factor.
    strict: bool,
}

struct Account {
    active: bool,
    second_factor: bool,
    person: Option<usize>,
}

struct Grant {
    account: usize,
    role: usize,
    /// None for `SELF`.
    root: Option<usize>,
    /// In days from today.
    from: i64,
    until: Option<i64>,
    waits: bool,
}

/// Plain facts, from which either evaluator gets its own form.
struct World {
    parents: Vec<Option<usize>>,
    archived: Vec<bool>,
    roles: Vec<Role>,
    accounts: Vec<Account>,
    /// Home organizations by person.
    homes: Vec<Option<usize>>,
    grants: Vec<Grant>,
}

impl World {
    fn random(dice: &mut Dice) -> Self {
        let size = 1 + dice.below(12);
        let mut parents: Vec<Option<usize>> = (0..size).map(|n| n.checked_sub(1).map(|_| dice.below(n))).collect();
        for _ in 0..dice.below(4) {
            let (moved, to) = (dice.below(size), dice.below(size));
            let below = std::iter::successors(Some(to), |up| parents[*up]).any(|above| above == moved);
            if moved != 0 && !below {
                parents[moved] = Some(to);
            }
        }
        let persons = 1 + dice.below(4);
        let roles = (0..=dice.below(4)).map(|_| Role {
            uses: dice.permissions(),
            passes_on: dice.permissions(),
            strict: dice.one_in(4),
        });
        let roles: Vec<Role> = roles.collect();
        let accounts = (0..=dice.below(4)).map(|_| {
            let person = if dice.one_in(3) { None } else { Some(dice.below(persons)) };
            Account { active: !dice.one_in(6), second_factor: dice.one_in(2), person }
        });
        let accounts: Vec<Account> = accounts.collect();
        let grants = (0..2 + dice.below(10)).map(|_| {
            let from = i64::try_from(dice.below(5)).unwrap() - 3;
            let length = 1 + i64::try_from(dice.below(5)).unwrap();
            Grant {
                account: dice.below(accounts.len()),
                role: dice.below(roles.len()),
                root: if dice.one_in(3) { None } else { Some(dice.below(size)) },
                from,
                until: if dice.one_in(2) { None } else { Some(from + length) },
                waits: dice.one_in(5),
            }
        });
        let grants = grants.collect();
        Self {
            archived: (0..size).map(|_| dice.one_in(4)).collect(),
            homes: (0..persons).map(|_| if dice.one_in(3) { None } else { Some(dice.below(size)) }).collect(),
            parents,
            roles,
            accounts,
            grants,
        }
    }

    /// As enforcement sees it.
    fn authority(&self, today: Date) -> Arc<Authority> {
        let nodes = self.parents.iter().enumerate().map(|(n, parent)| TreeNode {
            id: organization(n),
            parent: parent.map(organization),
            name: format!("组织{n}"),
            sort_key: format!("{:03}", (n * 7) % 100),
            kind: OrganizationKind::Committee,
            level: OrganizationLevel::Unit,
            status: if self.archived[n] { OrganizationStatus::Archived } else { OrganizationStatus::Active },
        });
        let set = |numbers: &[usize]| numbers.iter().map(|n| PERMISSIONS[*n]).collect::<Permissions>();
        let roles = self.roles.iter().enumerate().map(|(n, role)| {
            let info = RoleInfo {
                workbench: Workbench::Organizer,
                requires_second_factor: role.strict,
                uses: set(&role.uses),
                passes_on: set(&role.passes_on),
                archived: false,
            };
            (RoleId(key(n)), info)
        });
        let accounts = self.accounts.iter().enumerate().map(|(n, account)| {
            let status = if account.active { AccountStatus::Active } else { AccountStatus::Disabled };
            let person = account.person.map(|person| PersonId(key(person)));
            let (kind, second_factor) = (AccountKind::Person, account.second_factor);
            (AccountId(key(n)), AccountInfo { name: format!("a{n}"), kind, person, status, second_factor })
        });
        let homes = self.homes.iter().enumerate();
        let mut grants: HashMap<AccountId, Vec<GrantInfo>> = HashMap::new();
        for (n, grant) in self.grants.iter().enumerate().filter(|(_, grant)| !grant.waits) {
            grants.entry(AccountId(key(grant.account))).or_default().push(grant.info(n, today));
        }
        Arc::new(Authority {
            tree: Arc::new(Tree::new(nodes.collect())),
            roles: roles.collect(),
            accounts: accounts.collect(),
            homes: homes.filter_map(|(n, home)| Some((PersonId(key(n)), organization((*home)?)))).collect(),
            grants,
            ..Authority::default()
        })
    }

    /// As the other evaluator sees it: objects with what lies above them, and a policy a grant.
    fn other(&self) -> (PolicySet, Entities) {
        let mut entities = Vec::new();
        for (n, parent) in self.parents.iter().enumerate() {
            let above = parent.map(|parent| uid("Organization", parent)).into_iter().collect();
            entities.push(Entity::new(uid("Organization", n), HashMap::new(), above).unwrap());
        }
        for n in 0..self.homes.len() {
            entities.push(Entity::new(uid("Person", n), HashMap::new(), HashSet::new()).unwrap());
        }
        for (n, account) in self.accounts.iter().enumerate() {
            let fact = |name: &str, is: bool| (name.to_owned(), RestrictedExpression::new_bool(is));
            let mut facts =
                HashMap::from([fact("active", account.active), fact("second_factor", account.second_factor)]);
            if let Some(person) = account.person {
                facts.insert("person".to_owned(), RestrictedExpression::new_entity_uid(uid("Person", person)));
                if let Some(home) = self.homes[person] {
                    facts.insert("home".to_owned(), RestrictedExpression::new_entity_uid(uid("Organization", home)));
                }
            }
            entities.push(Entity::new(uid("Account", n), facts, HashSet::new()).unwrap());
        }
        let policies: String = self.grants.iter().map(|grant| self.policies(grant)).collect();
        (PolicySet::from_str(&policies).unwrap(), Entities::from_entities(entities, None).unwrap())
    }

    fn policies(&self, grant: &Grant) -> String {
        let Grant { account, role, root, from, until, waits } = grant;
        let role = &self.roles[*role];
        let until = until.map(|until| format!(" && context.today < {until}")).unwrap_or_default();
        let strict = role.strict;
        let works = format!("principal.active && (!{strict} || principal.second_factor)");
        let holds = format!("{works} && !{waits} && context.today >= {from}{until}");
        let actions = |way: &str, numbers: &[usize]| {
            let names: Vec<String> = numbers.iter().map(|n| format!("Action::\"{way}{n}\"")).collect();
            names.join(", ")
        };
        let permit = |actions: &str, reach: &str| {
            format!(
                "permit(principal == Account::\"{account}\", action in [{actions}], resource) when {{ {holds} && {reach} }};\n"
            )
        };
        match root {
            Some(root) => {
                let reach = format!("resource in Organization::\"{root}\"");
                let uses = permit(&actions("use", &role.uses), &reach);
                uses + &permit(&actions("pass", &role.passes_on), &reach)
            }
            None => {
                let oneself =
                    permit(&actions("use", &role.uses), "principal has person && resource == principal.person");
                let reads = actions("use", role.uses.get(..1).filter(|first| *first == [0]).unwrap_or_default());
                oneself + &permit(&reads, "principal has home && resource in principal.home")
            }
        }
    }
}

impl Grant {
    fn info(&self, number: usize, today: Date) -> GrantInfo {
        GrantInfo {
            id: GrantId(key(number)),
            role: RoleId(key(self.role)),
            organization: self.root.map(organization),
            from: day(today, self.from),
            until: self.until.map(|until| day(today, until)),
            bound: false,
        }
    }
}

fn key(n: usize) -> Uuid {
    Uuid::from_u128(n as u128 + 1)
}

fn organization(n: usize) -> OrganizationId {
    OrganizationId(key(n))
}

fn day(today: Date, offset: i64) -> Date {
    let days = Days::new(offset.unsigned_abs());
    if offset < 0 { today.checked_sub_days(days).unwrap() } else { today.checked_add_days(days).unwrap() }
}

fn uid(kind: &str, n: usize) -> EntityUid {
    EntityUid::from_str(&format!("{kind}::\"{n}\"")).unwrap()
}

/// The other evaluator over one world.
struct Other {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
}

impl Other {
    fn allows(&self, account: usize, action: &str, resource: EntityUid) -> bool {
        let action = EntityUid::from_str(&format!("Action::\"{action}\"")).unwrap();
        let context = Context::from_pairs([("today".to_owned(), RestrictedExpression::new_long(0))]).unwrap();
        let request = Request::new(uid("Account", account), action, resource, context, None).unwrap();
        self.authorizer.is_authorized(&request, &self.policies, &self.entities).decision() == Decision::Allow
    }
}

/// Asks both in one world; how often they said yes and no.
fn compare(number: u64) -> [usize; 2] {
    let mut dice = Dice(number);
    let world = World::random(&mut dice);
    let today = Date::from_ymd_opt(2026, 9, 9).unwrap();
    let authority = world.authority(today);
    let (policies, entities) = world.other();
    let other = Other { authorizer: Authorizer::new(), policies, entities };
    let mut said = [0, 0];
    for _ in 0..REQUESTS {
        let account = dice.below(world.accounts.len());
        let place = dice.below(world.parents.len());
        let person = dice.below(world.homes.len());
        let permission = dice.below(PERMISSIONS.len());
        let actor = Actor::new(&authority, AccountId(key(account)), None, today, Engine::Sqlite);
        let ours = |ask: &dyn Fn(&Actor) -> bool| actor.as_ref().is_some_and(ask);
        let name = PERMISSIONS[permission];
        let used = other.allows(account, &format!("use{permission}"), uid("Organization", place));
        let about = format!("world {number}: account {account}, {}, organization {place}", name.code());
        assert_eq!(ours(&|actor| actor.may(name, organization(place))), used, "{about}");
        assert_eq!(ours(&|actor| actor.scope(name).contains(organization(place))), used, "scope, {about}");
        assert_eq!(ours(&|actor| actor.viewer_can(&[name], organization(place)) == [name]), used, "{about}");
        let own = other.allows(account, &format!("use{permission}"), uid("Person", person));
        assert_eq!(ours(&|actor| actor.may_own(name, PersonId(key(person)))), own, "oneself {person}, {about}");
        let handed = dice.permissions();
        let set: Permissions = handed.iter().map(|n| PERMISSIONS[*n]).collect();
        let passed = world.accounts[account].active
            && handed.iter().all(|n| other.allows(account, &format!("pass{n}"), uid("Organization", place)));
        assert_eq!(
            ours(&|actor| actor.may_pass_on(set, organization(place))),
            passed,
            "passing on {handed:?}, {about}"
        );
        let place = Place { organizations: vec![organization(place)], person: Some(PersonId(key(person))) };
        assert_eq!(world.explained(&authority, account, name, &place, today), used || own, "explained, {about}");
        for yes in [used, own, passed] {
            said[usize::from(yes)] += 1;
        }
    }
    said
}

impl World {
    /// Whether an explanation finds a grant that gives `permission`, the waiting ones among those that it looks at.
    fn explained(
        &self,
        authority: &Authority,
        account: usize,
        permission: Permission,
        place: &Place,
        today: Date,
    ) -> bool {
        let Account { active, second_factor, person } = self.accounts[account];
        let holder = person.map(|person| PersonId(key(person)));
        let bid = Bid { holder, second_factor, permission, place, today };
        let mut own = self.grants.iter().enumerate().filter(|(_, grant)| grant.account == account);
        let gives = |(n, grant): (usize, &Grant)| {
            let info = grant.info(n, today);
            examine(authority, bid, &info, grant.waits, false) == Finding::Gives
        };
        active && own.any(gives)
    }
}

#[test]
fn two_evaluators_say_the_same() {
    let times = std::env::var("JIANGHAI_SOAK").map_or(1, |times| times.parse().expect("JIANGHAI_SOAK is a number"));
    let mut said = [0, 0];
    for number in 0..WORLDS * times {
        let [no, yes] = compare(number);
        said = [said[0] + no, said[1] + yes];
    }
    assert!(said.iter().all(|n| *n > 5_000), "a comparison of nothing but one answer: {said:?}");
}
