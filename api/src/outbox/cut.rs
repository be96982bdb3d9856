//! Taking away facts that are old.
use std::sync::Arc;

use async_trait::async_trait;
use entity::{Timestamp, outbox, outbox_cursor};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::head;
use crate::{
    app::App,
    job::{Daily, JobError, JobRun, Sentence, Step, Work},
};

/// Days for which facts are kept.
pub const KEPT_DAYS: i64 = 7;
/// Facts of one step.
const BATCH: i64 = 200;

/// Takes away old facts every night, never one that a cursor has still to read.
pub struct OutboxCut;

#[async_trait]
impl Work for OutboxCut {
    fn kind(&self) -> &'static str {
        "outbox_cut"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("清理旧的变更通知", "Take away old facts about changes")
    }

    fn schedule(&self) -> Option<Daily> {
        Some(Daily { hour: 3, minute: 10 })
    }

    async fn run(&self, app: &Arc<App>, run: &mut JobRun) -> Result<Sentence, JobError> {
        let mut done: i64 = run.checkpoint()?.unwrap_or_default();
        let before = app.ambient.now().plus_seconds(-KEPT_DAYS * 86_400);
        let last = last_to_go(app.db.read(), before).await?;
        let mut from = oldest(app.db.read()).await?.unwrap_or(last + 1);
        while from <= last {
            let tx = run.begin(app).await?;
            let until = last.min(from + BATCH - 1);
            let gone =
                outbox::Entity::delete_many().filter(outbox::Column::Position.lte(until)).exec(tx.conn()).await?;
            done += i64::try_from(gone.rows_affected).unwrap_or(i64::MAX);
            run.commit(app, tx, Step { checkpoint: done, done, total: None }).await?;
            from = until + 1;
        }
        Ok(Sentence::new(format!("清理了 {done} 条旧的变更通知。"), format!("{done} old facts were taken away.")))
    }
}

/// The position up to which facts are older than `before` and read by every cursor.
async fn last_to_go(conn: &impl ConnectionTrait, before: Timestamp) -> Result<i64, DbErr> {
    use outbox::Column;
    let young =
        outbox::Entity::find().filter(Column::At.gte(before)).select_only().column_as(Column::Position.min(), "n");
    let young = young.into_tuple::<Option<i64>>().one(conn).await?.flatten();
    let old = young.map_or(head(conn).await?, |young| young - 1);
    let slowest = outbox_cursor::Entity::find().select_only().column_as(outbox_cursor::Column::Position.min(), "n");
    let slowest = slowest.into_tuple::<Option<i64>>().one(conn).await?.flatten();
    Ok(slowest.map_or(old, |slowest| old.min(slowest)))
}

async fn oldest(conn: &impl ConnectionTrait) -> Result<Option<i64>, DbErr> {
    let select = outbox::Entity::find().select_only().column_as(outbox::Column::Position.min(), "n");
    Ok(select.into_tuple::<Option<i64>>().one(conn).await?.flatten())
}
