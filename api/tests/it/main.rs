//! Integration tests over a real database: one binary, run once per engine.
mod affiliation;
mod laws;
mod member;
mod organization;
mod person;
mod post;
