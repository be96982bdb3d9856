//! Nobody reads without signing in; who has no right reads nothing.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

/// Fields that answer without a right: who one is, what the product knows, what is left of one's budget, what rules
/// hold and how long what is kept, what one is told.
const OPEN: &[&str] =
    &["viewer", "permissions", "roles", "rateLimit", "divisions", "ruleSets", "retentionRules", "notificationSettings"];

/// One way to ask each field of `Query`.
pub(super) fn questions(app: &TestApp) -> Vec<(&'static str, String)> {
    let organization = app.organization_id("grid1");
    let (person, member) = (super::cases::person(app, "王示例安"), super::cases::member(app, "王示例安"));
    let account = jianghai::graphql::ids::encode(app.account("secretary")).to_string();
    let connections = [
        "organizations",
        "members",
        "affiliations",
        "obligations",
        "auditEntries",
        "problemReports",
        "accounts",
        "accountCandidates",
        "signInSessions",
        "jobs",
        "grants",
        "notifications",
    ];
    let mut questions: Vec<(&'static str, String)> =
        connections.iter().map(|field| (*field, format!("{{ {field} {{ totalCount nodes {{ id }} }} }}"))).collect();
    questions.push(("organization", format!("{{ organization(id: \"{organization}\") {{ id }} }}")));
    questions.push(("notificationUnreadCount", "{ notificationUnreadCount }".to_owned()));
    questions.push(("organizationTree", "{ organizationTree { rows { id } hasMore } }".to_owned()));
    questions.push(("person", format!("{{ person(id: \"{person}\") {{ id }} }}")));
    questions.push(("member", format!("{{ member(id: \"{member}\") {{ id }} }}")));
    questions.push(("account", format!("{{ account(id: \"{account}\") {{ id }} }}")));
    let events = format!("{{ signInEvents(account: \"{account}\") {{ totalCount nodes {{ at }} }} }}");
    questions.push(("signInEvents", events));
    questions.push(("node", format!("{{ node(id: \"{person}\") {{ id }} }}")));
    questions.push(("nodes", format!("{{ nodes(ids: [\"{person}\", \"{member}\", \"{organization}\"]) {{ id }} }}")));
    questions
        .push(("search", "{ search(text: \"w\") { organizations { id } members { id } persons { id } } }".to_owned()));
    questions.push(("erasureProposals", "{ erasureProposals { reason } }".to_owned()));
    questions.push(("grantsToConfirm", "{ grantsToConfirm { id } }".to_owned()));
    let role = jianghai::graphql::ids::encode(*app.app.authority.current().roles.keys().next().unwrap()).to_string();
    let preview = format!("roleChangePreview(role: \"{role}\", permissions: [PERSON_READ], passOn: [])");
    questions.push(("roleChangePreview", format!("{{ {preview} {{ complete effects {{ accountCount }} }} }}")));
    questions.push(("role", format!("{{ role(id: \"{role}\") {{ id }} }}")));
    questions.push(("ruleSets", "{ ruleSets(family: OBLIGATION) { id } }".to_owned()));
    let shipped = jianghai::graphql::ids::encode(super::cases::SHIPPED_RULES).to_string();
    questions.push(("ruleSetHits", format!("{{ ruleSetHits(ruleSet: \"{shipped}\") {{ applies }} }}")));
    questions.push((
        "explainAccess",
        format!("{{ explainAccess(action: PERSON_READ, object: \"{person}\") {{ sentence }} }}"),
    ));
    questions.push(("whoCanSee", format!("{{ whoCanSee(person: \"{person}\") {{ counts {{ role }} }} }}")));
    let grant = jianghai::graphql::ids::encode(super::cases::grant_of(app, "secretary")).to_string();
    questions.push(("grantEffect", format!("{{ grantEffect(grant: \"{grant}\") {{ inForce }} }}")));
    questions.push(("divisions", "{ divisions { id } }".to_owned()));
    questions.push(("retentionRules", "{ retentionRules { table } }".to_owned()));
    questions.push(("auditRoot", "{ auditRoot { position count hash at } }".to_owned()));
    questions
}

/// Leaves a sealed change, so that there is a trail with a root to read.
async fn sealed(app: &TestApp) {
    let report = json!({ "page": "/", "text": "a problem" });
    app.mutate("admin", "problemReport", "report { id }", report).await;
    assert_eq!(app.replica(7).await.seal().await.unwrap(), 1);
}

/// Whether an answer shows no row at all.
fn shows_nothing(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.values().all(shows_nothing),
        Value::Array(items) => items.iter().all(shows_nothing),
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_i64() == Some(0),
        Value::String(_) | Value::Bool(true) => false,
    }
}

