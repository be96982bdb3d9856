//! What organizations contribute to obligations: the reelection that ends each running term.
use entity::{ObligationKind, OrganizationStatus, organization};
use sea_orm::DbErr;

use super::{repo, service::elected};
use crate::{
    db::Tx,
    features::obligation::service::{Duty, settle as settle_duty},
};

/// Brings the obligations of `row` in line with its present state.
pub async fn settle(tx: &Tx, row: &organization::Model) -> Result<(), DbErr> {
    let works = row.status == OrganizationStatus::Active && elected(row.kind);
    let term = if works { repo::running_terms(tx.conn(), &[row.id]).await?.pop() } else { None };
    let duty = Duty { kind: ObligationKind::ReelectionDue, organization: row.id, person: None };
    settle_duty(tx, duty, term.map(|term| term.until)).await
}
