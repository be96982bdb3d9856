//! The documents of the web app, known by the SHA-256 of their text.
use std::{collections::HashMap, sync::Arc};

use crate::db::seal::sha256;

/// The lists that were built into the binary, newest last.
#[cfg(trusted_documents)]
const EMBEDDED: &[&str] = &[include_str!("../../../web/operations.json")];
/// The lists that were built into the binary: none.
#[cfg(not(trusted_documents))]
const EMBEDDED: &[&str] = &[];

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

/// The trusted documents of one process.
#[derive(Clone, Debug, Default)]
pub struct TrustedDocuments(HashMap<String, Arc<str>>);

impl TrustedDocuments {
    /// The documents that were built into the binary. A test keeps the list right.
    pub fn embedded() -> Self {
        Self::read(EMBEDDED).unwrap_or_else(|error| {
            tracing::error!(%error, "the list of trusted documents cannot be used; the web app will not work");
            Self::default()
        })
    }

    /// Reads `{"<sha256>": "<document>"}`, several lists one after another; a document of any of them is known.
    pub fn read(lists: &[&str]) -> Result<Self, TrustedError> {
        let mut documents = HashMap::new();
        for list in lists {
            let list: HashMap<String, Arc<str>> = serde_json::from_str(list)?;
            if let Some((id, _)) = list.iter().find(|(id, text)| hex::encode(sha256(text.as_bytes())) != **id) {
                return Err(TrustedError::Hash(id.clone()));
            }
            documents.extend(list);
        }
        Ok(Self(documents))
    }

    /// The document with this id.
    pub fn get(&self, id: &str) -> Option<Arc<str>> {
        self.0.get(id).cloned()
    }

    /// Number of documents.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_in_the_binary_is_right() {
        assert!(TrustedDocuments::read(EMBEDDED).is_ok());
    }

    #[test]
    fn a_document_is_found_by_its_hash_and_a_wrong_key_is_refused() {
        let id = hex::encode(sha256(b"{ viewer { today } }"));
        let list = format!("{{\"{id}\": \"{{ viewer {{ today }} }}\"}}");
        let documents = TrustedDocuments::read(&["{}", &list]).unwrap();
        assert_eq!(documents.get(&id).as_deref(), Some("{ viewer { today } }"));
        assert_eq!(documents.get("0"), None);
        let wrong = TrustedDocuments::read(&["{\"00\": \"{ a }\"}"]).unwrap_err();
        assert!(matches!(wrong, TrustedError::Hash(id) if id == "00"));
    }
}
