//! Typed keys: a UUIDv7 each, so that a key of the wrong table does not compile.
use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// Key of an account.
    AccountId,
    /// Key of an affiliation.
    AffiliationId,
    /// Key of an API token.
    ApiTokenId,
    /// Key of an attachment, and of the upload that makes it.
    AttachmentId,
    /// Key of an audit row.
    AuditId,
    /// Key of a division.
    DivisionId,
    /// Key of a grant.
    GrantId,
    /// Key of a job.
    JobId,
    /// Key of a membership.
    MemberId,
    /// Key of a notification.
    NotificationId,
    /// Key of an obligation.
    ObligationId,
    /// Key of an organization.
    OrganizationId,
    /// Key of a period row.
    PeriodId,
    /// Key of a person.
    PersonId,
    /// Key of a post.
    PostId,
    /// Key of a problem report.
    ProblemReportId,
    /// Key of a role.
    RoleId,
    /// Key of a rule set.
    RuleSetId,
    /// Key of a sign-in session.
    SessionId,
    /// Key of a term.
    TermId,
}
