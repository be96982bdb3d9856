//! What a request carries: the id of a document that the server knows, and variables. The text stays on the server.

use cynic::QueryFragment;
use serde::Serialize;
use yew::AttrValue;

/// Names of operations and ids of their documents, out of `operations.json`.
const IDS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/documents.rs"));

/// The JSON of a request.
pub fn request<Q: QueryFragment, V: Serialize>(variables: V) -> AttrValue {
    body(&Q::name().unwrap_or_default(), &serde_json::to_string(&variables).unwrap_or_default())
}

/// Names and ids need no escaping.
fn body(name: &str, variables: &str) -> AttrValue {
    format!(r#"{{"id":"{}","operationName":"{name}","variables":{variables}}}"#, id(name)).into()
}

/// The id of an operation's document; a test keeps the list complete.
fn id(name: &str) -> &'static str {
    IDS.iter().find(|(listed, _)| *listed == name).map(|(_, id)| *id).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::actor::ViewerQuery;

    #[test]
    fn a_request_names_its_document_by_the_hash_of_the_text() {
        let request = request::<ViewerQuery, _>(());
        let id = id("ViewerQuery");
        assert_eq!(id.len(), 64);
        assert_eq!(request, format!(r#"{{"id":"{id}","operationName":"ViewerQuery","variables":null}}"#));
    }
}
