//! Head counts: direct ones, changed with the members, and their sums over a subtree.
use entity::{Date, MemberStage, OrganizationId, organization_count};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait, Select,
    Statement,
    sea_query::{Expr, ExprTrait},
};

use crate::db::{Engine, Tx};

/// Members of any stage that `id` counts directly.
pub async fn count_members(tx: &Tx, id: OrganizationId) -> Result<i64, DbErr> {
    let rows = organization_count::Entity::find()
        .filter(organization_count::Column::OrganizationId.eq(id))
        .filter(organization_count::Column::Stage.lte(MemberStage::Full))
        .all(tx.conn())
        .await?;
    Ok(rows.iter().map(|row| row.n).sum())
}

/// Changes the direct head count of `id` in `stage` by `by`, in one statement.
pub async fn change_count(tx: &Tx, id: OrganizationId, stage: MemberStage, by: i64) -> Result<(), DbErr> {
    let sql = "INSERT INTO organization_count (organization_id, stage, n) VALUES ($1, $2, $3)
               ON CONFLICT (organization_id, stage) DO UPDATE SET n = organization_count.n + excluded.n";
    let backend = tx.conn().get_database_backend();
    if by < 0 {
        // An upsert would first check the negative row against `n >= 0`.
        let sql = "UPDATE organization_count SET n = n + $1 WHERE organization_id = $2 AND stage = $3";
        let values = [by.into(), id.into(), stage.into()];
        return tx.conn().execute_raw(Statement::from_sql_and_values(backend, sql, values)).await.map(|_| ());
    }
    let values = [id.into(), stage.into(), by.into()];
    tx.conn().execute_raw(Statement::from_sql_and_values(backend, sql, values)).await.map(|_| ())
}

/// Adds the direct head counts of `from` to those of `into`, and leaves none at `from`.
pub async fn move_counts(tx: &Tx, from: OrganizationId, into: OrganizationId) -> Result<(), DbErr> {
    let backend = tx.conn().get_database_backend();
    let add = "INSERT INTO organization_count (organization_id, stage, n)
               SELECT $1, stage, n FROM organization_count WHERE organization_id = $2 AND n > 0
               ON CONFLICT (organization_id, stage) DO UPDATE SET n = organization_count.n + excluded.n";
    tx.conn().execute_raw(Statement::from_sql_and_values(backend, add, [into.into(), from.into()])).await?;
    organization_count::Entity::update_many()
        .col_expr(organization_count::Column::N, Expr::value(0i64))
        .filter(organization_count::Column::OrganizationId.eq(from))
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// A head count of a subtree in one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct StageTotal {
    /// Top of the subtree.
    pub organization_id: OrganizationId,
    /// The stage.
    pub stage: MemberStage,
    /// Members counted once each.
    pub n: i64,
}

/// Head counts of the subtrees of `ids`.
pub async fn subtree_counts(conn: &impl ConnectionTrait, ids: &[OrganizationId]) -> Result<Vec<StageTotal>, DbErr> {
    use entity::organization_closure as closure;
    closure::Entity::find()
        .select_only()
        .column_as(closure::Column::AncestorId, "organization_id")
        .column_as(organization_count::Column::Stage, "stage")
        .column_as(organization_count::Column::N.sum().cast_as("bigint"), "n")
        .inner_join_count()
        .filter(closure::Column::AncestorId.is_in(ids.iter().copied()))
        .group_by(closure::Column::AncestorId)
        .group_by(organization_count::Column::Stage)
        .into_model()
        .all(conn)
        .await
}

/// Direct head counts of `ids`.
pub async fn direct_counts(conn: &impl ConnectionTrait, ids: &[OrganizationId]) -> Result<Vec<StageTotal>, DbErr> {
    organization_count::Entity::find()
        .filter(organization_count::Column::OrganizationId.is_in(ids.iter().copied()))
        .into_model()
        .all(conn)
        .await
}

/// All direct counts of probationary and full members, for the tree view.
pub async fn member_counts(conn: &impl ConnectionTrait) -> Result<Vec<StageTotal>, DbErr> {
    organization_count::Entity::find()
        .filter(organization_count::Column::Stage.is_in([MemberStage::Probationary, MemberStage::Full]))
        .into_model()
        .all(conn)
        .await
}

/// Head counts of one subtree on a past day, from the periods.
pub async fn counts_as_of(
    conn: &impl ConnectionTrait,
    engine: Engine,
    id: OrganizationId,
    day: Date,
    descendants: bool,
) -> Result<Vec<StageTotal>, DbErr> {
    debug_assert!(matches!(engine, Engine::Sqlite | Engine::Postgres));
    let depth = if descendants { i32::MAX } else { 0 };
    let sql = r#"SELECT tree.ancestor_id AS organization_id, stage.stage AS stage, COUNT(*) AS n
        FROM organization_closure tree
        JOIN member_home home ON home.organization_id = tree.descendant_id
          AND home."from" <= $2 AND (home."until" IS NULL OR home."until" > $2)
        JOIN member_stage stage ON stage.member_id = home.member_id
          AND stage."from" <= $2 AND (stage."until" IS NULL OR stage."until" > $2)
        WHERE tree.ancestor_id = $1 AND tree.depth <= $3
        GROUP BY tree.ancestor_id, stage.stage"#;
    let values = [id.into(), day.into(), depth.into()];
    StageTotal::find_by_statement(Statement::from_sql_and_values(conn.get_database_backend(), sql, values))
        .all(conn)
        .await
}

trait JoinCounts {
    fn inner_join_count(self) -> Self;
}

impl JoinCounts for Select<entity::organization_closure::Entity> {
    fn inner_join_count(mut self) -> Self {
        use entity::organization_closure as closure;
        QueryTrait::query(&mut self).inner_join(
            organization_count::Entity,
            Expr::col((organization_count::Entity, organization_count::Column::OrganizationId))
                .equals((closure::Entity, closure::Column::DescendantId)),
        );
        self
    }
}
