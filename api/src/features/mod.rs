//! One folder a concept. Files have a fixed vocabulary: `types query mutation service policy repo loader obligation`.

pub mod account;
pub mod audit;
pub mod division;
pub mod obligation;
pub mod organization;
pub mod problem_report;
pub mod role;
