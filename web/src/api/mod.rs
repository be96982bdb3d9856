//! The only code that fetches: one client, one socket, three hooks, and the words of the contract.

pub mod auth;
pub mod client;
mod documents;
pub mod errors;
pub mod fragments;
mod json;
pub mod live;
#[cfg(test)]
mod operations;
pub mod patch;
pub mod poll;
pub mod read;
pub mod types;
pub mod use_mutation;
pub mod use_query;

/// The contract as types; every operation is checked against it while compiling.
#[cynic::schema("jianghai")]
pub mod schema {}
