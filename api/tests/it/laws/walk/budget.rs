//! Every query of the web app stays under its number of statements, whatever it is asked about.
use std::{collections::BTreeMap, path::Path};

use async_graphql_parser::{
    parse_query,
    types::{BaseType, OperationType, Type},
};
use jianghai::testing::TestApp;
use serde_json::{Map, Value, json};

use super::{
    contract::{Contract, Kind},
    furnish::{Pair, furnish},
    nodes::asked,
};

/// Every query of `web/operations.json` and the most statements that it sends. A new query joins with what it needs,
/// a dearer one says why in its change.
const PINS: &[(&str, usize)] = &[
    ("AccountCandidatesQuery", 7),
    ("AccountQuery", 9),
    ("AccountsQuery", 9),
    ("AffiliationsQuery", 6),
    ("AttachmentsQuery", 4),
    ("AuditEntriesQuery", 11),
    ("AuditObjectQuery", 3),
    ("AuditRootQuery", 2),
    ("DivisionsQuery", 1),
    ("ErasureProposalsQuery", 2),
    ("GrantsQuery", 9),
    ("ExplainAccessQuery", 13),
    ("GrantEffectQuery", 4),
    ("GrantsToConfirmQuery", 1),
    ("JobsQuery", 1),
    ("MeQuery", 15),
    ("MembersQuery", 6),
    ("NotificationSettingsQuery", 1),
    ("NotificationUnreadQuery", 1),
    ("NotificationsQuery", 6),
    ("ObligationsQuery", 7),
    // Eight where the lists of parent and children are asked for together.
    ("OrganizationChildrenQuery", 12),
    ("OrganizationNameQuery", 1),
    ("OrganizationQuery", 11),
    ("OrganizationTreeQuery", 1),
    ("PermissionsQuery", 0),
    ("PersonExportQuery", 3),
    ("PersonQuery", 15),
    ("ProblemReportsQuery", 3),
    ("RetentionRulesQuery", 0),
    ("RoleChangePreviewQuery", 4),
    ("RoleListQuery", 2),
    ("RoleMatrixQuery", 2),
    ("RoleQuery", 2),
    ("RolesQuery", 2),
    ("RuleSetHitsQuery", 6),
    ("RuleSetsQuery", 2),
    ("SearchQuery", 5),
    ("SecondFactorQuery", 1),
    ("SignInEventsQuery", 1),
    ("SignInSessionsQuery", 2),
    ("ViewerQuery", 6),
    ("WhoCanSeeQuery", 9),
];

/// A query of the web app.
struct Query {
    name: String,
    document: String,
    variables: Vec<(String, Type)>,
}

fn queries() -> Vec<Query> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/operations.json");
    let kept: BTreeMap<String, String> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut found = Vec::new();
    for document in kept.into_values() {
        let parsed = parse_query(&document).unwrap();
        let (name, operation) = parsed.operations.iter().next().unwrap();
        if operation.node.ty != OperationType::Query {
            continue;
        }
        let variables = operation.node.variable_definitions.iter();
        let variables = variables.map(|one| (one.node.name.node.to_string(), one.node.var_type.node.clone())).collect();
        found.push(Query { name: name.unwrap().to_string(), document, variables });
    }
    found
}

/// A value for a variable that must be there, or that is an id; `id` stands for every id.
fn value(contract: &Contract, shape: &Type, id: &str) -> Value {
    let name = match &shape.base {
        BaseType::List(inner) => return json!([value(contract, inner, id)]),
        BaseType::Named(name) => name.as_str(),
    };
    match (contract.kind(name), name) {
        (_, "ID") => json!(id),
        (_, "String") => json!("s"),
        (_, "Int") => json!(50),
        (_, "Boolean") => json!(true),
        (_, "Date") => json!("2026-09-01"),
        (_, "DateTime") => json!("2026-09-01T00:00:00Z"),
        (Kind::Enum(values), _) => json!(values[0]),
        (Kind::Input { .. }, _) => json!({}),
        (_, other) => panic!("no walker knows a value of {other}"),
    }
}

fn variables(contract: &Contract, query: &Query, id: &str) -> Value {
    let given = query.variables.iter().filter(|(name, shape)| {
        let is_id = matches!(&shape.base, BaseType::Named(name) if name == "ID");
        !shape.nullable || is_id || name == "first"
    });
    given.map(|(name, shape)| (name.clone(), value(contract, shape, id))).collect::<Map<_, _>>().into()
}

/// Whether anything but nulls is answered.
fn shows_something(value: &Value) -> bool {
    value.as_object().is_some_and(|fields| fields.values().any(|value| !value.is_null()))
}

#[tokio::test]
async fn every_query_of_the_web_app_keeps_to_its_number_of_statements() {
    let app = TestApp::start_for_walkers().await;
    let pairs: Vec<Pair> = furnish(&app).await;
    let contract = Contract::served();
    let mut counted = BTreeMap::new();
    for query in queries() {
        let mut most = 0;
        let mut answered = false;
        for viewer in ["organizer-city", "admin2", "member"] {
            for id in pairs.iter().flat_map(|pair| [&pair.visible.1].into_iter().chain(&pair.others)) {
                let variables = variables(&contract, &query, id);
                let (answer, statements) = asked(&app, viewer, &query.document, variables).await;
                assert_eq!(answer.codes(), Vec::<&str>::new(), "{} for {viewer}: {}", query.name, answer.0);
                answered |= shows_something(&answer.0["data"]);
                most = most.max(statements);
                if !query.variables.iter().any(|(_, shape)| shape.to_string().contains("ID")) {
                    break;
                }
            }
        }
        assert!(answered, "{} answered nothing to anybody", query.name);
        counted.insert(query.name, most);
    }
    let pinned: BTreeMap<String, usize> = PINS.iter().map(|(name, most)| ((*name).to_owned(), *most)).collect();
    let names = |of: &BTreeMap<String, usize>| of.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&counted), names(&pinned), "the queries of the web app, and those that are pinned");
    let dear: Vec<_> = counted.iter().filter(|(name, most)| **most > pinned[*name]).collect();
    assert_eq!(dear, Vec::new(), "queries that send more statements than they may");
}
