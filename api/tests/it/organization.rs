//! Organizations, as callers meet them.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

const CHILD: &str = "organization { id name sortKey code version parent { name } }";

fn child(app: &TestApp, parent: &str) -> Value {
    json!({ "parent": app.organization_id(parent), "name": "虹东社区第三网格党支部", "code": "G3", "kind": "BRANCH",
        "level": "GRID", "branchForm": "ORDINARY", "sector": "COMMUNITY" })
}

async fn version(app: &TestApp, short: &str) -> Value {
    let id = app.organization_id(short);
    let answer =
        app.run("organizer-city", "query($id: ID!) { organization(id: $id) { version } }", json!({ "id": id }));
    answer.await.at("/organization/version").clone()
}

#[tokio::test]
async fn an_organizer_creates_a_branch_and_finds_it_by_its_initials() {
    let app = TestApp::start().await;
    let made = app.mutate("organizer-chongchuan", "organizationCreate", CHILD, child(&app, "hongdong")).await;
    assert_eq!(made.at("/organizationCreate/organization/parent/name"), "虹东社区党委");
    assert_eq!(made.at("/organizationCreate/organization/sortKey"), "hong dong she qu di san wang ge dang zhi bu");
    let found = app
        .run(
            "organizer-chongchuan",
            r#"{ organizations(filter: { text: "hdsqds" }) { totalCount nodes { code } } }"#,
            json!({}),
        )
        .await;
    assert_eq!(found.at("/organizations/totalCount"), 1);
    assert_eq!(found.at("/organizations/nodes/0/code"), "G3");
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'organizationCreate'").await, 1);
}

#[tokio::test]
async fn every_mistake_in_the_form_is_named_at_once() {
    let app = TestApp::start().await;
    let mut input = child(&app, "hongdong");
    input["name"] = json!("  ");
    input["code"] = json!("第3");
    input["foundedOn"] = json!("2030-01-01");
    let answer = app.mutate("organizer-chongchuan", "organizationCreate", CHILD, input).await;
    assert_eq!(answer.user_errors("organizationCreate"), ["name REQUIRED", "code INVALID", "foundedOn OUT_OF_RANGE"]);
}

#[tokio::test]
async fn siblings_cannot_share_a_code_but_cousins_can() {
    let app = TestApp::start().await;
    let mut input = child(&app, "hongdong");
    input["code"] = json!("04");
    let taken = app.mutate("organizer-city", "organizationCreate", CHILD, input.clone()).await;
    assert_eq!(taken.user_errors("organizationCreate"), ["code DUPLICATE"]);
    input["parent"] = json!(app.organization_id("kangzhuang"));
    let made = app.mutate("organizer-city", "organizationCreate", CHILD, input).await;
    assert_eq!(made.user_errors("organizationCreate"), Vec::<String>::new());
}

#[tokio::test]
async fn a_branch_cannot_contain_a_branch() {
    let app = TestApp::start().await;
    let answer = app.mutate("organizer-city", "organizationCreate", CHILD, child(&app, "grid1")).await;
    assert_eq!(answer.user_errors("organizationCreate"), ["kind NOT_CONTAINABLE"]);
}

#[tokio::test]
async fn the_same_key_creates_once_and_other_input_under_it_is_refused() {
    let app = TestApp::start().await;
    let mut input = child(&app, "hongdong");
    input["idempotencyKey"] = json!("k1");
    let first = app.mutate("organizer-city", "organizationCreate", CHILD, input.clone()).await;
    let second = app.mutate("organizer-city", "organizationCreate", CHILD, input.clone()).await;
    assert_eq!(first.at("/organizationCreate/organization/id"), second.at("/organizationCreate/organization/id"));
    input["name"] = json!("另一个党支部");
    let third = app.mutate("organizer-city", "organizationCreate", CHILD, input).await;
    assert_eq!(third.user_errors("organizationCreate"), ["idempotencyKey IDEMPOTENCY_MISMATCH"]);
    assert_eq!(app.number("SELECT COUNT(*) FROM organization WHERE code = 'G3'").await, 1);
}

