//! Running one GraphQL request, without any HTTP: document, limits, budget, execution, deadline, errors.
use std::{sync::Arc, time::Duration};

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value, Variables};
use async_graphql_parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection,
};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};

use super::{
    Locale, Request, limits,
    live::{Interest, Waiting},
};
use crate::{app::App, authz::Actor, config::FreeForm};

/// Most errors of one answer, so that a small wrong request does not get a large answer.
const MOST_ERRORS: usize = 20;
/// Most bytes of one message: some repeat what was written.
const LONGEST_MESSAGE: usize = 500;

/// The parameters of a request, as a client sends them.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct GraphqlRequest {
    /// The document.
    #[serde(default)]
    pub query: Option<String>,
    /// SHA-256 of a trusted document, in place of the document.
    #[serde(default)]
    pub id: Option<String>,
    /// Which operation of the document is meant.
    #[serde(default)]
    pub operation_name: Option<String>,
    /// Values of the variables.
    #[serde(default)]
    pub variables: Option<serde_json::Map<String, serde_json::Value>>,
    /// Left to extensions of the protocol; none is known here.
    #[serde(default)]
    pub extensions: Option<serde_json::Map<String, serde_json::Value>>,
}

/// Which operations a request may run.
#[derive(Clone, Debug)]
pub enum Operations {
    /// Queries and mutations.
    All,
    /// Queries alone, as over GET.
    QueriesOnly,
    /// Subscriptions too; each run answers once and says what the next answer waits for.
    Live(Arc<Waiting>),
}

/// What came of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was run; some fields may have failed.
    Answered,
    /// It was not run, because it is wrong.
    Refused,
    /// It would change something where only reading is possible.
    QueryExpected,
    /// The account has used up its budget.
    RateLimited(u64),
    /// It took too long.
    TimedOut,
}

impl Verdict {
    /// The word that metrics count it under.
    pub fn label(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Refused | Self::QueryExpected => "refused",
            Self::RateLimited(_) => "rate_limited",
            Self::TimedOut => "timed_out",
        }
    }
}

/// Runs `asked` for `actor`.
pub async fn execute(
    app: &Arc<App>,
    actor: Option<Arc<Actor>>,
    locale: Locale,
    request_id: &str,
    operations: Operations,
    asked: GraphqlRequest,
) -> (Verdict, Response) {
    let outcome = run(app, actor, locale, request_id, operations, asked).await;
    let (verdict, mut response) = outcome.unwrap_or_else(|refusal| (refusal.verdict, refusal.response()));
    response.errors.truncate(MOST_ERRORS);
    for error in &mut response.errors {
        error.message.truncate(error.message.floor_char_boundary(LONGEST_MESSAGE));
        let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
        if extensions.get("code").is_none() {
            extensions.set("code", if error.path.is_empty() { "GRAPHQL_VALIDATION_FAILED" } else { "BAD_USER_INPUT" });
        }
        extensions.set("requestId", request_id);
    }
    (verdict, response)
}

/// Like [`execute`], for a caller that can wait; also says what the next answer waits for, where there will be one.
pub async fn execute_live(
    app: &Arc<App>,
    actor: Arc<Actor>,
    locale: Locale,
    request_id: &str,
    asked: GraphqlRequest,
) -> (Verdict, Response, Option<Interest>) {
    let waiting = Arc::new(Waiting::default());
    let operations = Operations::Live(Arc::clone(&waiting));
    let (verdict, response) = execute(app, Some(actor), locale, request_id, operations, asked).await;
    (verdict, response, waiting.interest())
}

/// A request that is not run.
#[derive(Debug)]
pub struct Refusal {
    /// What came of it.
    pub verdict: Verdict,
    code: &'static str,
    message: String,
}

impl Refusal {
    /// A request that is wrong, for the reason `message`.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { verdict: Verdict::Refused, code, message: message.into() }
    }

    /// The answer that says so.
    pub fn response(self) -> Response {
        let mut error = ServerError::new(self.message, None);
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", self.code);
        error.extensions = Some(extensions);
        Response::from_errors(vec![error])
    }
}

