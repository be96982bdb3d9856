//! Who may see and make drafts. Pure: no database, no waiting.
use entity::Date;

use crate::authz::{Actor, Denied, Permission};

/// Drafts, changes, publishes and gives up rule sets: they hold for the whole city, so the right is needed there.
pub fn can_edit(actor: &Actor) -> Result<(), Denied> {
    if actor.may_everywhere(Permission::RuleEdit) { Ok(()) } else { Err(Denied(Permission::RuleEdit)) }
}

/// Whether a set may begin on `from`: on a day to come, so that nothing that has begun changes its rules.
pub fn can_begin(from: Date, today: Date) -> bool {
    from > today
}
