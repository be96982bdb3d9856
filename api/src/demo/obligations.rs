//! What is due when the demonstration begins, by the rules of the features.
use entity::{
    Date, ObligationKind, OrganizationId, PersonId, RecordStatus, Timestamp, member, obligation, organization_term,
    person,
};

use super::seed::{Seed, moment};
use crate::features::{
    member::obligation::{contact_due, record_due},
    person::service::missing_fields,
};

/// One for each running term.
pub(super) fn reelection(seed: &Seed, term: &organization_term::Model) -> Option<obligation::Model> {
    let due = Due { organization: term.organization_id, person: None, opened: moment(term.from, 0) };
    term.ended_on.is_none().then(|| due.on(term.until, ObligationKind::ReelectionDue, seed))
}

/// One for a member on the way whom nobody accompanies, in a stage since `since`.
pub(super) fn contact(
    seed: &Seed,
    member: &member::Model,
    since: Date,
    accompanied: bool,
) -> Option<obligation::Model> {
    let due = Due::of(member, moment(since, 0).max(member.created_at));
    let on = contact_due(seed.basis(), member.stage, RecordStatus::Active, since, accompanied)?;
    Some(due.on(on, ObligationKind::MemberWithoutContact, seed))
}

/// One for a member whose record lacks something.
pub(super) fn record(seed: &Seed, member: &member::Model, person: &person::Model) -> Option<obligation::Model> {
    let due = Due::of(member, member.created_at);
    // Rows are entered in working hours: the date of the moment is the local date.
    let entered = member.created_at.to_utc().date_naive();
    let on = record_due(seed.basis(), member.stage, person.status, entered, &missing_fields(person))?;
    Some(due.on(on, ObligationKind::IncompleteRecord, seed))
}

struct Due {
    organization: OrganizationId,
    person: Option<PersonId>,
    opened: Timestamp,
}

impl Due {
    fn of(member: &member::Model, opened: Timestamp) -> Self {
        Self { organization: member.home_organization_id, person: Some(member.person_id), opened }
    }

    fn on(self, due_on: Date, kind: ObligationKind, seed: &Seed) -> obligation::Model {
        obligation::Model {
            id: seed.id(),
            kind,
            organization_id: self.organization,
            person_id: self.person,
            grant_id: None,
            due_on,
            opened_at: self.opened,
            closed_at: None,
            snoozed_until: None,
            snoozed_by: None,
            snoozed_at: None,
            snooze_reason: None,
        }
    }
}
