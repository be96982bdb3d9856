//! The only place that names the table of problem reports.
use entity::{ProblemReportId, problem_report};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, Select, sea_query::Expr,
};

use crate::{
    authz::{Actor, Permission},
    db::{
        Tx,
        page::{Key, Place, Sort},
    },
};

/// Reports that `actor` may read: all of them, or none.
pub fn list(actor: &Actor) -> Select<problem_report::Entity> {
    let all = actor.may_everywhere(Permission::ProblemRead);
    problem_report::Entity::find().filter(Expr::value(all))
}

/// Newest first; keys are ordered by time.
pub fn sort() -> (Sort, Place<problem_report::Model>) {
    let id = Expr::col((problem_report::Entity, problem_report::Column::Id));
    (Sort { name: "problem_report", key: None, id, descending: true }, |row| (Key::None, row.id.0))
}

/// The report `id`, where `actor` may read it or made it.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: ProblemReportId,
) -> Result<Option<problem_report::Model>, DbErr> {
    let row = problem_report::Entity::find_by_id(id).one(conn).await?;
    Ok(row.filter(|row| row.account_id == actor.account() || actor.may_everywhere(Permission::ProblemRead)))
}

/// Writes a report.
pub async fn insert(tx: &Tx, row: &problem_report::Model) -> Result<(), DbErr> {
    let row = row.clone().into_active_model().reset_all();
    problem_report::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}
