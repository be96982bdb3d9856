//! What the trail may be narrowed by, and the types of the objects that it tells of.
use async_graphql::{ID, InputObject};
use entity::{
    AccountId, AffiliationId, ApiTokenId, AttachmentId, GrantId, JobId, MemberId, NotificationId, ObligationId,
    OrganizationId, PersonId, PostId, ProblemReportId, RoleId, RuleSetId, SessionId,
};

use crate::{
    features::audit::repo::{self, Object},
    graphql::{
        ids::{self, GlobalId},
        scalar::DateTime,
    },
};

/// Types of changed objects, and the letters of their global ids.
const TYPES: &[(&str, u8)] = &[
    ("Organization", OrganizationId::TAG),
    ("Person", PersonId::TAG),
    ("Member", MemberId::TAG),
    ("Affiliation", AffiliationId::TAG),
    ("Attachment", AttachmentId::TAG),
    ("OrganizationPost", PostId::TAG),
    ("Account", AccountId::TAG),
    ("ApiToken", ApiTokenId::TAG),
    ("Role", RoleId::TAG),
    ("Grant", GrantId::TAG),
    ("Job", JobId::TAG),
    ("Obligation", ObligationId::TAG),
    ("Notification", NotificationId::TAG),
    ("SignInSession", SessionId::TAG),
    ("ProblemReport", ProblemReportId::TAG),
    ("Role", RoleId::TAG),
    ("RuleSet", RuleSetId::TAG),
];

/// The letter of a type's global ids.
pub(super) fn tag(object_type: &str) -> u8 {
    TYPES.iter().find(|(name, _)| *name == object_type).map_or(b'?', |(_, tag)| *tag)
}

/// The object that a global id names.
fn object(id: &str) -> Option<Object> {
    let (tag, id) = ids::decode_tagged(id)?;
    TYPES.iter().find(|(_, known)| *known == tag).map(|(object_type, _)| Object { object_type, id })
}

/// What the trail may be narrowed by.
#[derive(InputObject, Default)]
pub struct AuditFilter {
    /// Mutations such as `memberCreate`.
    pub action: Option<Vec<String>>,
    /// This organization and everything below it.
    pub organization: Option<ID>,
    /// Who acted: an account that the viewer may see.
    pub account: Option<ID>,
    /// Who acted: the sign-in name, as `AuditEntry.actor` shows it.
    pub actor: Option<String>,
    /// What was changed. A person stands for the membership, posts and ties too, an organization for what is directly
    /// in it, as in `history`; an object that the viewer may not read stands for itself alone.
    pub object: Option<ID>,
    /// Changes at this moment or later.
    pub from: Option<DateTime>,
    /// Changes before this moment.
    pub until: Option<DateTime>,
}

impl From<AuditFilter> for repo::Filter {
    fn from(filter: AuditFilter) -> Self {
        let AuditFilter { action, organization, account, actor, object: about, from, until } = filter;
        Self {
            action,
            organization: organization.map(|id| ids::decode_or_nil(&id)),
            account: account.map(|id| ids::decode_or_nil(&id)),
            actor,
            object: about.map(|id| object(&id)),
            from: from.map(|DateTime(at)| at),
            until: until.map(|DateTime(at)| at),
        }
    }
}
