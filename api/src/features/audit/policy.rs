//! Whose changes are shown to whom, beyond that there was one.
use entity::audit;

use crate::authz::{Actor, Denied, Permission};

/// Read what `row`, which `actor` may see, says before and after. What it says of a person needs the right to read
/// persons where it happened; accounts and grants are no record of a person, and need the right to read them.
pub fn can_read_changes(actor: &Actor, row: &audit::Model) -> Result<(), Denied> {
    let Some(person) = row.person_id else { return Ok(()) };
    let there = |permission| row.organization_id.is_some_and(|organization| actor.may(permission, organization));
    let allowed = match row.object_type.as_str() {
        "Account" | "SignInSession" if actor.may_everywhere(Permission::AccountRead) => true,
        "Grant" if there(Permission::GrantRead) || actor.may_everywhere(Permission::GrantRead) => true,
        _ => there(Permission::PersonRead) || actor.may_own(Permission::PersonRead, person),
    };
    if allowed { Ok(()) } else { Err(Denied(Permission::PersonRead)) }
}
