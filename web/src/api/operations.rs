//! The list of all documents that the app sends, committed as `operations.json` so that the server can trust them.
//! `UPDATE_OPERATIONS=1 cargo test -p web operations` writes it anew.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use cynic::queries::{OperationType, build_executable_document};
use cynic::{QueryFragment, QueryVariables};
use sha2::{Digest, Sha256};

use super::use_mutation::Mutation;
use crate::features::access::operations as access;
use crate::features::account::{
    actions as account_actions, from_posts::operations as from_posts, operations as account,
};
use crate::features::affiliation::operations as affiliation;
use crate::features::attachment::operations as attachment;
use crate::features::audit::operations as audit;
use crate::features::erasure::operations as erasure;
use crate::features::grant::{actions as grant_actions, operations as grant};
use crate::features::job::operations as job;
use crate::features::notification::operations as notification;
use crate::features::obligation::operations as obligation;
use crate::features::organization::{actions as organization_actions, operations as organization};
use crate::features::person::{actions as person_actions, operations as person};
use crate::features::person_export::operations as person_export;
use crate::features::problem_report::operations as problem_report;
use crate::features::retention::operations as retention;
use crate::features::role::operations as role;
use crate::features::rule_set::operations as rule_set;
use crate::features::search::operations as search;
use crate::features::second_factor::operations as second_factor;
use crate::session::actor::ViewerQuery;

fn query<Q: QueryFragment, V: QueryVariables>() -> String {
    build_executable_document::<Q, V>(OperationType::Query, Q::name().as_deref(), HashSet::new(), None)
}

fn mutation<M: Mutation>() -> String {
    build_executable_document::<M, M::Variables>(OperationType::Mutation, M::name().as_deref(), HashSet::new(), None)
}

fn subscription<S: QueryFragment, V: QueryVariables>() -> String {
    build_executable_document::<S, V>(OperationType::Subscription, S::name().as_deref(), HashSet::new(), None)
}

fn documents() -> Vec<String> {
    vec![
        query::<ViewerQuery, ()>(),
        query::<access::ExplainAccessQuery, access::ExplainAccessVariables>(),
        query::<access::WhoCanSeeQuery, access::WhoCanSeeVariables>(),
        query::<access::GrantEffectQuery, access::GrantEffectVariables>(),
        query::<access::PermissionsQuery, ()>(),
        query::<account::AccountsQuery, account::AccountsVariables>(),
        query::<from_posts::AccountCandidatesQuery, from_posts::AccountCandidatesVariables>(),
        query::<account::AccountQuery, account::AccountVariables>(),
        query::<account::SignInEventsQuery, account::SignInEventsVariables>(),
        query::<second_factor::SecondFactorQuery, ()>(),
        query::<account::SignInSessionsQuery, account::SignInSessionsVariables>(),
        query::<account::RolesQuery, ()>(),
        query::<account::GrantsToConfirmQuery, ()>(),
        query::<account::MeQuery, ()>(),
        query::<affiliation::AffiliationsQuery, affiliation::AffiliationsVariables>(),
        query::<attachment::AttachmentsQuery, attachment::AttachmentsVariables>(),
        query::<audit::AuditEntriesQuery, audit::AuditEntriesVariables>(),
        query::<audit::AuditObjectQuery, audit::AuditObjectVariables>(),
        query::<audit::AuditRootQuery, ()>(),
        query::<erasure::ErasureProposalsQuery, ()>(),
        query::<grant::GrantsQuery, grant::GrantsVariables>(),
        query::<job::JobsQuery, job::JobsVariables>(),
        query::<notification::NotificationUnreadQuery, ()>(),
        query::<notification::NotificationsQuery, notification::NotificationsVariables>(),
        query::<notification::NotificationSettingsQuery, ()>(),
        query::<obligation::ObligationsQuery, obligation::ObligationsVariables>(),
        query::<organization::OrganizationNameQuery, organization::OrganizationVariables>(),
        query::<organization::OrganizationQuery, organization::OrganizationVariables>(),
        query::<organization::OrganizationTreeQuery, organization::OrganizationTreeVariables>(),
        query::<organization::OrganizationChildrenQuery, organization::OrganizationChildrenVariables>(),
        query::<organization::DivisionsQuery, organization::DivisionsVariables>(),
        query::<person::MembersQuery, person::MembersVariables>(),
        query::<person::PersonQuery, person::PersonVariables>(),
        query::<person_export::PersonExportQuery, person_export::PersonExportVariables>(),
        query::<problem_report::ProblemReportsQuery, problem_report::ProblemReportsVariables>(),
        query::<role::RoleListQuery, role::RoleListVariables>(),
        query::<role::RoleMatrixQuery, ()>(),
        query::<role::RoleQuery, role::RoleVariables>(),
        query::<role::RoleChangePreviewQuery, role::RoleChangePreviewVariables>(),
        query::<rule_set::RuleSetsQuery, rule_set::RuleSetsVariables>(),
        query::<rule_set::RuleSetHitsQuery, rule_set::RuleSetHitsVariables>(),
        query::<retention::RetentionRulesQuery, ()>(),
        query::<search::SearchQuery, search::SearchVariables>(),
        subscription::<job::JobProgressed, job::JobProgressedVariables>(),
        subscription::<notification::NotificationsChanged, ()>(),
        subscription::<obligation::ObligationsChanged, obligation::ObligationsChangedVariables>(),
        mutation::<access::PreviewBegin>(),
        mutation::<from_posts::AccountOpenForPosts>(),
        mutation::<account_actions::AccountCreate>(),
        mutation::<account_actions::AccountReset>(),
        mutation::<account_actions::AccountUnlock>(),
        mutation::<account_actions::AccountSecondFactorReset>(),
        mutation::<account_actions::ApiTokenIssue>(),
        mutation::<account_actions::ApiTokenRevoke>(),
        mutation::<second_factor::SecondFactorBegin>(),
        mutation::<second_factor::SecondFactorConfirm>(),
        mutation::<second_factor::SecondFactorDisable>(),
        mutation::<account_actions::AccountDisable>(),
        mutation::<account_actions::AccountEnable>(),
        mutation::<account_actions::AccountPasswordChange>(),
        mutation::<account_actions::SignInSessionEnd>(),
        mutation::<account_actions::RoleGrant>(),
        mutation::<account_actions::RoleGrantConfirm>(),
        mutation::<account_actions::RoleGrantEnd>(),
        mutation::<grant_actions::RoleGrantExtend>(),
        mutation::<grant_actions::RoleGrantRenew>(),
        mutation::<organization_actions::OrganizationCreate>(),
        mutation::<organization_actions::OrganizationUpdate>(),
        mutation::<organization_actions::OrganizationMove>(),
        mutation::<organization_actions::OrganizationMerge>(),
        mutation::<organization_actions::OrganizationArchive>(),
        mutation::<organization_actions::OrganizationRestore>(),
        mutation::<organization_actions::PostAssign>(),
        mutation::<organization_actions::PostEnd>(),
        mutation::<organization_actions::TermRecord>(),
        mutation::<person_actions::MemberCreate>(),
        mutation::<person_actions::PersonCreate>(),
        mutation::<person_actions::MemberUpdate>(),
        mutation::<person_actions::PersonUpdate>(),
        mutation::<person_actions::PersonArchive>(),
        mutation::<person_actions::PersonRestore>(),
        mutation::<person_actions::PersonErasePropose>(),
        mutation::<person_actions::PersonEraseConfirm>(),
        mutation::<person_actions::PersonEraseWithdraw>(),
        mutation::<person_actions::MemberTransfer>(),
        mutation::<person_actions::MemberContactAssign>(),
        mutation::<person_actions::AffiliationCreate>(),
        mutation::<person_actions::AffiliationEnd>(),
        mutation::<person_actions::PersonUnmask>(),
        mutation::<person_export::PersonExportAsk>(),
        mutation::<attachment::AttachmentUploadBegin>(),
        mutation::<attachment::AttachmentUploadFinish>(),
        mutation::<attachment::AttachmentUploadCancel>(),
        mutation::<attachment::AttachmentArchive>(),
        mutation::<attachment::AttachmentRestore>(),
        mutation::<job::JobStart>(),
        mutation::<job::JobCancel>(),
        mutation::<job::JobRetry>(),
        mutation::<job::ObligationRecompute>(),
        mutation::<obligation::ObligationSnooze>(),
        mutation::<obligation::ObligationUnsnooze>(),
        mutation::<notification::NotificationRead>(),
        mutation::<notification::NotificationReadAll>(),
        mutation::<notification::NotificationSettingUpdate>(),
        mutation::<problem_report::ProblemReport>(),
        mutation::<role::RoleCreate>(),
        mutation::<role::RoleUpdate>(),
        mutation::<role::RoleArchive>(),
        mutation::<role::RoleRestore>(),
        mutation::<rule_set::RuleSetDraft>(),
        mutation::<rule_set::RuleSetEdit>(),
        mutation::<rule_set::RuleSetPublish>(),
        mutation::<rule_set::RuleSetDiscard>(),
        mutation::<problem_report::ProblemReportAnswer>(),
    ]
}

