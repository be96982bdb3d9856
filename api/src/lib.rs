//! Jianghai: grassroots Party-building work of a city. This file only wires.

pub mod app;
pub mod audit;
pub mod authz;
pub mod backup;
pub mod check;
pub mod clock;
pub mod command;
pub mod config;
pub mod db;
pub mod demo;
pub mod disk;
pub mod features;
pub mod graphql;
pub mod http;
pub mod job;
pub mod outbox;
pub mod rule;
pub mod storage;
pub mod telemetry;
#[cfg(feature = "testing")]
#[expect(clippy::missing_panics_doc, reason = "a test that cannot go on stops right there")]
pub mod testing;
