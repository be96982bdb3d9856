//! The only place that writes the table of jobs.
use entity::{AccountId, JobId, JobState, Timestamp, job};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QuerySelect, Statement,
    sea_query::{Expr, OnConflict},
};
use serde::Serialize;
use uuid::Uuid;

use super::{JobError, Sentence};
use crate::db::{Database, Engine, Tx};

/// Seconds for which a worker holds a job without saying that it is alive.
pub(super) const LEASE: i64 = 60;

/// A job to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct NewJob<P> {
    /// The kind.
    pub kind: &'static str,
    /// With what.
    pub payload: P,
    /// Who asks.
    pub actor: AccountId,
}

/// Queues `new`; it runs once the transaction has been committed. Where the same is waiting or running for the same
/// account already, that one is the answer.
pub async fn enqueue<P: Serialize>(tx: &Tx, new: NewJob<P>) -> Result<job::Model, DbErr> {
    let payload = serde_json::to_string(&new.payload).map_err(|error| DbErr::Custom(error.to_string()))?;
    let same = job::Entity::find()
        .filter(job::Column::Kind.eq(new.kind))
        .filter(job::Column::Payload.eq(&payload))
        .filter(job::Column::ActorId.eq(new.actor))
        .filter(job::Column::State.is_in([JobState::Queued, JobState::Running]))
        .filter(job::Column::CancelAskedAt.is_null())
        .one(tx.conn())
        .await?;
    if let Some(same) = same {
        return Ok(same);
    }
    let row = fresh(tx.new_id(), new.kind.to_owned(), payload, tx.now());
    let row = job::Model { actor_id: Some(new.actor), ..row };
    job::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(row)
}

fn fresh(id: JobId, kind: String, payload: String, now: Timestamp) -> job::Model {
    job::Model {
        id,
        kind,
        payload,
        state: JobState::Queued,
        actor_id: None,
        scheduled_for: None,
        run_after: now,
        lease_owner: None,
        lease_until: None,
        attempts: 0,
        checkpoint: None,
        done: 0,
        total: None,
        result: None,
        reason: None,
        cancel_asked_at: None,
        created_at: now,
        started_at: None,
        finished_at: None,
    }
}

/// Queues what `kind` is to do at the moment `due`, unless some replica did so already.
pub(super) async fn plan(db: &Database, id: JobId, kind: &str, due: Timestamp, now: Timestamp) -> Result<(), DbErr> {
    let known = job::Entity::find()
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::ScheduledFor.eq(due))
        .select_only()
        .column(job::Column::Id)
        .into_tuple::<JobId>()
        .one(db.read())
        .await?;
    if known.is_some() {
        return Ok(());
    }
    let row = job::Model { scheduled_for: Some(due), ..fresh(id, kind.to_owned(), "null".to_owned(), now) };
    let once = OnConflict::columns([job::Column::Kind, job::Column::ScheduledFor]).do_nothing().to_owned();
    job::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(db.write())
        .await
        .map(|_| ())
}

/// Waiting jobs whose moment has come, and those whose worker is gone.
fn due(now: Timestamp) -> Condition {
    use job::Column;
    let waiting = Condition::all().add(Column::State.eq(JobState::Queued)).add(Column::RunAfter.lte(now));
    let orphaned = Condition::all().add(Column::State.eq(JobState::Running)).add(Column::LeaseUntil.lt(now));
    Condition::any().add(waiting).add(orphaned)
}

