use std::{collections::HashMap, sync::Arc};

use entity::{
    AccountId, AccountKind, AccountStatus, Date, GrantId, GrantScope, OrganizationId, OrganizationKind,
    OrganizationLevel, OrganizationStatus, PersonId, RoleId, Timestamp, Workbench, role_grant,
};
use uuid::Uuid;

use super::{
    policy::{CannotAdd, Content, can_add, can_edit, holders, is_last_administrator},
    preview::{RolePart, effects},
};
use crate::{
    authz::{AccountInfo, Actor, Authority, GrantInfo, Permission, Permissions, RoleInfo},
    db::{Engine, Tree, TreeNode},
};

const CITY: OrganizationId = OrganizationId(Uuid::from_u128(10));
const BRANCH: OrganizationId = OrganizationId(Uuid::from_u128(11));
const OTHER: OrganizationId = OrganizationId(Uuid::from_u128(12));
const EDITOR: AccountId = AccountId(Uuid::from_u128(20));
const HOLDER: AccountId = AccountId(Uuid::from_u128(21));
const LOCKED: AccountId = AccountId(Uuid::from_u128(22));
const DESIGNER: RoleId = RoleId(Uuid::from_u128(30));
const DESIGNED: RoleId = RoleId(Uuid::from_u128(31));
const READER: RoleId = RoleId(Uuid::from_u128(32));

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn set(permissions: &[Permission]) -> Permissions {
    permissions.iter().copied().collect()
}

fn uses(permissions: &[Permission]) -> Content {
    Content { uses: set(permissions), passes_on: Permissions::default() }
}

fn tree() -> Tree {
    let node = |id, parent, name: &str| TreeNode {
        id,
        parent,
        name: name.to_owned(),
        sort_key: name.to_owned(),
        kind: OrganizationKind::Branch,
        level: OrganizationLevel::Unit,
        status: OrganizationStatus::Active,
    };
    Tree::new(vec![node(CITY, None, "city"), node(BRANCH, Some(CITY), "branch"), node(OTHER, Some(CITY), "other")])
}

/// Who has which role where until when, with what the roles carry.
fn world(
    roles: &[(RoleId, Content)],
    grants: &[(AccountId, RoleId, Option<OrganizationId>, Option<&str>)],
) -> Authority {
    let account = |id, name: &str, status| {
        let person = Some(PersonId(Uuid::from_u128(40)));
        (id, AccountInfo { name: name.to_owned(), kind: AccountKind::Person, person, status, second_factor: false })
    };
    let info = |content: &Content| RoleInfo {
        workbench: Workbench::Member,
        requires_second_factor: false,
        uses: content.uses,
        passes_on: content.passes_on,
        archived: false,
    };
    let mut given: HashMap<AccountId, Vec<GrantInfo>> = HashMap::new();
    for (number, (account, role, organization, until)) in (50..).zip(grants) {
        let id = GrantId(Uuid::from_u128(number));
        let until = until.map(day);
        let grant =
            GrantInfo { id, role: *role, organization: *organization, from: day("2020-01-01"), until, bound: false };
        given.entry(*account).or_default().push(grant);
    }
    Authority {
        tree: Arc::new(tree()),
        roles: roles.iter().map(|(id, content)| (*id, info(content))).collect(),
        grants: given,
        accounts: HashMap::from([
            account(EDITOR, "editor", AccountStatus::Active),
            account(HOLDER, "holder", AccountStatus::Active),
            account(LOCKED, "locked", AccountStatus::Disabled),
        ]),
        ..Authority::default()
    }
}

fn editor(authority: Authority) -> Actor {
    Actor::new(&Arc::new(authority), EDITOR, None, day("2026-09-09"), Engine::Sqlite).unwrap()
}

/// A grant of the role that is changed.
fn carried(
    account: AccountId,
    organization: Option<OrganizationId>,
    from: &str,
    until: Option<&str>,
) -> role_grant::Model {
    role_grant::Model {
        id: GrantId(Uuid::from_u128(60)),
        account_id: account,
        role_id: DESIGNED,
        scope: if organization.is_some() { GrantScope::Subtree } else { GrantScope::Own },
        organization_id: organization,
        from: day(from),
        until: until.map(day),
        reason: "test".to_owned(),
        granted_by: None,
        created_at: Timestamp(0),
        ended_at: None,
        confirmed_at: None,
        confirmed_by: None,
        post_id: None,
        extends_id: None,
    }
}

