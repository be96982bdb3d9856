//! THE registry: every feature's queries and mutations, one line each.
use async_graphql::{EmptySubscription, MergedObject, Schema};

use crate::features::{
    account, affiliation, attachment, audit, division, erasure, job, member, notification, obligation, organization,
    person, post, problem_report, role, search,
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
    account::AccountQuery,
    role::RoleQuery,
);

/// Every business action.
#[derive(MergedObject, Default)]
pub struct Mutation(
    organization::OrganizationMutation,
    post::PostMutation,
    person::PersonMutation,
    erasure::ErasureMutation,
    member::MemberMutation,
    affiliation::AffiliationMutation,
    attachment::AttachmentMutation,
    obligation::ObligationMutation,
    notification::NotificationMutation,
    job::JobMutation,
    problem_report::ProblemReportMutation,
    account::AccountMutation,
    role::RoleMutation,
);

/// The schema of the API. It has no extension: one would put every field on a slow path.
pub type ApiSchema = Schema<Query, Mutation, EmptySubscription>;

/// Builds the schema. Limits are checked before it sees a document.
pub fn build() -> ApiSchema {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .register_output_type::<super::node::Node>()
        .register_output_type::<super::node::Guarded>()
        .disable_suggestions()
        .limit_recursive_depth(64)
        .finish()
}

/// The contract as text.
pub fn sdl() -> String {
    use async_graphql::SDLExportOptions;
    let options = SDLExportOptions::new().prefer_single_line_descriptions().use_space_ident().indent_width(2);
    build().sdl_with_options(options)
}
