//! Parsed documents, kept by their text, so that a known document is not parsed again.
use std::sync::Arc;

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

/// The cache of parsed documents of one process.
pub struct Documents(Cache<String, Arc<ExecutableDocument>>);

impl Default for Documents {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

impl Documents {
    /// The document that `text` says.
    pub fn parse(&self, text: &str) -> Result<Arc<ExecutableDocument>, DocumentError> {
        if let Some(known) = self.0.get(text) {
            return Ok(known);
        }
        check_brackets(text)?;
        let document = parse_query(text).map_err(|error| DocumentError::Syntax(error.to_string()))?;
        let document = Arc::new(document);
        if text.len() <= LONGEST {
            self.0.insert(text.to_owned(), Arc::clone(&document));
        }
        Ok(document)
    }
}
