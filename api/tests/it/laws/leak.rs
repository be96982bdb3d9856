//! What a role cannot read does not influence what it sees: answers, counts, order, cursors, errors and the number
//! of statements stay the same while everything outside its scope changes.
use jianghai::testing::{Answer, TestApp};
use serde_json::json;

const QUESTIONS: &[&str] = &[
    "{ organizations(first: 3) { totalCount totalCountIsCapped nodes { name childCount } pageInfo { endCursor hasNextPage } } }",
    "{ organizations(filter: { text: \"bp\" }) { totalCount nodes { id } } }",
    "{ organizationTree { hasMore rows { id name memberCount childCount } } }",
    "query($own: ID!) { organization(id: $own) { name ancestors { name } parent { name } headCount { stage count }
        organizationCount { kind count } obligationCount { open overdue snoozed }
        obligationCountByKind { kind open overdue snoozed } childCount history { action } viewerCan } }",
    "query($hidden: ID!) { organization(id: $hidden) { name } }",
    "query($hidden: ID!) { organizations(filter: { under: $hidden }) { totalCount nodes { id } pageInfo { endCursor } } }",
    "{ members(first: 2) { totalCount nodes { stage person { name phone { display } viewerCan } } pageInfo { endCursor hasNextPage } } }",
    "{ members(filter: { text: \"qian\" }, orderBy: { field: UPDATED_AT, direction: DESC }) { totalCount nodes { id } } }",
    "query($hidden: ID!) { members(filter: { organization: $hidden }) { totalCount nodes { id } } }",
    "query($own: ID!) { organization(id: $own) { members { totalCount } posts { title } } }",
    "{ search(text: \"示例\") { organizations { name } members { person { name } } } }",
    "{ obligations(first: 2) { totalCount nodes { dueOn organization { name } } pageInfo { endCursor } } }",
    "{ members(first: 3) { totalCount totalCountIsCapped nodes { stage person { name } homeOrganization { name } } pageInfo { endCursor } } }",
    "{ members(first: 3, orderBy: { field: UPDATED_AT, direction: DESC }) { totalCount nodes { id } pageInfo { endCursor hasNextPage } } }",
    "{ members(filter: { text: \"slx\" }) { totalCount nodes { id } } }",
    "{ search(text: \"s\") { organizations { name } members { person { name } } persons { name } } }",
    "{ affiliations(first: 2) { totalCount nodes { kind person { name } } pageInfo { endCursor hasNextPage } } }",
    "query($hidden: ID!) { affiliations(filter: { organization: $hidden }) { totalCount nodes { id } pageInfo { endCursor } } }",
    "{ affiliations(filter: { text: \"slx\" }) { totalCount nodes { id } } }",
    "query($hidden: ID!) { members(filter: { organization: $hidden }) { totalCount nodes { id } pageInfo { endCursor } } }",
    "query($own: ID!, $hidden: ID!) { organization(id: $own) { attachments { totalCount nodes { name } } }
        hidden: organization(id: $hidden) { attachments { totalCount } } }",
    "{ members(first: 5) { nodes { person { attachments { totalCount nodes { name } pageInfo { endCursor } } } } } }",
    "{ auditEntries(first: 2) { totalCount nodes { action actor requestId sealed objectLabel changes { field before after } } pageInfo { endCursor hasNextPage } } }",
    "query($hidden: ID!) { auditEntries(filter: { organization: $hidden }) { totalCount nodes { id } } }",
    "query($above: ID!) { auditEntries(filter: { organization: $above }) { totalCount nodes { id } } }",
    "query($hidden: ID!) { auditEntries(filter: { object: $hidden }) { totalCount nodes { id } } }",
    "query($own: ID!) { auditEntries(filter: { object: $own, from: \"2026-01-01T00:00:00Z\" }) { totalCount nodes { action } } }",
    "{ auditEntries(filter: { actor: \"organizer-city\" }) { totalCount nodes { id } } }",
    "{ auditRoot { position count hash at } }",
    "query($above: ID!) { organizations(filter: { under: $above }) { totalCount nodes { id } } }",
    "query($above: ID!) { members(filter: { organization: $above }) { totalCount nodes { id } } }",
    "query($above: ID!) { obligations(filter: { organization: $above }) { totalCount nodes { id } } }",
    "query($above: ID!) { organizationTree(root: $above) { hasMore rows { id } } }",
    "{ erasureProposals { reason person { name } } }",
    "{ grantsToConfirm { reason account { name } } }",
    "{ grants(first: 5) { totalCount nodes { reason status account { name posts { title } } organization { name } } } }",
    "{ signInSessions(first: 2) { totalCount nodes { account { name } } pageInfo { endCursor hasNextPage } } }",
    "{ notifications(first: 5) { totalCount nodes { kind madeAt obligation { kind } grant { reason } person { name } report { text }
        job { label } digest { duties { kind open } } } pageInfo { endCursor } } notificationUnreadCount }",
    "{ accountCandidates(first: 3) { totalCount nodes { personName } pageInfo { endCursor } } }",
    "{ accounts(first: 5, filter: { link: EXPIRED }) { totalCount nodes { name link { state } } } }",
    "{ problemReports(first: 3) { totalCount nodes { text answer } } }",
    "query($own: ID!) { explainAccess(action: PERSON_READ, object: $own) { allowed sentence findings { outcome } } }",
    "query($hidden: ID!) { explainAccess(action: PERSON_READ, object: $hidden) { sentence } }",
    "{ jobs(first: 3) { totalCount nodes { label requestedBy } pageInfo { endCursor hasNextPage } } }",
];