#[tokio::test]
async fn an_old_version_meets_the_current_state() {
    let app = TestApp::start().await;
    let id = app.organization_id("grid1");
    let selection = "organization { name version }";
    let input = json!({ "organization": id, "version": 1, "name": "虹东一网格党支部" });
    let first = app.mutate("secretary", "organizationUpdate", selection, input).await;
    assert_eq!(first.at("/organizationUpdate/organization/version"), 2);
    let input = json!({ "organization": id, "version": 1, "officePhone": "0513-0000 0001" });
    let second = app.mutate("organizer-city", "organizationUpdate", selection, input).await;
    assert_eq!(second.user_errors("organizationUpdate"), ["version CONFLICT"]);
    assert_eq!(second.at("/organizationUpdate/organization/name"), "虹东一网格党支部");
}

#[tokio::test]
async fn a_branch_cannot_be_moved_under_its_own_child() {
    let app = TestApp::start().await;
    let input = json!({ "organization": app.organization_id("chongchuan"), "to": app.organization_id("hongdong"),
        "effectiveOn": "2026-09-01", "reason": "试", "version": 1 });
    let answer = app.mutate("organizer-city", "organizationMove", "organization { id }", input).await;
    assert_eq!(answer.user_errors("organizationMove"), ["to CYCLE"]);
}

#[tokio::test]
async fn a_move_takes_the_subtree_along_and_rights_follow_at_once() {
    let app = TestApp::start().await;
    let read = "query($id: ID!) { organization(id: $id) { name } }";
    let grid = json!({ "id": app.organization_id("grid1") });
    assert_eq!(app.run("organizer-rugao", read, grid.clone()).await.at("/organization"), &Value::Null);
    let input = json!({ "organization": app.organization_id("hongdong"), "to": app.organization_id("baipu"),
        "effectiveOn": "2026-09-01", "reason": "区划调整", "version": 1 });
    let moved = app.mutate("organizer-city", "organizationMove", "organization { parent { name } }", input).await;
    assert_eq!(moved.at("/organizationMove/organization/parent/name"), "白蒲镇党委");
    assert_eq!(app.run("organizer-rugao", read, grid.clone()).await.at("/organization/name"), "虹东社区第一网格党支部");
    assert_eq!(app.run("organizer-chongchuan", read, grid.clone()).await.at("/organization"), &Value::Null);
    let path = "query($id: ID!, $on: Date) { organization(id: $id) { ancestors(asOf: $on) { name } } }";
    let past = json!({ "id": app.organization_id("grid1"), "on": "2026-08-31" });
    assert_eq!(app.run("organizer-city", path, past).await.at("/organization/ancestors/1/name"), "中共崇川区委");
    assert_eq!(app.run("organizer-city", path, grid).await.at("/organization/ancestors/1/name"), "中共如皋市委");
    assert_closure_is_right(&app).await;
}

#[tokio::test]
async fn a_merge_moves_everything_without_loss() {
    let app = TestApp::start().await;
    let count = "query($id: ID!) { organization(id: $id) { headCount { stage count } } }";
    let community = json!({ "id": app.organization_id("hongdong") });
    let before = app.run("organizer-city", count, community.clone()).await;
    let input = json!({ "source": app.organization_id("grid1"), "into": app.organization_id("grid2"),
        "effectiveOn": "2026-09-09", "reason": "规模过小", "sourceVersion": 1, "intoVersion": 1 });
    let selection = "organization { version headCount { stage count } children { nodes { name } } }";
    let merged = app.mutate("organizer-chongchuan", "organizationMerge", selection, input).await;
    assert_eq!(merged.user_errors("organizationMerge"), Vec::<String>::new(), "{}", merged.0);
    assert_eq!(merged.at("/organizationMerge/organization/headCount/4"), &json!({ "stage": "FULL", "count": 4 }));
    assert_eq!(merged.at("/organizationMerge/organization/children/nodes/0/name"), "第一党小组");
    assert_eq!(before, app.run("organizer-city", count, community).await);
    assert_eq!(app.number("SELECT COUNT(*) FROM organization WHERE status = 'ARCHIVED'").await, 1);
    let lost = "SELECT COUNT(*) FROM member JOIN organization o ON o.id = member.home_organization_id WHERE o.status = 'ARCHIVED'";
    assert_eq!(app.number(lost).await, 0);
    let open = "SELECT COUNT(*) FROM obligation JOIN organization o ON o.id = obligation.organization_id
        WHERE o.status = 'ARCHIVED' AND closed_at IS NULL";
    assert_eq!(app.number(open).await, 0);
    assert_closure_is_right(&app).await;
}

