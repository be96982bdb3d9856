//! Counts of members whom a rule would hit, each with those for whom it is too late.
use entity::{Date, MemberStage, Timestamp, member, member_stage};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr},
};

use super::{Filter, list};
use crate::{db::scope::Scope, features::person::service::incomplete};

/// Members in `scope` that match `filter`, and those whose running stage began before `late`.
pub async fn count_by_stage_begin(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    filter: &Filter,
    today: Date,
    late: Date,
) -> Result<(i64, i64), DbErr> {
    use member_stage::Column;
    let mut select = list(scope, filter, today);
    QueryTrait::query(&mut select).inner_join(
        member_stage::Entity,
        Expr::col((member_stage::Entity, Column::MemberId)).equals((member::Entity, member::Column::Id)),
    );
    count(conn, select.filter(Column::Until.is_null()), Column::From.lt(late)).await
}

/// Running members in `scope` whose record lacks something, and those entered before `late`.
pub async fn count_incomplete(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    today: Date,
    late: Timestamp,
) -> Result<(i64, i64), DbErr> {
    let running = list(scope, &Filter::default(), today).filter(member::Column::Stage.lte(MemberStage::Full));
    count(conn, running.filter(incomplete()), member::Column::CreatedAt.lt(late)).await
}

/// The rows of `select`, and those of them that are `late`.
async fn count(
    conn: &impl ConnectionTrait,
    select: Select<member::Entity>,
    late: SimpleExpr,
) -> Result<(i64, i64), DbErr> {
    let late = CaseStatement::new().case(late, Expr::value(1));
    let counts = select
        .select_only()
        .expr_as(Expr::col((member::Entity, member::Column::Id)).count(), "applies")
        .expr_as(Expr::expr(late).count(), "overdue")
        .into_tuple()
        .one(conn)
        .await?;
    Ok(counts.unwrap_or_default())
}