async fn ask(app: &TestApp, account: &str) -> Vec<(Answer, usize)> {
    let own = if account == "secretary" { "grid1" } else { "chongchuan" };
    let variables = json!({ "own": app.organization_id(own), "hidden": app.organization_id("baipu"),
        "above": app.organization_id("city") });
    let mut answers = Vec::new();
    for question in QUESTIONS {
        answers.push(app.statements(app.run(account, question, variables.clone())).await);
    }
    answers
}

/// Changes below `rugao` whatever a mutation can change there.
pub async fn change_everything_elsewhere(app: &TestApp) {
    let (baipu, rugao) = (app.organization_id("baipu"), app.organization_id("rugao"));
    let update = json!({ "organization": baipu, "version": 1, "name": "白蒲镇新党委", "code": "Z9" });
    let done = app.mutate("organizer-city", "organizationUpdate", "organization { id }", update).await;
    assert_eq!(done.user_errors("organizationUpdate"), Vec::<String>::new());
    for name in ["钱示例甲", "赵示例乙", "王示例丙"] {
        let applicant = json!({ "organization": app.organization_id("kz1"), "appliedOn": "2026-09-01",
            "person": { "name": name, "phone": "10000001234" } });
        let made = app.mutate("organizer-city", "memberCreate", "member { id }", applicant).await;
        assert_eq!(made.user_errors("memberCreate"), Vec::<String>::new());
    }
    let visitor = json!({ "organization": app.organization_id("kz1"), "affiliation": "STATION", "person": { "name": "去示例者" } });
    let made = app.mutate("organizer-city", "personCreate", "person { id }", visitor).await;
    let gone = json!({ "person": made.at("/personCreate/person/id"), "version": 1, "reason": "离开" });
    app.mutate("organizer-city", "personArchive", "person { id }", gone.clone()).await;
    let gone = json!({ "person": gone["person"], "version": 2, "reason": "本人要求" });
    let proposed = app.mutate("organizer-city", "personErasePropose", "person { id }", gone).await;
    assert_eq!(proposed.user_errors("personErasePropose"), Vec::<String>::new());
    let job = json!({ "organization": baipu });
    let queued = app.mutate("organizer-city", "obligationRecompute", "job { id }", job).await;
    assert_eq!(queued.user_errors("obligationRecompute"), Vec::<String>::new());
    for (name, organization) in [("钱示例丁", "baipu"), ("赵示例戊", "rugao")] {
        let input = json!({ "organization": app.organization_id(organization), "affiliation": "STATION",
            "person": { "name": name } });
        let made = app.mutate("organizer-city", "personCreate", "person { id }", input).await;
        assert_eq!(made.user_errors("personCreate"), Vec::<String>::new());
    }
    let tied = app
        .run(
            "organizer-city",
            "query($id: ID!) { members(filter: { organization: $id }, first: 1) { nodes { person { id } } } }",
            json!({ "id": app.organization_id("kz1") }),
        )
        .await;
    let person = tied.at("/members/nodes/0/person/id").as_str().unwrap().to_owned();
    for owner in [&baipu, &person] {
        crate::attachment::attached(app, "organizer-city", owner, ("名单.txt", "示例".as_bytes())).await;
    }
    for number in 0..7 {
        let child = json!({ "parent": rugao, "name": format!("如皋示例党支部{number}"), "code": format!("N{number}"),
            "kind": "BRANCH", "level": "UNIT", "sector": "PRIVATE_ENTERPRISE" });
        let made = app.mutate("organizer-city", "organizationCreate", "organization { id version }", child).await;
        let organization = made.at("/organizationCreate/organization/id").clone();
        let term = json!({ "organization": organization, "from": "2026-01-05", "until": "2026-09-01", "version": 1 });
        let person = json!({ "organization": organization, "person": { "name": format!("新示例{number}") }, "appliedOn": "2026-09-01" });
        let joined = app.mutate("organizer-city", "memberCreate", "member { id }", person).await;
        assert_eq!(joined.user_errors("memberCreate"), Vec::<String>::new());
        let recorded = app.mutate("organizer-city", "termRecord", "organization { id }", term).await;
        assert_eq!(recorded.user_errors("termRecord"), Vec::<String>::new());
    }
}

