//! Rule sets: a draft's way, what they rule, what they would hit.
use jianghai::testing::{Answer, TestApp};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

const SET: &str = "ruleSet { id version state from until note rules { kind days stages lapseDays sentence } \
    changes { kind before after } }";

async fn draft(app: &TestApp) -> Value {
    let made = app.mutate("admin", "ruleSetDraft", SET, json!({ "family": "OBLIGATION" })).await;
    made.at("/ruleSetDraft/ruleSet/id").clone()
}

async fn edit(app: &TestApp, id: &Value, version: i32, rules: Value) -> Answer {
    let input = json!({ "ruleSet": id, "version": version, "note": "通党组〔2026〕3号", "rules": rules });
    app.mutate("admin", "ruleSetEdit", SET, input).await
}

async fn publish(app: &TestApp, id: &Value, version: i32, from: &str) -> Answer {
    let input = json!({ "ruleSet": id, "version": version, "from": from });
    app.mutate("admin", "ruleSetPublish", SET, input).await
}

async fn states(app: &TestApp, account: &str) -> Vec<(String, Value, Value)> {
    let answer = app.run(account, "{ ruleSets(family: OBLIGATION) { state from until } }", json!({})).await;
    let sets = answer.at("/ruleSets").as_array().unwrap().clone();
    sets.iter()
        .map(|set| (set["state"].as_str().unwrap().to_owned(), set["from"].clone(), set["until"].clone()))
        .collect()
}

#[tokio::test]
async fn a_draft_begins_with_what_holds_and_says_where_it_differs() {
    let app = TestApp::start().await;
    let made = app.mutate("admin", "ruleSetDraft", SET, json!({ "family": "OBLIGATION" })).await;
    let set = made.at("/ruleSetDraft/ruleSet").clone();
    assert_eq!(set["state"], "DRAFT");
    assert_eq!(
        set["rules"][0],
        json!({ "kind": "CONTACT_PERSON", "days": 7, "stages": ["ACTIVIST", "CANDIDATE"],
        "lapseDays": null, "sentence": "Within 7 days of entering the stage, activists and candidates have a contact person." })
    );
    assert_eq!(set["changes"], json!([]));
    let rules = json!([{ "completeRecord": { "days": 30 } },
        { "contactPerson": { "stages": ["ACTIVIST", "CANDIDATE"], "days": 7 } }]);
    let edited = edit(&app, &set["id"], 1, rules).await;
    assert_eq!(
        edited.at("/ruleSetEdit/ruleSet/changes"),
        &json!([
            { "kind": "COMPLETE_RECORD", "before": "A record is complete within 14 days of its entry.",
                "after": "A record is complete within 30 days of its entry." },
            { "kind": "TRANSFER_QUESTION", "before": "A question about a transfer is answered within 14 days; it falls away 16 days after that.", "after": null },
        ])
    );
    let second = app.mutate("admin", "ruleSetDraft", SET, json!({ "family": "OBLIGATION" })).await;
    assert_eq!(second.user_errors("ruleSetDraft"), ["family DUPLICATE"]);
}

#[tokio::test]
async fn a_published_set_ends_the_one_before_and_never_changes() {
    let app = TestApp::start().await;
    let id = draft(&app).await;
    let rules = json!([{ "completeRecord": { "days": 30 } }]);
    edit(&app, &id, 1, rules.clone()).await;
    assert_eq!(publish(&app, &id, 2, "2026-09-09").await.user_errors("ruleSetPublish"), ["from OUT_OF_RANGE"]);
    let done = publish(&app, &id, 2, "2026-10-01").await;
    assert_eq!(done.at("/ruleSetPublish/ruleSet/state"), "COMING", "{}", done.0);
    let coming = ("COMING".to_owned(), json!("2026-10-01"), Value::Null);
    let first = ("IN_FORCE".to_owned(), json!("1921-07-01"), json!("2026-10-01"));
    assert_eq!(states(&app, "member").await, [coming, first]);
    for (field, input) in [
        ("ruleSetEdit", json!({ "ruleSet": id, "version": 3, "note": "", "rules": rules })),
        ("ruleSetPublish", json!({ "ruleSet": id, "version": 3, "from": "2026-12-01" })),
        ("ruleSetDiscard", json!({ "ruleSet": id, "version": 3 })),
    ] {
        assert_eq!(app.mutate("admin", field, SET, input).await.user_errors(field), ["ruleSet ARCHIVED"], "{field}");
    }
    let write = app.app.db.write();
    for sql in ["UPDATE rule_set SET note = 'x'", "DELETE FROM rule_set", "UPDATE rule_set SET published_at = NULL"] {
        let error = write.execute_unprepared(sql).await.unwrap_err();
        assert!(error.to_string().contains("published_rule_set") || sql.starts_with("DELETE"), "{sql}: {error}");
    }
}

#[tokio::test]
async fn a_set_that_overlaps_another_is_refused_in_one_sentence() {
    let app = TestApp::start().await;
    let first = draft(&app).await;
    publish(&app, &first, 1, "2026-12-01").await;
    let second = draft(&app).await;
    for from in ["2026-12-01", "2026-11-30"] {
        let refused = publish(&app, &second, 1, from).await;
        assert_eq!(refused.user_errors("ruleSetPublish"), ["from OVERLAP"], "{from}");
    }
    assert_eq!(states(&app, "admin").await[0].0, "DRAFT", "the draft is still there");
    assert_eq!(publish(&app, &second, 1, "2026-12-02").await.at("/ruleSetPublish/ruleSet/state"), "COMING");
}

