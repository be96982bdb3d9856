//! What organizations contribute to obligations: the reelection that ends each running term.
use std::collections::HashMap;

use async_trait::async_trait;
use entity::{Date, ObligationKind, OrganizationId, OrganizationStatus, organization};
use sea_orm::DbErr;

use super::{repo, service::elected};
use crate::{
    db::Tx,
    features::obligation::service::{About, Contribution, Duty, settle as settle_duty},
};

/// The terms of leading bodies.
pub struct Terms;

#[async_trait]
impl Contribution for Terms {
    fn kinds(&self) -> &'static [ObligationKind] {
        &[ObligationKind::ReelectionDue]
    }

    async fn due(&self, tx: &Tx, organizations: &[OrganizationId]) -> Result<Vec<(Duty, Date)>, DbErr> {
        let terms: HashMap<OrganizationId, Date> = repo::running_terms(tx.conn(), organizations)
            .await?
            .into_iter()
            .map(|term| (term.organization_id, term.until))
            .collect();
        let rows = repo::by_keys(tx, organizations).await?;
        let due = |row: organization::Model| works(&row).then(|| Some((duty(&row), *terms.get(&row.id)?))).flatten();
        Ok(rows.into_iter().filter_map(due).collect())
    }
}

/// Whether the leading body of `row` is to be elected again some day.
fn works(row: &organization::Model) -> bool {
    row.status == OrganizationStatus::Active && elected(row.kind)
}

fn duty(row: &organization::Model) -> Duty {
    Duty { kind: ObligationKind::ReelectionDue, organization: row.id, about: About::Organization }
}

/// Brings the obligations of `row` in line with its present state.
pub async fn settle(tx: &Tx, row: &organization::Model) -> Result<(), DbErr> {
    let term = if works(row) { repo::running_terms(tx.conn(), &[row.id]).await?.pop() } else { None };
    settle_duty(tx, duty(row), term.map(|term| term.until)).await
}
