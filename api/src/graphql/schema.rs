//! THE registry: every feature's queries, mutations and subscriptions, one line each.
use async_graphql::{MergedObject, MergedSubscription, Schema, ValidationMode};

use crate::features::{
    access, account, affiliation, api_token, attachment, audit, division, erasure, grant, job, member, notification,
    obligation, organization, person, person_export, post, problem_report, retention, role, rule_set, search,
    second_factor,
};

/// Everything that can be read.
#[derive(MergedObject, Default)]
pub struct Query(
    super::node::NodeQuery,
    super::rate::RateQuery,
    organization::OrganizationQuery,
    person::PersonQuery,
    erasure::ErasureQuery,
    member::MemberQuery,
    affiliation::AffiliationQuery,
    division::DivisionQuery,
    obligation::ObligationQuery,
    notification::NotificationQuery,
    job::JobQuery,
    search::SearchQuery,
    audit::AuditQuery,
    problem_report::ProblemReportQuery,
    retention::RetentionQuery,
    access::AccessQuery,
    account::AccountQuery,
    grant::GrantQuery,
    role::RoleQuery,
    rule_set::RuleSetQuery,
);

/// Every business action.
#[derive(MergedObject, Default)]
pub struct Mutation(
    organization::OrganizationMutation,
    post::PostMutation,
    person::PersonMutation,
    person_export::PersonExportMutation,
    erasure::ErasureMutation,
    member::MemberMutation,
    affiliation::AffiliationMutation,
    attachment::AttachmentMutation,
    obligation::ObligationMutation,
    notification::NotificationMutation,
    job::JobMutation,
    problem_report::ProblemReportMutation,
    access::AccessMutation,
    account::AccountMutation,
    api_token::ApiTokenMutation,
    second_factor::SecondFactorMutation,
    role::RoleMutation,
    grant::GrantMutation,
    rule_set::RuleSetMutation,
);

/// Everything that can be followed. The first answer comes at once, and the next ones when something changes.
#[derive(MergedSubscription, Default)]
pub struct Subscription(
    organization::OrganizationSubscription,
    obligation::ObligationSubscription,
    job::JobSubscription,
    notification::NotificationSubscription,
);

/// The schema of the API. It has no extension: one would put every field on a slow path.
pub type ApiSchema = Schema<Query, Mutation, Subscription>;

/// Builds the schema. Limits are checked before it sees a document.
pub fn build() -> ApiSchema {
    with(ValidationMode::Strict)
}

/// Builds the schema for documents that were found to fit it: it looks at them no more.
pub fn build_trusting() -> ApiSchema {
    with(ValidationMode::Fast)
}

fn with(mode: ValidationMode) -> ApiSchema {
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
        .register_output_type::<super::node::Node>()
        .register_output_type::<super::node::Guarded>()
        .disable_suggestions()
        .validation_mode(mode)
        .limit_recursive_depth(64)
        .finish()
}

/// The contract as text.
pub fn sdl() -> String {
    use async_graphql::SDLExportOptions;
    let options = SDLExportOptions::new().prefer_single_line_descriptions().use_space_ident().indent_width(2);
    build().sdl_with_options(options)
}
