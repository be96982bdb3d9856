//! All members of one organization become those of another, where the two become one.
use entity::{Date, MemberId, OrganizationId};
use sea_orm::DbErr;

use crate::{
    db::Tx,
    features::{member::repo, obligation::service as obligations, organization::service as organizations},
};

/// Moves every member of `from` to `into` on `on`: periods, present home, head counts and open duties. Answers how many
/// there were. The caller holds the authority lock, has checked that `into` may house members, and writes the audit row.
pub async fn rehome_all(tx: &Tx, from: OrganizationId, into: OrganizationId, on: Date) -> Result<u64, DbErr> {
    // Whoever came to `from` after `on` begins at `into` on the day he came.
    let homes: Vec<(MemberId, Date)> =
        repo::running_homes(tx, from).await?.into_iter().map(|row| (row.member_id, row.from.max(on))).collect();
    repo::end_homes(tx, from, on).await?;
    repo::begin_homes(tx, into, &homes).await?;
    let moved = repo::rehome(tx, from, into).await?;
    organizations::move_counts(tx, from, into).await?;
    obligations::repoint(tx, from, into).await?;
    Ok(moved)
}
