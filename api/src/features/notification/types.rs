//! GraphQL types of notifications.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::notification;

use super::{repo, service};
use crate::{
    connection,
    features::{
        grant::{self, Grant},
        job::{self, Job},
        obligation::{self, Obligation, ObligationKind},
        person::{self, Person},
        problem_report::{self, ProblemReport},
    },
    graphql::{Result, ids, request, scalar::DateTime},
};

/// What an account is told.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::NotificationKind")]
pub enum NotificationKind {
    /// A duty fell to an organization that the account acts for.
    DutyNew,
    /// The day of such a duty has passed, or it came back after it had.
    DutyOverdue,
    /// A role was given to the account.
    GrantBegins,
    /// A role of the account ends within a week.
    GrantEnds,
    /// A grant waits for the account as second holder.
    GrantWaiting,
    /// The erasure of a person waits for the account as second holder.
    ErasureWaiting,
    /// A problem that the account reported was answered.
    ReportAnswered,
    /// Background work that the account asked for is done.
    JobDone,
    /// Background work that the account asked for was parked.
    JobParked,
    /// What is due, once a day.
    DailyDigest,
}

/// Something that the viewer was told (通知). Its object is read under the rights of this moment.
#[derive(Clone)]
pub struct Notification(pub Arc<notification::Model>);

impl From<notification::Model> for Notification {
    fn from(row: notification::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// Something that the viewer was told (通知). Its object is read under the rights of this moment.
#[Object]
impl Notification {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// What.
    async fn kind(&self) -> NotificationKind {
        self.0.kind.into()
    }

    /// When.
    async fn made_at(&self) -> DateTime {
        DateTime(self.0.made_at)
    }

    /// When it was read; null while it is not.
    async fn read_at(&self) -> Option<DateTime> {
        self.0.read_at.map(DateTime)
    }

    /// The duty, where it is about one that the viewer may see.
    async fn obligation(&self, ctx: &Context<'_>) -> Result<Option<Obligation>> {
        match self.0.kind {
            entity::NotificationKind::DutyNew | entity::NotificationKind::DutyOverdue => {
                obligation::obligation(ctx, self.0.subject_id.into()).await
            }
            _ => Ok(None),
        }
    }

    /// The grant, where it is about one that the viewer may see.
    async fn grant(&self, ctx: &Context<'_>) -> Result<Option<Grant>> {
        use entity::NotificationKind::{GrantBegins, GrantEnds, GrantWaiting};
        match self.0.kind {
            GrantBegins | GrantEnds | GrantWaiting => grant::grant(ctx, self.0.subject_id.into()).await,
            _ => Ok(None),
        }
    }

    /// The person whose erasure waits, where the viewer may see the person.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.kind {
            entity::NotificationKind::ErasureWaiting => person::person(ctx, self.0.subject_id.into()).await,
            _ => Ok(None),
        }
    }

    /// The problem report, where it is about one.
    async fn report(&self, ctx: &Context<'_>) -> Result<Option<ProblemReport>> {
        match self.0.kind {
            entity::NotificationKind::ReportAnswered => problem_report::report(ctx, self.0.subject_id.into()).await,
            _ => Ok(None),
        }
    }

    /// The background work, where it is about one that the viewer may see.
    async fn job(&self, ctx: &Context<'_>) -> Result<Option<Job>> {
        match self.0.kind {
            entity::NotificationKind::JobDone | entity::NotificationKind::JobParked => {
                job::job(ctx, self.0.subject_id.into()).await
            }
            _ => Ok(None),
        }
    }

    /// What a daily digest sums up; the duties only while the viewer may see any.
    async fn digest(&self, ctx: &Context<'_>) -> Result<Option<DailyDigest>> {
        let Some(text) = &self.0.digest else { return Ok(None) };
        let service::Digest { duties, unread } = serde_json::from_str(text).unwrap_or_default();
        let narrow = |n: i64| i32::try_from(n).unwrap_or(i32::MAX);
        let actor = request(ctx).actor()?;
        let reads = |duty: &service::DigestDuty| actor.may_somewhere(obligation::policy::reads(duty.kind));
        let duties = duties.into_iter().filter(reads).map(|duty| DigestDuty {
            kind: duty.kind.into(),
            open: narrow(duty.open),
            overdue: narrow(duty.overdue),
        });
        let unread =
            unread.into_iter().map(|unread| DigestUnread { kind: unread.kind.into(), count: narrow(unread.count) });
        Ok(Some(DailyDigest { duties: duties.collect(), unread: unread.collect() }))
    }
}

connection!(NotificationConnection, NotificationEdge, Notification, notification::Entity, notification::Model);

/// What a daily digest sums up, as it was when it was made.
#[derive(SimpleObject)]
pub struct DailyDigest {
    /// Duties in everything that the viewer could see, by kind.
    pub duties: Vec<DigestDuty>,
    /// Unread notifications by kind.
    pub unread: Vec<DigestUnread>,
}

/// Duties of one kind in a digest.
#[derive(SimpleObject)]
pub struct DigestDuty {
    /// What is to be done.
    pub kind: ObligationKind,
    /// All open ones.
    pub open: i32,
    /// Those whose day had passed.
    pub overdue: i32,
}

/// Unread notifications of one kind in a digest.
#[derive(SimpleObject)]
pub struct DigestUnread {
    /// What they tell.
    pub kind: NotificationKind,
    /// How many.
    pub count: i32,
}

/// What the viewer wants to be told of one kind.
#[derive(SimpleObject)]
pub struct NotificationSetting {
    /// The kind.
    pub kind: NotificationKind,
    /// Whether the app shows it.
    pub in_app: bool,
    /// Whether the daily digest counts it; a digest does not count digests.
    pub in_digest: bool,
}

impl From<service::Setting> for NotificationSetting {
    fn from(setting: service::Setting) -> Self {
        Self { kind: setting.kind.into(), in_app: setting.in_app, in_digest: setting.in_digest }
    }
}

/// What an inbox may be narrowed by.
#[derive(InputObject, Default)]
pub struct NotificationFilter {
    /// Those that are not read, or those that are.
    pub unread: Option<bool>,
    /// Kinds.
    pub kind: Option<Vec<NotificationKind>>,
}

impl From<NotificationFilter> for repo::Filter {
    fn from(filter: NotificationFilter) -> Self {
        Self { unread: filter.unread, kind: filter.kind.map(|kinds| kinds.into_iter().map(Into::into).collect()) }
    }
}
