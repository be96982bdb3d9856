//! Random moves keep the tree a tree: the closure table, the tree in memory and the periods say the same.
use jianghai::testing::TestApp;
use proptest::{prelude::*, strategy::ValueTree};
use serde_json::{Value, json};

use crate::soak;

/// Places that a move may name: everything below the root, so that refused moves are drawn as well.
const PLACES: &[&str] =
    &["chongchuan", "hongqiao", "hongdong", "grid1", "group1", "grid2", "empty", "rugao", "baipu", "kangzhuang", "kz1"];

async fn version(app: &TestApp, id: &str) -> Value {
    let answer =
        app.run("organizer-city", "query($id: ID!) { organization(id: $id) { version } }", json!({ "id": id }));
    answer.await.at("/organization/version").clone()
}

/// Moves by pairs of places; answers how many were done.
async fn shuffle(app: &TestApp, moves: &[(usize, usize)]) -> usize {
    let mut done = 0;
    for (from, to) in moves {
        let organization = app.organization_id(PLACES[*from]);
        let input = json!({ "organization": organization, "to": app.organization_id(PLACES[*to]), "reason": "试",
            "effectiveOn": "2026-09-09", "version": version(app, &organization).await });
        let answer = app.mutate("organizer-city", "organizationMove", "organization { id }", input).await;
        assert_eq!(answer.codes(), Vec::<&str>::new(), "{}", answer.0);
        done += usize::from(answer.user_errors("organizationMove").is_empty());
    }
    done
}

async fn assert_one_truth(app: &TestApp) {
    let parents = "WITH RECURSIVE up(id, ancestor, depth) AS (
        SELECT id, id, 0 FROM organization
        UNION ALL SELECT up.id, organization.parent_id, up.depth + 1 FROM up
          JOIN organization ON organization.id = up.ancestor WHERE organization.parent_id IS NOT NULL)
        SELECT COUNT(*) FROM up";
    let agreeing = parents.replace(
        "COUNT(*) FROM up",
        "COUNT(*) FROM up JOIN organization_closure c
           ON c.descendant_id = up.id AND c.ancestor_id = up.ancestor AND c.depth = up.depth",
    );
    let stored = app.number("SELECT COUNT(*) FROM organization_closure").await;
    assert_eq!(app.number(parents).await, stored);
    assert_eq!(app.number(&agreeing).await, stored);
    let periods = "SELECT COUNT(*) FROM organization o JOIN organization_parent p ON p.organization_id = o.id
        AND p.\"until\" IS NULL AND (p.parent_id = o.parent_id OR (p.parent_id IS NULL AND o.parent_id IS NULL))";
    assert_eq!(app.number(periods).await, app.number("SELECT COUNT(*) FROM organization").await);
    let authority = app.app.authority.current();
    let in_memory: usize = app.city.organizations.values().map(|id| authority.tree.ancestors(*id).count() + 1).sum();
    assert_eq!(i64::try_from(in_memory).unwrap(), stored);
}

#[tokio::test]
async fn random_moves_keep_the_tree_a_tree() {
    let mut runner = soak::runner();
    let moves = prop::collection::vec((0..PLACES.len(), 0..PLACES.len()), 12);
    let mut done = 0;
    for _ in 0..4 * soak::times() {
        let app = TestApp::start().await;
        let drawn = moves.new_tree(&mut runner).unwrap().current();
        done += shuffle(&app, &drawn).await;
        assert_one_truth(&app).await;
    }
    assert!(done >= 4, "too few moves were possible to prove anything: {done}");
}