/// Takes the oldest job of `kinds` that is due. Two workers never take the same one.
pub(super) async fn claim(
    db: &Database,
    kinds: &[&'static str],
    owner: Uuid,
    now: Timestamp,
) -> Result<Option<job::Model>, DbErr> {
    if kinds.is_empty() {
        return Ok(None);
    }
    // A look first: on SQLite the writer is not bothered while there is nothing to do.
    let mine = Condition::all().add(due(now)).add(job::Column::Kind.is_in(kinds.iter().copied()));
    if job::Entity::find()
        .filter(mine)
        .select_only()
        .column(job::Column::Id)
        .into_tuple::<JobId>()
        .one(db.read())
        .await?
        .is_none()
    {
        return Ok(None);
    }
    let marks: Vec<String> = (0..kinds.len()).map(|n| format!("${}", n + 4)).collect();
    let skip = if db.engine() == Engine::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = format!(
        "UPDATE job SET state = 'RUNNING', lease_owner = $1, lease_until = $2, attempts = attempts + 1,
                        started_at = COALESCE(started_at, $3)
         WHERE id = (SELECT id FROM job
                     WHERE ((state = 'QUEUED' AND run_after <= $3) OR (state = 'RUNNING' AND lease_until < $3))
                       AND kind IN ({}) ORDER BY run_after, id LIMIT 1 {skip})
         RETURNING *",
        marks.join(", ")
    );
    let values = [owner.into(), now.plus_seconds(LEASE).into(), now.into()];
    let values = values.into_iter().chain(kinds.iter().map(|kind| (*kind).into()));
    let statement = Statement::from_sql_and_values(db.write().get_database_backend(), sql, values);
    job::Model::find_by_statement(statement).one(db.write()).await
}

/// Says that `owner` is alive; false where the lease is another's.
pub(super) async fn renew(db: &Database, id: JobId, owner: Uuid, now: Timestamp) -> Result<bool, DbErr> {
    let done = job::Entity::update_many()
        .col_expr(job::Column::LeaseUntil, Expr::value(now.plus_seconds(LEASE)))
        .filter(held(id, owner))
        .exec(db.write())
        .await?;
    Ok(done.rows_affected == 1)
}

fn held(id: JobId, owner: Uuid) -> Condition {
    Condition::all()
        .add(job::Column::Id.eq(id))
        .add(job::Column::State.eq(JobState::Running))
        .add(job::Column::LeaseOwner.eq(owner))
}

#[derive(FromQueryResult)]
struct Asked {
    cancel_asked_at: Option<Timestamp>,
}

/// Writes the progress of a step into its own transaction; says whether somebody asked for the end.
pub(super) async fn advance(
    tx: &Tx,
    job: &job::Model,
    owner: Uuid,
    checkpoint: &str,
    (done, total): (i64, Option<i64>),
) -> Result<bool, JobError> {
    let sql = "UPDATE job SET checkpoint = $1, done = $2, total = $3, lease_until = $4
               WHERE id = $5 AND state = 'RUNNING' AND lease_owner = $6 RETURNING cancel_asked_at";
    let values = [
        checkpoint.into(),
        done.into(),
        total.into(),
        tx.ambient().now().plus_seconds(LEASE).into(),
        job.id.into(),
        owner.into(),
    ];
    let statement = Statement::from_sql_and_values(tx.conn().get_database_backend(), sql, values);
    let row = Asked::find_by_statement(statement).one(tx.conn()).await?.ok_or(JobError::LeaseLost)?;
    Ok(row.cancel_asked_at.is_some())
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It is done.
    Done(Sentence),
    /// Somebody asked for its end.
    Cancelled,
    /// It waits for another attempt.
    Again {
        /// Not before.
        run_after: Timestamp,
        /// Why the last attempt failed; none where it was interrupted and does not count.
        reason: Option<Sentence>,
    },
    /// Nobody tries again unless somebody asks for it.
    Parked(Sentence),
}

/// Gives up the lease with the outcome of the run. Nothing happens where the lease is another's; says whether it was not.
pub(super) async fn settle(tx: &Tx, job: &job::Model, owner: Uuid, end: End) -> Result<bool, DbErr> {
    let now = tx.now();
    let text = |sentence: &Sentence| Set(serde_json::to_string(sentence).ok());
    let free = job::ActiveModel { lease_owner: Set(None), lease_until: Set(None), ..Default::default() };
    let change = match &end {
        End::Done(result) => job::ActiveModel {
            state: Set(JobState::Done),
            result: text(result),
            reason: Set(None),
            finished_at: Set(Some(now)),
            ..free
        },
        End::Cancelled => job::ActiveModel { state: Set(JobState::Cancelled), finished_at: Set(Some(now)), ..free },
        End::Again { run_after, reason: Some(reason) } => {
            job::ActiveModel { state: Set(JobState::Queued), run_after: Set(*run_after), reason: text(reason), ..free }
        }
        End::Again { run_after, reason: None } => job::ActiveModel {
            state: Set(JobState::Queued),
            run_after: Set(*run_after),
            attempts: Set(job.attempts - 1),
            ..free
        },
        End::Parked(reason) => {
            job::ActiveModel { state: Set(JobState::Parked), reason: text(reason), finished_at: Set(Some(now)), ..free }
        }
    };
    let done = job::Entity::update_many().set(change).filter(held(job.id, owner)).exec(tx.conn()).await?;
    Ok(done.rows_affected == 1)
}

/// What has waited since `before` for a kind that is not among `kinds`.
pub(super) async fn unknown(
    db: &Database,
    kinds: &[&'static str],
    before: Timestamp,
) -> Result<Vec<job::Model>, DbErr> {
    let unknown = Condition::all().add(due(before)).add(job::Column::Kind.is_not_in(kinds.iter().copied()));
    job::Entity::find().filter(unknown).limit(100).all(db.read()).await
}

/// Parks `job`, which has waited since `before` for a kind that nobody knows. Says whether it still waited.
pub(super) async fn park_unknown(tx: &Tx, job: &job::Model, before: Timestamp) -> Result<bool, DbErr> {
    let reason = Sentence::new(
        format!("这个版本不认识任务种类“{}”；升级后再试，或取消它。", job.kind),
        format!("This version does not know jobs of the kind {:?}; retry after an upgrade, or cancel it.", job.kind),
    );
    let change = job::ActiveModel {
        state: Set(JobState::Parked),
        reason: Set(serde_json::to_string(&reason).ok()),
        finished_at: Set(Some(tx.now())),
        lease_owner: Set(None),
        lease_until: Set(None),
        ..Default::default()
    };
    let update = job::Entity::update_many().set(change).filter(job::Column::Id.eq(job.id)).filter(due(before));
    Ok(update.exec(tx.conn()).await?.rows_affected == 1)
}
