//! Who may answer problem reports. Pure: no database, no waiting.
use crate::authz::{Actor, Denied, Permission};

/// What a viewer may do with a problem report.
pub const CANDIDATES: &[Permission] = &[Permission::ProblemAnswer];

/// A problem report is answered.
pub fn can_answer(actor: &Actor) -> Result<(), Denied> {
    if actor.may_everywhere(Permission::ProblemAnswer) { Ok(()) } else { Err(Denied(Permission::ProblemAnswer)) }
}
