//! The demonstration: the organizations of Nantong along its real divisions, and people who do not exist.
//!
//! Everything follows from one seed and the date: the same day gives the same data, down to keys and sealed values.
//! That is fit for fictitious people only. Given names begin with 示例, phone numbers with the unassigned prefix 100,
//! identity numbers with the region 99, which does not exist.

mod accounts;
mod batch;
mod bodies;
mod chain;
mod cut;
pub mod divisions;
mod duties;
mod generate;
mod life;
mod load;
pub mod mapping;
mod names;
mod obligations;
mod organizations;
mod people;
mod person;
mod plan;
mod script;
mod seed;
#[cfg(test)]
mod tests;

pub use load::{State, load, state};
pub use mapping::MappingError;

/// The divisions of Nantong.
const DIVISIONS: &str = include_str!("../../data/nantong-divisions.csv");
/// What units become that are neither streets nor towns.
const MAPPING: &str = include_str!("../../data/nantong-mapping.csv");

/// What to load.
#[derive(Clone, Debug)]
pub struct DemoOptions {
    /// Multiplies the people; 1 means about 60,000 in the whole tree.
    pub scale: u32,
    /// Cuts the tree to about this many organizations, and the people in proportion. The variety stays.
    pub organizations: Option<u32>,
    /// Password of all demonstration accounts.
    pub password: String,
}

/// What was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoSummary {
    /// Number of divisions.
    pub divisions: u64,
    /// Number of organizations, groups and member households.
    pub organizations: u64,
    /// Number of persons.
    pub people: u64,
    /// Number of those with a membership.
    pub members: u64,
    /// Number of things that are due.
    pub obligations: u64,
    /// The accounts.
    pub logins: Vec<DemoLogin>,
}

/// A demonstration account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoLogin {
    /// Sign-in name.
    pub name: String,
    /// Password.
    pub password: String,
    /// Name of its role in Chinese.
    pub role_zh: String,
    /// Name of the organization where it acts.
    pub place: String,
}

/// Why the demonstration could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Somebody works with this database already.
    #[error("the database is not empty; the demonstration data needs an empty one")]
    NotEmpty,
    /// An earlier load was broken off.
    #[error("an earlier load of demonstration data did not finish; remove the database and load again")]
    Unfinished,
    /// The division file is wrong.
    #[error("division file, {0}")]
    Divisions(#[from] divisions::DivisionFileError),
    /// The mapping file is wrong.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// The password cannot be hashed.
    #[error("the password of the demonstration accounts cannot be used; take a shorter one")]
    Password,
    /// A branch has too few people for its accounts.
    #[error("no person was found for the demonstration account {0}")]
    NoPerson(&'static str),
    /// Work in the background ended early.
    #[error("loading was interrupted")]
    Interrupted,
    /// The key of a person does not open again.
    #[error(transparent)]
    Sealing(#[from] crate::db::seal::Unsealable),
    /// The database refused.
    #[error("the database refused the demonstration data: {0}")]
    Database(#[from] sea_orm::DbErr),
}
