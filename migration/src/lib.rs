//! Forward-only schema changes: one file a change, every constraint with a name.
//!
//! The statements are SQL that both engines read; `sql.rs` fills in the few words that differ.
pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261124_000001_create_authority;
mod m20261124_000002_create_organization;
mod m20261124_000003_create_person;
mod m20261124_000004_create_account;
mod m20261124_000005_create_audit;
mod m20261124_000006_create_obligation;
mod m20261125_000001_seal_audit;
mod m20261125_000010_create_document_list;
mod m20261125_000011_create_job;
mod m20261125_000020_create_erasure;
mod m20261125_000030_create_attachment;
mod m20261126_000050_confirm_grant;
mod m20261127_000001_create_outbox;
mod m20261127_000010_snooze_obligation;
mod m20261127_000011_create_notification;
mod m20261127_000012_answer_problem_report;
mod m20261127_000020_create_rule_set;
mod m20261127_000030_create_person_export;
mod m20261128_000001_design_role;
mod m20261128_000010_bind_grant;
mod m20261128_000020_create_api_token;
mod m20261128_000021_create_second_factor;
mod m20261128_000050_tell_notification;
mod m20261129_000001_remind_of_grant;
mod sql;

/// The list of all changes, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_create_authority::Migration),
            Box::new(m20261124_000002_create_organization::Migration),
            Box::new(m20261124_000003_create_person::Migration),
            Box::new(m20261124_000004_create_account::Migration),
            Box::new(m20261124_000005_create_audit::Migration),
            Box::new(m20261124_000006_create_obligation::Migration),
            Box::new(m20261125_000001_seal_audit::Migration),
            Box::new(m20261125_000010_create_document_list::Migration),
            Box::new(m20261125_000011_create_job::Migration),
            Box::new(m20261125_000020_create_erasure::Migration),
            Box::new(m20261125_000030_create_attachment::Migration),
            Box::new(m20261126_000050_confirm_grant::Migration),
            Box::new(m20261127_000001_create_outbox::Migration),
            Box::new(m20261127_000010_snooze_obligation::Migration),
            Box::new(m20261127_000011_create_notification::Migration),
            Box::new(m20261127_000012_answer_problem_report::Migration),
            Box::new(m20261127_000020_create_rule_set::Migration),
            Box::new(m20261127_000030_create_person_export::Migration),
            Box::new(m20261128_000001_design_role::Migration),
            Box::new(m20261128_000010_bind_grant::Migration),
            Box::new(m20261128_000020_create_api_token::Migration),
            Box::new(m20261128_000021_create_second_factor::Migration),
            Box::new(m20261128_000050_tell_notification::Migration),
            Box::new(m20261129_000001_remind_of_grant::Migration),
        ]
    }
}
