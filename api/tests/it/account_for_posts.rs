//! Accounts for those who hold posts: who is listed, what is opened, what is refused, what nobody learns.
use jianghai::{
    graphql::ids,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};

use crate::{
    grant::{give, role, wish},
    http::sign_in,
    second_factor::start,
};

const DAY: i64 = 24 * 60 * 60;
const FIELD: &str = "accountOpenForPosts";
const LIST: &str = "query($filter: AccountCandidateFilter) { accountCandidates(first: 100, filter: $filter) { totalCount
    nodes { id personName proposedName proposedRole { code } post { id title person { name } organization { name } } } } }";
const SELECTION: &str = "opened { account { id name link { state validUntil } grants { id } }
    grant { waiting status post { title } organization { name } } slip { name code validUntil } }";

pub async fn post(app: &TestApp, person: &str, place: &str, title: &str) -> Value {
    let input = json!({ "person": ids::encode(app.human(person).person).to_string(), "title": title,
        "organization": app.organization_id(place), "from": "2026-09-01" });
    let answer = app.mutate("organizer-city", "postAssign", "post { id }", input).await;
    assert_eq!(answer.user_errors("postAssign"), Vec::<String>::new(), "{}", answer.0);
    answer.at("/postAssign/post/id").clone()
}

/// A city in which three people without an account hold posts, and one with an account.
async fn city() -> (TestApp, [Value; 3]) {
    let app = TestApp::start().await;
    let posts = [
        post(&app, "张示例和", "grid1", "SECRETARY").await,
        post(&app, "周示例康", "grid2", "COMMITTEE_MEMBER").await,
        post(&app, "吴示例泰", "kz1", "DEPUTY_SECRETARY").await,
    ];
    post(&app, "李示例宁", "grid1", "DEPUTY_SECRETARY").await;
    (app, posts)
}

/// Makes `nobody` administrator of `place` until the end of the year.
pub async fn administrator_of(app: &TestApp, place: &str) {
    let own = give(app, "admin", wish(app, "nobody", "administrator", place, json!("2026-12-31")).await).await;
    let confirmed = app.mutate("admin2", "roleGrantConfirm", "grant { id }", json!({ "grant": own })).await;
    assert!(confirmed.user_errors("roleGrantConfirm").is_empty(), "{}", confirmed.0);
}

async fn listed(app: &TestApp, viewer: &str, filter: Value) -> Vec<String> {
    let answer = app.run(viewer, LIST, json!({ "filter": filter })).await;
    let nodes = answer.at("/accountCandidates/nodes").as_array().unwrap_or_else(|| panic!("{}", answer.0)).clone();
    assert_eq!(answer.at("/accountCandidates/totalCount"), nodes.len());
    nodes.iter().map(|node| node["personName"].as_str().unwrap().to_owned()).collect()
}

async fn row(app: &TestApp, post: &Value, name: &str, code: &str) -> Value {
    json!({ "post": post, "name": name, "role": role(app, code).await })
}

async fn open(app: &TestApp, by: &str, rows: Vec<Value>) -> Answer {
    app.mutate(by, FIELD, SELECTION, json!({ "rows": rows, "reason": "换届" })).await
}

#[tokio::test]
async fn who_opens_accounts_sees_the_names_of_those_who_hold_posts_there_and_have_none() {
    let (app, [first, ..]) = city().await;
    let all = app.run("admin", LIST, json!({})).await;
    assert_eq!(listed(&app, "admin", Value::Null).await, ["周示例康", "张示例和", "吴示例泰"], "{}", all.0);
    assert_eq!(
        all.at("/accountCandidates/nodes/1"),
        &json!({ "id": first, "personName": "张示例和", "proposedName": "zhangshilihe",
            "proposedRole": { "code": "secretary" }, "post": { "id": first, "title": "SECRETARY", "person": null,
            "organization": { "name": "虹东社区第一网格党支部" } } })
    );
    assert_eq!(all.at("/accountCandidates/nodes/0/proposedRole"), &Value::Null, "no role belongs to a seat");
    let below = |place: &str| json!({ "organization": app.organization_id(place) });
    assert_eq!(listed(&app, "admin", below("grid1")).await, ["张示例和"]);
    assert_eq!(listed(&app, "admin", below("rugao")).await, ["吴示例泰"]);
    assert_eq!(listed(&app, "admin", json!({ "titles": ["COMMITTEE_MEMBER"] })).await, ["周示例康"]);
    for (viewer, expected) in [("organizer-city", 0), ("secretary", 0), ("inspector", 0), ("nobody", 0)] {
        assert_eq!(listed(&app, viewer, Value::Null).await.len(), expected, "{viewer}");
    }
    administrator_of(&app, "rugao").await;
    assert_eq!(listed(&app, "nobody", Value::Null).await, ["吴示例泰"]);
    assert_eq!(listed(&app, "nobody", below("hongdong")).await, Vec::<String>::new());
    let end = json!({ "post": first, "until": "2026-09-09" });
    app.mutate("organizer-city", "postEnd", "post { id }", end).await;
    assert_eq!(listed(&app, "admin", Value::Null).await, ["周示例康", "吴示例泰"]);
}

