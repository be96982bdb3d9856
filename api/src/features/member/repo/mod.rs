//! The only place that names the tables of memberships. A finder demands its scope.

mod hits;
mod list;
mod period;

use std::collections::HashSet;

use entity::{Date, MemberId, MemberStage, OrganizationId, PersonId, member};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

pub use hits::{count_by_stage_begin, count_incomplete};
pub use list::{Filter, Order, Row, RowWithPerson, along, list, lists, matching, sort, with_people};
pub use period::{
    begin_contact, begin_home, begin_homes, begin_stage, contacts, end_contact, end_home, end_homes, home_periods,
    running_home, running_homes, running_stage, running_stages, shift_beginning, stage_periods,
};

use crate::db::{Tx, scope::Scope};

/// The membership `id`, where it lies in `scope`.
pub async fn get(conn: &impl ConnectionTrait, scope: &Scope, id: MemberId) -> Result<Option<member::Model>, DbErr> {
    member::Entity::find_by_id(id).filter(scope.members()).one(conn).await
}

/// The memberships `ids`, as far as they lie in `scope`.
pub async fn get_all(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[MemberId],
) -> Result<Vec<member::Model>, DbErr> {
    member::Entity::find().filter(member::Column::Id.is_in(ids.iter().copied())).filter(scope.members()).all(conn).await
}

/// The memberships of `persons`, as far as they lie in `scope`.
pub async fn of_persons(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    persons: &[PersonId],
) -> Result<Vec<member::Model>, DbErr> {
    member::Entity::find()
        .filter(member::Column::PersonId.is_in(persons.iter().copied()))
        .filter(scope.members())
        .all(conn)
        .await
}

/// The membership of `person`, whoever may see it: for deciding on rights and for keeping duties right.
pub async fn of_person(tx: &Tx, person: PersonId) -> Result<Option<member::Model>, DbErr> {
    member::Entity::find().filter(member::Column::PersonId.eq(person)).one(tx.conn()).await
}

/// Memberships with their home in one of `organizations`, whoever may see them: for keeping obligations right.
pub async fn running_at(tx: &Tx, organizations: &[OrganizationId]) -> Result<Vec<member::Model>, DbErr> {
    member::Entity::find()
        .filter(member::Column::HomeOrganizationId.is_in(organizations.iter().copied()))
        .filter(member::Column::Stage.lte(MemberStage::Full))
        .all(tx.conn())
        .await
}

/// Home organizations of `persons`, whoever may see them: for deciding on rights alone.
pub async fn homes(
    conn: &impl ConnectionTrait,
    persons: &[PersonId],
) -> Result<Vec<(PersonId, OrganizationId)>, DbErr> {
    member::Entity::find()
        .select_only()
        .column(member::Column::PersonId)
        .column(member::Column::HomeOrganizationId)
        .filter(member::Column::PersonId.is_in(persons.iter().copied()))
        .into_tuple()
        .all(conn)
        .await
}

/// Those of `persons` whose home is `organization`.
pub async fn at_home(tx: &Tx, organization: OrganizationId, persons: &[PersonId]) -> Result<HashSet<PersonId>, DbErr> {
    let homes = homes(tx.conn(), persons).await?;
    Ok(homes.into_iter().filter(|(_, home)| *home == organization).map(|(person, _)| person).collect())
}

/// Writes a new membership with its first periods.
pub async fn insert(tx: &Tx, row: member::Model, from: Date) -> Result<member::Model, DbErr> {
    member::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    begin_stage(tx, row.id, row.stage, from).await?;
    begin_home(tx, row.id, row.home_organization_id, from).await?;
    Ok(row)
}

/// Writes `row` where the database still has `version`; none where somebody else was faster.
pub async fn update(tx: &Tx, mut row: member::Model, version: i32) -> Result<Option<member::Model>, DbErr> {
    row.version = version + 1;
    row.updated_at = tx.now();
    let done = member::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(member::Column::Id.eq(row.id))
        .filter(member::Column::Version.eq(version))
        .exec(tx.conn())
        .await?;
    Ok((done.rows_affected > 0).then_some(row))
}

/// Gives all members of `from` the home organization `into`; answers how many there were.
pub async fn rehome(tx: &Tx, from: OrganizationId, into: OrganizationId) -> Result<u64, DbErr> {
    use member::Column;
    let done = member::Entity::update_many()
        .col_expr(Column::HomeOrganizationId, Expr::value(into))
        .col_expr(Column::UpdatedAt, Expr::value(tx.now()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::HomeOrganizationId.eq(from))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}
