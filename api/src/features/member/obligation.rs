//! What memberships contribute to obligations: a contact person for those on the way, and a complete record.
use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use chrono::Days;
use entity::{Date, MemberId, MemberStage, ObligationKind, OrganizationId, PersonId, RecordStatus, member, person};
use sea_orm::DbErr;

use super::{repo, service::runs};
use crate::{
    db::Tx,
    features::{
        obligation::service::{Contribution, Duty, ask_once, settle as settle_duty},
        person::{self as persons, service::missing_fields},
    },
};

/// Days to find a contact person after a stage began that asks for one.
const CONTACT_DAYS: u64 = 7;
/// Days to complete a record after the membership was recorded.
const RECORD_DAYS: u64 = 14;

/// Contact persons and complete records.
pub struct Memberships;

#[async_trait]
impl Contribution for Memberships {
    fn kinds(&self) -> &'static [ObligationKind] {
        &[ObligationKind::MemberWithoutContact, ObligationKind::IncompleteRecord]
    }

    async fn due(&self, tx: &Tx, organizations: &[OrganizationId]) -> Result<Vec<(Duty, Date)>, DbErr> {
        let members: Vec<member::Model> = repo::running_at(tx, organizations).await?;
        let ids: Vec<MemberId> = members.iter().map(|member| member.id).collect();
        let contacts = repo::contacts(tx.conn(), &ids, tx.today()).await?;
        let accompanied: HashSet<MemberId> = contacts.into_iter().map(|contact| contact.member_id).collect();
        let stages = repo::running_stages(tx, &ids).await?;
        let since: HashMap<MemberId, Date> = stages.into_iter().map(|stage| (stage.member_id, stage.from)).collect();
        let keys: Vec<PersonId> = members.iter().map(|member| member.person_id).collect();
        let people = persons::service::of_members(tx, &keys).await?;
        let people: HashMap<PersonId, person::Model> = people.into_iter().map(|person| (person.id, person)).collect();
        let mut due = Vec::new();
        for member in members {
            let Some(person) = people.get(&member.person_id) else { continue };
            let contact = since
                .get(&member.id)
                .and_then(|since| contact_due(member.stage, person.status, *since, accompanied.contains(&member.id)));
            due.extend(contact.map(|on| (duty(&member, ObligationKind::MemberWithoutContact), on)));
            let record = record_due(member.stage, person.status, entered(tx, &member), &missing_fields(person));
            due.extend(record.map(|on| (duty(&member, ObligationKind::IncompleteRecord), on)));
        }
        Ok(due)
    }
}

fn duty(member: &member::Model, kind: ObligationKind) -> Duty {
    Duty { kind, organization: member.home_organization_id, person: Some(member.person_id) }
}

/// The local day on which the membership was recorded.
fn entered(tx: &Tx, member: &member::Model) -> Date {
    tx.ambient().date_of(member.created_at)
}

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
    let accompanied = !repo::contacts(tx.conn(), &[member.id], tx.today()).await?.is_empty();
    let stage = repo::running_stage(tx, member.id).await?;
    let due = stage.and_then(|stage| contact_due(member.stage, person.status, stage.from, accompanied));
    settle_duty(tx, duty(member, ObligationKind::MemberWithoutContact), due).await?;
    let due = record_due(member.stage, person.status, entered(tx, member), &missing_fields(person));
    settle_duty(tx, duty(member, ObligationKind::IncompleteRecord), due).await
}

/// Days in which a transfer is decided on before the question is late.
const TRANSFER_DAYS: u64 = 14;

/// Another organization wants to record `person`: the home organization is asked whether to transfer the membership.
/// Nobody is asked for a person without a running membership.
pub async fn ask_transfer(tx: &Tx, person: PersonId) -> Result<(), DbErr> {
    match repo::of_person(tx, person).await? {
        Some(member) if runs(member.stage) => {
            let due = tx.today() + Days::new(TRANSFER_DAYS);
            ask_once(tx, duty(&member, ObligationKind::TransferAsked), due).await
        }
        _ => Ok(()),
    }
}

/// The membership was transferred: the question is answered.
pub async fn answer_transfer(tx: &Tx, member: &member::Model) -> Result<(), DbErr> {
    settle_duty(tx, duty(member, ObligationKind::TransferAsked), None).await
}

/// The same for a person of whom it is not known whether there is a membership.
pub async fn settle_person(tx: &Tx, person: &person::Model) -> Result<(), DbErr> {
    match repo::of_person(tx, person.id).await? {
        Some(member) => settle(tx, &member, person).await,
        None => Ok(()),
    }
}
