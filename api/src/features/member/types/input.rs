//! Inputs and payloads of mutations on memberships, and what lists are narrowed and sorted by.
use async_graphql::{Enum, ID, InputObject, SimpleObject};
use entity::RuleFamily;

use super::Member;
use crate::{
    features::{
        member::repo,
        organization::{MemberStage, OrderDirection, Sector},
        person::{AgeBand, Education, OccupationGroup, PersonFieldsInput, RecordStatus, Sex},
    },
    graphql::{Request, Result, UserError, ids, scalar::Date},
    rule::Basis,
};

/// What a list of members may be narrowed by.
#[derive(InputObject, Default)]
pub struct MemberFilter {
    /// Matches name or pinyin initials, from the start of a word.
    pub text: Option<String>,
    /// Stages.
    pub stage: Option<Vec<MemberStage>>,
    /// Home organization: this one and everything below it.
    pub organization: Option<ID>,
    /// Sectors of the home organization.
    pub sector: Option<Vec<Sector>>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Highest education.
    pub education: Option<Vec<Education>>,
    /// Occupation groups.
    pub occupation: Option<Vec<OccupationGroup>>,
    /// Ages reached in the running year.
    pub age_band: Option<Vec<AgeBand>>,
    /// Whether the person's record is in use; those in use alone where left out.
    pub status: Option<Vec<RecordStatus>>,
    /// Only members without a contact person in a stage for which the rules in force ask for one.
    pub without_contact: Option<bool>,
}

impl MemberFilter {
    /// What is asked of the repository, by the rules that hold today.
    pub async fn under_the_rules(self, request: &Request) -> Result<repo::Filter> {
        let accompanied = if self.without_contact == Some(true) {
            let basis = Basis::read(request.app.db.read(), RuleFamily::Obligation).await?;
            let rule = basis.contact_person(request.actor()?.today());
            Some(rule.map_or_else(Vec::new, |rule| rule.stages.clone()))
        } else {
            None
        };
        let MemberFilter {
            text,
            stage,
            organization,
            sector,
            sex,
            education,
            occupation,
            age_band,
            status,
            without_contact: _,
        } = self;
        Ok(repo::Filter {
            text,
            stage: stage.map(|stages| stages.into_iter().map(Into::into).collect()),
            under: organization.iter().map(|id| ids::decode_or_nil(id)).collect(),
            home: None,
            sector: sector.map(|sectors| sectors.into_iter().map(Into::into).collect()),
            sex: sex.map(Into::into),
            education: education.map(|educations| educations.into_iter().map(Into::into).collect()),
            occupation: occupation.map(|groups| groups.into_iter().map(Into::into).collect()),
            age_band: age_band.map(|bands| bands.into_iter().map(Into::into).collect()),
            status: status.map(|statuses| statuses.into_iter().map(Into::into).collect()),
            without_contact: accompanied,
        })
    }
}

/// By what a list of members is sorted. Missing days come before all others.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberOrderField {
    /// Name, by pinyin.
    Name,
    /// Stage, along the way.
    Stage,
    /// Day of the application.
    AppliedOn,
    /// Day of full membership.
    FullOn,
    /// Time of the last change.
    UpdatedAt,
}

/// Sort of a list of members.
#[derive(InputObject, Clone, Copy)]
pub struct MemberOrder {
    /// By what.
    pub field: MemberOrderField,
    /// Which way.
    pub direction: OrderDirection,
}

/// A new person who applies for membership at a branch.
#[derive(InputObject)]
pub struct MemberCreateInput {
    /// The branch.
    pub organization: ID,
    /// What is known of the person.
    pub person: PersonFieldsInput,
    /// Day of the application, not after today.
    pub applied_on: Date,
    /// The same key twice has the effect once and gets the same answer.
    pub idempotency_key: Option<String>,
}

/// What became of `memberCreate`.
#[derive(SimpleObject)]
pub struct MemberCreatePayload {
    /// The new membership; null where there are user errors.
    pub member: Option<Member>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Leave a field out to keep it.
#[derive(InputObject)]
pub struct MemberUpdateInput {
    /// The membership.
    pub member: ID,
    /// The version the caller saw.
    pub version: i32,
    /// Day of the application, not after today nor after the next stage began.
    pub applied_on: Option<Date>,
}

/// What became of `memberUpdate`.
#[derive(SimpleObject)]
pub struct MemberUpdatePayload {
    /// The membership after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub member: Option<Member>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Another home organization (组织关系转接).
#[derive(InputObject)]
pub struct MemberTransferInput {
    /// The membership.
    pub member: ID,
    /// The new home organization, a branch.
    pub to: ID,
    /// First day there, not after today.
    pub effective_on: Date,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `memberTransfer`.
#[derive(SimpleObject)]
pub struct MemberTransferPayload {
    /// The membership after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub member: Option<Member>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Who accompanies a member on the way from today (培养联系人).
#[derive(InputObject)]
pub struct MemberContactAssignInput {
    /// The membership.
    pub member: ID,
    /// One or two persons, each a full member.
    pub contacts: Vec<ID>,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `memberContactAssign`.
#[derive(SimpleObject)]
pub struct MemberContactAssignPayload {
    /// The membership after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub member: Option<Member>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
