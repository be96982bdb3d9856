//! `jianghai check`: whether the database still says one thing in every place.
use super::{
    CommandError,
    open::{Opened, demand_current, demand_key, open},
};
use crate::{audit::proof, check::records, config::Config};

/// What a look at everything brought.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong, one line each.
    pub wrong: Vec<String>,
    /// What is worth knowing, one line each.
    pub notes: Vec<String>,
}

/// Looks at everything.
pub async fn check(config: &Config) -> Result<Report, CommandError> {
    let opened = open(config).await?;
    let report = check_opened(&opened).await?;
    opened.db.close().await?;
    Ok(report)
}

/// The same for a database that is open already.
pub(super) async fn check_opened(opened: &Opened) -> Result<Report, CommandError> {
    demand_current(&opened.db).await?;
    demand_key(&opened.db, &opened.vault).await?;
    let mut wrong = records(&opened.db, &opened.vault).await?;
    let proof = proof::prove(&opened.db).await?;
    wrong.extend(proof.findings());
    let notes = vec![
        format!("audit: changes sealed: {}", proof.sealed),
        format!("audit: changes that wait to be sealed: {}", proof.waiting),
    ];
    Ok(Report { wrong: wrong.into_iter().map(|line| line.en).collect(), notes })
}
