//! The only place that names the tables of erasures and of proposals. A finder demands its scope.
use entity::{AccountId, Date, ErasureOutcome, PersonId, erasure, erasure_proposal, person};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};

use crate::db::{Tx, scope::Scope};

/// Proposals that wait, on persons in `scope`, oldest first.
pub async fn waiting(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    today: Date,
    most: u64,
) -> Result<Vec<erasure_proposal::Model>, DbErr> {
    use erasure_proposal::Column;
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    let persons = person::Entity::find().select_only().column(person::Column::Id).filter(scope.persons(today));
    erasure_proposal::Entity::find()
        .filter(Column::ClosedAt.is_null())
        .filter(Column::PersonId.in_subquery(persons.into_query()))
        .order_by_asc(Column::ProposedAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(conn)
        .await
}

/// Proposals that wait on `persons`. The caller shows that they may be seen.
pub async fn of_persons(
    conn: &impl ConnectionTrait,
    persons: &[PersonId],
) -> Result<Vec<erasure_proposal::Model>, DbErr> {
    erasure_proposal::Entity::find()
        .filter(erasure_proposal::Column::ClosedAt.is_null())
        .filter(erasure_proposal::Column::PersonId.is_in(persons.iter().copied()))
        .all(conn)
        .await
}

/// Writes a new proposal.
pub async fn insert_proposal(tx: &Tx, row: erasure_proposal::Model) -> Result<(), DbErr> {
    let row = row.into_active_model().reset_all();
    erasure_proposal::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// Closes `row`; false where somebody else was faster.
pub async fn close(
    tx: &Tx,
    row: &erasure_proposal::Model,
    by: AccountId,
    outcome: ErasureOutcome,
) -> Result<bool, DbErr> {
    let change = erasure_proposal::ActiveModel {
        closed_by: Set(Some(by)),
        closed_at: Set(Some(tx.now())),
        outcome: Set(Some(outcome)),
        ..<erasure_proposal::ActiveModel as ActiveModelTrait>::default()
    };
    let done = erasure_proposal::Entity::update_many()
        .set(change)
        .filter(erasure_proposal::Column::Id.eq(row.id))
        .filter(erasure_proposal::Column::ClosedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Writes an erasure.
pub async fn insert(tx: &Tx, row: erasure::Model) -> Result<(), DbErr> {
    let row = row.into_active_model().reset_all();
    erasure::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// Every erasure, oldest first. For the file outside the database, which names nobody.
pub async fn all(conn: &impl ConnectionTrait) -> Result<Vec<erasure::Model>, DbErr> {
    use erasure::Column;
    erasure::Entity::find().order_by_asc(Column::At).order_by_asc(Column::PersonId).all(conn).await
}
