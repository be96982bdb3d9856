//! GraphQL types of obligations.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::obligation;

use super::{policy, repo, service};
use crate::{
    authz::Permission,
    connection,
    features::{
        grant::{self, Grant},
        member::{self, Member},
        organization::{self, Organization},
        person::{self, Person},
    },
    graphql::{
        Result, ids, request,
        scalar::{Date, DateTime},
    },
};

/// What is to be done.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::ObligationKind")]
pub enum ObligationKind {
    /// The term of the leading body ends: a reelection is due.
    ReelectionDue,
    /// An activist or candidate has no contact person.
    MemberWithoutContact,
    /// A member's record lacks facts that a complete record has.
    IncompleteRecord,
    /// Another organization wants to record the person: transfer the membership, or leave it; the question falls away
    /// by itself.
    TransferAsked,
    /// A grant ends within thirty days and nobody has extended it: extend it, or let it end. Seen and counted by whoever may
    /// see grants there.
    GrantEnding,
}

/// A dated duty (应办事项), fulfilled by the record itself.
#[derive(Clone)]
pub struct Obligation(pub Arc<obligation::Model>);

impl From<obligation::Model> for Obligation {
    fn from(row: obligation::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A dated duty (应办事项), fulfilled by the record itself.
#[Object]
impl Obligation {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// What is to be done.
    async fn kind(&self) -> ObligationKind {
        self.0.kind.into()
    }

    /// Who has to do it.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        organization::organization(ctx, self.0.organization_id).await
    }

    /// Whom it is about; null where it is about nobody, and where the viewer may not see the person.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.person_id {
            Some(id) => person::person(ctx, id).await,
            None => Ok(None),
        }
    }

    /// The grant that it is about; null where it is about none.
    async fn grant(&self, ctx: &Context<'_>) -> Result<Option<Grant>> {
        match self.0.grant_id {
            Some(id) => grant::grant(ctx, id).await,
            None => Ok(None),
        }
    }

    /// The membership of the person it is about, where the viewer may see it.
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        match self.0.person_id {
            Some(id) => member::membership(ctx, id).await,
            None => Ok(None),
        }
    }

    /// Last day in time.
    async fn due_on(&self) -> Date {
        Date(self.0.due_on)
    }

    /// When it arose.
    async fn opened_at(&self) -> DateTime {
        DateTime(self.0.opened_at)
    }

    /// When it was fulfilled or fell away.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }

    /// By whom, why and until when it is put off; null where it is not.
    async fn snooze(&self, ctx: &Context<'_>) -> Result<Option<ObligationSnooze>> {
        let actor = request(ctx).actor()?;
        let Some(snooze) = service::in_force(&self.0, actor.today()) else { return Ok(None) };
        let by = actor.authority().accounts.get(&snooze.by).map(|account| account.name.clone());
        Ok(Some(ObligationSnooze {
            until: Date(snooze.until),
            reason: snooze.reason,
            by: by.unwrap_or_default(),
            at: DateTime(snooze.at),
        }))
    }

    /// What the viewer may do with it.
    pub async fn viewer_can(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        Ok(request(ctx).actor()?.viewer_can(policy::CANDIDATES, self.0.organization_id))
    }
}

connection!(ObligationConnection, ObligationEdge, Obligation, obligation::Entity, obligation::Model);

/// How a duty is put off (暂缓). It stays counted.
#[derive(SimpleObject)]
pub struct ObligationSnooze {
    /// The day on which it comes back.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// Account name of the one who put it off.
    pub by: String,
    /// When.
    pub at: DateTime,
}

/// Open obligations of a subtree.
#[derive(SimpleObject, Clone, Copy, Default)]
pub struct ObligationCount {
    /// All open ones.
    pub open: i32,
    /// Those whose day has passed.
    pub overdue: i32,
    /// Those that are put off; they count as open, and as overdue where their day has passed.
    pub snoozed: i32,
}

/// Open obligations of one kind in a subtree.
#[derive(SimpleObject, Clone, Copy)]
pub struct ObligationKindCount {
    /// What is to be done.
    pub kind: ObligationKind,
    /// All open ones.
    pub open: i32,
    /// Those whose day has passed.
    pub overdue: i32,
    /// Those that are put off; they count as open, and as overdue where their day has passed.
    pub snoozed: i32,
}

impl From<repo::SubtreeCount> for ObligationKindCount {
    fn from(row: repo::SubtreeCount) -> Self {
        let narrow = |n: i64| i32::try_from(n).unwrap_or(i32::MAX);
        Self {
            kind: row.kind.into(),
            open: narrow(row.open),
            overdue: narrow(row.overdue),
            snoozed: narrow(row.snoozed),
        }
    }
}

/// What a list of obligations may be narrowed by.
#[derive(InputObject, Default)]
pub struct ObligationFilter {
    /// Kinds.
    pub kind: Option<Vec<ObligationKind>>,
    /// This organization and everything below it.
    pub organization: Option<ID>,
    /// Due on this day or before it.
    pub due_by: Option<Date>,
    /// Fulfilled ones in place of open ones.
    pub closed: Option<bool>,
    /// Those that are put off, or those that are not.
    pub snoozed: Option<bool>,
}

impl From<ObligationFilter> for repo::Filter {
    fn from(filter: ObligationFilter) -> Self {
        Self {
            kind: filter.kind.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            organization: filter.organization.map(|id| ids::decode_or_nil(&id)),
            due_by: filter.due_by.map(|Date(day)| day),
            closed: filter.closed.unwrap_or_default(),
            snoozed: filter.snoozed,
        }
    }
}
