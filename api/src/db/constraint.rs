//! Names of violated constraints, the same on both engines.
use sea_orm::{DbErr, RuntimeErr};

/// Every constraint that a command can violate by its data, with the columns by which `SQLite` names it.
/// A test demands that this list and the database agree.
pub const CONSTRAINTS: &[(&str, &str)] = &[
    ("uq_organization_sibling_code", "organization.parent_id, organization.code"),
    ("uq_organization_root", "uq_organization_root"),
    ("uq_organization_term_running", "organization_term.organization_id"),
    ("uq_person_identity", "person.identity_index"),
    ("uq_member_person", "member.person_id"),
    ("uq_organization_post_secretary", "organization_post.organization_id"),
    ("uq_account_name", "account.name"),
    ("uq_account_person", "account.person_id"),
    ("uq_role_code", "role.code"),
    ("uq_role_grant_extends", "role_grant.extends_id"),
    ("uq_erasure_proposal_open", "erasure_proposal.person_id"),
    ("uq_division_code", "division.code"),
    ("pk_idempotency_key", "idempotency_key.actor_id, idempotency_key.key"),
    ("uq_obligation_grant_open", "obligation.kind, obligation.grant_id"),
    ("uq_obligation_organization_open", "obligation.kind, obligation.organization_id"),
    ("uq_obligation_person_open", "obligation.kind, obligation.person_id"),
    (
        "uq_notification_once",
        "notification.account_id, notification.kind, notification.subject_id, notification.occasion",
    ),
    ("uq_attachment_object", "attachment.object"),
    ("uq_job_schedule", "job.kind, job.scheduled_for"),
    ("uq_rule_set_draft", "rule_set.family"),
    ("uq_rule_set_period_set", "rule_set_period.rule_set_id"),
    ("no_overlap_rule_set_period", ""),
    ("published_rule_set", ""),
    ("uq_outbox_position", "outbox.position"),
    ("no_overlap_organization_parent", ""),
    ("no_overlap_organization_status_period", ""),
    ("no_overlap_member_stage", ""),
    ("no_overlap_member_home", ""),
    ("no_overlap_member_contact", ""),
    ("no_overlap_affiliation", ""),
    ("no_overlap_organization_post", ""),
    ("ck_member_dates", ""),
    ("ck_obligation_snooze", ""),
    ("ck_problem_report_answer", ""),
    ("uq_audit_seal_audit", "audit_seal.audit_id"),
    ("pk_audit_seal", "audit_seal.position"),
    ("append_only_audit", ""),
    ("append_only_audit_seal", ""),
    ("append_only_erasure", ""),
    ("append_only_unmask_event", ""),
];

/// The name of the constraint that made `error`; none where it is another kind of failure.
pub fn violated(error: &DbErr) -> Option<&'static str> {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner))) = error else {
        return None;
    };
    let inner = inner.as_database_error()?;
    let message = inner.message();
    if let Some(name) = inner.constraint() {
        return CONSTRAINTS.iter().find(|(known, _)| *known == name).map(|(known, _)| *known);
    }
    if let Some(columns) = message.strip_prefix("UNIQUE constraint failed: ") {
        let columns = columns.trim_start_matches("index '").trim_end_matches('\'');
        return CONSTRAINTS.iter().find(|(name, known)| *known == columns || *name == columns).map(|(name, _)| *name);
    }
    CONSTRAINTS
        .iter()
        .map(|(name, _)| *name)
        .find(|name| message == *name || message.strip_prefix("CHECK constraint failed: ") == Some(*name))
}
