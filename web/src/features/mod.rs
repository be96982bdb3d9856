//! One folder a concept, with the same names as in the API.

pub mod access;
pub mod account;
pub mod affiliation;
pub mod attachment;
pub mod audit;
pub mod erasure;
pub mod grant;
pub mod job;
pub mod notification;
pub mod obligation;
pub mod organization;
pub mod person;
pub mod person_export;
pub mod problem_report;
pub mod retention;
pub mod role;
pub mod rule_set;
pub mod search;
pub mod second_factor;
pub mod sign_in;
pub mod workbench;
