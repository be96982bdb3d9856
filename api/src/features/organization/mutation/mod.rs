//! Changing organizations: decode → call → encode.

mod explain;

use async_graphql::{Context, MaybeUndefined, Object};

use super::{
    Organization, OrganizationArchiveInput, OrganizationArchivePayload, OrganizationCreateInput,
    OrganizationCreatePayload, OrganizationMergeInput, OrganizationMergePayload, OrganizationMoveInput,
    OrganizationMovePayload, OrganizationRestoreInput, OrganizationRestorePayload, OrganizationUpdateInput,
    OrganizationUpdatePayload, TermRecordInput, TermRecordPayload, loader, service,
};
use crate::graphql::{Begun, Call, Lock, Result, ids, replayed, scalar::Date};

/// Mutations on organizations.
#[derive(Default)]
pub struct OrganizationMutation;

#[Object]
impl OrganizationMutation {
    /// Creates an organization below an existing one. Codes: REQUIRED, `TOO_LONG`, INVALID, `NOT_FOUND`, ARCHIVED,
    /// `NOT_CONTAINABLE`, DUPLICATE, `IDEMPOTENCY_MISMATCH`.
    async fn organization_create(
        &self,
        ctx: &Context<'_>,
        input: OrganizationCreateInput,
    ) -> Result<OrganizationCreatePayload> {
        let call = match Call::begin_keyed(ctx, Lock::Authority, input.idempotency_key.as_deref()).await? {
            Begun::Fresh(call) => call,
            Begun::Mismatch(user_errors) => return Ok(OrganizationCreatePayload { organization: None, user_errors }),
            Begun::Replayed(id) => {
                let organization = loader::organization(ctx, replayed(id)).await?;
                return Ok(OrganizationCreatePayload { organization, user_errors: Vec::new() });
            }
        };
        let outcome = service::create(&call.tx, &call.actor, input.into()).await;
        let (organization, user_errors) = call.finish_keyed(outcome, |row| row.id.0).await?;
        Ok(OrganizationCreatePayload { organization: organization.map(Organization::from), user_errors })
    }

    /// Changes the organization's own fields. Codes: as for creating, and CONFLICT.
    async fn organization_update(
        &self,
        ctx: &Context<'_>,
        input: OrganizationUpdateInput,
    ) -> Result<OrganizationUpdatePayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let outcome = service::update(&call.tx, &call.actor, input.into()).await;
        let (organization, user_errors) = call.finish(outcome).await?;
        Ok(OrganizationUpdatePayload { organization: organization.map(Organization::from), user_errors })
    }

    /// Puts an organization with everything below it under another one. Codes: `NOT_FOUND`, ARCHIVED, CYCLE,
    /// `NOT_CONTAINABLE`, `OUT_OF_RANGE`, REQUIRED, DUPLICATE, CONFLICT.
    async fn organization_move(
        &self,
        ctx: &Context<'_>,
        input: OrganizationMoveInput,
    ) -> Result<OrganizationMovePayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let outcome = service::relocate(&call.tx, &call.actor, input.into()).await;
        let (organization, user_errors) = call.finish(outcome).await?;
        Ok(OrganizationMovePayload { organization: organization.map(Organization::from), user_errors })
    }

    /// Moves children, members and affiliations of `source` into `into`, ends its posts and archives it. Codes:
    /// `NOT_FOUND`, INVALID, ARCHIVED, CYCLE, `NOT_CONTAINABLE`, `OUT_OF_RANGE`, REQUIRED, DUPLICATE, CONFLICT.
    async fn organization_merge(
        &self,
        ctx: &Context<'_>,
        input: OrganizationMergeInput,
    ) -> Result<OrganizationMergePayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let outcome = service::merge(&call.tx, &call.actor, input.into()).await;
        let (organization, user_errors) = call.finish(outcome).await?;
        Ok(OrganizationMergePayload { organization: organization.map(Organization::from), user_errors })
    }

    /// Archives an organization that nothing belongs to any more. Codes: `NOT_FOUND`, INVALID, ARCHIVED, `NOT_EMPTY`,
    /// REQUIRED, CONFLICT.
    async fn organization_archive(
        &self,
        ctx: &Context<'_>,
        input: OrganizationArchiveInput,
    ) -> Result<OrganizationArchivePayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let OrganizationArchiveInput { organization, reason, version } = input;
        let command = service::OrganizationArchive { organization: ids::decode_or_nil(&organization), reason, version };
        let outcome = service::archive(&call.tx, &call.actor, command).await;
        let (organization, user_errors) = call.finish(outcome).await?;
        Ok(OrganizationArchivePayload { organization: organization.map(Organization::from), user_errors })
    }

    /// Brings an archived organization back to work. Codes: `NOT_FOUND`, `NOT_ARCHIVED`, ARCHIVED, REQUIRED, CONFLICT.
    async fn organization_restore(
        &self,
        ctx: &Context<'_>,
        input: OrganizationRestoreInput,
    ) -> Result<OrganizationRestorePayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let OrganizationRestoreInput { organization, reason, version } = input;
        let command = service::OrganizationArchive { organization: ids::decode_or_nil(&organization), reason, version };
        let outcome = service::restore(&call.tx, &call.actor, command).await;
        let (organization, user_errors) = call.finish(outcome).await?;
        Ok(OrganizationRestorePayload { organization: organization.map(Organization::from), user_errors })
    }

    /// Records a reelection: the running term ends and the next begins. Codes: `NOT_FOUND`, ARCHIVED, INVALID,
    /// `OUT_OF_RANGE`, CONFLICT.
    async fn term_record(&self, ctx: &Context<'_>, input: TermRecordInput) -> Result<TermRecordPayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let TermRecordInput { organization, from: Date(from), until: Date(until), version } = input;
        let command = service::TermRecord { organization: ids::decode_or_nil(&organization), from, until, version };
        let outcome = service::record_term(&call.tx, &call.actor, command).await;
        let (organization, user_errors) = call.finish(outcome).await?;
        Ok(TermRecordPayload { organization: organization.map(Organization::from), user_errors })
    }
}

