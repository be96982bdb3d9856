//! A running application for tests: a small city, actors with and without rights, both engines.
//!
//! The fixture is built once per process and copied per test. `JIANGHAI_TEST_ENGINE=postgres` with
//! `JIANGHAI_TEST_POSTGRES_URL` (a server whose databases may be created) runs the same tests there.

mod app;
mod city;
mod people;
mod template;
mod world;

pub use app::{Answer, TestApp};
pub use city::{City, PASSWORD};
pub use people::Human;
pub use template::empty_database;
pub use world::{NOW, TestClock, test_ambient};
