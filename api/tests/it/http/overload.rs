//! What comes when there is no room is sent away at once; health and sign-in are not among it.
use actix_web::test::TestRequest;
use futures_util::future::{join, join_all};
use jianghai::testing::{PASSWORD, TestApp};

use super::{bearer, graphql, send, sign_in, signed_in};

const LIST: &str = "{ organizations(first: 10) { totalCount nodes { name parent { name } } } }";

#[actix_web::test]
async fn what_comes_beyond_the_turns_is_sent_away_and_told_when_to_come_again() {
    let app = TestApp::start_with(|config| {
        (config.limits.requests_running, config.limits.requests_waiting) = (Some(1), 2);
    })
    .await;
    let token = signed_in(&app, "secretary").await.token();
    let asked = (0..12).map(|_| send(&app, graphql(LIST).insert_header(bearer(&token))));
    let health = ["/healthz", "/readyz", "/metrics"].map(|path| send(&app, TestRequest::get().uri(path)));
    let (answers, (health, admitted)) =
        join(join_all(asked), join(join_all(health), sign_in(&app, "organizer-city", PASSWORD))).await;
    let (served, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|reply| reply.status == 200);
    assert!(!served.is_empty() && !refused.is_empty(), "{} of 12 were served", served.len());
    for reply in served {
        assert_eq!(reply.code(), "", "{}", reply.json());
    }
    for reply in &refused {
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (503, "OVERLOADED"));
        assert_eq!(reply.header("retry-after"), "1");
        assert_eq!(reply.header("content-type"), "application/graphql-response+json; charset=utf-8");
    }
    assert!(health.iter().all(|reply| reply.status == 200));
    assert_eq!(admitted.status, 200);
    let counted = format!("jianghai_graphql_operations_total{{outcome=\"overloaded\"}} {}", refused.len());
    assert!(app.app.metrics.text().contains(&counted), "{counted}");
    let after = send(&app, graphql(LIST).insert_header(bearer(&token))).await;
    assert_eq!((after.status.as_u16(), after.code()), (200, String::new()), "every turn was given back");
}
