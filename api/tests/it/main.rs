//! Integration tests over a real database: one binary, run once per engine.
mod account;
mod affiliation;
mod http;
mod laws;
mod member;
mod organization;
mod person;
mod post;
mod role;
