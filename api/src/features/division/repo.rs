//! The only place that names the table of divisions. Divisions are public, so finders take no scope.
use entity::{DivisionId, division};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

/// Most divisions of one answer.
const LARGEST: u64 = 200;

/// Longest part of a name that is looked for.
const LONGEST: usize = 50;

/// Whether `id` is a division.
pub async fn exists(conn: &impl ConnectionTrait, id: DivisionId) -> Result<bool, DbErr> {
    Ok(division::Entity::find_by_id(id).count(conn).await? > 0)
}

/// The divisions `ids`.
pub async fn get_all(conn: &impl ConnectionTrait, ids: &[DivisionId]) -> Result<Vec<division::Model>, DbErr> {
    division::Entity::find().filter(division::Column::Id.is_in(ids.iter().copied())).all(conn).await
}

/// Divisions below `parent` (the city where it is none), or those whose name contains `text`.
pub async fn list(
    conn: &impl ConnectionTrait,
    parent: Option<DivisionId>,
    text: Option<&str>,
) -> Result<Vec<division::Model>, DbErr> {
    let mut select = division::Entity::find();
    if let Some(parent) = parent {
        select = select.filter(division::Column::ParentId.eq(parent));
    }
    let text: Option<String> = text.map(|text| text.trim().chars().take(LONGEST).collect());
    match text.filter(|text| !text.is_empty()) {
        Some(text) => select = select.filter(division::Column::Name.contains(&text)),
        None if parent.is_none() => select = select.filter(division::Column::ParentId.is_null()),
        None => {}
    }
    select.order_by_asc(division::Column::Code).limit(LARGEST).all(conn).await
}
