//! What memberships contribute to obligations: a contact person for those on the way, and a complete record.
use chrono::Days;
use entity::{Date, MemberStage, ObligationKind, RecordStatus, member, person};
use sea_orm::DbErr;

use super::{repo, service::runs};
use crate::{
    db::Tx,
    features::{
        obligation::service::{Duty, settle as settle_duty},
        person::service::missing_fields,
    },
};

/// Days to find a contact person after a stage began that asks for one.
const CONTACT_DAYS: u64 = 7;
/// Days to complete a record after the membership was recorded.
const RECORD_DAYS: u64 = 14;

/// Whether `stage` asks for a contact person (培养联系人).
pub fn asks_for_contact(stage: MemberStage) -> bool {
    matches!(stage, MemberStage::Activist | MemberStage::Candidate)
}

/// The last day to find a contact person for a member whose stage began on `since`; none where nothing is due.
pub fn contact_due(stage: MemberStage, status: RecordStatus, since: Date, accompanied: bool) -> Option<Date> {
    let due = asks_for_contact(stage) && status == RecordStatus::Active && !accompanied;
    due.then(|| since + Days::new(CONTACT_DAYS))
}

/// The last day to complete a record entered on `since`; none where nothing is due.
pub fn record_due(stage: MemberStage, status: RecordStatus, since: Date, missing: &[&str]) -> Option<Date> {
    let due = runs(stage) && status == RecordStatus::Active && !missing.is_empty();
    due.then(|| since + Days::new(RECORD_DAYS))
}

/// Brings the duties about a member in line with the present state of both rows.
pub async fn settle(tx: &Tx, member: &member::Model, person: &person::Model) -> Result<(), DbErr> {
    let duty = |kind| Duty { kind, organization: member.home_organization_id, person: Some(person.id) };
    let accompanied = !repo::contacts(tx.conn(), &[member.id], tx.today()).await?.is_empty();
    let stage = repo::running_stage(tx, member.id).await?;
    let due = stage.and_then(|stage| contact_due(member.stage, person.status, stage.from, accompanied));
    settle_duty(tx, duty(ObligationKind::MemberWithoutContact), due).await?;
    let entered = tx.ambient().date_of(member.created_at);
    let due = record_due(member.stage, person.status, entered, &missing_fields(person));
    settle_duty(tx, duty(ObligationKind::IncompleteRecord), due).await
}

/// The same for a person of whom it is not known whether there is a membership.
pub async fn settle_person(tx: &Tx, person: &person::Model) -> Result<(), DbErr> {
    match repo::of_person(tx, person.id).await? {
        Some(member) => settle(tx, &member, person).await,
        None => Ok(()),
    }
}
