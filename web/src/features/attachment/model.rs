//! What the panel of attachments decides.

use serde_json::Value;

use crate::i18n::t;

/// What to do after a piece was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Go on with this byte.
    On(u32),
    /// Wait and send it again.
    Again,
    /// Get another token and send it again.
    Renew,
    /// Give up, for this reason.
    Stop(String),
}

/// Reads the server's answer to a piece.
pub fn next(status: u16, offset: Option<u32>, text: &str) -> Next {
    match (status, offset) {
        (204 | 409, Some(offset)) => Next::On(offset),
        (401, _) => Next::Renew,
        (408 | 429 | 500..=599, _) => Next::Again,
        _ => {
            let answer = serde_json::from_str::<Value>(text).unwrap_or_default();
            let said = answer.get("message").and_then(Value::as_str).map(str::to_owned);
            Next::Stop(
                said.unwrap_or_else(|| t("服务没有接收这个文件。", "The service did not take this file.").to_owned()),
            )
        }
    }
}

/// Milliseconds before the next attempt, after so many failed ones.
pub fn pause(failed: u32) -> i32 {
    1_000 << failed.min(3)
}

/// A number of bytes as people read it.
pub fn size_text(bytes: i32) -> String {
    let tenths = |unit: i32| {
        let tenths = (i64::from(bytes) * 10 + i64::from(unit) / 2) / i64::from(unit);
        if tenths % 10 == 0 { format!("{}", tenths / 10) } else { format!("{}.{}", tenths / 10, tenths % 10) }
    };
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", (bytes + 500) / 1_000),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_whether_to_go_on_to_wait_or_to_stop() {
        let refused = r#"{"code":"FILE_REFUSED","message":"文件内容不是 PDF。"}"#;
        for (status, offset, text, expected) in [
            (204, Some(5), "", Next::On(5)),
            (409, Some(3), "{}", Next::On(3)),
            (401, None, "", Next::Renew),
            (429, None, "", Next::Again),
            (503, None, "<html>", Next::Again),
            (422, None, refused, Next::Stop("文件内容不是 PDF。".to_owned())),
            (404, None, "", Next::Stop("服务没有接收这个文件。".to_owned())),
        ] {
            assert_eq!(next(status, offset, text), expected, "{status}");
        }
    }

    #[test]
    fn pauses_grow_to_eight_seconds() {
        assert_eq!((0..6).map(pause).collect::<Vec<_>>(), [1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
    }

    #[test]
    fn sizes_are_rounded_to_what_people_read() {
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_499, "1 KB"),
            (245_600, "246 KB"),
            (1_000_000, "1 MB"),
            (3_449_999, "3.4 MB"),
            (20_000_000, "20 MB"),
        ] {
            assert_eq!(size_text(bytes), text);
        }
    }
}
