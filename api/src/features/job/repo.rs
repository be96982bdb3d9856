//! The only place of this feature that names the table of jobs. A finder demands the actor.
use entity::{JobId, JobState, job};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Select,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    authz::{Actor, Permission},
    db::{
        Tx,
        page::{Key, Place, Sort},
    },
};

/// What a list of jobs may be narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// States.
    pub state: Option<Vec<JobState>>,
    /// Kinds.
    pub kind: Option<Vec<String>>,
    /// What the actor asked for himself.
    pub own: bool,
}

/// Jobs that `actor` may see and that match `filter`.
pub fn list(actor: &Actor, filter: &Filter) -> Select<job::Entity> {
    use job::Column;
    let own = Column::ActorId.eq(actor.account());
    let all = actor.may_everywhere(Permission::JobRead) && !filter.own;
    let mut condition = Condition::all().add_option((!all).then_some(own));
    if let Some(state) = &filter.state {
        condition = condition.add(Column::State.is_in(state.iter().copied()));
    }
    if let Some(kind) = &filter.kind {
        condition = condition.add(Column::Kind.is_in(kind.iter().map(String::as_str)));
    }
    job::Entity::find().filter(condition)
}

/// Newest first; keys are ordered by time.
pub fn sort() -> (Sort, Place<job::Model>) {
    let id = Expr::col((job::Entity, job::Column::Id));
    (Sort { name: "job", key: None, id, descending: true }, |row| (Key::None, row.id.0))
}

/// The jobs `ids`, where `actor` may see them.
pub async fn get_all(conn: &impl ConnectionTrait, actor: &Actor, ids: &[JobId]) -> Result<Vec<job::Model>, DbErr> {
    list(actor, &Filter::default()).filter(job::Column::Id.is_in(ids.iter().copied())).all(conn).await
}

/// The job `id`, where `actor` may see it.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, id: JobId) -> Result<Option<job::Model>, DbErr> {
    list(actor, &Filter::default()).filter(job::Column::Id.eq(id)).one(conn).await
}

/// Ends a job that waits; one that runs is asked to end. Says whether there was anything to end.
pub async fn cancel(tx: &Tx, id: JobId) -> Result<bool, DbErr> {
    use job::Column;
    let waiting = job::ActiveModel {
        state: Set(JobState::Cancelled),
        cancel_asked_at: Set(Some(tx.now())),
        finished_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let ended = job::Entity::update_many()
        .set(waiting)
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(JobState::Queued))
        .exec(tx.conn())
        .await?;
    let asked = job::Entity::update_many()
        .col_expr(Column::CancelAskedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(JobState::Running).and(Column::CancelAskedAt.is_null()))
        .exec(tx.conn())
        .await?;
    Ok(ended.rows_affected + asked.rows_affected > 0)
}

/// Lets a parked or cancelled job go on at its checkpoint. Says whether it was one.
pub async fn retry(tx: &Tx, id: JobId) -> Result<bool, DbErr> {
    use job::Column;
    let again = job::ActiveModel {
        state: Set(JobState::Queued),
        run_after: Set(tx.now()),
        attempts: Set(0),
        reason: Set(None),
        cancel_asked_at: Set(None),
        finished_at: Set(None),
        ..Default::default()
    };
    let done = job::Entity::update_many()
        .set(again)
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in([JobState::Parked, JobState::Cancelled]))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected > 0)
}