#[tokio::test]
async fn a_community_cannot_house_people() {
    let app = TestApp::start().await;
    let input = json!({ "source": app.organization_id("grid1"), "into": app.organization_id("hongdong"),
        "effectiveOn": "2026-09-09", "reason": "规模过小", "sourceVersion": 1, "intoVersion": 1 });
    let refused = app.mutate("organizer-chongchuan", "organizationMerge", "organization { id }", input).await;
    assert_eq!(refused.user_errors("organizationMerge"), ["into NOT_CONTAINABLE"]);
}

#[tokio::test]
async fn a_member_sees_the_own_branch_and_no_other() {
    let app = TestApp::start().await;
    let read = "query($id: ID!) { organization(id: $id) { name headCount { stage count } viewerCan } viewer { person { membership { homeOrganization { name } } } } }";
    let own = app.run("member", read, json!({ "id": app.organization_id("grid1") })).await;
    assert_eq!(own.at("/viewer/person/membership/homeOrganization/name"), "虹东社区第一网格党支部");
    assert_eq!(own.at("/organization/viewerCan"), &json!(["ORGANIZATION_READ"]));
    assert_eq!(own.at("/organization/headCount/4"), &json!({ "stage": "FULL", "count": null }));
    let other = app.run("member", read, json!({ "id": app.organization_id("grid2") })).await;
    assert_eq!(other.at("/organization"), &Value::Null);
}

#[tokio::test]
async fn an_organization_with_people_cannot_be_archived_and_an_empty_one_returns() {
    let app = TestApp::start().await;
    let selection = "organization { status version }";
    let input = json!({ "organization": app.organization_id("grid1"), "reason": "撤并", "version": 1 });
    let full = app.mutate("organizer-city", "organizationArchive", selection, input).await;
    assert_eq!(full.user_errors("organizationArchive"), ["organization NOT_EMPTY"]);
    let input = json!({ "organization": app.organization_id("empty"), "reason": "撤并", "version": 1 });
    let archived = app.mutate("organizer-city", "organizationArchive", selection, input).await;
    assert_eq!(archived.at("/organizationArchive/organization/status"), "ARCHIVED");
    let open = "SELECT COUNT(*) FROM obligation WHERE closed_at IS NULL";
    let without = app.number(open).await;
    let input = json!({ "organization": app.organization_id("empty"), "reason": "恢复", "version": 2 });
    let restored = app.mutate("organizer-city", "organizationRestore", selection, input).await;
    assert_eq!(restored.at("/organizationRestore/organization/status"), "ACTIVE");
    assert_eq!(app.number(open).await, without, "its term ended with the archive, so no reelection is due");
}

