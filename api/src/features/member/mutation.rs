//! Changing memberships: decode → call → encode, and what each error reads like.
use async_graphql::{Context, Object};
use entity::member;

use super::{
    Member, MemberContactAssignInput, MemberContactAssignPayload, MemberCreateInput, MemberCreatePayload,
    MemberTransferInput, MemberTransferPayload, MemberUpdateInput, MemberUpdatePayload, loader, service,
};
use crate::{
    features::person::{self, record_problems, service::RecordError},
    graphql::{Begun, Call, Explain, Explained, Lock, Problem, Result, UserErrorCode, ids, replayed, scalar::Date},
};

/// Mutations on memberships.
#[derive(Default)]
pub struct MemberMutation;

#[Object]
impl MemberMutation {
    /// Records a new person and the membership, as an applicant, in one step. Codes: REQUIRED, `TOO_LONG`, INVALID,
    /// `OUT_OF_RANGE`, `NOT_FOUND`, ARCHIVED, `NOT_CONTAINABLE`, DUPLICATE, `HELD_ELSEWHERE`, `BUDGET_EXHAUSTED`,
    /// `IDEMPOTENCY_MISMATCH`.
    async fn member_create(&self, ctx: &Context<'_>, input: MemberCreateInput) -> Result<MemberCreatePayload> {
        let call = match Call::begin_keyed(ctx, Lock::None, input.idempotency_key.as_deref()).await? {
            Begun::Fresh(call) => call,
            Begun::Mismatch(user_errors) => return Ok(MemberCreatePayload { member: None, user_errors }),
            Begun::Replayed(id) => {
                let member = loader::member(ctx, replayed(id)).await?;
                return Ok(MemberCreatePayload { member, user_errors: Vec::new() });
            }
        };
        let command = service::MemberCreate {
            organization: ids::decode_or_nil(&input.organization),
            fields: input.person.into(),
            applied_on: input.applied_on.0,
        };
        let organization = command.organization;
        let outcome = service::create(&call.tx, &call.actor, command).await;
        let held_elsewhere = match &outcome {
            Err(service::MemberCreateError::Record(RecordError::IdentityHeldElsewhere(holder))) => Some(*holder),
            _ => None,
        };
        let (member, user_errors) = call.finish_keyed(outcome, |row| row.id.0).await?;
        if let Some(holder) = held_elsewhere {
            person::note_held_elsewhere(ctx, Some(organization), holder).await?;
        }
        Ok(MemberCreatePayload { member: member.map(Member::from), user_errors })
    }

    /// Corrects the day of application. Codes: `NOT_FOUND`, ARCHIVED, `OUT_OF_RANGE`, CONFLICT.
    async fn member_update(&self, ctx: &Context<'_>, input: MemberUpdateInput) -> Result<MemberUpdatePayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let command = service::MemberUpdate {
            member: ids::decode_or_nil(&input.member),
            version: input.version,
            applied_on: input.applied_on.map(|Date(day)| day),
        };
        let outcome = service::update(&call.tx, &call.actor, command).await;
        let (member, user_errors) = call.finish(outcome).await?;
        Ok(MemberUpdatePayload { member: member.map(Member::from), user_errors })
    }

    /// Moves a member to another home organization. Codes: `NOT_FOUND`, ARCHIVED, `NOT_CONTAINABLE`, INVALID,
    /// `OUT_OF_RANGE`, REQUIRED, CONFLICT.
    async fn member_transfer(&self, ctx: &Context<'_>, input: MemberTransferInput) -> Result<MemberTransferPayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let command = service::MemberTransfer {
            member: ids::decode_or_nil(&input.member),
            to: ids::decode_or_nil(&input.to),
            effective_on: input.effective_on.0,
            reason: input.reason,
            version: input.version,
        };
        let outcome = service::transfer(&call.tx, &call.actor, command).await;
        let (member, user_errors) = call.finish(outcome).await?;
        Ok(MemberTransferPayload { member: member.map(Member::from), user_errors })
    }

    /// Lets one or two full members accompany a member from today, in place of all others. Codes: `NOT_FOUND`, ARCHIVED,
    /// `OUT_OF_RANGE`, INVALID, CONFLICT.
    async fn member_contact_assign(
        &self,
        ctx: &Context<'_>,
        input: MemberContactAssignInput,
    ) -> Result<MemberContactAssignPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let command = service::MemberContactAssign {
            member: ids::decode_or_nil(&input.member),
            contacts: input.contacts.iter().map(|id| ids::decode_or_nil(id)).collect(),
            version: input.version,
        };
        let outcome = service::assign_contacts(&call.tx, &call.actor, command).await;
        let (member, user_errors) = call.finish(outcome).await?;
        Ok(MemberContactAssignPayload { member: member.map(Member::from), user_errors })
    }
}

