//! One folder a concept, with the same names as in the API.

pub mod account;
pub mod affiliation;
pub mod attachment;
pub mod audit;
pub mod job;
pub mod notification;
pub mod obligation;
pub mod organization;
pub mod person;
pub mod problem_report;
pub mod search;
pub mod sign_in;
pub mod workbench;