async fn run(
    app: &Arc<App>,
    actor: Option<Arc<Actor>>,
    locale: Locale,
    request_id: &str,
    operations: Operations,
    mut asked: GraphqlRequest,
) -> Result<(Verdict, Response), Refusal> {
    let limits = &app.config.limits;
    let text = text(app, actor.as_deref(), &asked).await?;
    let document = app.documents.parse(&text).map_err(|error| {
        let code = match error {
            super::documents::DocumentError::Syntax(_) => "GRAPHQL_PARSE_FAILED",
            super::documents::DocumentError::TooLarge(_) => "QUERY_TOO_LARGE",
        };
        Refusal::new(code, error.to_string())
    })?;
    let operation = operation(&document.parsed, asked.operation_name.as_deref())?;
    check_kind(&operations, operation)?;
    if operation.ty == OperationType::Mutation && actor.as_ref().is_some_and(|actor| actor.preview().is_some()) {
        let message = locale
            .pick("预览是只读的，结束预览后再操作。", "A preview changes nothing; end the preview and do it again.");
        return Err(Refusal::new("PREVIEW_READ_ONLY", message));
    }
    if escapes_forbidden(&text) || asked.variables.iter().flat_map(serde_json::Map::values).any(holds_forbidden) {
        let message = "a text cannot contain control characters or signs that change the direction of writing";
        return Err(Refusal::new("BAD_REQUEST", message));
    }
    let variables = asked
        .variables
        .take()
        .map_or_else(Variables::default, |variables| Variables::from_json(serde_json::Value::Object(variables)));
    let measure = limits::check(&document.parsed, operation, &variables, limits)
        .map_err(|error| Refusal::new("QUERY_TOO_LARGE", error.to_string()))?;
    let account = actor.as_ref().map(|actor| actor.account());
    let rate = app.rate.take(account, measure.cost, limits.cost_per_minute, app.ambient.now()).map_err(|limited| {
        let seconds = limited.retry_after_seconds;
        let message = locale.pick(
            format!("请求太频繁，{seconds} 秒后再试。"),
            format!("Too much was asked for in the last minute; try again in {seconds} seconds."),
        );
        Refusal { verdict: Verdict::RateLimited(seconds), ..Refusal::new("RATE_LIMITED", message) }
    })?;
    let request = || {
        let mut request = async_graphql::Request::new(String::new())
            .variables(variables.clone())
            .data(Request::new(Arc::clone(app), actor.clone(), locale, request_id.to_owned()))
            .data(rate);
        if let Operations::Live(waiting) = &operations {
            request = request.data(Arc::clone(waiting));
        }
        request.operation_name.clone_from(&asked.operation_name);
        request.set_parsed_query(document.parsed.clone());
        if actor.is_none() { request.disable_introspection() } else { request }
    };
    let running = async {
        if operation.ty == OperationType::Subscription {
            return app.schema.execute_stream(request()).next().await.unwrap_or_default();
        }
        // Whether a document fits the schema is looked at once. What a query is given with it can still be wrong; then
        // its fields say so without a code, and the whole schema finds the words.
        if operation.ty == OperationType::Query && document.is_valid() {
            let response = app.trusting.execute(request()).await;
            if response.errors.iter().all(has_code) {
                return response;
            }
        }
        let response = app.schema.execute(request()).await;
        if response.is_ok() {
            document.was_valid();
        }
        response
    };
    let Ok(response) = tokio::time::timeout(Duration::from_secs(limits.seconds), running).await else {
        let message =
            locale.pick("处理时间太长，已停止；缩小范围后再试。", "This took too long and was stopped; ask for less.");
        return Err(Refusal { verdict: Verdict::TimedOut, ..Refusal::new("TIMEOUT", message) });
    };
    // Nothing was run where there is no data and no error belongs to a field.
    let refused = response.data == Value::Null && response.errors.iter().all(|error| error.path.is_empty());
    Ok((if refused { Verdict::Refused } else { Verdict::Answered }, response))
}

