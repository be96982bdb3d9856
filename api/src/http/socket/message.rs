//! The messages of graphql-transport-ws, and the codes with which a connection ends.
use actix_http::ws::{CloseCode, CloseReason};
use async_graphql::{Response, ServerError};
use chrono::SecondsFormat;
use entity::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::graphql::execute::GraphqlRequest;

/// The subprotocol.
pub(super) const PROTOCOL: &str = "graphql-transport-ws";

/// Most bytes of the reason in a closing frame.
const LONGEST_REASON: usize = 123;

/// What a client sends.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum ClientMessage {
    /// Who it is: `accessToken`, and perhaps the `language` of messages.
    ConnectionInit {
        #[serde(default)]
        payload: Option<Hello>,
    },
    /// A sign of life, perhaps with a renewed `accessToken`.
    Ping {
        #[serde(default)]
        payload: Option<Value>,
    },
    /// The answer to a ping of ours.
    Pong {},
    /// An operation under an id of the client's choice.
    Subscribe { id: String, payload: GraphqlRequest },
    /// The operation is no longer wanted.
    Complete { id: String },
}

/// The payload of `connection_init`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Hello {
    #[serde(default)]
    pub access_token: Option<String>,
    #[serde(default)]
    pub language: Option<String>,
}

/// The renewed token in the payload of a ping.
pub(super) fn renewed_token(payload: Option<&Value>) -> Option<&str> {
    payload?.get("accessToken")?.as_str()
}

fn expiry(until: Timestamp) -> Value {
    json!({ "expiresAt": until.to_utc().to_rfc3339_opts(SecondsFormat::Millis, true) })
}

/// `connection_ack`, with the moment at which the token runs out.
pub(super) fn ack(until: Timestamp) -> String {
    json!({ "type": "connection_ack", "payload": expiry(until) }).to_string()
}

/// The answer to a ping; to one with a renewed token it says until when that one holds.
pub(super) fn pong(until: Option<Timestamp>) -> String {
    match until {
        Some(until) => json!({ "type": "pong", "payload": expiry(until) }),
        None => json!({ "type": "pong" }),
    }
    .to_string()
}

#[derive(Serialize)]
struct Message<'a, T: ?Sized> {
    id: &'a str,
    r#type: &'static str,
    payload: &'a T,
}

/// One answer.
pub(super) fn next(id: &str, response: &Response) -> String {
    serde_json::to_string(&Message { id, r#type: "next", payload: response }).unwrap_or_default()
}

/// The operation was not run; nothing more comes.
pub(super) fn error(id: &str, errors: &[ServerError]) -> String {
    serde_json::to_string(&Message { id, r#type: "error", payload: errors }).unwrap_or_default()
}

/// Nothing more comes.
pub(super) fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}

/// Why a connection is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Close {
    /// The server stops; connect to another one.
    GoingAway,
    /// A message is larger than the largest body of a request.
    TooLarge,
    /// The account has too many connections.
    TooMany,
    /// A message is none of the protocol.
    BadMessage,
    /// An operation came before the connection was acknowledged.
    Unauthorized,
    /// The token is not valid or has run out, or the account may no longer act.
    Forbidden(&'static str),
    /// The client does not speak the subprotocol.
    SubprotocolUnknown,
    /// The client did not say in time who it is.
    InitTimeout,
    /// An id is in use.
    SubscriberExists(String),
    /// The client does not take what is sent to it. A code of our own.
    TooSlow,
    /// A second `connection_init`.
    TooManyInits,
}

impl Close {
    /// The code in the closing frame.
    pub(super) fn code(&self) -> u16 {
        match self {
            Self::GoingAway => 1001,
            Self::TooLarge => 1009,
            Self::TooMany => 1013,
            Self::BadMessage => 4400,
            Self::Unauthorized => 4401,
            Self::Forbidden(_) => 4403,
            Self::SubprotocolUnknown => 4406,
            Self::InitTimeout => 4408,
            Self::SubscriberExists(_) => 4409,
            Self::TooSlow => 4413,
            Self::TooManyInits => 4429,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::GoingAway => "the server stops; connect again".to_owned(),
            Self::TooLarge => "the message is too large".to_owned(),
            Self::TooMany => "this account has too many connections".to_owned(),
            Self::BadMessage => "Invalid message".to_owned(),
            Self::Unauthorized => "Unauthorized".to_owned(),
            Self::Forbidden(why) => format!("Forbidden: {why}"),
            Self::SubprotocolUnknown => "Subprotocol not acceptable".to_owned(),
            Self::InitTimeout => "Connection initialisation timeout".to_owned(),
            Self::SubscriberExists(id) => format!("Subscriber for {id} already exists"),
            Self::TooSlow => "Too slow: what was sent was not taken in time".to_owned(),
            Self::TooManyInits => "Too many initialisation requests".to_owned(),
        }
    }

    /// The closing frame, with as much of the reason as fits into it.
    pub(super) fn reason(&self) -> CloseReason {
        let mut text = self.text();
        text.truncate(text.floor_char_boundary(LONGEST_REASON));
        CloseReason { code: CloseCode::from(self.code()), description: Some(text) }
    }
}
