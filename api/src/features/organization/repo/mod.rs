//! The only place that names the tables of organizations. A finder demands its scope.

mod count;
mod list;
mod period;

use entity::{OrganizationId, OrganizationStatus, SearchSubject, organization};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

pub use count::*;
pub use list::*;
pub use period::*;

use crate::db::{Tx, scope::Scope, search};

/// The organization `id`, where it lies in `scope`.
pub async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: OrganizationId,
) -> Result<Option<organization::Model>, DbErr> {
    if scope.contains(id) { organization::Entity::find_by_id(id).one(conn).await } else { Ok(None) }
}

/// The organization `id`, where it lies in `scope`, kept from being archived or merged until `tx` ends.
pub async fn hold(tx: &Tx, scope: &Scope, id: OrganizationId) -> Result<Option<organization::Model>, DbErr> {
    if scope.contains(id) { organization::Entity::find_by_id(id).lock_shared().one(tx.conn()).await } else { Ok(None) }
}

/// The organizations `ids`, as far as they lie in `scope`.
pub async fn get_all(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[OrganizationId],
) -> Result<Vec<organization::Model>, DbErr> {
    let visible: Vec<OrganizationId> = ids.iter().copied().filter(|id| scope.contains(*id)).collect();
    if visible.is_empty() {
        return Ok(Vec::new());
    }
    organization::Entity::find().filter(organization::Column::Id.is_in(visible)).all(conn).await
}

/// Writes a new organization with its first periods, its closure rows and its search tokens.
pub async fn insert(tx: &Tx, row: organization::Model) -> Result<organization::Model, DbErr> {
    let (id, parent) = (row.id, row.parent_id);
    let from = row.founded_on.unwrap_or_else(|| tx.today());
    organization::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    crate::db::attach(tx.conn(), id, parent).await?;
    insert_parent_period(tx, id, parent, from).await?;
    insert_status_period(tx, id, row.status, from).await?;
    replace_tokens(tx, &row).await?;
    Ok(row)
}

/// Writes `row` where the database still has `version`; none where somebody else was faster. The transaction holds the
/// lock of authority, so that nobody goes on with a row that was kept.
pub async fn update(tx: &Tx, mut row: organization::Model, version: i32) -> Result<Option<organization::Model>, DbErr> {
    debug_assert!(tx.authority_changed(), "an organization changes under the lock of authority");
    row.version = version + 1;
    row.updated_at = tx.now();
    let done = organization::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(organization::Column::Id.eq(row.id))
        .filter(organization::Column::Version.eq(version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Ok(None);
    }
    replace_tokens(tx, &row).await?;
    Ok(Some(row))
}

async fn replace_tokens(tx: &Tx, row: &organization::Model) -> Result<(), DbErr> {
    let tokens = search::tokens(&row.name, &row.sort_key, &[&row.code]);
    search::replace_tokens(tx.conn(), SearchSubject::Organization, row.id.0, tokens).await
}

/// Whether `id` is `above` or lies below it, as the database has it at this moment.
pub async fn lies_below(tx: &Tx, above: OrganizationId, id: OrganizationId) -> Result<bool, DbErr> {
    Ok(entity::organization_closure::Entity::find_by_id((above, id)).one(tx.conn()).await?.is_some())
}

/// Active direct children of `id`, whoever may see them.
pub async fn count_children(tx: &Tx, id: OrganizationId) -> Result<u64, DbErr> {
    organization::Entity::find()
        .filter(organization::Column::ParentId.eq(id))
        .filter(organization::Column::Status.eq(OrganizationStatus::Active))
        .count(tx.conn())
        .await
}

/// Children of `id` in every status, for moving them together.
pub async fn children(tx: &Tx, id: OrganizationId) -> Result<Vec<organization::Model>, DbErr> {
    organization::Entity::find()
        .filter(organization::Column::ParentId.eq(id))
        .order_by_asc(organization::Column::SortKey)
        .all(tx.conn())
        .await
}

/// The organizations `ids`, whoever may see them: for keeping obligations right.
pub async fn by_keys(tx: &Tx, ids: &[OrganizationId]) -> Result<Vec<organization::Model>, DbErr> {
    organization::Entity::find().filter(organization::Column::Id.is_in(ids.iter().copied())).all(tx.conn()).await
}
