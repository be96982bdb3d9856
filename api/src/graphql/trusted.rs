//! The documents of the web app, known by the SHA-256 of their text.
//!
//! The list of this binary is built into it. The last five lists that replicas of this instance served are in the
//! database, so that a page that was opened before an upgrade, or answered by a newer replica, goes on working.
use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

use entity::Timestamp;
use sea_orm::DbErr;

use crate::db::{Database, document_list, seal::sha256};

/// The list that was built into the binary.
#[cfg(trusted_documents)]
const EMBEDDED: &str = include_str!("../../../web/operations.json");
/// The list that was built into the binary: an empty one.
#[cfg(not(trusted_documents))]
const EMBEDDED: &str = "{}";

/// Microseconds between two looks into the database for an id that is not known.
const LOOK_AGAIN: i64 = 1_000_000;

/// A list of trusted documents that is not one.
#[derive(Debug, thiserror::Error)]
pub enum TrustedError {
    /// It is not a JSON object of texts.
    #[error("the list of trusted documents is not a JSON object of texts: {0}")]
    Syntax(#[from] serde_json::Error),
    /// A key is not the SHA-256 of its text.
    #[error("the trusted document {0} has another hash than its key says")]
    Hash(String),
}

type Documents = HashMap<String, Arc<str>>;

/// The trusted documents of one process.
#[derive(Debug, Default)]
pub struct TrustedDocuments {
    documents: RwLock<Documents>,
    looked_at: AtomicI64,
}

impl TrustedDocuments {
    /// The documents that were built into the binary. A test keeps the list right.
    pub fn embedded() -> Self {
        let documents = read(EMBEDDED).unwrap_or_else(|error| {
            tracing::error!(%error, "the list of trusted documents cannot be used; the web app will not work");
            Documents::default()
        });
        Self { documents: RwLock::new(documents), looked_at: AtomicI64::new(0) }
    }

    /// Tells the other replicas the list of this binary, and learns theirs.
    pub async fn publish(&self, db: &Database, now: Timestamp) -> Result<(), DbErr> {
        document_list::publish(db, EMBEDDED, now).await?;
        self.learn(db).await
    }

    /// The document with this id. One that is not known may be of a replica that was started a moment ago.
    pub async fn get(&self, db: &Database, id: &str, now: Timestamp) -> Result<Option<Arc<str>>, DbErr> {
        if let Some(known) = self.known(id) {
            return Ok(Some(known));
        }
        let looked_at = self.looked_at.load(Ordering::Relaxed);
        let due = now.0.saturating_sub(looked_at) >= LOOK_AGAIN;
        let mine =
            due && self.looked_at.compare_exchange(looked_at, now.0, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if mine {
            self.learn(db).await?;
        }
        Ok(self.known(id))
    }

    fn known(&self, id: &str) -> Option<Arc<str>> {
        self.documents.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    async fn learn(&self, db: &Database) -> Result<(), DbErr> {
        for list in document_list::newest(db.read()).await? {
            match read(&list.documents) {
                Ok(documents) => {
                    self.documents.write().unwrap_or_else(PoisonError::into_inner).extend(documents);
                }
                Err(error) => tracing::warn!(%error, "a kept list of trusted documents cannot be used"),
            }
        }
        Ok(())
    }
}

/// Reads `{"<sha256>": "<document>"}`.
fn read(list: &str) -> Result<Documents, TrustedError> {
    let documents: Documents = serde_json::from_str(list)?;
    match documents.iter().find(|(id, text)| hex::encode(sha256(text.as_bytes())) != **id) {
        Some((id, _)) => Err(TrustedError::Hash(id.clone())),
        None => Ok(documents),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_in_the_binary_is_right() {
        assert!(read(EMBEDDED).unwrap().len() > 1);
    }

    #[test]
    fn a_wrong_key_is_refused() {
        let id = hex::encode(sha256(b"{ viewer { today } }"));
        let documents = read(&format!("{{\"{id}\": \"{{ viewer {{ today }} }}\"}}")).unwrap();
        assert_eq!(documents.get(&id).map(AsRef::as_ref), Some("{ viewer { today } }"));
        let wrong = read("{\"00\": \"{ a }\"}").unwrap_err();
        assert!(matches!(wrong, TrustedError::Hash(id) if id == "00"));
    }
}
