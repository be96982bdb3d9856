//! Decisions of the sign-in page.

use crate::api::auth::Refusal;

/// Where a refusal is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Beside the password.
    Password,
    /// Beside the code of the second factor.
    Code,
    /// Above the form, with a countdown.
    Throttle,
    /// Above the form.
    Form,
}

/// A wrong name or password stands beside the password; a wait is counted down; the rest concerns the whole form.
pub fn place_of(refusal: &Refusal) -> Place {
    match (refusal.code.as_str(), refusal.retry_after_seconds) {
        ("THROTTLED", Some(_)) => Place::Throttle,
        ("BAD_CREDENTIALS", _) => Place::Password,
        ("SECOND_FACTOR_NEEDED" | "BAD_CODE", _) => Place::Code,
        _ => Place::Form,
    }
}

/// Seconds as `4:05`.
pub fn countdown(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_has_its_place() {
        let refusal =
            |code: &str, wait| Refusal { code: code.into(), message: String::new(), retry_after_seconds: wait };
        assert_eq!(place_of(&refusal("BAD_CREDENTIALS", None)), Place::Password);
        assert_eq!(place_of(&refusal("SECOND_FACTOR_NEEDED", None)), Place::Code);
        assert_eq!(place_of(&refusal("THROTTLED", Some(300))), Place::Throttle);
        assert_eq!(place_of(&refusal("ACCOUNT_DISABLED", None)), Place::Form);
    }

    #[test]
    fn seconds_keep_two_digits() {
        assert_eq!(countdown(245), "4:05");
    }
}
