//! What lasts for a time: place in the tree, status, terms.
use entity::{
    Date, OrganizationId, OrganizationStatus, TermId, organization_parent, organization_status_period,
    organization_term,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    Statement, sea_query::Expr,
};

use crate::db::Tx;

/// Begins a period under `parent`.
pub async fn insert_parent_period(
    tx: &Tx,
    id: OrganizationId,
    parent: Option<OrganizationId>,
    from: Date,
) -> Result<(), DbErr> {
    let row = organization_parent::ActiveModel {
        id: Set(tx.new_id()),
        organization_id: Set(id),
        parent_id: Set(parent),
        from: Set(from),
        until: Set(None),
    };
    organization_parent::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// The running period under a parent.
pub async fn parent_period(
    conn: &impl ConnectionTrait,
    id: OrganizationId,
) -> Result<Option<organization_parent::Model>, DbErr> {
    organization_parent::Entity::find()
        .filter(organization_parent::Column::OrganizationId.eq(id))
        .filter(organization_parent::Column::Until.is_null())
        .one(conn)
        .await
}

/// Ends the running period under a parent on `on`.
pub async fn end_parent_period(tx: &Tx, id: OrganizationId, on: Date) -> Result<(), DbErr> {
    organization_parent::Entity::update_many()
        .col_expr(organization_parent::Column::Until, Expr::value(on))
        .filter(organization_parent::Column::OrganizationId.eq(id))
        .filter(organization_parent::Column::Until.is_null())
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// Begins a period of `status`.
pub async fn insert_status_period(
    tx: &Tx,
    id: OrganizationId,
    status: OrganizationStatus,
    from: Date,
) -> Result<(), DbErr> {
    let row = organization_status_period::ActiveModel {
        id: Set(tx.new_id()),
        organization_id: Set(id),
        status: Set(status),
        from: Set(from),
        until: Set(None),
    };
    organization_status_period::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// Ends the running period of status on `on`.
pub async fn end_status_period(tx: &Tx, id: OrganizationId, on: Date) -> Result<(), DbErr> {
    use organization_status_period::Column;
    organization_status_period::Entity::update_many()
        .col_expr(Column::Until, Expr::value(on))
        .filter(Column::OrganizationId.eq(id))
        .filter(Column::Until.is_null())
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// The organizations above `id` on a past day, nearest first.
pub async fn ancestors_as_of(
    conn: &impl ConnectionTrait,
    id: OrganizationId,
    day: Date,
) -> Result<Vec<OrganizationId>, DbErr> {
    let sql = r#"WITH RECURSIVE up(id, steps) AS (
            SELECT parent_id, 1 FROM organization_parent
            WHERE organization_id = $1 AND "from" <= $2 AND ("until" IS NULL OR "until" > $2)
            UNION ALL
            SELECT above.parent_id, up.steps + 1 FROM up JOIN organization_parent above
              ON above.organization_id = up.id AND above."from" <= $2 AND (above."until" IS NULL OR above."until" > $2)
            WHERE up.steps < 64)
        SELECT id FROM up WHERE id IS NOT NULL ORDER BY steps"#;
    let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, [id.into(), day.into()]);
    conn.query_all_raw(statement).await?.iter().map(|row| row.try_get("", "id")).collect()
}

/// Running terms of `ids`.
pub async fn running_terms(
    conn: &impl ConnectionTrait,
    ids: &[OrganizationId],
) -> Result<Vec<organization_term::Model>, DbErr> {
    organization_term::Entity::find()
        .filter(organization_term::Column::OrganizationId.is_in(ids.iter().copied()))
        .filter(organization_term::Column::EndedOn.is_null())
        .all(conn)
        .await
}

/// Ends the running term on `on` and begins one from `on` until `until`.
pub async fn begin_term(
    tx: &Tx,
    id: OrganizationId,
    from: Date,
    until: Date,
) -> Result<organization_term::Model, DbErr> {
    end_term(tx, id, from).await?;
    let row = organization_term::Model { id: tx.new_id::<TermId>(), organization_id: id, from, until, ended_on: None };
    organization_term::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(row)
}

/// Ends the running term on `on`.
pub async fn end_term(tx: &Tx, id: OrganizationId, on: Date) -> Result<(), DbErr> {
    organization_term::Entity::update_many()
        .col_expr(organization_term::Column::EndedOn, Expr::value(on))
        .filter(organization_term::Column::OrganizationId.eq(id))
        .filter(organization_term::Column::EndedOn.is_null())
        .exec(tx.conn())
        .await
        .map(|_| ())
}
