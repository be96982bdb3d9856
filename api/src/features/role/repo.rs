//! The only place that names the tables of roles.
use entity::{RoleId, role, role_permission};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

/// All roles, templates first. The catalogue is the same for everybody who may see it.
pub async fn all(conn: &impl ConnectionTrait) -> Result<Vec<role::Model>, DbErr> {
    role::Entity::find().order_by_desc(role::Column::Template).order_by_asc(role::Column::Id).all(conn).await
}

/// The roles `ids`.
pub async fn get_roles(conn: &impl ConnectionTrait, ids: &[RoleId]) -> Result<Vec<role::Model>, DbErr> {
    role::Entity::find().filter(role::Column::Id.is_in(ids.iter().copied())).all(conn).await
}

/// The permissions of the roles `ids`.
pub async fn permissions(conn: &impl ConnectionTrait, ids: &[RoleId]) -> Result<Vec<role_permission::Model>, DbErr> {
    role_permission::Entity::find().filter(role_permission::Column::RoleId.is_in(ids.iter().copied())).all(conn).await
}