fn list() -> BTreeMap<String, String> {
    let id = |document: &String| Sha256::digest(document).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    documents().into_iter().map(|document| (id(&document), document)).collect()
}

fn count_in(folder: &Path, marks: &[&str]) -> usize {
    let entries = std::fs::read_dir(folder).expect("the sources are there");
    entries
        .map(|entry| entry.expect("an entry").path())
        .map(|path| match path.extension() {
            _ if path.is_dir() => count_in(&path, marks),
            Some(extension) if extension == "rs" => {
                let text = std::fs::read_to_string(&path).expect("a source file");
                marks.iter().map(|mark| text.matches(mark).count()).sum()
            }
            _ => 0,
        })
        .sum()
}

#[test]
fn operations_json_holds_what_the_app_sends() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("operations.json");
    let list = serde_json::to_string_pretty(&list()).expect("text") + "\n";
    if std::env::var_os("UPDATE_OPERATIONS").is_some() {
        std::fs::write(&path, &list).expect("operations.json can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == list, "operations.json is old: run UPDATE_OPERATIONS=1 cargo test -p web operations");
}

#[test]
fn every_operation_of_the_features_is_listed() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let query = concat!("graphql_type = ", "\"Query\"");
    let subscription = concat!("graphql_type = ", "\"Subscription\"");
    let by_hand = concat!("graphql_type = \"Mutation\", variables = ", "\"PersonUnmask");
    let in_bulk = concat!("graphql_type = \"Mutation\", variables = ", "\"RoleGrantRenew");
    let for_posts = concat!("graphql_type = \"Mutation\", variables = ", "\"AccountOpenForPosts");
    let listing = concat!("graphql_type = \"Mutation\", variables = ", "\"SecondFactorConfirm");
    let by_macro = concat!("mutation!", "($\n");
    assert_eq!(
        count_in(&sources, &[query, subscription, by_hand, in_bulk, for_posts, listing, by_macro]),
        documents().len()
    );
}
