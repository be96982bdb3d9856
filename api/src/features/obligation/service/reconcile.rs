//! Working out duties again from the records.
use std::collections::HashMap;

use async_trait::async_trait;
use entity::{Date, ObligationKind, OrganizationId, PersonId, obligation};
use sea_orm::DbErr;

use super::{About, Duty};
use crate::{
    db::Tx,
    features::{notification::service as notifications, obligation::repo},
};

/// What a feature contributes: duties that follow from its records alone.
#[async_trait]
pub trait Contribution: Send + Sync {
    /// Kinds that nobody else contributes.
    fn kinds(&self) -> &'static [ObligationKind];

    /// All duties of these kinds that `organizations` have now, each with its day. A bounded number of statements,
    /// however many organizations there are.
    async fn due(&self, tx: &Tx, organizations: &[OrganizationId]) -> Result<Vec<(Duty, Date)>, DbErr>;
}

/// What [`reconcile`] found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Rows that were opened, shifted or closed.
    pub changed: usize,
    /// Whether more rows differ than were changed; ask again.
    pub more: bool,
}

/// Brings the duties of `organizations` in line with the records, changing at most `most` rows.
pub async fn reconcile(
    tx: &Tx,
    contributions: &[&dyn Contribution],
    organizations: &[OrganizationId],
    most: usize,
) -> Result<Reconciled, DbErr> {
    let mut wanted = Vec::new();
    let mut kinds = Vec::new();
    for contribution in contributions {
        kinds.extend(contribution.kinds());
        wanted.extend(contribution.due(tx, organizations).await?);
    }
    let persons: Vec<PersonId> = wanted.iter().filter_map(|(duty, _)| duty.about.person()).collect();
    let open = repo::open_of(tx, &kinds, organizations, &persons).await?;
    let differences = differences(wanted, open);
    let more = differences.len() > most;
    let mut changed = 0;
    let mut fell = Vec::new();
    for difference in differences.into_iter().take(most) {
        match difference {
            Difference::Open(duty, on) => fell.push((repo::insert(tx, duty, on).await?, duty)),
            Difference::Shift(row, duty, on) => {
                repo::shift(tx, row.id, duty.organization, on).await?;
                fell.extend((row.organization_id != duty.organization).then_some((row.id, duty)));
            }
            Difference::Close(row) => repo::close(tx, row.id).await?,
        }
        changed += 1;
    }
    notifications::duties_fell(tx, &fell).await?;
    Ok(Reconciled { changed, more })
}

/// One row that is not as it should be.
#[derive(Clone, Debug, PartialEq)]
enum Difference {
    Open(Duty, Date),
    Shift(obligation::Model, Duty, Date),
    Close(obligation::Model),
}

/// Where the open rows differ from the duties that are wanted. A duty about a person follows the person.
fn differences(wanted: Vec<(Duty, Date)>, open: Vec<obligation::Model>) -> Vec<Difference> {
    let key = |kind, organization, about| (kind, (about == About::Organization).then_some(organization), about);
    let mut known: HashMap<_, _> =
        open.into_iter().map(|row| (key(row.kind, row.organization_id, About::of(&row)), row)).collect();
    let mut differences = Vec::new();
    for (duty, on) in wanted {
        match known.remove(&key(duty.kind, duty.organization, duty.about)) {
            None => differences.push(Difference::Open(duty, on)),
            Some(row) if row.due_on == on && row.organization_id == duty.organization => {}
            Some(row) => differences.push(Difference::Shift(row, duty, on)),
        }
    }
    let mut gone: Vec<obligation::Model> = known.into_values().collect();
    gone.sort_by_key(|row| row.id);
    differences.extend(gone.into_iter().map(Difference::Close));
    differences
}

#[cfg(test)]
mod tests {
    use entity::{ObligationId, Timestamp};
    use uuid::Uuid;

    use super::*;

    fn row(id: u128, duty: Duty, due_on: Date) -> obligation::Model {
        obligation::Model {
            id: ObligationId(Uuid::from_u128(id)),
            kind: duty.kind,
            organization_id: duty.organization,
            person_id: duty.about.person(),
            grant_id: duty.about.grant(),
            due_on,
            opened_at: Timestamp(0),
            closed_at: None,
            snoozed_until: None,
            snoozed_by: None,
            snoozed_at: None,
            snooze_reason: None,
        }
    }

    #[test]
    fn duties_are_opened_shifted_and_closed_and_those_that_are_right_stay() {
        let organization = |n| OrganizationId(Uuid::from_u128(n));
        let day = |n| Date::from_ymd_opt(2026, 9, n).unwrap();
        let term =
            |n| Duty { kind: ObligationKind::ReelectionDue, organization: organization(n), about: About::Organization };
        let contact = |n, person| Duty {
            kind: ObligationKind::MemberWithoutContact,
            organization: organization(n),
            about: About::Person(PersonId(Uuid::from_u128(person))),
        };
        let (right, late, gone, moved) =
            (row(1, term(1), day(1)), row(2, term(2), day(2)), row(3, term(3), day(3)), row(4, contact(1, 7), day(4)));
        let open = vec![right, late.clone(), gone.clone(), moved.clone()];
        let wanted = vec![(term(1), day(1)), (term(2), day(5)), (contact(2, 7), day(4)), (contact(1, 8), day(6))];
        assert_eq!(
            differences(wanted, open),
            [
                Difference::Shift(late, term(2), day(5)),
                Difference::Shift(moved, contact(2, 7), day(4)),
                Difference::Open(contact(1, 8), day(6)),
                Difference::Close(gone),
            ]
        );
    }
}
