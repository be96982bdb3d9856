//! Asking why.
use std::collections::{BTreeMap, HashSet};

use async_graphql::{Context, ID, Object};
use entity::{AccountId, AccountStatus, OrganizationId};

use super::{
    AccessExplanation, AccessFinding, AccessHolder, AccessHolderCount, AccessHolders, GrantEffect, GrantLoss, loader,
    policy::{self, Holder, Target},
    types::role_name,
    words::{self, Subject},
};
use crate::{
    authz::{Actor, Bid, Permission, Place, cause, examine},
    features::{
        account::{self, Account},
        grant::{self, Grant},
        organization::{self, service::shown},
    },
    graphql::{Result, ids, request},
};

/// Most accounts that are named.
const MOST_NAMED: usize = 200;

/// Questions about rights.
#[derive(Default)]
pub struct AccessQuery;

#[Object]
impl AccessQuery {
    /// Whether an account may do something to an object and why, from the same code that enforces it. Null where the
    /// viewer may not see the object or the account, as where they do not exist. About others it needs `access:explain`
    /// where the object lies. Objects are organizations, persons, memberships, attachments, obligations and accounts.
    async fn explain_access(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account; one's own where left out.")] subject: Option<ID>,
        #[graphql(desc = "What it is about.")] action: Permission,
        #[graphql(desc = "The object.")] object: ID,
    ) -> Result<Option<AccessExplanation>> {
        let actor = request(ctx).actor()?;
        let subject = subject.map_or_else(|| actor.account(), |id| ids::decode_or_nil(&id));
        let Some(target) = loader::target(ctx, &object).await? else { return Ok(None) };
        let Some(account) = account::account(ctx, subject).await? else { return Ok(None) };
        if subject != actor.account() {
            policy::can_explain(actor, &target.place(actor.authority(), Permission::AccessExplain))?;
        }
        explain(ctx, account, action, &target).await.map(Some)
    }

    /// Who can see a person: accounts that the viewer may see by name, all others counted by role and level. Null where
    /// the viewer may not see the person, as where there is none. About others it needs `access:explain` where the
    /// person is.
    async fn who_can_see(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person.")] person: ID,
    ) -> Result<Option<AccessHolders>> {
        let actor = request(ctx).actor()?;
        let Some(id) = ids::decode::<entity::PersonId>(&person) else { return Ok(None) };
        let Some(target) = loader::target(ctx, &person).await? else { return Ok(None) };
        if actor.person() != Some(id) {
            policy::can_explain(actor, &target.place(actor.authority(), Permission::AccessExplain))?;
        }
        let holders = policy::holders(actor, target.reads, &target.seen_at);
        let nearest = holders.iter().take(MOST_NAMED).map(|holder| holder.account).collect();
        let visible = account::accounts(ctx, nearest).await?;
        let named: HashSet<AccountId> = visible.iter().map(|account| account.0.id).collect();
        let counts = counts(actor, holders.iter().filter(|holder| !named.contains(&holder.account)));
        let mut accounts = Vec::with_capacity(visible.len());
        for account in visible {
            let grant = holders.iter().find(|holder| holder.account == account.0.id).map(|holder| holder.grant.id);
            let grant = match grant {
                Some(id) => grant::grant(ctx, id).await?,
                None => None,
            };
            accounts.push(AccessHolder { account, grant });
        }
        Ok(Some(AccessHolders { accounts, counts }))
    }

