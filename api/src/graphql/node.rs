//! The registry of objects that can be fetched again by their global ids, one line each.
use async_graphql::{Context, ID, Interface, Object};
use entity::{
    AccountId, AffiliationId, ApiTokenId, AttachmentId, AuditId, DivisionId, GrantId, JobId, MemberId, NotificationId,
    ObligationId, OrganizationId, PersonId, PostId, ProblemReportId, RoleId, RuleSetId, SessionId,
};
use uuid::Uuid;

use super::{Failure, Result, ids, ids::GlobalId, request};
use crate::{
    authz::Permission,
    db::page::PageError,
    features::{
        account::{self, Account, SignInSession},
        affiliation::{self, Affiliation},
        api_token::{self, ApiToken},
        attachment::{self, Attachment},
        audit::{self, AuditEntry},
        division::{self, Division},
        grant::{self, Grant},
        job::{self, Job},
        member::{self, Member},
        notification::{self, Notification},
        obligation::{self, Obligation},
        organization::{self, Organization},
        person::{self, Person},
        post::{self, OrganizationPost},
        problem_report::{self, ProblemReport},
        role::{self, Role},
        rule_set::{self, RuleSet},
    },
};

/// An object that can be fetched again by its global ID.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Global id."))]
pub enum Node {
    /// An account.
    Account(Account),
    /// An affiliation.
    Affiliation(Affiliation),
    /// An API token.
    ApiToken(ApiToken),
    /// An attachment.
    Attachment(Attachment),
    /// A recorded change.
    AuditEntry(AuditEntry),
    /// A division.
    Division(Division),
    /// A grant.
    Grant(Grant),
    /// A job.
    Job(Job),
    /// A membership.
    Member(Member),
    /// A notification.
    Notification(Notification),
    /// An obligation.
    Obligation(Obligation),
    /// An organization.
    Organization(Organization),
    /// A post.
    OrganizationPost(OrganizationPost),
    /// A person.
    Person(Person),
    /// A reported problem.
    ProblemReport(ProblemReport),
    /// A role.
    Role(Role),
    /// A set of rules.
    RuleSet(RuleSet),
    /// A sign-in session.
    SignInSession(SignInSession),
}

/// What the viewer may do with an object, from the same code that enforces it.
#[derive(Interface)]
#[graphql(field(name = "viewer_can", ty = "Vec<Permission>", desc = "What the viewer may do here."))]
pub enum Guarded {
    /// An account.
    Account(Account),
    /// An attachment.
    Attachment(Attachment),
    /// A job.
    Job(Job),
    /// A membership.
    Member(Member),
    /// An obligation.
    Obligation(Obligation),
    /// An organization.
    Organization(Organization),
    /// A person.
    Person(Person),
    /// A reported problem.
    ProblemReport(ProblemReport),
    /// A role.
    Role(Role),
    /// A set of rules.
    RuleSet(RuleSet),
}

/// Most ids of one `nodes`.
const LARGEST: usize = 100;

/// Fetching objects again.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The object with this id; null where it is missing or hidden.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Node>> {
        request(ctx).actor()?;
        match ids::decode_tagged(&id) {
            Some((tag, uuid)) => find(ctx, tag, uuid).await,
            None => Ok(None),
        }
    }

    /// The objects with these ids, at most 100, in their order; null for each that is missing or hidden.
    async fn nodes(&self, ctx: &Context<'_>, ids: Vec<ID>) -> Result<Vec<Option<Node>>> {
        request(ctx).actor()?;
        if ids.len() > LARGEST {
            return Err(Failure::Page(PageError::Size));
        }
        let find = |id: ID| async move {
            match ids::decode_tagged(&id) {
                Some((tag, uuid)) => find(ctx, tag, uuid).await,
                None => Ok(None),
            }
        };
        futures_util::future::try_join_all(ids.into_iter().map(find)).await
    }
}

async fn find(ctx: &Context<'_>, tag: u8, uuid: Uuid) -> Result<Option<Node>, Failure> {
    Ok(match tag {
        AccountId::TAG => account::account(ctx, uuid.into()).await?.map(Node::Account),
        AffiliationId::TAG => affiliation::affiliation(ctx, uuid.into()).await?.map(Node::Affiliation),
        ApiTokenId::TAG => api_token::token(ctx, uuid.into()).await?.map(Node::ApiToken),
        AttachmentId::TAG => attachment::attachment(ctx, uuid.into()).await?.map(Node::Attachment),
        AuditId::TAG => audit::entry(ctx, uuid.into()).await?.map(Node::AuditEntry),
        DivisionId::TAG => division::division(ctx, uuid.into()).await?.map(Node::Division),
        GrantId::TAG => grant::grant(ctx, uuid.into()).await?.map(Node::Grant),
        JobId::TAG => job::job(ctx, uuid.into()).await?.map(Node::Job),
        MemberId::TAG => member::member(ctx, uuid.into()).await?.map(Node::Member),
        NotificationId::TAG => notification::notification(ctx, uuid.into()).await?.map(Node::Notification),
        ObligationId::TAG => obligation::obligation(ctx, uuid.into()).await?.map(Node::Obligation),
        OrganizationId::TAG => organization::organization(ctx, uuid.into()).await?.map(Node::Organization),
        PersonId::TAG => person::person(ctx, uuid.into()).await?.map(Node::Person),
        PostId::TAG => post::post(ctx, uuid.into()).await?.map(Node::OrganizationPost),
        ProblemReportId::TAG => problem_report::report(ctx, uuid.into()).await?.map(Node::ProblemReport),
        RoleId::TAG if request(ctx).actor()?.may_somewhere(Permission::RoleRead) => {
            role::role(ctx, uuid.into()).await?.map(Node::Role)
        }
        RuleSetId::TAG => rule_set::rule_set(ctx, uuid.into()).await?.map(Node::RuleSet),
        SessionId::TAG => account::session(ctx, uuid.into()).await?.map(Node::SignInSession),
        _ => None,
    })
}
