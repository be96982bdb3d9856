//! One folder a concept. Files have a fixed vocabulary: `types query mutation service policy repo loader obligation`.

pub mod affiliation;
pub mod division;
pub mod member;
pub mod obligation;
pub mod organization;
pub mod person;
pub mod post;
pub mod search;
