//! What memberships contribute to obligations: a contact person for those on the way, and a complete record.
use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use entity::{
    Date, MemberId, MemberStage, ObligationKind, OrganizationId, PersonId, RecordStatus, RuleFamily, member, person,
};
use sea_orm::DbErr;

use super::{repo, service::runs};
use crate::{
    db::Tx,
    features::{
        obligation::service::{About, Contribution, Duty, ask_once, settle as settle_duty},
        person::{self as persons, service::missing_fields},
    },
    rule::Basis,
};

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
        let basis = Basis::read(tx.conn(), RuleFamily::Obligation).await?;
        let mut due = Vec::new();
        for member in members {
            let Some(person) = people.get(&member.person_id) else { continue };
            let accompanied = accompanied.contains(&member.id);
            let contact = since
                .get(&member.id)
                .and_then(|since| contact_due(&basis, member.stage, person.status, *since, accompanied));
            due.extend(contact.map(|on| (duty(&member, ObligationKind::MemberWithoutContact), on)));
            let record = record_due(&basis, member.stage, person.status, entered(tx, &member), &missing_fields(person));
            due.extend(record.map(|on| (duty(&member, ObligationKind::IncompleteRecord), on)));
        }
        Ok(due)
    }
}

fn duty(member: &member::Model, kind: ObligationKind) -> Duty {
    Duty { kind, organization: member.home_organization_id, about: About::Person(member.person_id) }
}

/// The local day on which the membership was recorded.
fn entered(tx: &Tx, member: &member::Model) -> Date {
    tx.ambient().date_of(member.created_at)
}

/// The last day to find a contact person for a member whose `stage` began on `since`; none where nothing is due.
pub fn contact_due(
    basis: &Basis,
    stage: MemberStage,
    status: RecordStatus,
    since: Date,
    accompanied: bool,
) -> Option<Date> {
    let missing = status == RecordStatus::Active && !accompanied;
    missing.then(|| basis.contact_by(stage, since)).flatten()
}

/// The last day to complete a record entered on `since`; none where nothing is due.
pub fn record_due(
    basis: &Basis,
    stage: MemberStage,
    status: RecordStatus,
    since: Date,
    missing: &[&str],
) -> Option<Date> {
    let lacks = runs(stage) && status == RecordStatus::Active && !missing.is_empty();
    lacks.then(|| basis.complete_by(since)).flatten()
}

/// Brings the duties about a member in line with the present state of both rows.
pub async fn settle(tx: &Tx, member: &member::Model, person: &person::Model) -> Result<(), DbErr> {
    let basis = Basis::read(tx.conn(), RuleFamily::Obligation).await?;
    let accompanied = !repo::contacts(tx.conn(), &[member.id], tx.today()).await?.is_empty();
    let stage = repo::running_stage(tx, member.id).await?;
    let due = stage.and_then(|stage| contact_due(&basis, member.stage, person.status, stage.from, accompanied));
    settle_duty(tx, duty(member, ObligationKind::MemberWithoutContact), due).await?;
    let due = record_due(&basis, member.stage, person.status, entered(tx, member), &missing_fields(person));
    settle_duty(tx, duty(member, ObligationKind::IncompleteRecord), due).await
}

/// Another organization wants to record `person`: the home organization is asked whether to transfer the membership.
/// Nobody is asked for a person without a running membership, nor where the rules ask nobody.
pub async fn ask_transfer(tx: &Tx, person: PersonId) -> Result<(), DbErr> {
    let Some(member) = repo::of_person(tx, person).await?.filter(|member| runs(member.stage)) else { return Ok(()) };
    match Basis::read(tx.conn(), RuleFamily::Obligation).await?.answer_by(tx.today()) {
        Some(due) => ask_once(tx, duty(&member, ObligationKind::TransferAsked), due).await,
        None => Ok(()),
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
