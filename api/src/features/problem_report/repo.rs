//! The only place that names the table of problem reports.
use entity::{ProblemReportId, problem_report};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, Select, sea_query::Expr,
};

use crate::{
    authz::{Actor, Permission},
    db::{
        Tx,
        page::{Key, Place, Sort},
    },
};

/// Reports that `actor` may read: all of them, or those that he made.
pub fn list(actor: &Actor) -> Select<problem_report::Entity> {
    let all = actor.may_everywhere(Permission::ProblemRead);
    let own = problem_report::Column::AccountId.eq(actor.account());
    problem_report::Entity::find().filter(Condition::all().add_option((!all).then_some(own)))
}

/// Newest first; keys are ordered by time.
pub fn sort() -> (Sort, Place<problem_report::Model>) {
    let id = Expr::col((problem_report::Entity, problem_report::Column::Id));
    (Sort { name: "problem_report", key: None, id, descending: true }, |row| (Key::None, row.id.0))
}

/// The reports `ids`, as far as `actor` may read them.
pub async fn get_all(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[ProblemReportId],
) -> Result<Vec<problem_report::Model>, DbErr> {
    list(actor).filter(problem_report::Column::Id.is_in(ids.iter().copied())).all(conn).await
}

/// The report `id`, where `actor` may read it.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: ProblemReportId,
) -> Result<Option<problem_report::Model>, DbErr> {
    Ok(get_all(conn, actor, &[id]).await?.pop())
}

/// Writes the answer of `new` where the row still has `version`. The row; none where it has not.
pub async fn answer(
    tx: &Tx,
    new: &problem_report::Model,
    version: i32,
) -> Result<Option<problem_report::Model>, DbErr> {
    use problem_report::Column;
    let change = problem_report::ActiveModel {
        version: Set(version + 1),
        answered_by: Set(new.answered_by),
        answered_at: Set(new.answered_at),
        answer: Set(new.answer.clone()),
        ..Default::default()
    };
    let changed = problem_report::Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(new.id))
        .filter(Column::Version.eq(version))
        .exec_with_returning(tx.conn())
        .await?;
    Ok(changed.into_iter().next())
}

/// Writes a report.
pub async fn insert(tx: &Tx, row: &problem_report::Model) -> Result<(), DbErr> {
    let row = row.clone().into_active_model().reset_all();
    problem_report::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}
