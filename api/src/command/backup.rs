//! `jianghai backup`.
use std::path::Path;

use super::CommandError;
use crate::{backup, clock::Ambient, config::Config};

/// Makes a backup at `to`, or one more in the folder for backups. Answers what people should know of it.
pub async fn backup(config: &Config, to: Option<&Path>, with_key: Option<&Path>) -> Result<Vec<String>, CommandError> {
    let ambient = Ambient::system(config.offset());
    if let Some(to) = to {
        return Ok(backup::make(config, &ambient, to, with_key).await?.lines(config));
    }
    let rotated = backup::rotate(config, &ambient, with_key).await?;
    let mut lines = rotated.made.lines(config);
    lines.extend(rotated.removed.iter().map(|path| format!("removed {}, which was older", path.display())));
    let stuck = rotated.stuck.iter();
    lines.extend(stuck.map(|(path, error)| format!("old backups in {} stay: {error}", path.display())));
    Ok(lines)
}
