//! A world in which every type of the contract that has a global id has an instance that a viewer sees and one that
//! is hidden from a viewer. A new type gets one arm of `here_and_there`, or the walkers fail.
use entity::{DivisionLevel, division, sign_in_session};
use jianghai::{
    db::Tx,
    features::api_token::service,
    graphql::ids,
    job::{NewJob, enqueue},
    testing::{Answer, TestApp},
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::{super::cases, contract::Contract};

/// Who looks, where nothing else is said. What lies below `chongchuan` is here, what lies below `rugao` is there.
pub const VIEWER: &str = "organizer-chongchuan";

/// Types that everybody who is signed in may read, so that nothing of them is hidden.
const PUBLIC: &[&str] = &["Division"];

/// The instances of one type.
#[derive(Clone, Debug)]
pub struct Pair {
    pub kind: String,
    /// An account and what it sees.
    pub visible: (&'static str, String),
    /// An account and what is hidden from it; none for what is public.
    pub hidden: Option<(&'static str, String)>,
    /// More that is worth asking about, since it has what the others lack.
    pub others: Vec<String>,
}

/// Furnishes the city with a pair of every type, and with what has no global id.
pub async fn furnish(app: &TestApp) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for kind in Contract::served().nodes() {
        pairs.push(pair(app, kind).await);
    }
    let division = pairs.iter().find(|pair| pair.kind == "Division").unwrap().visible.1.clone();
    let more = without_ids(app, &division).await;
    others(app, &mut pairs, more).await;
    pairs
}

/// Adds what fills the fields that the pairs leave empty.
async fn others(app: &TestApp, pairs: &mut [Pair], more: Vec<(&'static str, Value)>) {
    let mut add = |kind: &str, id: &Value| {
        let id = id.as_str().unwrap_or_else(|| panic!("no other {kind}")).to_owned();
        pairs.iter_mut().find(|pair| pair.kind == kind).unwrap().others.push(id);
    };
    for organization in ["chongchuan", "group1", "baipu"] {
        add("Organization", &json!(app.organization_id(organization)));
    }
    for person in ["李示例宁", "赵示例远", "孙示例静", "刘示例明"] {
        add("Person", &json!(cases::person(app, person)));
        add("Member", &json!(cases::member(app, person)));
    }
    add("Account", &account(app, "secretary"));
    for (kind, id) in &more {
        add(kind, id);
    }
    let sets = app.run("admin", "{ roles { id } ruleSets(family: OBLIGATION) { id } }", json!({})).await;
    for (kind, list) in [("Role", "roles"), ("RuleSet", "ruleSets")] {
        sets.at(&format!("/{list}")).as_array().unwrap().iter().for_each(|row| add(kind, &row["id"]));
    }
    for viewer in ["secretary", "admin2", "organizer-city", VIEWER] {
        let lists = "{ notifications(first: 12) { nodes { id } } obligations(first: 12) { nodes { id } }
            closed: obligations(first: 3, filter: { closed: true }) { nodes { id } } jobs(first: 3) { nodes { id } } problemReports(first: 3) { nodes { id } }
            auditEntries(first: 25) { nodes { id } } }";
        let seen = app.run(viewer, lists, json!({})).await;
        for (kind, list) in [
            ("Notification", "notifications"),
            ("Obligation", "obligations"),
            ("Obligation", "closed"),
            ("Job", "jobs"),
            ("ProblemReport", "problemReports"),
            ("AuditEntry", "auditEntries"),
        ] {
            let rows = seen.at(&format!("/{list}/nodes")).as_array().unwrap();
            for row in rows {
                add(kind, &row["id"]);
            }
        }
    }
}

/// Proposals, looks at protected fields, exports, duties put off, digests, a sealed trail; answers more to ask about.
async fn without_ids(app: &TestApp, division: &str) -> Vec<(&'static str, Value)> {
    let person = cases::person(app, "王示例安");
    let proposed = cases::proposed(app).await["person"].clone();
    let mut grant = cases::grant(app).await;
    grant["until"] = json!("2027-01-01");
    let grant = made(app, "admin", "roleGrant", "grant", grant).await;
    let look = json!({ "person": person, "field": "PHONE", "reason": "CARE" });
    app.mutate("organizer-chongchuan", "personUnmask", "value", look).await;
    let contact = json!({ "member": cases::member(app, "刘示例明"), "contacts": [person], "version": 1 });
    made(app, "secretary", "memberContactAssign", "member", contact).await;
    let home = json!({ "organization": app.organization_id("hongdong"), "version": 1, "division": division,
        "officeAddress": "虹东路1号" });
    made(app, "organizer-city", "organizationUpdate", "organization", home).await;
    let known = json!({ "person": cases::person(app, "赵示例远"), "version": 1, "nativePlace": "江苏南通",
        "employer": "示例厂", "address": "虹东路2号" });
    made(app, "secretary", "personUpdate", "person", known).await;
    let moved = json!({ "member": cases::member(app, "单示例平"), "to": app.organization_id("grid2"),
        "effectiveOn": "2026-09-09", "reason": "迁居", "version": 1 });
    made(app, "organizer-chongchuan", "memberTransfer", "member", moved).await;
    let post = post(app, "grid1", "王示例安").await;
    made(app, "secretary", "postEnd", "post", json!({ "post": post, "until": "2026-09-09" })).await;
    let tie = tie(app, "张示例和", "grid2").await;
    let end = json!({ "affiliation": tie, "until": "2026-09-09" });
    made(app, "organizer-chongchuan", "affiliationEnd", "affiliation", end).await;
    let file = ("自传.txt", "示例".as_bytes());
    let file = crate::attachment::attached(app, "secretary", &person, file).await;
    let failed = crate::http::sign_in(app, VIEWER, "a wrong password").await;
    assert_eq!(failed.status, 401);
    let picture = ("屏幕.png", &include_bytes!("../../../../../web/screenshots/secretary.png")[..]);
    let picture = crate::attachment::attached(app, "secretary", &person, picture).await;
    let unknown = unknown_job(app).await;
    let session = session(app, VIEWER).await;
    made(app, VIEWER, "signInSessionEnd", "session", json!({ "session": session })).await;
    crate::role_design::reader(app).await;
    crate::person_export::asked(app).await;
    let (_stop, stopped) = watch::channel(false);
    while app.app.jobs.once(&app.app, app.app.ambient.uuid(), &stopped).await.unwrap() {}
    for organization in ["grid1", "kz1"] {
        let snooze =
            json!({ "obligation": duty(app, organization).await, "until": "2026-09-15", "reason": "等待调档" });
        made(app, "organizer-city", "obligationSnooze", "obligation", snooze).await;
    }
    made(app, "admin2", "roleGrantConfirm", "grant", json!({ "grant": grant })).await;
    let read = app.run(VIEWER, "{ notifications(first: 2) { nodes { id } } }", json!({})).await;
    let read = json!({ "notification": read.at("/notifications/nodes/1/id") });
    made(app, VIEWER, "notificationRead", "notification", read).await;
    let (bound, extension) = bound(app).await;
    let ending = ending(app).await;
    app.replica(7).await.seal().await.unwrap();
    let reset = json!({ "account": account(app, "organizer-rugao"), "reason": "忘记密码", "version": 1 });
    let reset = app.mutate("admin", "accountReset", "account { id }", reset).await;
    let reset = reset.at("/accountReset/account/id").clone();
    let services = "{ accounts(filter: { text: \"integrator\" }) { nodes { id } } }";
    let service = app.run("admin", services, json!({})).await.at("/accounts/nodes/0/id").clone();
    vec![
        ("Account", service),
        ("Account", reset),
        ("Person", proposed),
        ("Member", json!(cases::member(app, "单示例平"))),
        ("Grant", grant),
        ("Grant", bound),
        ("Grant", extension),
        ("Obligation", ending),
        ("Account", account(app, "secretary-grid2")),
        ("OrganizationPost", post),
        ("Affiliation", tie),
        ("Attachment", file),
        ("Attachment", picture),
        ("Job", unknown),
        ("SignInSession", session),
        ("Organization", json!(app.organization_id("hongdong"))),
    ]
}

/// A grant that ends with a post, and what extends it.
async fn bound(app: &TestApp) -> (Value, Value) {
    let until = json!("2027-01-01");
    let mut wish = crate::grant::wish(app, "secretary-grid2", "station_keeper", "grid2", until).await;
    wish["post"] = post(app, "grid2", "孙示例静").await;
    let bound = crate::grant::give(app, "admin", wish).await;
    let longer = json!({ "grant": bound, "until": "2027-06-01", "reason": "续任" });
    let extension = made(app, "admin", "roleGrantExtend", "grant", longer).await;
    (bound, extension)
}

/// The duty about a grant that ends soon.
async fn ending(app: &TestApp) -> Value {
    crate::grant::given(app, "secretary-grid2", "station_keeper", "grid1", "2026-09-20").await;
    let document = "{ obligations(first: 1, filter: { kind: [GRANT_ENDING] }) { nodes { id } } }";
    app.run("admin", document, json!({})).await.at("/obligations/nodes/0/id").clone()
}

/// A job of a kind that no version knows, which has waited too long already.
async fn unknown_job(app: &TestApp) -> Value {
    let tx = Tx::begin(&app.app.db, &app.app.ambient, &app.app.vault, "furnish").await.unwrap();
    let asked = NewJob { kind: "unknown", payload: (), actor: app.account(VIEWER) };
    let id = enqueue(&tx, asked).await.unwrap().id;
    tx.commit().await.unwrap();
    app.execute("UPDATE job SET run_after = 0 WHERE kind = 'unknown'").await;
    json!(ids::encode(id).to_string())
}

/// Changes what is hidden from [`VIEWER`] in ways that concern accounts, work and rules.
pub async fn disturb(app: &TestApp) {
    session(app, "organizer-rugao").await;
    told(app, "organizer-rugao").await;
    file(app, "kz1").await;
    tie(app, "吴示例泰", "kangzhuang").await;
    post(app, "kz1", "郑示例丰").await;
    let service = json!({ "name": "new-service", "kind": "SERVICE", "password": "a long enough secret" });
    let service = made(app, "admin", "accountCreate", "account", service).await;
    let mut grant = cases::grant(app).await;
    grant["account"] = service;
    grant["organization"] = json!(app.organization_id("baipu"));
    made(app, "admin", "roleGrant", "grant", grant).await;
    made(app, "admin", "jobStart", "job", json!({ "kind": "integrity_check" })).await;
    let off = json!({ "account": account(app, "inspector"), "reason": "离岗", "version": 1 });
    made(app, "admin", "accountDisable", "account", off).await;
    let gone = json!({ "member": cases::member(app, "郑示例丰"), "version": 1, "appliedOn": "2020-01-01" });
    made(app, "organizer-city", "memberUpdate", "member", gone).await;
    let changed = json!({ "person": cases::person(app, "吴示例泰"), "version": 1, "name": "吴示例新", "employer": "示例厂",
        "phone": "10000009999" });
    made(app, "organizer-city", "personUpdate", "person", changed).await;
    app.replica(8).await.seal().await.unwrap();
}

/// Furnishes the city with a pair of the type `kind`.
pub async fn pair(app: &TestApp, kind: &str) -> Pair {
    let id = |value: Value| value.as_str().unwrap_or_else(|| panic!("nothing of {kind} was made")).to_owned();
    if PUBLIC.contains(&kind) {
        let visible = (VIEWER, id(public(app, kind).await));
        return Pair { kind: kind.to_owned(), visible, hidden: None, others: Vec::new() };
    }
    if kind == "Role" {
        let role = id(crate::role_design::role(app, "secretary").await);
        return Pair {
            kind: kind.to_owned(),
            visible: ("admin", role.clone()),
            hidden: Some((VIEWER, role)),
            others: Vec::new(),
        };
    }
    if kind == "ApiToken" {
        let issue = cases::credentials::issue(app, "empty").await;
        let token = id(made(app, "admin", "apiTokenIssue", "token", issue).await);
        service::touch(&app.app, ids::decode(&token).unwrap()).await;
        made(app, "admin", "apiTokenRevoke", "token", json!({ "token": token })).await;
        let hidden = Some((VIEWER, token.clone()));
        return Pair { kind: kind.to_owned(), visible: ("admin", token), hidden, others: Vec::new() };
    }
    let (here, there) = here_and_there(app, kind).await;
    let (visible, hidden) = ((VIEWER, id(here)), Some((VIEWER, id(there))));
    Pair { kind: kind.to_owned(), visible, hidden, others: Vec::new() }
}

async fn public(app: &TestApp, kind: &str) -> Value {
    match kind {
        "Division" => division(app).await,
        _ => panic!("nobody furnishes {kind}"),
    }
}

async fn division(app: &TestApp) -> Value {
    let id = entity::DivisionId(app.app.ambient.uuid());
    let row = division::ActiveModel {
        id: Set(id),
        code: Set("320600".to_owned()),
        name: Set("南通市".to_owned()),
        level: Set(DivisionLevel::City),
        parent_id: Set(None),
    };
    division::Entity::insert(row).exec_without_returning(app.app.db.write()).await.unwrap();
    json!(ids::encode(id).to_string())
}

/// An instance that [`VIEWER`] sees, and one that is hidden from it.
async fn here_and_there(app: &TestApp, kind: &str) -> (Value, Value) {
    match kind {
        "Account" => (account(app, VIEWER), account(app, "admin")),
        "Affiliation" => (tie(app, "孙示例静", "grid1").await, tie(app, "郑示例丰", "kangzhuang").await),
        "Attachment" => (file(app, "grid1").await, file(app, "kz1").await),
        "AuditEntry" => (entry(app, "group1").await, entry(app, "kangzhuang").await),
        "Grant" => (grant(app, VIEWER).await, grant(app, "organizer-rugao").await),
        "Job" => (job(app, VIEWER, "chongchuan").await, job(app, "organizer-rugao", "rugao").await),
        "Member" => (json!(cases::member(app, "王示例安")), json!(cases::member(app, "吴示例泰"))),
        "Notification" => (told(app, VIEWER).await, told(app, "organizer-rugao").await),
        "Obligation" => (duty(app, "grid1").await, duty(app, "kz1").await),
        "Organization" => (json!(app.organization_id("grid1")), json!(app.organization_id("kz1"))),
        "OrganizationPost" => (post(app, "grid1", "李示例宁").await, post(app, "kz1", "吴示例泰").await),
        "Person" => (json!(cases::person(app, "王示例安")), json!(cases::person(app, "吴示例泰"))),
        "ProblemReport" => (report(app, VIEWER).await, report(app, "organizer-rugao").await),
        "RuleSet" => (published(app).await, draft(app).await),
        "SignInSession" => (session(app, VIEWER).await, session(app, "organizer-rugao").await),
        _ => panic!("nobody furnishes {kind}"),
    }
}

/// What `field` made, which must have worked.
async fn made(app: &TestApp, by: &str, field: &str, object: &str, input: Value) -> Value {
    let answer: Answer = app.mutate(by, field, &format!("{object} {{ id }}"), input).await;
    assert_eq!(answer.user_errors(field), Vec::<String>::new(), "{field}: {}", answer.0);
    answer.at(&format!("/{field}/{object}/id")).clone()
}

fn account(app: &TestApp, name: &str) -> Value {
    json!(ids::encode(app.account(name)).to_string())
}

pub async fn tie(app: &TestApp, person: &str, organization: &str) -> Value {
    let input = json!({ "person": cases::person(app, person), "organization": app.organization_id(organization),
        "kind": "STATION", "from": "2026-09-01" });
    made(app, "organizer-city", "affiliationCreate", "affiliation", input).await
}

pub async fn file(app: &TestApp, organization: &str) -> Value {
    let owner = app.organization_id(organization);
    crate::attachment::attached(app, "organizer-city", &owner, ("决议.txt", "同意".as_bytes())).await
}

async fn entry(app: &TestApp, organization: &str) -> Value {
    let organization = app.organization_id(organization);
    let input = json!({ "organization": organization, "version": 1, "officePhone": "0513-85000000" });
    made(app, "organizer-city", "organizationUpdate", "organization", input).await;
    let document = "query($id: ID!) { auditEntries(first: 1, filter: { object: $id }) { nodes { id } } }";
    let found = app.run("organizer-city", document, json!({ "id": organization })).await;
    found.at("/auditEntries/nodes/0/id").clone()
}

async fn grant(app: &TestApp, holder: &str) -> Value {
    let document = "query($id: ID!) { account(id: $id) { grants { id } } }";
    let found = app.run("admin", document, json!({ "id": account(app, holder) })).await;
    found.at("/account/grants/0/id").clone()
}

pub async fn job(app: &TestApp, by: &str, organization: &str) -> Value {
    let input = json!({ "organization": app.organization_id(organization) });
    made(app, by, "obligationRecompute", "job", input).await
}

pub async fn report(app: &TestApp, by: &str) -> Value {
    made(app, by, "problemReport", "report", json!({ "page": "/members", "text": "名册打不开" })).await
}

pub async fn told(app: &TestApp, account: &str) -> Value {
    let input = json!({ "report": report(app, account).await, "answer": "已修好", "version": 1 });
    made(app, "admin", "problemReportAnswer", "report", input).await;
    let inbox = app.run(account, "{ notifications(first: 1) { nodes { id } } }", json!({})).await;
    inbox.at("/notifications/nodes/0/id").clone()
}

async fn duty(app: &TestApp, organization: &str) -> Value {
    let document = "query($id: ID!) { obligations(first: 1, filter: { organization: $id }) { nodes { id } } }";
    let found = app.run("organizer-city", document, json!({ "id": app.organization_id(organization) })).await;
    found.at("/obligations/nodes/0/id").clone()
}

pub async fn post(app: &TestApp, organization: &str, person: &str) -> Value {
    let input = json!({ "organization": app.organization_id(organization), "person": cases::person(app, person),
        "title": "DEPUTY_SECRETARY", "from": "2026-09-01" });
    made(app, "organizer-city", "postAssign", "post", input).await
}

pub async fn draft(app: &TestApp) -> Value {
    let draft = made(app, "admin", "ruleSetDraft", "ruleSet", json!({ "family": "OBLIGATION" })).await;
    let edit = json!({ "ruleSet": draft, "note": "通党组〔2026〕2号", "version": 1,
        "rules": [{ "completeRecord": { "days": 21 } }, { "contactPerson": { "stages": ["ACTIVIST"], "days": 20 } }] });
    made(app, "admin", "ruleSetEdit", "ruleSet", edit).await
}

/// A set of rules that begins on a day to come.
async fn published(app: &TestApp) -> Value {
    let draft = draft(app).await;
    let publish = json!({ "ruleSet": draft, "from": "2026-10-01", "version": 2 });
    made(app, "admin", "ruleSetPublish", "ruleSet", publish).await
}

/// A browser that `account` signed in with.
pub async fn session(app: &TestApp, account: &str) -> Value {
    let (now, id) = (app.app.ambient.now(), app.app.ambient.uuid());
    let row = sign_in_session::ActiveModel {
        id: Set(id.into()),
        account_id: Set(app.account(account)),
        created_at: Set(now),
        last_seen_at: Set(now),
        expires_at: Set(now.plus_seconds(86_400)),
        address: Set("192.0.2.1".to_owned()),
        user_agent: Set("a browser".to_owned()),
        ended_at: Set(None),
        end_reason: Set(None),
    };
    sign_in_session::Entity::insert(row).exec_without_returning(app.app.db.write()).await.unwrap();
    json!(ids::encode(entity::SessionId(id)).to_string())
}