/// Whether a resolver says what went wrong.
fn has_code(error: &ServerError) -> bool {
    error.extensions.as_ref().is_some_and(|extensions| extensions.get("code").is_some())
}

/// Refuses an operation that cannot be sent in this way.
fn check_kind(operations: &Operations, operation: &OperationDefinition) -> Result<(), Refusal> {
    match (operation.ty, operations) {
        (OperationType::Mutation, Operations::QueriesOnly) => {
            let refusal =
                Refusal::new("QUERY_EXPECTED", "only queries can be sent with GET; send this operation with POST");
            Err(Refusal { verdict: Verdict::QueryExpected, ..refusal })
        }
        (OperationType::Subscription, Operations::All | Operations::QueriesOnly) => {
            let message = "a subscription needs a WebSocket with the subprotocol graphql-transport-ws";
            Err(Refusal::new("WEBSOCKET_EXPECTED", message))
        }
        (OperationType::Subscription, Operations::Live(_)) if !has_one_field(operation) => {
            let message = "a subscription has exactly one field, written directly into the operation";
            Err(Refusal::new("SUBSCRIPTION_NOT_SINGLE", message))
        }
        _ => Ok(()),
    }
}

/// Whether `operation` asks for one field, which no directive takes away.
fn has_one_field(operation: &OperationDefinition) -> bool {
    match &*operation.selection_set.node.items {
        [item] => matches!(&item.node, Selection::Field(field) if field.node.directives.is_empty()),
        _ => false,
    }
}

/// Whether `sign` has no place in a text: one database refuses NUL, other control characters make two names look the
/// same, and signs that change the direction of writing make a text read as another one.
fn is_forbidden(sign: char) -> bool {
    let turns = matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (sign.is_control() && !matches!(sign, '\n' | '\r' | '\t'))
}

fn holds_forbidden(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(text) => text.contains(is_forbidden),
        serde_json::Value::Array(items) => items.iter().any(holds_forbidden),
        serde_json::Value::Object(fields) => fields.values().any(holds_forbidden),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => false,
    }
}

/// Whether `document` writes such a sign, in a literal or by its number.
fn escapes_forbidden(document: &str) -> bool {
    let by_number = |rest: &str| {
        let number = rest.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        number.and_then(char::from_u32).is_some_and(is_forbidden)
    };
    document.contains(is_forbidden) || document.split("\\u").skip(1).any(by_number)
}

async fn text(app: &App, actor: Option<&Actor>, asked: &GraphqlRequest) -> Result<Arc<str>, Refusal> {
    let signed_in = actor.is_some_and(|actor| actor.session().is_some());
    match (&asked.query, &asked.id) {
        (Some(_), None) if signed_in && app.config.free_form == FreeForm::Tokens => {
            let message = "whoever is signed in sends documents of the web app by their id; others need an API token";
            Err(Refusal::new("DOCUMENT_NOT_TRUSTED", message))
        }
        (Some(query), None) => Ok(Arc::from(query.as_str())),
        (None, Some(id)) => {
            let known = app.trusted.get(&app.db, id, app.ambient.now()).await.unwrap_or_else(|error| {
                tracing::error!(%error, "the lists of trusted documents could not be read");
                None
            });
            known.ok_or_else(|| Refusal::new("DOCUMENT_UNKNOWN", "no document with this id is known; reload the app"))
        }
        (Some(_), Some(_)) => Err(Refusal::new("BAD_REQUEST", "`query` and `id` exclude each other")),
        (None, None) => Err(Refusal::new("BAD_REQUEST", "`query` is missing")),
    }
}

fn operation<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Result<&'a OperationDefinition, Refusal> {
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => operations.values().next(),
        _ => None,
    };
    found.map(|operation| &operation.node).ok_or_else(|| {
        let message = match name {
            Some(name) => format!("the document has no operation called {name:?}"),
            None => "the document has several operations; name one of them in `operationName`".to_owned(),
        };
        Refusal::new("OPERATION_UNKNOWN", message)
    })
}