#[tokio::test]
async fn a_recorded_reelection_moves_the_obligation_to_the_new_end() {
    let app = TestApp::start().await;
    let due =
        "query($id: ID!) { obligations(filter: { organization: $id, kind: [REELECTION_DUE] }) { nodes { dueOn } } }";
    let id = json!({ "id": app.organization_id("grid1") });
    let before = app.run("secretary", due, id.clone()).await;
    assert_eq!(before.at("/obligations/nodes/0/dueOn"), "2026-09-29");
    let input = json!({ "organization": app.organization_id("grid1"), "from": "2026-09-08", "until": "2029-09-08", "version": 1 });
    let recorded = app.mutate("secretary", "termRecord", "organization { term { until } }", input).await;
    assert_eq!(recorded.at("/termRecord/organization/term/until"), "2029-09-08");
    assert_eq!(app.run("secretary", due, id).await.at("/obligations/nodes/0/dueOn"), "2029-09-08");
}

#[tokio::test]
async fn head_counts_count_everybody_once_and_hide_small_cells_from_those_who_may_not_read_people() {
    let app = TestApp::start().await;
    let count = "query($id: ID!) { organization(id: $id) { headCount { stage count } } }";
    let id = json!({ "id": app.organization_id("chongchuan") });
    let exact = app.run("organizer-city", count, id.clone()).await;
    assert_eq!(exact.at("/organization/headCount/1"), &json!({ "stage": "ACTIVIST", "count": 2 }));
    let blurred = app.run("inspector", count, id).await;
    assert_eq!(blurred.at("/organization/headCount/1"), &json!({ "stage": "ACTIVIST", "count": null }));
}

#[tokio::test]
async fn head_counts_of_a_past_day_follow_the_periods() {
    let app = TestApp::start().await;
    let count = "query($id: ID!, $on: Date) { organization(id: $id) { headCount(asOf: $on) { stage count } } }";
    let id = app.organization_id("grid1");
    let answer = app.run("secretary", count, json!({ "id": id, "on": "2023-01-01" })).await;
    assert_eq!(answer.at("/organization/headCount/4"), &json!({ "stage": "FULL", "count": 3 }));
    assert_eq!(answer.at("/organization/headCount/1"), &json!({ "stage": "ACTIVIST", "count": 0 }));
}

#[tokio::test]
async fn the_tree_shows_a_secretary_the_own_branch_alone() {
    let app = TestApp::start().await;
    let tree = "{ organizationTree { hasMore rows { name parentId memberCount childCount } } }";
    let answer = app.run("secretary", tree, json!({})).await;
    let names: Vec<&Value> =
        answer.at("/organizationTree/rows").as_array().unwrap().iter().map(|row| &row["name"]).collect();
    assert_eq!(names, ["虹东社区第一网格党支部", "第一党小组"]);
    assert_eq!(answer.at("/organizationTree/rows/0/memberCount"), 4);
    assert_eq!(answer.at("/organizationTree/rows/0/parentId"), &Value::Null);
}

#[tokio::test]
async fn pages_meet_without_gap_in_both_directions() {
    let app = TestApp::start().await;
    let page = "query($first: Int, $after: String, $last: Int, $before: String) {
        organizations(first: $first, after: $after, last: $last, before: $before) {
            nodes { code } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    let codes = |answer: &jianghai::testing::Answer| -> Vec<String> {
        let nodes = answer.at("/organizations/nodes").as_array().unwrap().clone();
        nodes.iter().map(|node| node["code"].as_str().unwrap().to_owned()).collect()
    };
    let mut all = Vec::new();
    let mut after = Value::Null;
    loop {
        let answer = app.run("organizer-city", page, json!({ "first": 5, "after": after })).await;
        all.extend(codes(&answer));
        if answer.at("/organizations/pageInfo/hasNextPage") == false {
            break;
        }
        after = answer.at("/organizations/pageInfo/endCursor").clone();
    }
    assert_eq!(all.len(), 12);
    let back = app.run("organizer-city", page, json!({ "last": 5, "before": after })).await;
    assert_eq!(codes(&back), all[4..9]);
    assert_eq!(back.at("/organizations/pageInfo/hasPreviousPage"), true);
    let forged = app.run("organizer-city", page, json!({ "first": 5, "after": "bm9uc2Vuc2U" })).await;
    assert_eq!(forged.codes(), ["PAGE_INVALID"]);
}

#[tokio::test]
async fn version_is_what_an_update_wants() {
    let app = TestApp::start().await;
    assert_eq!(version(&app, "grid1").await, 1);
}

async fn assert_closure_is_right(app: &TestApp) {
    let recomputed = "WITH RECURSIVE up(id, ancestor, depth) AS (
        SELECT id, id, 0 FROM organization
        UNION ALL SELECT up.id, organization.parent_id, up.depth + 1 FROM up
          JOIN organization ON organization.id = up.ancestor WHERE organization.parent_id IS NOT NULL)
        SELECT COUNT(*) FROM up JOIN organization_closure c
          ON c.descendant_id = up.id AND c.ancestor_id = up.ancestor AND c.depth = up.depth";
    let stored = app.number("SELECT COUNT(*) FROM organization_closure").await;
    assert_eq!(app.number(recomputed).await, stored);
}

