//! Integration tests over a real database: one binary, run once per engine.
mod laws;
mod organization;
