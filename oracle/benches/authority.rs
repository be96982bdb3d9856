//! What rights cost: one check, one scope, and a list with and without the row filter.
//!
//! `cargo bench --manifest-path oracle/Cargo.toml --target-dir target/oracle`
use std::{collections::HashMap, hint::black_box, sync::Arc};

use criterion::{Criterion, criterion_group, criterion_main};
use entity::{
    AccountId, AccountKind, AccountStatus, Date, GrantId, OrganizationId, OrganizationKind, OrganizationLevel,
    OrganizationStatus, RoleId, Workbench,
};
use jianghai::{
    authz::{AccountInfo, Actor, Authority, GrantInfo, Permission, Permissions, RoleInfo},
    db::{Engine, Tree, TreeNode},
    testing::TestApp,
};
use serde_json::json;
use uuid::Uuid;

/// Organizations of a city like Nantong.
const ORGANIZATIONS: u128 = 9_000;
/// Grants of an account that has many.
const GRANTS: u128 = 8;

fn organization(n: u128) -> OrganizationId {
    OrganizationId(Uuid::from_u128(n + 1))
}

/// A tree eight wide, and an account with grants all over it.
fn actor() -> Actor {
    let nodes = (0..ORGANIZATIONS).map(|n| TreeNode {
        id: organization(n),
        parent: n.checked_sub(1).map(|before| organization(before / 8)),
        name: format!("组织{n}"),
        sort_key: format!("{n:06}"),
        kind: OrganizationKind::Committee,
        level: OrganizationLevel::Unit,
        status: OrganizationStatus::Active,
    });
    let today = Date::from_ymd_opt(2026, 9, 9).expect("a day");
    let (role, account) = (RoleId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(1)));
    let uses: Permissions = [Permission::OrganizationRead, Permission::PersonRead].into_iter().collect();
    let info = RoleInfo {
        workbench: Workbench::Organizer,
        requires_second_factor: false,
        uses,
        passes_on: Permissions::default(),
        archived: false,
    };
    let grant = |n: u128| GrantInfo {
        id: GrantId(Uuid::from_u128(n)),
        role,
        organization: Some(organization(1_000 + n * 17)),
        from: today,
        until: None,
        bound: false,
    };
    let person = AccountInfo {
        name: "a".into(),
        kind: AccountKind::Person,
        person: None,
        status: AccountStatus::Active,
        second_factor: false,
    };
    let authority = Arc::new(Authority {
        tree: Arc::new(Tree::new(nodes.collect())),
        roles: HashMap::from([(role, info)]),
        grants: HashMap::from([(account, (0..GRANTS).map(grant).collect())]),
        accounts: HashMap::from([(account, person)]),
        ..Authority::default()
    });
    Actor::new(&authority, account, None, today, Engine::Sqlite).expect("an actor")
}

fn check(criterion: &mut Criterion) {
    let actor = actor();
    let (here, there) = (organization(1_000 + 7 * 17), organization(8_999));
    criterion.bench_function("may, yes", |bench| bench.iter(|| actor.may(Permission::PersonRead, black_box(here))));
    criterion.bench_function("may, no", |bench| bench.iter(|| actor.may(Permission::PersonRead, black_box(there))));
    criterion.bench_function("scope", |bench| bench.iter(|| actor.scope(black_box(Permission::PersonRead))));
}

/// The same fifty rows for the one whose scope is everything, where the filter is nothing, and for the one whose scope
/// is the district that holds most of them.
fn list(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let app = runtime.block_on(TestApp::start_for_walkers());
    let document =
        "{ members(first: 50) { nodes { stage person { name phone { display } } homeOrganization { name } } } }";
    for (name, account) in [("list without a filter", "organizer-city"), ("list in a scope", "organizer-chongchuan")] {
        let actor = app.actor(account);
        criterion.bench_function(name, |bench| {
            bench.iter(|| runtime.block_on(app.run_as(actor.clone(), document, json!({}))));
        });
    }
}

criterion_group!(authority, check, list);
criterion_main!(authority);
