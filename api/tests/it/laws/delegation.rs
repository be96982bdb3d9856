//! Delegation has no way around: nothing but a grant within the giver's pass-on set gives anybody a right. Whoever moves
//! an organization, a membership or a person needs the right on both sides, and what comes back from the archive brings
//! no right with it.
use std::collections::{BTreeMap, BTreeSet};

use entity::OrganizationId;
use jianghai::{
    authz::Permission,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};

use crate::grant::{give, role, wish};

const PLACES: [&str; 12] = [
    "city",
    "chongchuan",
    "hongqiao",
    "hongdong",
    "grid1",
    "group1",
    "grid2",
    "empty",
    "rugao",
    "baipu",
    "kangzhuang",
    "kz1",
];

/// Who has rights over one part of the city, sees all of it, and wants more.
const ATTACKERS: [&str; 3] = ["organizer-chongchuan", "organizer-rugao", "secretary"];

type Rights = BTreeMap<String, BTreeSet<(Permission, OrganizationId)>>;

/// What every account may do on every organization.
fn rights(app: &TestApp) -> Rights {
    let mut all = Rights::new();
    for name in ATTACKERS.iter().chain(&["organizer-city", "secretary-grid2", "inspector", "member", "nobody"]) {
        let Some(actor) = app.actor(name) else { continue };
        let held = PLACES.iter().map(|place| app.organization(place)).flat_map(|place| {
            let actor = &actor;
            Permission::ALL.iter().filter(move |right| actor.may(**right, place)).map(move |right| (*right, place))
        });
        all.insert((*name).to_owned(), held.collect());
    }
    all
}

/// Attackers who see every organization and every person, so that only the right to move stands in their way.
async fn city_of_attackers() -> TestApp {
    let app = TestApp::start().await;
    for attacker in ATTACKERS {
        let wish = wish(&app, attacker, "integrator", "city", Value::Null).await;
        let given = give(&app, "admin", wish).await;
        app.mutate("admin2", "roleGrantConfirm", "grant { id }", json!({ "grant": given })).await;
        let seen = app.run(attacker, "{ members(first: 1) { totalCount } }", json!({})).await;
        assert_eq!(seen.at("/members/totalCount"), 12, "{attacker}: {}", seen.0);
    }
    app
}

fn is_refused(answer: &Answer, field: &str) -> bool {
    answer.codes() == ["FORBIDDEN"] || !answer.user_errors(field).is_empty()
}

/// Tries `field` by everybody on every pair for whom `right` does not hold at both ends: nothing changes.
async fn tried_without_both(
    app: &TestApp,
    field: &str,
    right: Permission,
    pairs: &[(&'static str, &'static str)],
    input: impl Fn(&TestApp, &str, &str) -> Value,
) {
    let (before, footprint) = (rights(app), app.footprint().await);
    let (mut tried, mut one_side) = (0, 0);
    for attacker in ATTACKERS {
        let actor = app.actor(attacker).unwrap();
        for (from, to) in pairs.iter().copied() {
            let held = [from, to].map(|place| actor.may(right, app.organization(place)));
            if held == [true, true] {
                continue;
            }
            tried += 1;
            one_side += usize::from(held != [false, false]);
            let answer = app.mutate(attacker, field, "__typename", input(app, from, to)).await;
            assert!(is_refused(&answer, field), "{attacker} {field} {from} → {to}: {}", answer.0);
        }
    }
    assert!(tried >= 20 && one_side >= 10, "{tried}, {one_side}");
    assert_eq!((rights(app), app.footprint().await), (before, footprint), "{field}");
}

fn all_pairs() -> Vec<(&'static str, &'static str)> {
    PLACES.iter().flat_map(|from| PLACES.iter().map(move |to| (*from, *to))).filter(|(from, to)| from != to).collect()
}

#[tokio::test]
async fn a_subtree_is_moved_only_with_the_right_on_both_sides() {
    let app = city_of_attackers().await;
    let input = |app: &TestApp, from: &str, to: &str| {
        json!({ "organization": app.organization_id(from), "to": app.organization_id(to),
            "effectiveOn": "2026-09-01", "reason": "试探", "version": 1 })
    };
    tried_without_both(&app, "organizationMove", Permission::OrganizationMove, &all_pairs(), input).await;
}

