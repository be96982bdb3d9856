//! Lists of organizations: filters and sorts over a scope.
use entity::{OrganizationId, OrganizationStatus, SearchSubject, organization};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, SelectStatement},
};

use crate::db::{
    page::{Key, Place, Sort},
    scope::Scope,
    search,
};

/// What a list of organizations may be narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Name, initials or code, by the beginning of a word.
    pub text: Option<String>,
    /// Kinds.
    pub kind: Option<Vec<entity::OrganizationKind>>,
    /// Levels.
    pub level: Option<Vec<entity::OrganizationLevel>>,
    /// Sectors.
    pub sector: Option<Vec<entity::Sector>>,
    /// Statuses; active alone where nothing is said.
    pub status: Option<Vec<OrganizationStatus>>,
    /// Direct children of this organization.
    pub parent: Option<OrganizationId>,
    /// This organization and everything below it.
    pub under: Option<OrganizationId>,
}

/// Organizations in `scope`.
pub fn find(scope: &Scope) -> Select<organization::Entity> {
    organization::Entity::find().filter(scope.organizations(organization::Column::Id))
}

/// Organizations in `scope` that match `filter`.
pub fn list(scope: &Scope, filter: &Filter) -> Select<organization::Entity> {
    use organization::Column;
    let under = filter.under.map_or_else(|| scope.clone(), |under| scope.within(under));
    let select = find(&filter.parent.map_or_else(|| under.clone(), |parent| under.naming(parent)));
    let mut condition = Condition::all();
    match &filter.status {
        Some(status) => condition = condition.add(Column::Status.is_in(status.iter().copied())),
        None => condition = condition.add(Column::Status.eq(OrganizationStatus::Active)),
    }
    if let Some(parent) = filter.parent {
        condition = condition.add(Column::ParentId.eq(parent));
    }
    if let Some(kind) = &filter.kind {
        condition = condition.add(Column::Kind.is_in(kind.iter().copied()));
    }
    if let Some(level) = &filter.level {
        condition = condition.add(Column::Level.is_in(level.iter().copied()));
    }
    if let Some(sector) = &filter.sector {
        condition = condition.add(Column::Sector.is_in(sector.iter().copied()));
    }
    if let Some(matching) = filter.text.as_deref().and_then(|text| search::matching(SearchSubject::Organization, text))
    {
        condition = condition.add(Column::Id.in_subquery(matching));
    }
    select.filter(condition)
}

/// The best matches of `text` in `scope`, by sort key.
pub async fn matching(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    text: &str,
    most: u64,
) -> Result<Vec<organization::Model>, DbErr> {
    let filter = Filter { text: Some(text.to_owned()), ..Filter::default() };
    list(scope, &filter)
        .order_by_asc(organization::Column::SortKey)
        .order_by_asc(organization::Column::Id)
        .limit(most)
        .all(conn)
        .await
}

/// Keys of the organizations that work in `sectors`, whoever may see them: a part of a scoped filter.
pub fn in_sectors(sectors: &[entity::Sector]) -> SelectStatement {
    organization::Entity::find()
        .select_only()
        .column(organization::Column::Id)
        .filter(organization::Column::Sector.is_in(sectors.iter().copied()))
        .into_query()
}

/// How lists of organizations are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By sort key.
    Name,
    /// By code.
    Code,
    /// By the last change.
    UpdatedAt,
}

/// The sort of `order`, and what a row says for it.
pub fn sort(order: Order, descending: bool) -> (Sort, Place<organization::Model>) {
    use organization::Column;
    let column = |column: Column| Some(Expr::col((organization::Entity, column)));
    let (name, key, place): (_, _, Place<organization::Model>) = match order {
        Order::Name => {
            ("organization.name", column(Column::SortKey), |row| (Key::Text(row.sort_key.clone()), row.id.0))
        }
        Order::Code => ("organization.code", column(Column::Code), |row| (Key::Text(row.code.clone()), row.id.0)),
        Order::UpdatedAt => {
            ("organization.updated", column(Column::UpdatedAt), |row| (Key::Number(row.updated_at.0), row.id.0))
        }
    };
    (Sort { name, key, id: Expr::col((organization::Entity, Column::Id)), descending }, place)
}