impl From<OrganizationCreateInput> for service::OrganizationCreate {
    fn from(input: OrganizationCreateInput) -> Self {
        Self {
            parent: ids::decode_or_nil(&input.parent),
            kind: input.kind.into(),
            level: input.level.into(),
            fields: service::OrganizationFields {
                name: input.name,
                code: input.code,
                sort_key: input.sort_key,
                branch_form: input.branch_form.map(Into::into),
                sector: input.sector.into(),
                division: input.division.map(|id| ids::decode_or_nil(&id)),
                founded_on: input.founded_on.map(|Date(day)| day),
                office_phone: input.office_phone,
                office_address: input.office_address,
            },
        }
    }
}

/// A value that may be left out (none), cleared (inner none) or set.
fn patched<T, U>(value: MaybeUndefined<T>, map: impl FnOnce(T) -> U) -> Option<Option<U>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(map(value))),
    }
}

impl From<OrganizationUpdateInput> for service::OrganizationUpdate {
    fn from(input: OrganizationUpdateInput) -> Self {
        Self {
            organization: ids::decode_or_nil(&input.organization),
            version: input.version,
            patch: service::OrganizationPatch {
                name: input.name,
                code: input.code,
                sort_key: input.sort_key,
                branch_form: patched(input.branch_form, Into::into),
                sector: input.sector.map(Into::into),
                division: patched(input.division, |id| ids::decode_or_nil(&id)),
                founded_on: patched(input.founded_on, |Date(day)| day),
                office_phone: patched(input.office_phone, |text| text),
                office_address: patched(input.office_address, |text| text),
            },
        }
    }
}

impl From<OrganizationMergeInput> for service::OrganizationMerge {
    fn from(input: OrganizationMergeInput) -> Self {
        Self {
            source: ids::decode_or_nil(&input.source),
            into: ids::decode_or_nil(&input.into),
            effective_on: input.effective_on.0,
            reason: input.reason,
            source_version: input.source_version,
            into_version: input.into_version,
        }
    }
}

impl From<OrganizationMoveInput> for service::OrganizationMove {
    fn from(input: OrganizationMoveInput) -> Self {
        Self {
            organization: ids::decode_or_nil(&input.organization),
            to: ids::decode_or_nil(&input.to),
            effective_on: input.effective_on.0,
            reason: input.reason,
            version: input.version,
        }
    }
}
