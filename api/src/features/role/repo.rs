//! The only place that names the tables of roles.
use entity::{RoleId, role, role_permission};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

use super::policy::Content;
use crate::{
    authz::{self, TEMPLATES},
    db::Tx,
};

/// All roles that are archived or all that are not, templates first and in their order. The catalogue is the same for
/// everybody who may see it.
pub async fn all(conn: &impl ConnectionTrait, archived: bool) -> Result<Vec<role::Model>, DbErr> {
    let at = role::Column::ArchivedAt;
    let found = role::Entity::find().filter(if archived { at.is_not_null() } else { at.is_null() });
    let mut rows = found.order_by_asc(role::Column::Id).all(conn).await?;
    let place = |code: &str| TEMPLATES.iter().position(|template| template.code == code).unwrap_or(TEMPLATES.len());
    rows.sort_by_key(|row| place(&row.code));
    Ok(rows)
}

/// The roles `ids`.
pub async fn get_roles(conn: &impl ConnectionTrait, ids: &[RoleId]) -> Result<Vec<role::Model>, DbErr> {
    role::Entity::find().filter(role::Column::Id.is_in(ids.iter().copied())).all(conn).await
}

/// The role templates with these codes.
pub async fn get_templates(conn: &impl ConnectionTrait, codes: &[&str]) -> Result<Vec<role::Model>, DbErr> {
    let templates = role::Entity::find().filter(role::Column::Template.eq(true));
    templates.filter(role::Column::Code.is_in(codes.iter().copied())).all(conn).await
}

/// The permissions of the roles `ids`.
pub async fn permissions(conn: &impl ConnectionTrait, ids: &[RoleId]) -> Result<Vec<role_permission::Model>, DbErr> {
    role_permission::Entity::find().filter(role_permission::Column::RoleId.is_in(ids.iter().copied())).all(conn).await
}

/// Writes a new role.
pub async fn insert(tx: &Tx, row: role::Model, content: Content) -> Result<(), DbErr> {
    let id = row.id;
    role::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    authz::replace_permissions(tx.conn(), id, content.uses, content.passes_on).await
}

/// Writes `row` with one version more and what it carries; false where it is no longer at its version.
pub async fn update(tx: &Tx, mut row: role::Model, content: Content) -> Result<bool, DbErr> {
    let (id, version) = (row.id, row.version);
    row.version = version + 1;
    let done = role::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(role::Column::Id.eq(id))
        .filter(role::Column::Version.eq(version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    authz::replace_permissions(tx.conn(), id, content.uses, content.passes_on).await?;
    Ok(true)
}
