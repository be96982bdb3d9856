//! Parsed documents, kept by their text, so that a known document is not parsed again.
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_graphql_parser::{parse_query, types::ExecutableDocument};
use quick_cache::sync::Cache;

use super::limits::{TooLarge, check_brackets};

/// Documents kept.
const KEPT: usize = 1_000;
/// Longest text that is kept, so that nobody fills the memory with large documents. Those of the app are shorter.
const LONGEST: usize = 8_192;

/// Why a text is not a document.
#[derive(Clone, Debug, thiserror::Error)]
pub enum DocumentError {
    /// It is not GraphQL.
    #[error("{0}")]
    Syntax(String),
    /// It is too large to be parsed.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
}

/// A parsed document.
#[derive(Debug)]
pub struct Document {
    /// What it says.
    pub parsed: ExecutableDocument,
    valid: AtomicBool,
}

impl Document {
    /// Whether it was found to fit the schema before.
    pub fn is_valid(&self) -> bool {
        self.valid.load(Ordering::Relaxed)
    }

    /// It was found to fit the schema.
    pub fn was_valid(&self) {
        self.valid.store(true, Ordering::Relaxed);
    }
}

/// The cache of parsed documents of one process.
pub struct Documents(Cache<String, Arc<Document>>);

impl Default for Documents {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

impl Documents {
    /// The document that `text` says.
    pub fn parse(&self, text: &str) -> Result<Arc<Document>, DocumentError> {
        if let Some(known) = self.0.get(text) {
            return Ok(known);
        }
        check_brackets(text)?;
        let parsed = parse_query(text).map_err(|error| DocumentError::Syntax(error.to_string()))?;
        let document = Arc::new(Document { parsed, valid: AtomicBool::new(false) });
        if text.len() <= LONGEST {
            self.0.insert(text.to_owned(), Arc::clone(&document));
        }
        Ok(document)
    }
}