#[tokio::test]
async fn an_organization_is_merged_only_with_the_right_on_both_sides() {
    let app = city_of_attackers().await;
    let input = |app: &TestApp, from: &str, to: &str| {
        json!({ "source": app.organization_id(from), "into": app.organization_id(to), "effectiveOn": "2026-09-09",
            "reason": "试探", "sourceVersion": 1, "intoVersion": 1 })
    };
    tried_without_both(&app, "organizationMerge", Permission::OrganizationMerge, &all_pairs(), input).await;
}

/// Each person at home in a branch, and every other branch.
const HOMES: [(&str, &str); 3] = [("王示例安", "grid1"), ("孙示例静", "grid2"), ("吴示例泰", "kz1")];

fn moves_of_people() -> Vec<(&'static str, &'static str)> {
    let homes = HOMES.iter().map(|(_, home)| *home);
    homes.flat_map(|home| PLACES.iter().map(move |to| (home, *to))).filter(|(home, to)| home != to).collect()
}

fn at_home(place: &str) -> &'static str {
    HOMES.iter().find(|(_, home)| *home == place).unwrap().0
}

#[tokio::test]
async fn a_membership_is_transferred_only_with_the_right_on_both_sides() {
    let app = city_of_attackers().await;
    let input = |app: &TestApp, from: &str, to: &str| {
        json!({ "member": super::cases::member(app, at_home(from)), "to": app.organization_id(to),
            "effectiveOn": "2026-09-09", "reason": "试探", "version": 1 })
    };
    tried_without_both(&app, "memberTransfer", Permission::MemberTransfer, &moves_of_people(), input).await;
}

#[tokio::test]
async fn nobody_is_drawn_into_a_scope_by_a_tie_or_a_post() {
    let app = city_of_attackers().await;
    let tie = |app: &TestApp, from: &str, to: &str| {
        json!({ "person": super::cases::person(app, at_home(from)), "organization": app.organization_id(to),
            "kind": "STATION", "from": "2026-09-01" })
    };
    tried_without_both(&app, "affiliationCreate", Permission::PersonUpdate, &moves_of_people(), tie).await;
    let post = |app: &TestApp, from: &str, to: &str| {
        json!({ "person": super::cases::person(app, at_home(from)), "organization": app.organization_id(to),
            "title": "COMMITTEE_MEMBER", "from": "2026-09-01" })
    };
    tried_without_both(&app, "postAssign", Permission::PostAssign, &moves_of_people(), post).await;
}

#[tokio::test]
async fn who_is_tied_but_no_member_is_not_drawn_over_to_be_read_in_full() {
    let app = city_of_attackers().await;
    let person = json!({ "organization": app.organization_id("grid1"), "affiliation": "COMMUNITY_REPORT_IN",
        "person": { "name": "许示例来", "phone": "10099990001" } });
    let made =
        app.mutate("secretary", "personCreate", "person { id }", person).await.at("/personCreate/person/id").clone();
    let tie =
        json!({ "person": made, "organization": app.organization_id("kz1"), "kind": "STATION", "from": "2026-09-01" });
    let drawn = app.mutate("organizer-rugao", "affiliationCreate", "affiliation { id }", tie).await;
    assert_eq!(drawn.codes(), ["FORBIDDEN"]);
    let look = json!({ "person": made, "field": "PHONE", "reason": "CARE" });
    assert_eq!(app.mutate("organizer-rugao", "personUnmask", "value", look).await.codes(), ["FORBIDDEN"]);
}

/// Whoever may move, does not hand on: those above the new place get rights, the mover himself gets none.
#[tokio::test]
async fn a_mover_gains_nothing_himself() {
    let app = TestApp::start().await;
    let before = rights(&app);
    let input = json!({ "organization": app.organization_id("empty"), "to": app.organization_id("hongdong"),
        "effectiveOn": "2026-09-01", "reason": "调整", "version": 1 });
    let moved = app.mutate("organizer-chongchuan", "organizationMove", "organization { id }", input).await;
    assert!(moved.user_errors("organizationMove").is_empty(), "{}", moved.0);
    assert_eq!(rights(&app), before, "nobody is above the new place who was not above the old one");
}

