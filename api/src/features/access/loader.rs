//! Looking up what is asked about, under the rights of the one who asks.
use async_graphql::Context;
use entity::{
    AccountId, AttachmentId, AttachmentState, MemberId, ObligationId, OrganizationId, OrganizationStatus, PersonId,
    RecordStatus,
};

use super::{
    policy::{Kind, Target, root},
    repo,
};
use crate::{
    authz::{GrantInfo, Permission, Place},
    features::{
        account, affiliation,
        attachment::{self, Owner},
        grant::{self, Grant},
        member, obligation, organization, person, post,
    },
    graphql::{
        Result,
        ids::{self, GlobalId},
        request,
    },
};

/// Most grants of one account that are looked through.
const MOST_GRANTS: u64 = 200;

/// The object with the global id `id`; none where it is missing or hidden, or nothing that rights are asked about.
pub(super) async fn target(ctx: &Context<'_>, id: &str) -> Result<Option<Target>> {
    let Some((tag, uuid)) = ids::decode_tagged(id) else { return Ok(None) };
    match tag {
        OrganizationId::TAG => {
            let found = organization::organization(ctx, uuid.into()).await?;
            Ok(found.map(|found| on_organization(found.0.id, found.0.status == OrganizationStatus::Archived)))
        }
        PersonId::TAG => person_target(ctx, uuid.into()).await,
        MemberId::TAG => {
            let Some(found) = member::member(ctx, uuid.into()).await? else { return Ok(None) };
            let answers_at = Place { organizations: vec![found.0.home_organization_id], person: None };
            let seen_at = Place { person: Some(found.0.person_id), ..answers_at.clone() };
            let reads = Permission::PersonRead;
            Ok(Some(Target { kind: Kind::Plain, reads, seen_at, answers_at, archived: false }))
        }
        AttachmentId::TAG => {
            let Some(found) = attachment::attachment(ctx, uuid.into()).await? else { return Ok(None) };
            let archived = found.0.state == AttachmentState::Archived;
            let owner = match Owner::of_attachment(&found.0) {
                Owner::Organization(id) => Some(on_organization(id, archived)),
                Owner::Person(id) => person_target(ctx, id).await?,
            };
            Ok(owner.map(|owner| Target { kind: Kind::Plain, archived, ..owner }))
        }
        ObligationId::TAG => {
            let found = obligation::obligation(ctx, uuid.into()).await?;
            Ok(found.map(|found| Target {
                reads: obligation::policy::reads(found.0.kind),
                ..on_organization(found.0.organization_id, false)
            }))
        }
        AccountId::TAG => account_target(ctx, uuid.into()).await,
        _ => Ok(None),
    }
}

fn on_organization(id: OrganizationId, archived: bool) -> Target {
    let place = Place { organizations: vec![id], person: None };
    let (kind, reads) = (Kind::Plain, Permission::OrganizationRead);
    Target { kind, reads, seen_at: place.clone(), answers_at: place, archived }
}

async fn person_target(ctx: &Context<'_>, id: PersonId) -> Result<Option<Target>> {
    let Some(found) = person::person(ctx, id).await? else { return Ok(None) };
    Ok(Some(Target {
        kind: Kind::Person(id),
        reads: Permission::PersonRead,
        seen_at: Place { organizations: ties(ctx, id).await?, person: Some(id) },
        answers_at: Place { organizations: person::anchors(ctx, id).await?, person: Some(id) },
        archived: found.0.status == RecordStatus::Archived,
    }))
}

/// Organizations where somebody who may read persons sees `id`: for deciding on rights, never for showing.
async fn ties(ctx: &Context<'_>, id: PersonId) -> Result<Vec<OrganizationId>> {
    let mut ties = affiliation::organizations_for_rights(ctx, id).await?;
    ties.extend(post::organizations_for_rights(ctx, id).await?);
    ties.extend(member::home_for_rights(ctx, id).await?);
    Ok(ties)
}

/// An account lies where its grants do and where its person is; one without either is a matter of the whole tree.
async fn account_target(ctx: &Context<'_>, id: AccountId) -> Result<Option<Target>> {
    let Some(found) = account::account(ctx, id).await? else { return Ok(None) };
    let today = request(ctx).actor()?.today();
    let grants = grants(ctx, id).await?;
    let running = grants.iter().filter(|grant| grant.0.ended_at.is_none() && !info(grant).has_ended(today));
    let mut organizations: Vec<OrganizationId> = running.filter_map(|grant| grant.0.organization_id).collect();
    if let Some(person) = found.0.person_id {
        organizations.extend(ties(ctx, person).await?);
    }
    let everywhere = root(request(ctx).actor()?.authority());
    let place = if organizations.is_empty() { everywhere } else { Place { organizations, person: None } };
    let reads = Permission::AccountRead;
    Ok(Some(Target { kind: Kind::Account(id), reads, seen_at: place.clone(), answers_at: place, archived: false }))
}

/// The grants that `account` has or had, newest first, as far as the viewer may see them.
pub(super) async fn grants(ctx: &Context<'_>, account: AccountId) -> Result<Vec<Grant>> {
    let keys = repo::grant_keys(request(ctx).app.db.read(), account, MOST_GRANTS).await?;
    let found = futures_util::future::try_join_all(keys.into_iter().map(|key| grant::grant(ctx, key))).await?;
    Ok(found.into_iter().flatten().collect())
}

/// `grant` as enforcement sees it.
pub(super) fn info(grant: &Grant) -> GrantInfo {
    GrantInfo::from(grant.0.as_ref())
}