#[tokio::test]
async fn the_tree_shows_no_sum_from_which_a_hidden_cell_follows() {
    let app = TestApp::start().await;
    let tree = "query($id: ID!) { organizationTree(root: $id) { rows { memberCount } } organization(id: $id) { headCount { count } } }";
    let id = json!({ "id": app.organization_id("chongchuan") });
    let exact = app.run("organizer-city", tree, id.clone()).await;
    assert_eq!(exact.at("/organizationTree/rows/0/memberCount"), 5);
    let blurred = app.run("inspector", tree, id).await;
    assert_eq!(blurred.at("/organization/headCount/3/count"), &Value::Null, "one probationary member");
    assert_eq!(blurred.at("/organizationTree/rows/0/memberCount"), &Value::Null);
}

#[tokio::test]
async fn history_tells_nothing_of_people_to_those_who_may_not_read_them() {
    let app = TestApp::start().await;
    let input = json!({ "organization": app.organization_id("grid1"), "appliedOn": "2026-09-01",
        "person": { "name": "何示例新", "sex": "FEMALE", "education": "MASTER" } });
    let made = app.mutate("secretary", "memberCreate", "member { id }", input).await;
    assert_eq!(made.user_errors("memberCreate"), Vec::<String>::new());
    let history = "{ auditEntries { nodes { action objectLabel changes { field after } } } }";
    let blind = app.run("inspector", history, json!({})).await;
    assert_eq!(blind.at("/auditEntries/nodes/0/action"), "memberCreate");
    assert_eq!(blind.at("/auditEntries/nodes/0/changes"), &json!([]));
    assert_eq!(blind.at("/auditEntries/nodes/0/objectLabel"), &Value::Null);
    let seeing = app.run("secretary", history, json!({})).await;
    assert!(seeing.at("/auditEntries/nodes/0/changes").as_array().unwrap().len() > 3);
}

#[tokio::test]
async fn odd_input_is_refused_before_it_reaches_the_database() {
    let app = TestApp::start().await;
    let read = "query($id: ID!, $on: Date) { organization(id: $id) { headCount(asOf: $on) { count } } }";
    for day in ["2026-1-1", " 2026-01-01", "+12026-01-01", "-0001-01-01", "1899-12-31"] {
        let answer = app.run("organizer-city", read, json!({ "id": app.organization_id("grid1"), "on": day })).await;
        assert!(!answer.codes().is_empty() && answer.codes() != ["INTERNAL"], "{day}: {}", answer.0);
    }
    let nul =
        app.mutate("secretary", "problemReport", "report { id }", json!({ "page": "/", "text": "a\u{0}b" })).await;
    assert_eq!(nul.codes(), ["BAD_REQUEST"]);
    let long = json!({ "page": "/", "text": "a", "idempotencyKey": "k".repeat(101) });
    let long = app.mutate("secretary", "problemReport", "report { id }", long).await;
    assert_eq!(long.user_errors("problemReport"), ["idempotencyKey INVALID"]);
}