#[test]
fn roles_are_designed_for_the_whole_tree_by_those_who_may_there() {
    let at = |permission, place| editor(world(&[(DESIGNER, uses(&[permission]))], &[(EDITOR, DESIGNER, place, None)]));
    assert_eq!(can_edit(&at(Permission::RoleEdit, Some(CITY))), Ok(()));
    assert!(can_edit(&at(Permission::RoleEdit, Some(BRANCH))).is_err());
    assert!(can_edit(&at(Permission::RoleEdit, None)).is_err());
    assert!(can_edit(&at(Permission::RoleRead, Some(CITY))).is_err());
}

#[test]
fn what_is_added_lies_within_what_the_editor_may_pass_on_for_every_grant() {
    use Permission::{OrganizationRead as Plain, PersonRead as Foreign, PersonUnmask as Secret};
    let designer = Content { uses: set(&[Permission::RoleEdit]), passes_on: set(&[Plain, Secret]) };
    let for_ever = editor(world(&[(DESIGNER, designer)], &[(EDITOR, DESIGNER, Some(CITY), None)]));
    let for_a_year = editor(world(&[(DESIGNER, designer)], &[(EDITOR, DESIGNER, Some(CITY), Some("2027-09-09"))]));
    let in_a_branch = editor(world(&[(DESIGNER, designer)], &[(EDITOR, DESIGNER, Some(BRANCH), None)]));
    let open = || carried(HOLDER, Some(BRANCH), "2026-01-01", None);
    let year = || carried(HOLDER, Some(BRANCH), "2026-01-01", Some("2027-09-09"));
    let longer = || carried(HOLDER, Some(BRANCH), "2027-01-01", Some("2027-09-10"));
    let own = || carried(EDITOR, Some(BRANCH), "2026-01-01", Some("2026-10-01"));
    let himself = || carried(HOLDER, None, "2026-01-01", None);
    let table = [
        (&for_ever, vec![Plain], vec![], Ok(())),
        (&for_ever, vec![Secret], vec![], Ok(())),
        (&for_ever, vec![Plain, Foreign], vec![], Err(CannotAdd::BeyondPassOn(set(&[Foreign])))),
        (&in_a_branch, vec![Plain], vec![], Err(CannotAdd::BeyondPassOn(set(&[Plain])))),
        (&for_ever, vec![Plain], vec![open(), year(), longer()], Ok(())),
        (&for_ever, vec![Secret], vec![open()], Err(CannotAdd::Sensitive(set(&[Secret])))),
        (&for_ever, vec![Secret], vec![himself()], Ok(())),
        (&for_ever, vec![Plain], vec![open(), own()], Err(CannotAdd::OwnRole)),
        (&for_ever, vec![], vec![own()], Ok(())),
        (&for_a_year, vec![Plain], vec![year()], Ok(())),
        (&for_a_year, vec![Plain], vec![longer()], Err(CannotAdd::BeyondPeriod(set(&[Plain])))),
        (&for_a_year, vec![Plain], vec![open()], Err(CannotAdd::BeyondPeriod(set(&[Plain])))),
        (&for_a_year, vec![Plain], vec![himself()], Err(CannotAdd::BeyondPeriod(set(&[Plain])))),
    ];
    for (number, (actor, added, grants, expected)) in table.into_iter().enumerate() {
        assert_eq!(can_add(actor, set(&added), &grants), expected, "case {number}");
    }
}

#[test]
fn to_pass_on_what_one_used_or_to_use_what_one_passed_on_is_more() {
    let (used, passed) = (
        uses(&[Permission::PersonRead]),
        Content { uses: Permissions::default(), passes_on: set(&[Permission::PersonRead]) },
    );
    assert_eq!(used.beyond(passed), set(&[Permission::PersonRead]));
    assert_eq!(passed.beyond(used), set(&[Permission::PersonRead]));
    assert!(used.beyond(used).is_empty());
    assert!(Content::default().is_empty() && !passed.is_empty());
}

