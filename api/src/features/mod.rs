//! One folder a concept. Files have a fixed vocabulary: `types query mutation service policy repo loader obligation job`.

use std::sync::Arc;

use crate::{config::Config, job::Work};

pub mod access;
pub mod account;
pub mod affiliation;
pub mod api_token;
pub mod attachment;
pub mod audit;
pub mod division;
pub mod erasure;
pub mod grant;
pub mod job;
pub mod member;
pub mod notification;
pub mod obligation;
pub mod organization;
pub mod person;
pub mod person_export;
pub mod post;
pub mod problem_report;
pub mod retention;
pub mod role;
pub mod rule_set;
pub mod search;
pub mod second_factor;

/// Every kind of background work, one line each.
pub fn work(config: &Config) -> Vec<Arc<dyn Work>> {
    vec![
        Arc::new(obligation::job::ObligationRecompute),
        Arc::new(person_export::job::PersonExportMake),
        Arc::new(retention::job::RetentionDaily),
        Arc::new(notification::job::NotificationDaily { hour: config.inbox.digest_hour }),
        Arc::new(attachment::job::AttachmentCollect),
        Arc::new(crate::backup::BackupDaily),
        Arc::new(crate::check::IntegrityCheck),
    ]
}