    /// What the holder of a grant could not do any more without it, other grants taken into account. Null where the
    /// viewer may not see the grant, as where there is none. About others it needs `access:explain` where the grant
    /// reaches.
    async fn grant_effect(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The grant.")] grant: ID,
    ) -> Result<Option<GrantEffect>> {
        let actor = request(ctx).actor()?;
        let Some(grant) = grant::grant(ctx, ids::decode_or_nil(&grant)).await? else { return Ok(None) };
        let info = loader::info(&grant);
        if grant.0.account_id != actor.account() {
            let place = match info.organization {
                Some(organization) => Place { organizations: vec![organization], person: None },
                None => policy::root(actor.authority()),
            };
            policy::can_explain(actor, &place)?;
        }
        let Some(holder) = acting(ctx, grant.0.account_id)? else {
            return Ok(Some(GrantEffect { in_force: false, losses: Vec::new() }));
        };
        let in_force = holder.grants().any(|(held, _)| held.id == info.id);
        let mut losses = Vec::new();
        for loss in policy::losses(&holder, &info) {
            let organization = visible(ctx, info.organization).await?;
            let kept = organization::organizations(ctx, loss.kept).await?;
            losses.push(GrantLoss { permission: loss.permission, organization, kept });
        }
        Ok(Some(GrantEffect { in_force, losses }))
    }
}

/// The account `id` with its rights of this moment; none where it may not act.
fn acting(ctx: &Context<'_>, id: AccountId) -> Result<Option<Actor>> {
    let request = request(ctx);
    let actor = request.actor()?;
    Ok(Actor::new(actor.authority(), id, None, actor.today(), request.app.db.engine()))
}

async fn visible(ctx: &Context<'_>, id: Option<OrganizationId>) -> Result<Option<organization::Organization>> {
    match id {
        Some(id) => organization::organization(ctx, id).await,
        None => Ok(None),
    }
}

async fn explain(
    ctx: &Context<'_>,
    account: Account,
    action: Permission,
    target: &Target,
) -> Result<AccessExplanation> {
    let actor = request(ctx).actor()?;
    let authority = actor.authority();
    let place = target.place(authority, action);
    let bid = Bid {
        holder: account.0.person_id,
        second_factor: authority.accounts.get(&account.0.id).is_some_and(|account| account.second_factor),
        permission: action,
        place: &place,
        today: actor.today(),
    };
    let finding = |grant: Grant| {
        let (waits, ended) = (grant.0.confirmed_at.is_none(), grant.0.ended_at.is_some());
        AccessFinding { outcome: examine(authority, bid, &loader::info(&grant), waits, ended), grant }
    };
    let mut findings: Vec<AccessFinding> = loader::grants(ctx, account.0.id).await?.into_iter().map(finding).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.outcome));
    let allowed = acting(ctx, account.0.id)?.is_some_and(|holder| policy::allows(&holder, action, target));
    let active = account.0.status == AccountStatus::Active;
    let cause = cause(active, allowed, findings.iter().map(|finding| finding.outcome));
    let subject = subject(ctx, &account, findings.first()).await?;
    let archived = target.archived;
    let noted = archived && action != target.reads;
    let sentence = words::sentence(request(ctx).locale, action, cause, noted, &subject);
    Ok(AccessExplanation { account, action, allowed, cause, archived, sentence, findings })
}

/// What the sentence speaks of.
async fn subject(ctx: &Context<'_>, account: &Account, nearest: Option<&AccessFinding>) -> Result<Subject> {
    let account = account.0.name.clone();
    let Some(AccessFinding { grant, .. }) = nearest else { return Ok(Subject { account, ..Subject::default() }) };
    let role = role_name(ctx, grant.0.role_id).await?;
    let organization = visible(ctx, grant.0.organization_id).await?.map(|found| found.0.name.clone());
    let until = grant.0.until.map(|until| until.to_string()).unwrap_or_default();
    Ok(Subject { account, role, organization, from: grant.0.from.to_string(), until })
}

/// How many of `holders` there are of each role and level; small numbers stay unsaid.
fn counts<'a>(actor: &Actor, holders: impl Iterator<Item = &'a Holder>) -> Vec<AccessHolderCount> {
    let mut numbers: BTreeMap<(entity::OrganizationLevel, entity::RoleId), i64> = BTreeMap::new();
    for holder in holders {
        let node = holder.grant.organization.and_then(|root| actor.tree().get(root));
        if let Some(node) = node {
            *numbers.entry((node.level, holder.grant.role)).or_default() += 1;
        }
    }
    let count = |((level, role), n)| AccessHolderCount { role, level, count: shown(n, false) };
    numbers.into_iter().map(count).collect()
}
