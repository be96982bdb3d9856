//! What the address of the audit page asks for, and where rows and the root lead.

use super::operations::{AuditEntriesVariables, AuditFilter, AuditRoot};
use crate::api::types::DateTime;
use crate::i18n::calendar;
use crate::routes::{Url, encode};
use crate::ui::pagination::PageArguments;

pub use super::words::field_label;

/// Rows of a page.
pub const PAGE_SIZE: i32 = 50;

/// Names of the filters in the address.
pub const FILTERS: &[&str] = &["who", "action", "object", "organization", "from", "until"];

/// What an address asks for. Days begin at midnight in the city, and the last one is included.
pub fn variables(url: &Url) -> AuditEntriesVariables {
    let PageArguments { first, after, last, before } = PageArguments::of(url, PAGE_SIZE);
    let id = |name: &str| url.get(name).map(cynic::Id::new);
    let midnight = |day: &str| DateTime(format!("{day}T00:00:00+08:00"));
    let filter = AuditFilter {
        action: url.get("action").map(|action| vec![action.to_owned()]),
        actor: url.get("who").map(str::to_owned),
        object: id("object"),
        organization: id("organization"),
        from: url.get("from").filter(|day| calendar::day_number(day).is_some()).map(midnight),
        until: url.get("until").and_then(|day| calendar::days_later(day, 1)).map(|day| midnight(&day)),
    };
    AuditEntriesVariables { first, after, last, before, filter: Some(filter) }
}

/// Whether a period ends before it begins.
pub fn is_backward(from: &str, until: &str) -> bool {
    calendar::day_number(from).zip(calendar::day_number(until)).is_some_and(|(from, until)| from > until)
}

/// Name and address of the file with a root, as `jianghai audit verify` reads it.
pub fn root_file(root: &AuditRoot) -> (String, String) {
    let AuditRoot { position, count, hash, at } = root;
    let text = format!(
        r#"{{"format":"jianghai audit root 1","position":{position},"count":{count},"hash":"{hash}","at":"{}"}}"#,
        at.0
    );
    (format!("jianghai-audit-root-{position}.json"), format!("data:application/json;charset=utf-8,{}", encode(&text)))
}

/// The address with one filter changed, at the first page.
pub fn changed(url: &Url, name: &str, value: &str) -> String {
    url.with("after", "").with("before", "").with(name, value).address()
}

/// The page of a changed object.
pub fn address_of(object_type: &str, id: &str) -> Option<String> {
    match object_type.to_ascii_lowercase().as_str() {
        "organization" => Some(format!("/organizations/{id}")),
        "person" => Some(format!("/people/{id}")),
        "account" => Some(format!("/desk/accounts/{id}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_door_only_where_there_is_a_page() {
        assert_eq!(address_of("Organization", "x"), Some("/organizations/x".into()));
        assert_eq!(address_of("Grant", "x"), None);
    }

    #[test]
    fn the_address_says_who_what_where_and_when() {
        let url = Url::parse(
            "/desk/audit?who=li&action=personUpdate&object=o1&organization=g1&from=2026-09-01&until=2026-09-30",
        );
        let id = |text: &str| Some(cynic::Id::new(text));
        assert_eq!(
            variables(&url).filter,
            Some(AuditFilter {
                actor: Some("li".into()),
                action: Some(vec!["personUpdate".into()]),
                object: id("o1"),
                organization: id("g1"),
                from: Some(DateTime("2026-09-01T00:00:00+08:00".into())),
                until: Some(DateTime("2026-10-01T00:00:00+08:00".into())),
            })
        );
        assert_eq!(variables(&Url::parse("/desk/audit?from=soon&until=later")).filter, Some(AuditFilter::default()));
    }

    #[test]
    fn a_period_runs_forward() {
        assert!(is_backward("2026-09-02", "2026-09-01"));
        assert!(!is_backward("2026-09-01", "2026-09-01"));
        assert!(!is_backward("2026-09-02", ""));
    }

    #[test]
    fn the_file_of_a_root_is_what_the_command_reads() {
        let at = DateTime("2026-09-09T08:00:00Z".into());
        let (name, address) = root_file(&AuditRoot { position: 7, count: 7, hash: "ab".repeat(32), at });
        assert_eq!(name, "jianghai-audit-root-7.json");
        let hash = "ab".repeat(32);
        let text = format!(
            "%7B%22format%22:%22jianghai%20audit%20root%201%22,%22position%22:7,%22count%22:7,%22hash%22:%22{hash}%22,%22at%22:%222026-09-09T08:00:00Z%22%7D"
        );
        assert_eq!(address, format!("data:application/json;charset=utf-8,{text}"));
    }
}
