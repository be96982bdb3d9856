//! Whether the database still says one thing in every place: tree, head counts, data keys, erasures and history.
//!
//! The command `check` looks while nothing runs, the job every night and whenever an administrator asks for it.

mod job;
mod records;

pub use job::IntegrityCheck;
pub use records::records;
