//! What is due when the demonstration begins, by the rules that the feature follows afterwards.
use entity::{
    Date, MemberStage, ObligationKind, OrganizationId, PersonId, Timestamp, member, obligation, organization_term,
    person,
};

use super::seed::{Seed, days_after, moment};

/// Days until an activist or candidate has a contact person.
const CONTACT_DAYS: i64 = 7;
/// Days until a record is complete.
const RECORD_DAYS: i64 = 14;

/// One for each running term.
pub(super) fn reelection(seed: &Seed, term: &organization_term::Model) -> Option<obligation::Model> {
    let due = Due { organization: term.organization_id, person: None, on: term.until, opened: moment(term.from, 0) };
    term.ended_on.is_none().then(|| due.of(seed, ObligationKind::ReelectionDue))
}

/// One for an activist or candidate whom nobody accompanies.
pub(super) fn contact(seed: &Seed, member: &member::Model, since: Date, contacts: usize) -> Option<obligation::Model> {
    let wants = matches!(member.stage, MemberStage::Activist | MemberStage::Candidate) && contacts == 0;
    wants.then(|| {
        let on = days_after(since, CONTACT_DAYS);
        let opened = moment(since, 0).max(member.created_at);
        Due { organization: member.home_organization_id, person: Some(member.person_id), on, opened }
            .of(seed, ObligationKind::MemberWithoutContact)
    })
}

/// One for a person with membership whose record lacks something.
pub(super) fn record(seed: &Seed, member: &member::Model, person: &person::Model) -> Option<obligation::Model> {
    let lacking = person.sex.is_none()
        || person.birth_sealed.is_none()
        || person.phone_sealed.is_none()
        || person.identity_sealed.is_none()
        || person.education.is_none()
        || person.occupation_group.is_none();
    lacking.then(|| {
        let opened = member.created_at;
        let on = days_after(opened.to_utc().date_naive(), RECORD_DAYS);
        Due { organization: member.home_organization_id, person: Some(member.person_id), on, opened }
            .of(seed, ObligationKind::IncompleteRecord)
    })
}

struct Due {
    organization: OrganizationId,
    person: Option<PersonId>,
    on: Date,
    opened: Timestamp,
}

impl Due {
    fn of(self, seed: &Seed, kind: ObligationKind) -> obligation::Model {
        obligation::Model {
            id: seed.id(),
            kind,
            organization_id: self.organization,
            person_id: self.person,
            due_on: self.on,
            opened_at: self.opened,
            closed_at: None,
        }
    }
}