#[tokio::test]
async fn mistakes_name_the_rule_and_the_field() {
    let app = TestApp::start().await;
    let id = draft(&app).await;
    let rules = json!([{ "contactPerson": { "stages": ["FULL"], "days": 0 } }, { "completeRecord": { "days": 999 } },
        { "transferQuestion": { "days": 14, "lapseDays": 400 } }]);
    assert_eq!(
        edit(&app, &id, 1, rules).await.user_errors("ruleSetEdit"),
        [
            "rules.contactPerson.stages INVALID",
            "rules.contactPerson.days OUT_OF_RANGE",
            "rules.completeRecord.days OUT_OF_RANGE",
            "rules.transferQuestion.lapseDays OUT_OF_RANGE"
        ]
    );
    let twice = json!([{ "completeRecord": { "days": 9 } }, { "completeRecord": { "days": 8 } }]);
    assert_eq!(edit(&app, &id, 1, twice).await.user_errors("ruleSetEdit"), ["rules DUPLICATE"]);
}

#[tokio::test]
async fn drafts_are_seen_by_those_who_make_them() {
    let app = TestApp::start().await;
    let id = draft(&app).await;
    let node = "query($id: ID!) { node(id: $id) { id } ruleSetHits(ruleSet: $id) { applies } }";
    for (account, visible) in [("admin", true), ("admin2", true), ("organizer-city", false), ("member", false)] {
        assert_eq!(states(&app, account).await.len(), if visible { 2 } else { 1 }, "{account}");
        let answer = app.run(account, node, json!({ "id": id })).await;
        assert_eq!(answer.at("/node").is_null(), !visible, "{account}");
        assert_eq!(answer.at("/ruleSetHits").is_null(), !visible, "{account}");
    }
}

#[tokio::test]
async fn what_began_under_a_set_keeps_it_and_what_begins_later_follows_the_new_one() {
    let app = TestApp::start().await;
    let id = draft(&app).await;
    edit(&app, &id, 1, json!([{ "completeRecord": { "days": 30 } }])).await;
    publish(&app, &id, 2, "2026-09-10").await;
    let due = async |name: &str| {
        let input = json!({ "organization": app.organization_id("grid1"), "person": { "name": name }, "appliedOn": "2026-09-01" });
        let made = app.mutate("secretary", "memberCreate", "member { person { id } }", input).await;
        let person = made.at("/memberCreate/member/person/id").clone();
        let document =
            "{ obligations(first: 100, filter: { kind: [INCOMPLETE_RECORD] }) { nodes { dueOn person { id } } } }";
        let answer = app.run("secretary", document, json!({})).await;
        let rows = answer.at("/obligations/nodes").as_array().unwrap().clone();
        rows.iter().find(|row| row["person"]["id"] == person).unwrap()["dueOn"].clone()
    };
    assert_eq!(due("何示例新").await, "2026-09-23");
    app.clock.advance(24 * 3600);
    assert_eq!(due("何示例晚").await, "2026-10-10");
}

#[tokio::test]
async fn the_hits_of_the_rules_in_force_are_the_duties_that_there_are() {
    let app = TestApp::start().await;
    let document = "query($id: ID!) { ruleSetHits(ruleSet: $id) { kind applies overdue } }";
    let id = jianghai::graphql::ids::encode(entity::RuleSetId(uuid::Uuid::from_u128(
        0x0190_0000_0000_7000_8000_0000_0000_0001,
    )));
    app.clock.advance(20 * 24 * 3600);
    let input = json!({ "organization": app.organization_id("city") });
    app.mutate("organizer-city", "obligationRecompute", "job { id }", input).await;
    while crate::job::look(&app, &app.app.jobs).await {}
    // Somebody who may read everybody sees the numbers as they are.
    app.execute(
        "UPDATE role_permission SET uses = TRUE WHERE permission = 'person:read'
           AND role_id IN (SELECT id FROM role WHERE code = 'administrator')",
    )
    .await;
    app.execute("UPDATE epoch SET n = n + 1 WHERE name = 'authority'").await;
    app.app.refresh_authority().await.unwrap();
    let hits = app.run("admin", document, json!({ "id": id })).await;
    for (kind, duty) in [("CONTACT_PERSON", "MEMBER_WITHOUT_CONTACT"), ("COMPLETE_RECORD", "INCOMPLETE_RECORD")] {
        let rows = hits.at("/ruleSetHits").as_array().unwrap().clone();
        let hit = rows.iter().find(|row| row["kind"] == kind).unwrap().clone();
        let open =
            app.number(&format!("SELECT COUNT(*) FROM obligation WHERE kind = '{duty}' AND closed_at IS NULL")).await;
        assert!(open > 0, "{kind}");
        assert_eq!(hit["applies"], open, "{kind}");
        let late = app
            .number(&format!(
                "SELECT COUNT(*) FROM obligation WHERE kind = '{duty}' AND closed_at IS NULL AND due_on < '2026-09-29'"
            ))
            .await;
        assert_eq!(hit["overdue"], late, "{kind}");
    }
}
