//! The number of statements of each screen is bounded: a batch may come in two parts, but never one row at a time.
use jianghai::testing::TestApp;
use serde_json::json;

/// Name of the screen, its query, its statements.
const SCREENS: &[(&str, &str, usize)] = &[
    (
        "organization page",
        "query($id: ID!) { organization(id: $id) { name version division { name } parent { name } ancestors { name }
            headCount { stage count } organizationCount { kind count } obligationCount { open overdue }
            term { until } history(first: 5) { action at } viewerCan
            obligationCountByKind { kind open overdue snoozed }
            children(first: 100) { nodes { name headCount { stage count } obligationCount { open overdue } term { until } } } } }",
        10,
    ),
    ("tree", "{ organizationTree { hasMore rows { id name memberCount childCount } } }", 1),
    (
        "list of ties",
        "{ affiliations(first: 50) { totalCount nodes { kind from organization { name } person { name phone { display } } } } }",
        4,
    ),
    ("search", "{ search(text: \"s\") { organizations { name } members { stage person { name } } persons { name } } }", 5),
    (
        "due list",
        "query($id: ID!) { obligations(first: 50, filter: { organization: $id }) { totalCount nodes { kind dueOn organization { name } } } }",
        3,
    ),
    (
        "audit page",
        "query($id: ID!) { auditEntries(first: 50, filter: { organization: $id }) { totalCount totalCountIsCapped
            nodes { id at actor action objectType objectLabel objectId organization { id name } reason requestId sealed
                changes { field before after } } pageInfo { endCursor hasNextPage } } auditRoot { position at } }",
        8,
    ),
];

#[tokio::test]
async fn each_screen_keeps_to_its_number_of_statements() {
    let app = TestApp::start().await;
    let variables = json!({ "id": app.organization_id("chongchuan") });
    for (screen, question, budget) in SCREENS {
        let (answer, statements) = app.statements(app.run("organizer-city", question, variables.clone())).await;
        assert_eq!(answer.codes(), Vec::<&str>::new(), "{screen}");
        assert!(statements <= *budget, "{screen}: {statements} statements, at most {budget}");
    }
}