fn not_found() -> Problem {
    Problem::not_found(&["member"], "党员", "member")
}

fn archived() -> Problem {
    let code = UserErrorCode::Archived;
    Problem::new(&["member"], code, "这条人员记录已归档，先恢复再修改。", "This record is archived; restore it first.")
}

fn ended() -> Problem {
    Problem::new(
        &["member"],
        UserErrorCode::Invalid,
        "这个人的组织关系已经结束，刷新后再看。",
        "This membership has ended; reload the page.",
    )
}

fn not_a_branch(field: &'static [&'static str]) -> Problem {
    Problem::new(
        field,
        UserErrorCode::NotContainable,
        "党员的组织关系只能落在党支部，换一个党支部。",
        "Only a branch is a home organization; choose a branch.",
    )
}

fn organization_archived(field: &'static [&'static str]) -> Problem {
    Problem::new(
        field,
        UserErrorCode::Archived,
        "这个组织已归档，换一个党支部。",
        "This organization is archived; choose another branch.",
    )
}

fn under_age() -> Problem {
    Problem::new(
        &["appliedOn"],
        UserErrorCode::OutOfRange,
        "申请入党时要年满十八周岁，核对申请日期和出生日期。",
        "An applicant is at least 18 years old; check the day of application and the birth date.",
    )
}

impl Explain<member::Model> for service::MemberCreateError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::OrganizationNotFound => Problem::not_found(&["organization"], "组织", "organization").into(),
            Self::OrganizationArchived => organization_archived(&["organization"]).into(),
            Self::NotABranch { kind: _ } => not_a_branch(&["organization"]).into(),
            Self::AppliedLater => Problem::new(
                &["appliedOn"],
                UserErrorCode::OutOfRange,
                "申请日期不能晚于今天，改成递交申请书的日期。",
                "The application cannot lie in the future; enter the day it was handed in.",
            )
            .into(),
            Self::UnderAge => under_age().into(),
            Self::Record(error) => record_problems(error, true),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<member::Model> for service::MemberUpdateError {
    fn current(&mut self) -> Option<member::Model> {
        if let Self::Conflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => not_found().into(),
            Self::Archived => archived().into(),
            Self::AppliedOutOfRange => Problem::new(
                &["appliedOn"],
                UserErrorCode::OutOfRange,
                "申请日期不能晚于今天，要早于下一个发展阶段和第一次转接。",
                "The application cannot lie in the future, and must precede the next stage and the first transfer.",
            )
            .into(),
            Self::UnderAge => under_age().into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<member::Model> for service::MemberTransferError {
    fn current(&mut self) -> Option<member::Model> {
        if let Self::Conflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => not_found().into(),
            Self::TargetNotFound => Problem::not_found(&["to"], "组织", "organization").into(),
            Self::TargetArchived => organization_archived(&["to"]).into(),
            Self::NotABranch { kind: _ } => not_a_branch(&["to"]).into(),
            Self::AtHome => Problem::new(
                &["to"],
                UserErrorCode::Invalid,
                "组织关系已经在这个党支部，换一个转入的党支部。",
                "The member is at home in this branch already; choose another.",
            )
            .into(),
            Self::Archived => archived().into(),
            Self::Ended { stage: _ } => ended().into(),
            Self::DayOutOfRange => Problem::new(
                &["effectiveOn"],
                UserErrorCode::OutOfRange,
                "转接日期不能晚于今天，也不能早于转入现在这个党支部的日期。",
                "The day cannot lie in the future, nor before the member came to the present branch.",
            )
            .into(),
            Self::ReasonEmpty => Problem::required(&["reason"], "理由", "The reason").into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<member::Model> for service::MemberContactAssignError {
    fn current(&mut self) -> Option<member::Model> {
        if let Self::Conflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        use UserErrorCode::{Invalid, OutOfRange};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => not_found().into(),
            Self::Archived => archived().into(),
            Self::Ended => ended().into(),
            Self::Number => Problem::new(
                &["contacts"],
                OutOfRange,
                "培养联系人要有一到两名，增减后再保存。",
                "A member has one or two contact persons; add or remove some.",
            )
            .into(),
            Self::ContactNotFound => Problem::not_found(&["contacts"], "培养联系人", "contact person").into(),
            Self::ContactNotFull => Problem::new(
                &["contacts"],
                Invalid,
                "培养联系人要由正式党员担任，换一名正式党员。",
                "A contact person is a full member; choose a full member.",
            )
            .into(),
            Self::Himself => Problem::new(
                &["contacts"],
                Invalid,
                "本人不能当自己的培养联系人，换一名正式党员。",
                "Nobody accompanies himself; choose another full member.",
            )
            .into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}
