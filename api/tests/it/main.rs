//! Integration tests over a real database: one binary, run once per engine.
mod account;
mod http;
mod laws;
mod organization;
mod role;
