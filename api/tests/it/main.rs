//! Integration tests over a real database: one binary, run once per engine.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "a test that meets something unexpected stops right there"
)]

mod access;
mod account;
mod account_for_posts;
mod affiliation;
mod api_token;
mod attachment;
mod attachment_killed;
mod audit;
mod erasure;
mod grant;
mod http;
mod integrity;
mod job;
mod job_killed;
mod laws;
mod live;
mod member;
mod notification;
mod obligation;
mod organization;
mod outbox;
mod person;
mod person_export;
mod post;
mod process;
mod recovery;
mod retention;
mod role;
mod role_design;
mod rule_set;
mod second_factor;
mod soak;
