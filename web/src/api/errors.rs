//! What can go wrong between a page and the server, as facts that a page can act on.

use super::json::Json;
use crate::i18n::t;

/// The kinds of failure that pages tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The server was not reached.
    Offline,
    /// Nobody is signed in any more.
    SignedOut,
    /// Signed in, but not allowed.
    Forbidden,
    /// A preview changes nothing.
    ReadOnly,
    /// The preview is over.
    PreviewOver,
    /// Too many requests for now.
    RateLimited,
    /// The server knows a newer version of this app.
    Outdated,
    /// Something was written in a form that the contract does not know, such as a year of five digits.
    Malformed,
    /// Anything else on the server's side.
    Server,
}

/// A failed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// What kind of failure it is.
    pub kind: ErrorKind,
    /// The number under which the server logged it.
    pub request_id: Option<String>,
}

impl ApiError {
    /// A failure without a request number.
    pub fn new(kind: ErrorKind) -> Self {
        Self { kind, request_id: None }
    }

    /// One sentence for the reader: what happened and what to do.
    pub fn sentence(&self) -> &'static str {
        match self.kind {
            ErrorKind::Offline => t(
                "网络中断，或服务暂时连不上。已填写的内容还在。",
                "The network or the service is not reachable. What was filled in is kept.",
            ),
            ErrorKind::SignedOut => t("登录已结束，重新登录后继续。", "The sign-in has ended. Sign in again to go on."),
            ErrorKind::Forbidden => t(
                "当前账号没有这项权限，可联系本单位管理员。",
                "This account lacks the permission. The administrator can help.",
            ),
            ErrorKind::ReadOnly => {
                t("预览是只读的，结束预览后再操作。", "A preview changes nothing. End the preview and do it again.")
            }
            ErrorKind::PreviewOver => t("预览已结束。", "The preview is over."),
            ErrorKind::RateLimited => {
                t("现在请求太多，稍等片刻再试。", "Too many requests right now. Wait a moment and try again.")
            }
            ErrorKind::Outdated => {
                t("系统已更新，刷新页面后继续。", "The system was updated. Reload the page to go on.")
            }
            ErrorKind::Malformed => t(
                "有一项的写法不对，例如日期的年份。改好后再试。",
                "Something is not written as it should be, such as the year of a date. Correct it and try again.",
            ),
            ErrorKind::Server => t(
                "服务没有完成这次操作。已填写的内容还在。",
                "The service did not complete this. What was filled in is kept.",
            ),
        }
    }
}

/// Reads a GraphQL response: its data, or why there is none. Data beside errors counts as data, since the missing parts are null.
pub fn read_response(status: u16, text: &str) -> Result<Json, ApiError> {
    let answer = Json::parse(text).unwrap_or_default();
    if answer.get("data").is_some_and(|data| *data != Json::Null) {
        return Ok(answer.take("data").unwrap_or_default());
    }
    let extensions = answer.get("errors").and_then(|errors| errors.as_list()?.first()?.get("extensions"));
    let extension = |name: &str| extensions.and_then(|extensions| extensions.get(name)?.as_text());
    let kind = extension("code").map_or_else(|| kind_of_status(status), kind_of_code);
    Err(ApiError { kind, request_id: extension("requestId").map(str::to_owned) })
}

/// The code with which the server sends a request away before it begins with it.
pub const OVERLOADED: &str = "OVERLOADED";

fn kind_of_code(code: &str) -> ErrorKind {
    match code {
        "UNAUTHENTICATED" => ErrorKind::SignedOut,
        "FORBIDDEN" => ErrorKind::Forbidden,
        "PREVIEW_READ_ONLY" => ErrorKind::ReadOnly,
        "PREVIEW_OVER" => ErrorKind::PreviewOver,
        "RATE_LIMITED" | OVERLOADED => ErrorKind::RateLimited,
        "DOCUMENT_UNKNOWN" => ErrorKind::Outdated,
        "BAD_USER_INPUT" => ErrorKind::Malformed,
        _ => ErrorKind::Server,
    }
}

fn kind_of_status(status: u16) -> ErrorKind {
    match status {
        401 => ErrorKind::SignedOut,
        403 => ErrorKind::Forbidden,
        429 => ErrorKind::RateLimited,
        502..=504 => ErrorKind::Offline,
        _ => ErrorKind::Server,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_read_even_beside_errors() {
        let read = read_response(200, r#"{"data":{"viewer":null},"errors":[{"message":"x"}]}"#);
        assert_eq!(read, Ok(Json::Object(vec![("viewer".into(), Json::Null)])));
    }

    #[test]
    fn a_code_decides_before_the_status_and_keeps_the_request_number() {
        let text = r#"{"errors":[{"message":"x","extensions":{"code":"FORBIDDEN","requestId":"req-1"}}]}"#;
        assert_eq!(
            read_response(500, text),
            Err(ApiError { kind: ErrorKind::Forbidden, request_id: Some("req-1".into()) })
        );
    }

    #[test]
    fn a_server_that_is_too_busy_asks_for_patience() {
        let text = r#"{"errors":[{"message":"x","extensions":{"code":"OVERLOADED"}}]}"#;
        assert_eq!(read_response(503, text), Err(ApiError::new(ErrorKind::RateLimited)));
    }

    #[test]
    fn an_answer_that_is_no_json_is_judged_by_its_status() {
        assert_eq!(read_response(503, "<html>"), Err(ApiError::new(ErrorKind::Offline)));
        assert_eq!(read_response(401, ""), Err(ApiError::new(ErrorKind::SignedOut)));
        assert_eq!(read_response(200, "{}"), Err(ApiError::new(ErrorKind::Server)));
    }
}
