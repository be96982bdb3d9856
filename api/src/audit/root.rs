//! The newest root: position and hash of the chain's last link. Kept outside the database, it tells later whether the
//! chain up to there is still the same.
use chrono::{DateTime, SecondsFormat};
use entity::{Timestamp, audit_seal};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

/// What a file of this form says it is.
pub const FORMAT: &str = "jianghai audit root 1";

/// How the chain ended when the root was written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// Always [`FORMAT`].
    pub format: String,
    /// Number of the newest link.
    pub position: i64,
    /// How many changes are sealed up to there.
    pub count: u64,
    /// Hash of the newest link, in hexadecimal digits.
    pub hash: String,
    /// When it was sealed, RFC 3339 in UTC.
    pub at: String,
}

/// Why a text is no root.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RootError {
    /// It is no JSON object with the fields of a root.
    #[error("it is not the JSON text of a root: {0}")]
    Unreadable(String),
    /// It says that it is something else.
    #[error("its format is {0:?} and not {FORMAT:?}")]
    Format(String),
    /// The position is none.
    #[error("its position {0} is not a number from 1 up")]
    Position(i64),
    /// The hash is none.
    #[error("its hash is not 64 hexadecimal digits")]
    Hash,
    /// The time is none.
    #[error("its time {0:?} is not written as RFC 3339 has it")]
    Time(String),
}

impl Root {
    /// The root that `link` is.
    pub fn new(link: &audit_seal::Model, count: u64) -> Self {
        Self {
            format: FORMAT.to_owned(),
            position: link.position,
            count,
            hash: hex::encode(&link.hash),
            at: text(link.at),
        }
    }

    /// Reads what [`Root::to_text`] wrote.
    pub fn parse(text: &str) -> Result<Self, RootError> {
        let root: Self = serde_json::from_str(text).map_err(|error| RootError::Unreadable(error.to_string()))?;
        if root.format != FORMAT {
            return Err(RootError::Format(root.format));
        }
        if root.position < 1 {
            return Err(RootError::Position(root.position));
        }
        if hex::decode(&root.hash).map_or(true, |hash| hash.len() != 32) {
            return Err(RootError::Hash);
        }
        if DateTime::parse_from_rfc3339(&root.at).is_err() {
            return Err(RootError::Time(root.at));
        }
        Ok(root)
    }

    /// The root as a file holds it.
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

fn text(at: Timestamp) -> String {
    at.to_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The newest link; none where nothing is sealed.
pub async fn newest(conn: &impl ConnectionTrait) -> Result<Option<audit_seal::Model>, DbErr> {
    audit_seal::Entity::find().order_by_desc(audit_seal::Column::Position).one(conn).await
}

/// How many links there are up to `position`.
pub async fn count(conn: &impl ConnectionTrait, position: i64) -> Result<u64, DbErr> {
    audit_seal::Entity::find().filter(audit_seal::Column::Position.lte(position)).count(conn).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> Root {
        let link = audit_seal::Model {
            position: 7,
            audit_id: uuid::Uuid::nil().into(),
            row_hash: vec![1; 32],
            hash: vec![0xAB; 32],
            at: Timestamp(1_788_940_800_123_456),
        };
        Root::new(&link, 7)
    }

    #[test]
    fn a_root_survives_writing_and_reading() {
        let root = root();
        assert_eq!(root.hash, "ab".repeat(32));
        assert_eq!(root.at, "2026-09-09T08:00:00.123456Z");
        assert_eq!(Root::parse(&root.to_text()), Ok(root));
    }

    #[test]
    fn what_is_no_root_is_told_by_what_is_wrong_with_it() {
        let changed = |change: fn(&mut Root)| {
            let mut root = root();
            change(&mut root);
            Root::parse(&root.to_text()).unwrap_err()
        };
        assert_eq!(changed(|root| root.format = "x".to_owned()), RootError::Format("x".to_owned()));
        assert_eq!(changed(|root| root.position = 0), RootError::Position(0));
        assert_eq!(changed(|root| root.hash = "ab".to_owned()), RootError::Hash);
        assert_eq!(changed(|root| root.hash = "zz".repeat(32)), RootError::Hash);
        assert_eq!(changed(|root| root.at = "yesterday".to_owned()), RootError::Time("yesterday".to_owned()));
        assert_eq!(
            Root::parse("[]").unwrap_err().to_string(),
            "it is not the JSON text of a root: invalid length 0, expected struct Root with 5 elements at line 1 column 2"
        );
    }
}