#[tokio::test]
async fn every_query_is_covered_here() {
    let app = TestApp::start().await;
    let answer = app.run("admin", "{ __schema { queryType { fields { name } } } }", json!({})).await;
    let fields = answer.at("/__schema/queryType/fields").as_array().unwrap().clone();
    let covered: Vec<&str> = questions(&app).into_iter().map(|(field, _)| field).collect();
    let missing: Vec<&Value> = fields
        .iter()
        .map(|field| &field["name"])
        .filter(|name| !covered.contains(&name.as_str().unwrap()) && !OPEN.contains(&name.as_str().unwrap()))
        .collect();
    assert_eq!(missing, Vec::<&Value>::new());
}

#[tokio::test]
async fn nobody_reads_without_signing_in() {
    let app = TestApp::start().await;
    sealed(&app).await;
    for (field, question) in questions(&app) {
        let answer = app.run("", &question, json!({})).await;
        assert_eq!(answer.codes(), ["UNAUTHENTICATED"], "{field}");
        assert!(shows_nothing(&answer.0["data"]), "{field}: {}", answer.0);
    }
}

#[tokio::test]
async fn who_has_no_right_or_an_expired_one_reads_nothing() {
    let app = TestApp::start().await;
    sealed(&app).await;
    for (field, question) in questions(&app) {
        for account in ["nobody", "expired"] {
            let answer = app.run(account, &question, json!({})).await;
            if field == "accounts" {
                // Everybody sees the own account, and no other.
                assert_eq!(answer.at("/accounts/totalCount"), 1, "{account}");
                continue;
            }
            if !OPEN.contains(&field) {
                assert!(shows_nothing(&answer.0["data"]), "{field} for {account}: {}", answer.0);
            }
        }
    }
}

#[tokio::test]
async fn who_has_a_right_elsewhere_reads_nothing_here() {
    let app = TestApp::start().await;
    let organization = app.organization_id("grid1");
    let asked = json!({ "id": organization });
    for document in [
        "query($id: ID!) { organization(id: $id) { id } }",
        "query($id: ID!) { organizationTree(root: $id) { rows { id } } }",
        "query($id: ID!) { organizations(filter: { under: $id }) { totalCount nodes { id } } }",
        "query($id: ID!) { obligations(filter: { organization: $id }) { totalCount nodes { id } } }",
        "query($id: ID!) { auditEntries(filter: { organization: $id }) { totalCount nodes { id } } }",
        "query($id: ID!) { auditEntries(filter: { object: $id }) { totalCount nodes { id } } }",
        "query($id: ID!) { members(filter: { organization: $id }) { totalCount nodes { id } } }",
        "{ members(filter: { text: \"wsla\" }) { totalCount nodes { id } } }",
        "query($id: ID!) { affiliations(filter: { organization: $id }) { totalCount nodes { id } } }",
        "{ search(text: \"王示例\") { members { id } persons { id } } }",
    ] {
        let answer = app.run("organizer-rugao", document, asked.clone()).await;
        assert!(shows_nothing(&answer.0["data"]), "{document}: {}", answer.0);
    }
}
