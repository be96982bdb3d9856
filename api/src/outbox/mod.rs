//! What has changed, as facts that are read after the commit, by position.
//!
//! The database writes a [`Fact`] with every audit row, every changed obligation and every step of a job (triggers of
//! the migration), so that a change without its fact cannot be committed and a new mutation is covered the day it is
//! written. A fact names the object and nothing about it; whoever reads it asks the database, under today's rights.
//!
//! Positions are given after the commit ([`sequence()`]), so that none appears behind one that was read already. Readers
//! of two kinds: [`Outbox`] tells this process what is new and forgets it; a [`cursor`] is moved in the transaction of
//! the reader's own work, which then neither loses nor repeats a fact. The register of retention says when facts go: after
//! seven days, and never one that a cursor has still to read.
//!
//! A duty is unlike a record: what is due changes with the write of the record it follows from, and both are told.

pub mod cursor;
mod disorder;
mod feed;
mod sequence;

use entity::{FactKind, OrganizationId, Timestamp, outbox, outbox_head};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

pub use disorder::disorder;
pub use feed::Outbox;
pub use sequence::sequence;

/// The one row of `outbox_head`.
const ROW: i32 = 1;

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Place among the facts; without gaps.
    pub position: i64,
    /// What it tells.
    pub kind: FactKind,
    /// Type of the changed object, as GraphQL names it.
    pub object_type: String,
    /// The changed object.
    pub object_id: Uuid,
    /// Organization that the object belonged to.
    pub organization: Option<OrganizationId>,
    /// When it got its place, which is soon after the commit.
    pub at: Timestamp,
}

impl Fact {
    /// The fact in `row`, where it has a place.
    fn of(row: outbox::Model) -> Option<Self> {
        let outbox::Model { position, kind, object_type, object_id, organization_id, at, .. } = row;
        Some(Self { position: position?, kind, object_type, object_id, organization: organization_id, at: at? })
    }
}

/// The newest position; 0 where there is none.
pub async fn head(conn: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let row = outbox_head::Entity::find_by_id(ROW).one(conn).await?;
    row.map(|row| row.position).ok_or_else(|| DbErr::RecordNotFound("outbox_head".to_owned()))
}

/// At most `most` facts after `position`, in order.
pub async fn after(conn: &impl ConnectionTrait, position: i64, most: u64) -> Result<Vec<Fact>, DbErr> {
    let select = outbox::Entity::find().filter(outbox::Column::Position.gt(position));
    let rows = select.order_by_asc(outbox::Column::Position).limit(most).all(conn).await?;
    Ok(rows.into_iter().filter_map(Fact::of).collect())
}
