//! Access tokens.

/// The keys that sign access tokens.
pub struct TokenKeys;