#[tokio::test]
async fn a_proposed_name_is_free_among_what_the_asker_sees() {
    let (app, _) = city().await;
    for name in ["zhangshilihe", "wushilitai"] {
        let input = json!({ "name": name, "kind": "SERVICE", "password": "a long enough secret" });
        app.mutate("admin", "accountCreate", "account { id }", input).await;
    }
    administrator_of(&app, "rugao").await;
    let names = |answer: Answer| {
        let nodes = answer.at("/accountCandidates/nodes").as_array().unwrap().clone();
        nodes.iter().map(|node| node["proposedName"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = names(app.run("admin", LIST, json!({})).await);
    assert_eq!(all, ["zhoushilikang", "zhangshilihe2", "wushilitai2"]);
    assert_eq!(names(app.run("nobody", LIST, json!({})).await), ["wushilitai"], "an unseen account changes nothing");
}

#[tokio::test]
async fn good_rows_are_opened_and_the_others_say_why_not() {
    let (app, [first, second, third]) = city().await;
    let taken = post(&app, "孙示例静", "grid2", "SECRETARY").await;
    let rows = vec![
        row(&app, &first, " Zhang.He ", "secretary").await,
        row(&app, &second, "zhang.he", "station_keeper").await,
        row(&app, &second, "z", "station_keeper").await,
        row(&app, &taken, "sun.jing", "secretary").await,
        row(&app, &json!("nonsense"), "nonsense", "secretary").await,
        json!({ "post": second, "name": "zhou.kang", "role": "nonsense" }),
        row(&app, &third, "wu.tai", "station_keeper").await,
        row(&app, &third, "wu.tai.again", "station_keeper").await,
    ];
    let (accounts, rows_before) = (app.number("SELECT COUNT(*) FROM account").await, audits(&app, "1 = 1").await);
    let answer = open(&app, "admin", rows).await;
    assert_eq!(
        answer.user_errors(FIELD),
        [
            "rows.1.name DUPLICATE",
            "rows.2.name INVALID",
            "rows.3.post DUPLICATE",
            "rows.4.post NOT_FOUND",
            "rows.5.role NOT_FOUND",
            "rows.7.post DUPLICATE"
        ],
        "{}",
        answer.0
    );
    let opened = answer.at(&format!("/{FIELD}/opened")).as_array().unwrap().clone();
    assert_eq!(
        opened.iter().map(Value::is_null).collect::<Vec<_>>(),
        [false, true, true, true, true, true, false, true]
    );
    assert_eq!(opened[0]["account"]["name"], "zhang.he");
    assert_eq!(opened[0]["account"]["link"]["state"], "OPEN");
    assert_eq!(opened[0]["grant"]["waiting"], true, "a secretary unmasks: a second holder confirms");
    assert_eq!(
        opened[6]["grant"],
        json!({ "waiting": false, "status": "IN_FORCE", "post": { "title": "DEPUTY_SECRETARY" },
            "organization": { "name": "康庄村第一党支部" } })
    );
    assert_eq!(app.number("SELECT COUNT(*) FROM account").await, accounts + 2);
    assert_eq!(audits(&app, "1 = 1").await, rows_before + 4, "each account and each grant has its row");
    assert_eq!(audits(&app, "action = 'accountOpenForPosts'").await, 2);
    assert_eq!(audits(&app, "action = 'accountOpenForPosts' AND person_id IS NOT NULL").await, 2);
    assert_eq!(audits(&app, "action = 'roleGrant' AND person_id IS NOT NULL").await, 2, "of whom the grant is");
    let code = opened[6]["slip"]["code"].as_str().unwrap();
    assert!(code.len() >= 24 && code != opened[0]["slip"]["code"].as_str().unwrap());
    let trail = app.run("admin", "{ auditEntries(first: 20) { nodes { changes { field before after } } } }", json!({}));
    assert!(!trail.await.0.to_string().contains(code), "history does not know the code");
    assert_eq!(listed(&app, "admin", Value::Null).await, ["周示例康"]);
}

async fn audits(app: &TestApp, condition: &str) -> i64 {
    app.number(&format!("SELECT COUNT(*) FROM audit WHERE {condition}")).await
}

#[tokio::test]
async fn the_holder_begins_by_the_link_with_the_rights_of_the_role_until_the_post_ends() {
    let (app, [.., third]) = city().await;
    let answer = open(&app, "admin", vec![row(&app, &third, "wu.tai", "station_keeper").await]).await;
    let code = answer.at(&format!("/{FIELD}/opened/0/slip/code")).as_str().unwrap().to_owned();
    let refused = sign_in(&app, "wu.tai", "").await;
    assert_eq!(refused.status, 401, "no password opens it");
    let secret = "three quiet herons";
    assert_eq!(start(&app, &code, secret).await.status, 200);
    assert_eq!(sign_in(&app, "wu.tai", secret).await.status, 200);
    assert_eq!(start(&app, &code, "another quiet heron").await.status, 404, "once");
    let id = answer.at(&format!("/{FIELD}/opened/0/account/id")).clone();
    let stands = app.run("admin", "query($id: ID!) { account(id: $id) { link { state } } }", json!({ "id": id })).await;
    assert_eq!(stands.at("/account/link"), &Value::Null);
    app.mutate("organizer-city", "postEnd", "post { id }", json!({ "post": third, "until": "2026-09-09" })).await;
    let grants = app.run("admin", "query($id: ID!) { account(id: $id) { grants { id } } }", json!({ "id": id })).await;
    assert_eq!(grants.at("/account/grants"), &json!([]));
}

#[tokio::test]
async fn a_repeated_call_opens_nothing_and_shows_no_link_again() {
    let (app, [first, second, third]) = city().await;
    let rows = vec![
        row(&app, &first, "zhang.he", "secretary").await,
        row(&app, &second, "!", "secretary").await,
        row(&app, &third, "wu.tai", "station_keeper").await,
    ];
    let input = json!({ "rows": rows, "reason": "换届", "idempotencyKey": "once" });
    let done = app.mutate("admin", FIELD, SELECTION, input.clone()).await;
    let before = app.footprint().await;
    let again = app.mutate("admin", FIELD, SELECTION, input).await;
    assert_eq!(app.footprint().await, before);
    assert_eq!(again.user_errors(FIELD), Vec::<String>::new());
    for place in [0, 2] {
        let at = |answer: &Answer, what: &str| answer.at(&format!("/{FIELD}/opened/{place}/{what}")).clone();
        assert_eq!(at(&again, "account"), at(&done, "account"));
        assert_eq!(at(&again, "grant"), at(&done, "grant"));
        assert_eq!(at(&again, "slip"), Value::Null);
        assert_ne!(at(&done, "slip"), Value::Null);
    }
    assert_eq!(again.at(&format!("/{FIELD}/opened/1")), &Value::Null);
}

#[tokio::test]
async fn what_cannot_be_tried_at_all_says_so_once() {
    let (app, [first, ..]) = city().await;
    let good = row(&app, &first, "zhang.he", "secretary").await;
    let tried = |rows: Vec<Value>, reason: &str| json!({ "rows": rows, "reason": reason });
    for (input, error) in [
        (tried(Vec::new(), "换届"), "rows REQUIRED"),
        (tried(vec![good.clone(); 101], "换届"), "rows OUT_OF_RANGE"),
        (tried(vec![good.clone()], " "), "reason REQUIRED"),
        (tried(vec![good.clone()], &"长".repeat(201)), "reason TOO_LONG"),
    ] {
        let answer = app.mutate("admin", FIELD, "opened { account { id } }", input).await;
        assert_eq!(answer.user_errors(FIELD), [error], "{}", answer.0);
    }
    let organizer = open(&app, "organizer-city", vec![good]).await;
    assert_eq!(organizer.codes(), ["FORBIDDEN"]);
}

#[tokio::test]
async fn a_link_that_ran_out_is_seen_and_made_anew() {
    let (app, [.., third]) = city().await;
    let answer = open(&app, "admin", vec![row(&app, &third, "wu.tai", "station_keeper").await]).await;
    let id = answer.at(&format!("/{FIELD}/opened/0/account/id")).clone();
    let list = "query($link: AccountLinkState) { accounts(filter: { link: $link }) { totalCount nodes { name link { state } } } }";
    let standing = |link: &'static str| app.run("admin", list, json!({ "link": link }));
    assert_eq!(
        standing("OPEN").await.at("/accounts/nodes"),
        &json!([{ "name": "wu.tai", "link": { "state": "OPEN" } }])
    );
    assert_eq!(standing("EXPIRED").await.at("/accounts/totalCount"), 0);
    app.clock.advance(3 * DAY);
    let expired = json!([{ "name": "wu.tai", "link": { "state": "EXPIRED" } }]);
    assert_eq!(standing("EXPIRED").await.at("/accounts/nodes"), &expired);
    assert_eq!(standing("OPEN").await.at("/accounts/totalCount"), 0);
    app.execute("DELETE FROM one_time_link").await;
    assert_eq!(standing("EXPIRED").await.at("/accounts/nodes"), &expired, "also when the link itself is forgotten");
    let reset = json!({ "account": id, "reason": "逾期未用", "version": 1 });
    let slip = app.mutate("admin", "accountReset", "slip { code } account { link { state } }", reset).await;
    assert_eq!(slip.at("/accountReset/account/link/state"), "OPEN", "{}", slip.0);
}

/// What lies outside the part of the city in which somebody opens accounts changes nothing that he is told.
#[tokio::test]
async fn nothing_elsewhere_changes_the_list_its_count_its_order_or_its_statements() {
    let (app, [first, second, _]) = city().await;
    administrator_of(&app, "chongchuan").await;
    let filters = [
        Value::Null,
        json!({ "organization": app.organization_id("city") }),
        json!({ "organization": app.organization_id("baipu") }),
        json!({ "titles": ["SECRETARY", "DEPUTY_SECRETARY"] }),
    ];
    let paged = "query($filter: AccountCandidateFilter) { accountCandidates(first: 1, filter: $filter) { totalCount
        totalCountIsCapped nodes { id proposedName proposedRole { id } } pageInfo { endCursor hasNextPage } } }";
    let ask = async || {
        let mut answers = Vec::new();
        for filter in &filters {
            for document in [LIST, paged] {
                app.run("nobody", "{ viewer { today } }", json!({})).await;
                let variables = json!({ "filter": filter });
                answers.push(app.statements(app.run("nobody", document, variables)).await);
            }
        }
        answers
    };
    ask().await;
    let before = ask().await;
    crate::laws::leak::change_everything_elsewhere(&app).await;
    let there = post(&app, "郑示例丰", "kz1", "SECRETARY").await;
    post(&app, "冯示例谷", "kangzhuang", "SECRETARY").await;
    let rows = vec![row(&app, &there, "zhangshilihe", "station_keeper").await];
    assert_eq!(open(&app, "admin", rows).await.user_errors(FIELD), Vec::<String>::new());
    assert_eq!(ask().await, before);
    let rows = vec![
        row(&app, &first, "zhangshilihe", "station_keeper").await,
        row(&app, &second, "zhou", "station_keeper").await,
    ];
    let answer = app
        .mutate(
            "nobody",
            FIELD,
            "opened { account { name } }",
            json!({ "rows": rows, "reason": "换届", "until": "2026-12-31" }),
        )
        .await;
    assert_eq!(answer.user_errors(FIELD), ["rows.0.name DUPLICATE"], "{}", answer.0);
    assert_eq!(answer.at(&format!("/{FIELD}/opened/1/account/name")), "zhou");
}
