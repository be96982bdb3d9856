//! Who may have an export. Pure: no database, no waiting.
use entity::PersonId;

use crate::authz::{Actor, Denied, Permission};

/// What is stored about `person` is put together or fetched: by the person alone.
pub fn can_export(actor: &Actor, person: PersonId) -> Result<(), Denied> {
    if actor.person() == Some(person) { Ok(()) } else { Err(Denied(Permission::PersonRead)) }
}
