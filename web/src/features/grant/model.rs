//! What the pages of grants decide.

use crate::api::fragments::UserError;
use crate::api::types::{Date, GrantStatus, Labelled};
use crate::i18n::calendar::days_later;
use crate::routes::Url;

use super::operations::GrantFilter;

/// Days ahead in which the end of a grant is something to do.
pub const SOON: i64 = 30;

/// The filter that stands in the address; without any word, what runs.
pub fn filter(url: &Url, today: &str) -> GrantFilter {
    let id = |name| url.get(name).map(cynic::Id::new);
    let days = url.get("ending").and_then(|days| days.parse::<i64>().ok()).filter(|days| (1..=3_650).contains(days));
    let ends_by = days.and_then(|days| days_later(today, days)).map(Date);
    GrantFilter {
        account: id("account"),
        role: id("role"),
        organization: id("organization"),
        // What ends is in force; what waits or is over does not.
        status: if ends_by.is_some() {
            Some(GrantStatus::InForce)
        } else {
            url.get("status").and_then(GrantStatus::from_code)
        },
        ends_by,
    }
}

/// For each of `count` rows what stood in its way, by errors at `input.grants.N`.
pub fn by_row(count: usize, errors: &[UserError]) -> Vec<Option<String>> {
    let of = |row: usize| {
        let place = row.to_string();
        errors.iter().find(|error| error.field.last() == Some(&place)).map(|error| error.message.clone())
    };
    (0..count).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::types::UserErrorCode;

    #[test]
    fn the_address_narrows_the_list() {
        let of = |address: &str| filter(&Url::parse(address), "2026-09-09");
        assert_eq!(of("/desk/grants"), GrantFilter::default());
        assert_eq!(of("/desk/grants?status=WAITING").status, Some(GrantStatus::Waiting));
        let ending = of("/desk/grants?ending=30&status=ENDED");
        assert_eq!((ending.ends_by, ending.status), (Some(Date("2026-10-09".into())), Some(GrantStatus::InForce)));
        assert_eq!(of("/desk/grants?ending=x&status=x"), GrantFilter::default());
        assert_eq!(of("/desk/grants?organization=abc").organization, Some(cynic::Id::new("abc")));
    }

    #[test]
    fn each_row_has_its_own_error() {
        let error = |row: &str| UserError {
            field: vec!["input".into(), "grants".into(), row.into()],
            code: UserErrorCode::Invalid,
            message: format!("row {row}"),
        };
        assert_eq!(by_row(3, &[error("1")]), [None, Some("row 1".to_owned()), None]);
    }
}
