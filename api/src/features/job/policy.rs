//! Who may end and retry jobs. Pure: no database, no waiting.
use entity::job;

use crate::authz::{Actor, Denied, Permission};

/// Permissions that `viewerCan` speaks of.
pub const PERMISSIONS: &[Permission] = &[Permission::JobManage];

/// Work that also runs by schedule is begun at once.
pub fn can_start(actor: &Actor) -> Result<(), Denied> {
    if actor.may_everywhere(Permission::JobManage) { Ok(()) } else { Err(Denied(Permission::JobManage)) }
}

/// `job` is cancelled or tried again.
pub fn can_manage(actor: &Actor, job: &job::Model) -> Result<(), Denied> {
    let own = job.actor_id == Some(actor.account());
    if own || actor.may_everywhere(Permission::JobManage) { Ok(()) } else { Err(Denied(Permission::JobManage)) }
}
