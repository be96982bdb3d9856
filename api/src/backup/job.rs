//! The backup that is made by itself every day.
use std::sync::Arc;

use async_trait::async_trait;

use super::{BackupError, rotate};
use crate::{
    app::App,
    job::{Daily, JobError, JobRun, Sentence, Work},
};

/// Makes a backup where a place for backups is configured, and removes old ones.
pub struct BackupDaily;

#[async_trait]
impl Work for BackupDaily {
    fn kind(&self) -> &'static str {
        "backup_daily"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("每日备份", "Daily backup")
    }

    fn schedule(&self) -> Option<Daily> {
        Some(Daily { hour: 3, minute: 30 })
    }

    async fn run(&self, app: &Arc<App>, _run: &mut JobRun) -> Result<Sentence, JobError> {
        if app.config.backup.keep == 0 || app.config.backup_directory().is_none() {
            return Ok(Sentence::new(
                "没有配置备份目录，没有做备份。",
                "No place for backups is configured; none was made.",
            ));
        }
        let rotated = match rotate(&app.config, &app.ambient, None).await {
            Ok(rotated) => rotated,
            // Nothing that time mends; whoever runs the instance reads why in the log.
            Err(error @ (BackupError::Place(..) | BackupError::Newer | BackupError::Empty)) => {
                tracing::error!(%error, "the daily backup was not made");
                return Err(JobError::Hopeless(Sentence::new(
                    "每日备份没有做成，原因在服务器日志里；请告诉管理员。",
                    "The daily backup was not made; the log of the server says why. Tell your administrator.",
                )));
            }
            Err(error) => return Err(JobError::Failed(error.to_string())),
        };
        for (path, error) in &rotated.stuck {
            tracing::warn!(%error, "an old backup stays: {}", path.display());
        }
        let name = rotated.made.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let removed = rotated.removed.len();
        Ok(Sentence::new(
            format!("已备份到 {name}，删除旧备份 {removed} 份；密钥不在备份里。"),
            format!("Backed up to {name}, {removed} old backups removed; the key is not in it."),
        ))
    }
}