#[tokio::test]
async fn what_a_role_cannot_read_does_not_influence_what_it_sees() {
    let app = TestApp::start().await;
    let own = json!({ "organization": app.organization_id("grid1"), "version": 1, "name": "虹东一支部" });
    let renamed = app.mutate("secretary", "organizationUpdate", "organization { id }", own).await;
    assert_eq!(renamed.user_errors("organizationUpdate"), Vec::<String>::new());
    app.replica(7).await.seal().await.unwrap();
    for account in ["organizer-chongchuan", "secretary", "member", "nobody"] {
        ask(&app, account).await;
    }
    let mut before = Vec::new();
    for account in ["organizer-chongchuan", "secretary", "member", "nobody"] {
        before.push(ask(&app, account).await);
    }
    change_everything_elsewhere(&app).await;
    app.replica(7).await.seal().await.unwrap();
    for (account, before) in ["organizer-chongchuan", "secretary", "member", "nobody"].iter().zip(before) {
        let after = ask(&app, account).await;
        for ((question, before), after) in QUESTIONS.iter().zip(before).zip(after) {
            assert_eq!(before, after, "{account}: {question}");
        }
    }
}

#[tokio::test]
async fn a_hidden_organization_reads_like_one_that_never_was() {
    let app = TestApp::start().await;
    let question = "query($id: ID!) { organization(id: $id) { name children { totalCount } } }";
    let hidden = json!({ "id": app.organization_id("baipu") });
    let missing = json!({ "id": jianghai::graphql::ids::encode(entity::OrganizationId(uuid::Uuid::from_u128(77))) });
    let hidden = app.statements(app.run("organizer-chongchuan", question, hidden)).await;
    let missing = app.statements(app.run("organizer-chongchuan", question, missing)).await;
    assert_eq!(hidden, missing);
    let input = |id: String| json!({ "organization": id, "version": 1, "name": "x" });
    let nowhere = jianghai::graphql::ids::encode(entity::OrganizationId(uuid::Uuid::from_u128(77))).to_string();
    let hidden = app
        .mutate(
            "organizer-chongchuan",
            "organizationUpdate",
            "organization { id }",
            input(app.organization_id("baipu")),
        )
        .await;
    let missing = app.mutate("organizer-chongchuan", "organizationUpdate", "organization { id }", input(nowhere)).await;
    assert_eq!(hidden, missing);
}
