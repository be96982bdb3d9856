//! `jianghai audit`: the root of the trail, written down and verified.
use std::path::Path;

use super::{
    CommandError,
    open::{demand_current, open},
};
use crate::{
    audit::{
        proof,
        root::{self, Root},
    },
    config::Config,
    db::Database,
};

/// The newest root as the text of a file.
pub async fn audit_root(config: &Config) -> Result<String, CommandError> {
    let db = current(config).await?;
    let newest = root::newest(db.read()).await?;
    let Some(link) = newest else {
        return Err(CommandError::Refused(
            "no change is sealed yet; `jianghai serve` seals what was written within a second".to_owned(),
        ));
    };
    let count = root::count(db.read(), link.position).await?;
    db.close().await?;
    Ok(Root::new(&link, count).to_text())
}

/// Verifies the trail up to the root in the file `path`; answers a sentence that says that it is the same.
pub async fn audit_verify(config: &Config, path: &Path) -> Result<String, CommandError> {
    let unusable = |why: String| CommandError::Refused(format!("the root {} cannot be used: {why}", path.display()));
    let text = tokio::fs::read_to_string(path).await.map_err(|error| unusable(error.to_string()))?;
    let root = Root::parse(&text).map_err(|error| unusable(error.to_string()))?;
    let db = current(config).await?;
    let (proof, same) = proof::verify(&db, &root).await?;
    db.close().await?;
    let Root { position, at, .. } = &root;
    if let Some(line) = proof.findings().first().map(|finding| &finding.en) {
        return Err(CommandError::Refused(format!(
            "the audit trail up to position {position} does not hold together; {line}"
        )));
    }
    if proof.sealed < u64::try_from(*position).unwrap_or(0) {
        return Err(CommandError::Refused(format!(
            "the audit trail ends at position {}, before the root at {position}: the newest changes were taken away, or \
             it is another database",
            proof.sealed
        )));
    }
    if !same {
        return Err(CommandError::Refused(format!(
            "the audit trail holds together, but at position {position} it is not the one of the root: it was made \
             anew, or it is another database"
        )));
    }
    Ok(format!("the audit trail up to position {position}, sealed at {at}, is still the same"))
}

async fn current(config: &Config) -> Result<Database, CommandError> {
    let opened = open(config).await?;
    demand_current(&opened.db).await?;
    Ok(opened.db)
}
