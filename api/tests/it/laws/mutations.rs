//! Every mutation, by the same table: nobody, no right, an expired right and a right elsewhere change nothing; the
//! right one changes something and leaves one audit row; an old version is a conflict; the same key works once.
use jianghai::{
    graphql::ids,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};

struct Case {
    field: &'static str,
    selection: &'static str,
    input: fn(&TestApp) -> Value,
    /// Who may do it.
    right: &'static str,
    /// Accounts that may not, beside nobody, `nobody` and `expired`.
    wrong: &'static [&'static str],
}

/// Mutations that act on the account that asks, so that every account may use them.
const OWN: &[&str] = &["problemReport"];

fn person(app: &TestApp, name: &str) -> String {
    ids::encode(app.human(name).person).to_string()
}

fn member(app: &TestApp, name: &str) -> String {
    ids::encode(app.human(name).member).to_string()
}

fn cases() -> Vec<Case> {
    let organizers: &[&str] = &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"];
    vec![
        Case {
            field: "organizationCreate",
            selection: "organization { id }",
            input: |app| {
                json!({ "parent": app.organization_id("hongdong"), "name": "第三网格党支部", "code": "G3", "kind": "BRANCH",
                    "level": "GRID", "sector": "COMMUNITY" })
            },
            right: "organizer-chongchuan",
            wrong: organizers,
        },
        Case {
            field: "organizationUpdate",
            selection: "organization { id version }",
            input: |app| json!({ "organization": app.organization_id("grid1"), "version": 1, "name": "新名" }),
            right: "secretary",
            wrong: organizers,
        },
        Case {
            field: "organizationMove",
            selection: "organization { id version }",
            input: |app| {
                json!({ "organization": app.organization_id("empty"), "to": app.organization_id("hongdong"),
                    "effectiveOn": "2026-09-01", "reason": "调整", "version": 1 })
            },
            right: "organizer-chongchuan",
            wrong: organizers,
        },
        Case {
            field: "organizationArchive",
            selection: "organization { id version }",
            input: |app| json!({ "organization": app.organization_id("empty"), "reason": "撤销", "version": 1 }),
            right: "organizer-chongchuan",
            wrong: organizers,
        },
        Case {
            field: "termRecord",
            selection: "organization { id version }",
            input: |app| json!({ "organization": app.organization_id("grid1"), "from": "2026-09-08", "until": "2029-09-08", "version": 1 }),
            right: "secretary",
            wrong: organizers,
        },
        Case {
            field: "postAssign",
            selection: "post { id }",
            input: |app| {
                json!({ "organization": app.organization_id("grid1"), "person": person(app, "李示例宁"),
                    "title": "SECRETARY", "from": "2026-01-01" })
            },
            right: "secretary",
            wrong: organizers,
        },
        Case {
            field: "personCreate",
            selection: "person { id }",
            input: |app| {
                json!({ "organization": app.organization_id("grid1"), "affiliation": "STATION",
                    "person": { "name": "骑示例手" } })
            },
            right: "secretary",
            wrong: organizers,
        },
        Case {
            field: "personUpdate",
            selection: "person { id version }",
            input: |app| json!({ "person": person(app, "李示例宁"), "version": 1, "employer": "示例公司" }),
            right: "secretary",
            wrong: organizers,
        },
        Case {
            field: "personUnmask",
            selection: "value",
            input: |app| json!({ "person": person(app, "李示例宁"), "field": "PHONE", "reason": "CARE" }),
            right: "secretary",
            wrong: organizers,
        },
        Case {
            field: "memberCreate",
            selection: "member { id }",
            input: |app| {
                json!({ "organization": app.organization_id("grid1"), "appliedOn": "2026-09-01",
                    "person": { "name": "钱示例新" } })
            },
            right: "secretary",
            wrong: organizers,
        },
        Case {
            field: "memberUpdate",
            selection: "member { id version }",
            input: |app| json!({ "member": member(app, "赵示例远"), "version": 1, "appliedOn": "2026-08-01" }),
            right: "secretary",
            wrong: organizers,
        },
        Case {
            field: "memberTransfer",
            selection: "member { id version }",
            input: |app| {
                json!({ "member": member(app, "刘示例明"), "to": app.organization_id("grid2"),
                    "effectiveOn": "2026-09-01", "reason": "搬家", "version": 1 })
            },
            right: "organizer-chongchuan",
            wrong: organizers,
        },
        Case {
            field: "memberContactAssign",
            selection: "member { id version }",
            input: |app| json!({ "member": member(app, "刘示例明"), "contacts": [person(app, "王示例安")], "version": 1 }),
            right: "secretary",
            wrong: organizers,
        },
        Case {
            field: "affiliationCreate",
            selection: "affiliation { id }",
            input: |app| {
                json!({ "person": person(app, "周示例康"), "organization": app.organization_id("grid1"),
                    "kind": "COMMUNITY_REPORT_IN", "from": "2026-09-01" })
            },
            right: "organizer-chongchuan",
            wrong: organizers,
        },
        Case {
            field: "problemReport",
            selection: "report { id }",
            input: |_| json!({ "page": "/members", "text": "名册打不开" }),
            right: "nobody",
            wrong: &[],
        },
    ]
}

