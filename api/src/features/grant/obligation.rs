//! What grants contribute to obligations: one that ends soon is extended, or left to end.
use async_trait::async_trait;
use chrono::Days;
use entity::{Date, GrantId, ObligationKind, OrganizationId, role_grant};
use sea_orm::DbErr;

use super::repo::{self, Which};
use crate::{
    db::Tx,
    features::obligation::service::{About, Contribution, Duty, settle as settle_duty},
};

/// For so many days before its end a grant asks to be extended.
pub const DAYS: u64 = 30;

/// Grants on organizations that end soon. Rights on oneself are no duty of anybody else; their holder is told.
pub struct Endings;

#[async_trait]
impl Contribution for Endings {
    fn kinds(&self) -> &'static [ObligationKind] {
        &[ObligationKind::GrantEnding]
    }

    async fn due(&self, tx: &Tx, organizations: &[OrganizationId]) -> Result<Vec<(Duty, Date)>, DbErr> {
        let ending = repo::ending(tx, Which::On(organizations), tx.today() + Days::new(DAYS)).await?;
        Ok(ending.iter().filter_map(|row| Some((duty(row)?, last_day(row)?))).collect())
    }
}

fn duty(row: &role_grant::Model) -> Option<Duty> {
    let about = About::Grant(row.id);
    Some(Duty { kind: ObligationKind::GrantEnding, organization: row.organization_id?, about })
}

/// The last day on which it works, and on which it can be extended.
fn last_day(row: &role_grant::Model) -> Option<Date> {
    row.until.and_then(|until| until.pred_opt())
}

/// Brings the duties about the grants `ids` in line with their present state.
pub async fn settle(tx: &Tx, ids: &[GrantId]) -> Result<(), DbErr> {
    let ending = repo::ending(tx, Which::These(ids), tx.today() + Days::new(DAYS)).await?;
    for row in repo::by_keys(tx, ids).await? {
        let Some(duty) = duty(&row) else { continue };
        settle_duty(tx, duty, ending.iter().find(|ends| ends.id == row.id).and_then(last_day)).await?;
    }
    Ok(())
}