#[tokio::test]
async fn archiving_and_restoring_by_whoever_may_gives_nobody_a_right() {
    let app = TestApp::start().await;
    give(&app, "admin", wish(&app, "nobody", "station_keeper", "empty", Value::Null).await).await;
    let before = rights(&app);
    let mut gained = before.clone();
    for (field, version) in [("organizationArchive", 1), ("organizationRestore", 2)] {
        let input = json!({ "organization": app.organization_id("empty"), "reason": "试探", "version": version });
        let done = app.mutate("organizer-chongchuan", field, "organization { id }", input).await;
        assert!(done.user_errors(field).is_empty(), "{}", done.0);
        let after = rights(&app);
        for (name, held) in &after {
            assert!(held.is_subset(&gained[name]), "{name} gained by {field}");
        }
        gained = after;
    }
    assert!(gained["nobody"].is_empty());
    assert!(!before["nobody"].is_empty());
}

/// A grant by an administrator of one county: place, account, role and period all lie within his own.
#[tokio::test]
async fn a_grant_lies_within_what_its_giver_passes_on() {
    let app = TestApp::start().await;
    let own = give(&app, "admin", wish(&app, "nobody", "administrator", "rugao", json!("2026-12-01")).await).await;
    app.mutate("admin2", "roleGrantConfirm", "grant { id }", json!({ "grant": own })).await;
    let before = rights(&app);
    let beyond = |mut wish: Value, key: &str, value: Value| {
        wish[key] = value;
        wish
    };
    let good = wish(&app, "organizer-rugao", "station_keeper", "baipu", json!("2026-11-01")).await;
    for (wrong, why) in [
        (beyond(good.clone(), "organization", json!(app.organization_id("hongqiao"))), "another county"),
        (beyond(good.clone(), "organization", json!(app.organization_id("city"))), "above his own"),
        (beyond(good.clone(), "until", json!("2026-12-02")), "longer than his own"),
        (beyond(good.clone(), "until", Value::Null), "open"),
        (beyond(good.clone(), "account", json!(crate::grant::account(&app, "nobody"))), "himself"),
    ] {
        let answer = app.mutate("nobody", "roleGrant", "grant { id }", wrong).await;
        assert!(is_refused(&answer, "roleGrant"), "{why}: {}", answer.0);
    }
    assert_eq!(rights(&app), before);
    let done = app.mutate("nobody", "roleGrant", "grant { id }", good).await;
    assert!(done.user_errors("roleGrant").is_empty() && done.codes().is_empty(), "{}", done.0);
    // Rights on oneself are given where the person is at home.
    let drawn = wish(&app, "secretary-grid2", "station_keeper", "baipu", Value::Null).await;
    give(&app, "admin", drawn).await;
    let own = json!({ "account": crate::grant::account(&app, "secretary-grid2"), "role": role(&app, "member").await,
        "scope": "SELF", "from": "2026-09-09", "until": "2026-10-01", "reason": "试探" });
    let answer = app.mutate("nobody", "roleGrant", "grant { id }", own.clone()).await;
    assert!(is_refused(&answer, "roleGrant"), "{}", answer.0);
    let answer = app.mutate("admin", "roleGrant", "grant { id }", own).await;
    assert!(answer.user_errors("roleGrant").is_empty(), "{}", answer.0);
}