/// Mutations whose case needs a step before; each has a test of its own beside its feature.
const ELSEWHERE: &[&str] = &["organizationRestore", "personArchive", "personRestore", "postEnd", "affiliationEnd"];

fn refused(case: &Case, account: &str, answer: &Answer) {
    let errors = answer.user_errors(case.field);
    let hidden = !errors.is_empty() && errors.iter().all(|error| error.ends_with(" NOT_FOUND"));
    let forbidden = answer.codes() == ["FORBIDDEN"] || answer.codes() == ["UNAUTHENTICATED"];
    assert!(hidden || forbidden, "{} by {account}: {}", case.field, answer.0);
}

#[tokio::test]
async fn every_mutation_is_covered_here() {
    let app = TestApp::start().await;
    let answer = app.run("admin", "{ __schema { mutationType { fields { name } } } }", json!({})).await;
    let fields = answer.at("/__schema/mutationType/fields").as_array().unwrap().clone();
    let covered: Vec<&str> = cases().iter().map(|case| case.field).chain(ELSEWHERE.iter().copied()).collect();
    let missing: Vec<&Value> =
        fields.iter().map(|field| &field["name"]).filter(|name| !covered.contains(&name.as_str().unwrap())).collect();
    assert_eq!(missing, Vec::<&Value>::new());
}

#[tokio::test]
async fn who_may_not_changes_nothing() {
    let app = TestApp::start().await;
    for case in cases() {
        let before = app.footprint().await;
        let mut accounts = vec![""];
        if !OWN.contains(&case.field) {
            accounts.extend(["nobody", "expired"]);
        }
        accounts.extend(case.wrong);
        for account in accounts {
            let answer = app.mutate(account, case.field, case.selection, (case.input)(&app)).await;
            refused(&case, account, &answer);
            assert_eq!(app.footprint().await, before, "{} by {account}", case.field);
        }
    }
}

#[tokio::test]
async fn who_may_changes_something_and_leaves_one_audit_row() {
    for case in cases() {
        let app = TestApp::start().await;
        let rows = app.number("SELECT COUNT(*) FROM audit").await;
        let answer = app.mutate(case.right, case.field, case.selection, (case.input)(&app)).await;
        assert_eq!(answer.user_errors(case.field), Vec::<String>::new(), "{}: {}", case.field, answer.0);
        assert_eq!(answer.codes(), Vec::<&str>::new(), "{}", case.field);
        assert_eq!(app.number("SELECT COUNT(*) FROM audit").await, rows + 1, "{}", case.field);
        let named = format!("SELECT COUNT(*) FROM audit WHERE action = '{}'", case.field);
        assert_eq!(app.number(&named).await, 1, "{}", case.field);
    }
}

#[tokio::test]
async fn an_old_version_is_a_conflict_that_shows_the_current_state() {
    let mut tried = 0;
    for case in cases() {
        let app = TestApp::start().await;
        let mut input = (case.input)(&app);
        if input.get("version").is_none() {
            continue;
        }
        tried += 1;
        input["version"] = json!(99);
        let answer = app.mutate(case.right, case.field, case.selection, input).await;
        assert_eq!(answer.user_errors(case.field), ["version CONFLICT"], "{}", case.field);
        let object = answer.at(&format!("/{}", case.field)).as_object().unwrap().values().next().unwrap().clone();
        assert_eq!(object["version"], 1, "{}: the current state", case.field);
    }
    assert!(tried >= 4);
}

#[tokio::test]
async fn the_same_key_works_once_and_refuses_other_input() {
    let app = TestApp::start().await;
    let answer = app.run("admin", "{ __schema { types { name inputFields { name } } } }", json!({})).await;
    let types = answer.at("/__schema/types").as_array().unwrap().clone();
    let keyed = |field: &str| {
        let name = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
        types.iter().any(|t| {
            t["name"] == name.as_str()
                && t["inputFields"]
                    .as_array()
                    .is_some_and(|fields| fields.iter().any(|f| f["name"] == "idempotencyKey"))
        })
    };
    for case in cases().into_iter().filter(|case| keyed(case.field)) {
        let app = TestApp::start().await;
        let mut input = (case.input)(&app);
        input["idempotencyKey"] = json!("one");
        let first = app.mutate(case.right, case.field, case.selection, input.clone()).await;
        let changed = app.footprint().await;
        let second = app.mutate(case.right, case.field, case.selection, input.clone()).await;
        assert_eq!(first, second, "{}", case.field);
        assert_eq!(app.footprint().await, changed, "{}", case.field);
        input["unknownToTheFirst"] = Value::Null;
        let text = ["name", "text", "reason"].into_iter().find(|name| input.get(*name).is_some());
        input.as_object_mut().unwrap().remove("unknownToTheFirst");
        if let Some(text) = text {
            input[text] = json!("另一份内容");
            let third = app.mutate(case.right, case.field, case.selection, input).await;
            assert_eq!(third.user_errors(case.field), ["idempotencyKey IDEMPOTENCY_MISMATCH"], "{}", case.field);
        }
        assert_eq!(app.footprint().await, changed, "{}", case.field);
    }
}
