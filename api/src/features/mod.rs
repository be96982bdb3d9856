//! One folder a concept.

pub mod account;
