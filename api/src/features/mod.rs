//! One folder a concept. Files have a fixed vocabulary: `types query mutation service policy repo loader obligation`.

pub mod account;
pub mod affiliation;
pub mod audit;
pub mod division;
pub mod member;
pub mod obligation;
pub mod organization;
pub mod person;
pub mod post;
pub mod problem_report;
pub mod role;
pub mod search;