/// Accounts that are opened for the holders of posts bring no right that their giver could not have given otherwise, and
/// nobody makes one for a post that lies beyond his own part of the city.
#[tokio::test]
async fn an_account_for_a_post_brings_nothing_beyond_what_its_giver_passes_on() {
    let app = TestApp::start().await;
    let here = crate::account_for_posts::post(&app, "吴示例泰", "kz1", "SECRETARY").await;
    let there = crate::account_for_posts::post(&app, "周示例康", "grid2", "SECRETARY").await;
    crate::account_for_posts::administrator_of(&app, "rugao").await;
    let (before, accounts) = (rights(&app), app.number("SELECT COUNT(*) FROM account").await);
    let wish = async |post: &Value, code: &str, until: Value| {
        let row = json!({ "post": post, "name": "wu.tai", "role": role(&app, code).await });
        json!({ "rows": [row], "reason": "试探", "until": until })
    };
    for (input, why) in [
        (wish(&there, "station_keeper", json!("2026-12-31")).await, "another county"),
        (wish(&here, "station_keeper", json!("2027-01-01")).await, "longer than his own"),
        (wish(&here, "station_keeper", Value::Null).await, "open"),
    ] {
        let answer = app.mutate("nobody", "accountOpenForPosts", "opened { account { id } }", input).await;
        assert!(is_refused(&answer, "accountOpenForPosts"), "{why}: {}", answer.0);
    }
    for attacker in ATTACKERS.into_iter().chain(["organizer-city"]) {
        let input = wish(&here, "station_keeper", json!("2026-12-31")).await;
        let answer = app.mutate(attacker, "accountOpenForPosts", "opened { account { id } }", input).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"], "{attacker}: {}", answer.0);
    }
    assert_eq!((rights(&app), app.number("SELECT COUNT(*) FROM account").await), (before, accounts));
    // One that waits for a second holder gives nothing before.
    let input = wish(&here, "secretary", json!("2026-12-31")).await;
    let opened = app
        .mutate("nobody", "accountOpenForPosts", "opened { account { grants { status } } grant { waiting } }", input)
        .await;
    assert_eq!(opened.at("/accountOpenForPosts/opened/0/grant/waiting"), true, "{}", opened.0);
    assert_eq!(opened.at("/accountOpenForPosts/opened/0/account/grants"), &json!([{ "status": "WAITING" }]));
}

/// An organizer passes on nothing: no confirmation, extension, renewal or end is open to him.
#[tokio::test]
async fn who_passes_on_nothing_neither_confirms_nor_extends_nor_ends() {
    let app = TestApp::start().await;
    let running = give(&app, "admin", wish(&app, "nobody", "station_keeper", "grid1", json!("2026-12-01")).await).await;
    let waiting = give(&app, "admin", wish(&app, "nobody", "inspector", "grid1", json!("2026-12-01")).await).await;
    let before = (rights(&app), app.footprint().await);
    for attacker in ["organizer-city", "organizer-chongchuan", "secretary", "nobody"] {
        for (field, input) in [
            ("roleGrantConfirm", json!({ "grant": waiting })),
            ("roleGrantExtend", json!({ "grant": running, "until": "2027-06-01", "reason": "试探" })),
            ("roleGrantRenew", json!({ "grants": [running], "until": "2027-06-01", "reason": "试探" })),
            ("roleGrantEnd", json!({ "grant": running, "until": "2026-09-09", "reason": "试探" })),
        ] {
            let answer = app.mutate(attacker, field, "__typename", input).await;
            assert!(is_refused(&answer, field), "{attacker} {field}: {}", answer.0);
        }
    }
    assert_eq!((rights(&app), app.footprint().await), before);
}

/// The contract has no other way in: every mutation that can give a right or move something is tried above, or says in
/// its own case who may not. A new one that takes a role, an organization to move to or an import is to be added here.
#[tokio::test]
async fn every_path_that_could_carry_a_right_is_tried() {
    let app = TestApp::start().await;
    let answer = app.run("admin", "{ __schema { mutationType { fields { name } } } }", json!({})).await;
    let fields = answer.at("/__schema/mutationType/fields").as_array().unwrap().clone();
    let carries = ["Grant", "Open", "Move", "Merge", "Restore", "Transfer", "Import", "Assign", "affiliationCreate"];
    let found: BTreeSet<&str> = fields
        .iter()
        .filter_map(|field| field["name"].as_str())
        .filter(|name| carries.iter().any(|word| name.contains(word)))
        .collect();
    let tried = BTreeSet::from([
        "roleGrant",
        "roleGrantConfirm",
        "roleGrantEnd",
        "roleGrantExtend",
        "roleGrantRenew",
        "accountOpenForPosts",
        "organizationMove",
        "organizationMerge",
        "organizationRestore",
        "memberTransfer",
        "affiliationCreate",
        "postAssign",
    ]);
    // What they bring back or choose is read by the same people as before; nobody holds an archived role.
    let harmless = BTreeSet::from(["attachmentRestore", "personRestore", "memberContactAssign", "roleRestore"]);
    let unknown: Vec<&str> =
        found.into_iter().filter(|name| !tried.contains(name) && !harmless.contains(name)).collect();
    assert_eq!(unknown, Vec::<&str>::new());
}