#[test]
fn somebody_stays_who_gives_roles_on_the_whole_tree_and_lets_others_do_so() {
    let gives = set(&[Permission::GrantCreate]);
    let full = Content { uses: gives, passes_on: gives };
    let roles = [(DESIGNED, full), (READER, full)];
    let alone = world(&roles, &[(HOLDER, DESIGNED, Some(CITY), None), (EDITOR, READER, Some(BRANCH), None)]);
    let two = world(&roles, &[(HOLDER, DESIGNED, Some(CITY), None), (EDITOR, READER, Some(CITY), None)]);
    let for_a_while =
        world(&roles, &[(HOLDER, DESIGNED, Some(CITY), None), (EDITOR, READER, Some(CITY), Some("2026-12-01"))]);
    let today = day("2026-09-09");
    let (cannot_give, hands_nothing_on) =
        (Content { uses: Permissions::default(), passes_on: gives }, Content { uses: gives, ..Content::default() });
    for (world, content, expected) in [
        (&alone, full, false),
        (&alone, cannot_give, true),
        (&alone, hands_nothing_on, true),
        (&two, cannot_give, false),
        (&for_a_while, cannot_give, true),
        (&for_a_while, full, false),
    ] {
        assert_eq!(is_last_administrator(world, today, DESIGNED, content), expected, "{content:?}");
    }
}

#[test]
fn who_keeps_a_permission_there_by_another_grant_does_not_lose_it() {
    use Permission::{GrantRead, ObligationRead, OrganizationRead, PersonRead, RoleEdit};
    let old = Content { uses: set(&[OrganizationRead, PersonRead]), passes_on: set(&[PersonRead]) };
    let new = uses(&[ObligationRead, OrganizationRead]);
    let roles =
        [(DESIGNER, uses(&[RoleEdit, GrantRead])), (DESIGNED, old), (READER, uses(&[PersonRead, ObligationRead]))];
    let told = |grants: &[(AccountId, RoleId, Option<OrganizationId>, Option<&str>)]| {
        let mut all = vec![(EDITOR, DESIGNER, Some(CITY), None)];
        all.extend_from_slice(grants);
        let effects = effects(&editor(world(&roles, &all)), DESIGNED, old, new);
        effects
            .into_iter()
            .map(|effect| (effect.part, effect.permission, effect.gained, effect.accounts))
            .collect::<Vec<_>>()
    };
    let expected = |lost: &[AccountId], gained: &[AccountId], handed_on: &[AccountId]| {
        vec![
            (RolePart::Use, PersonRead, false, lost.to_vec()),
            (RolePart::Use, ObligationRead, true, gained.to_vec()),
            (RolePart::PassOn, PersonRead, false, handed_on.to_vec()),
        ]
    };
    let here = (HOLDER, DESIGNED, Some(BRANCH), None);
    assert_eq!(told(&[]), expected(&[], &[], &[]), "nobody has it");
    assert_eq!(told(&[here]), expected(&[HOLDER], &[HOLDER], &[HOLDER]));
    assert_eq!(told(&[here, (HOLDER, READER, Some(CITY), None)]), expected(&[], &[], &[HOLDER]), "kept from above");
    assert_eq!(told(&[here, (HOLDER, READER, Some(OTHER), None)]), expected(&[HOLDER], &[HOLDER], &[HOLDER]));
    assert_eq!(told(&[(HOLDER, DESIGNED, None, None)]), expected(&[HOLDER], &[HOLDER], &[]), "on himself");
    assert_eq!(told(&[(HOLDER, DESIGNED, Some(BRANCH), Some("2026-09-09"))]), expected(&[], &[], &[]), "it is over");
    assert_eq!(told(&[(LOCKED, DESIGNED, Some(BRANCH), None)]), expected(&[], &[], &[]), "he may do nothing");
}

#[test]
fn nobody_counts_what_he_may_not_see() {
    use Permission::{GrantRead, PersonRead, RoleEdit};
    let old = uses(&[PersonRead]);
    let roles = [(DESIGNER, uses(&[RoleEdit])), (DESIGNED, old), (READER, uses(&[GrantRead]))];
    let grants = [
        (EDITOR, DESIGNER, Some(CITY), None),
        (EDITOR, READER, Some(BRANCH), None),
        (HOLDER, DESIGNED, Some(BRANCH), None),
        (LOCKED, DESIGNED, Some(OTHER), None),
    ];
    let actor = editor(world(&roles, &grants));
    assert_eq!(holders(&actor, DESIGNED).collect::<Vec<_>>(), [HOLDER]);
    let mut hidden = grants.to_vec();
    hidden.push((HOLDER, DESIGNED, Some(OTHER), None));
    let effects = |grants: &[_]| effects(&editor(world(&roles, grants)), DESIGNED, old, uses(&[RoleEdit]));
    assert_eq!(effects(&grants), effects(&hidden), "a hidden grant changes nothing");
}
