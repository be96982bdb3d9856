//! Whether the facts, their head and the cursors fit together.
use entity::outbox_cursor;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, FromQueryResult, Statement};

use crate::job::Sentence;

#[derive(FromQueryResult)]
struct State {
    head: i64,
    facts: i64,
    oldest: Option<i64>,
    newest: Option<i64>,
}

/// What is wrong, one line each: facts have every position from the oldest one to the head, and no cursor has read what
/// was not told. One statement sees one state, also while facts are written.
pub async fn disorder(conn: &impl ConnectionTrait) -> Result<Vec<Sentence>, DbErr> {
    let cursors = outbox_cursor::Entity::find().all(conn).await?;
    let sql = "SELECT head.position AS head, COUNT(fact.position) AS facts, MIN(fact.position) AS oldest,
                      MAX(fact.position) AS newest
               FROM outbox_head head LEFT JOIN outbox fact ON fact.position IS NOT NULL GROUP BY head.position";
    let state = State::find_by_statement(Statement::from_string(conn.get_database_backend(), sql)).one(conn).await?;
    let Some(State { head, facts, oldest, newest }) = state else {
        return Ok(vec![Sentence::new("变更通知没有起点", "the outbox has no head")]);
    };
    let mut wrong = Vec::new();
    if let (Some(oldest), Some(newest)) = (oldest, newest)
        && (newest != head || facts != newest - oldest + 1)
    {
        wrong.push(Sentence::new(
            format!("变更通知有 {facts} 条，从 {oldest} 到 {newest}，而最后位置是 {head}"),
            format!("the outbox has {facts} facts from {oldest} to {newest}, and its head is {head}"),
        ));
    }
    for cursor in cursors.into_iter().filter(|cursor| cursor.position > head) {
        let (reader, position) = (cursor.reader, cursor.position);
        wrong.push(Sentence::new(
            format!("变更通知的读者 {reader:?} 已读到 {position}，而最后位置是 {head}"),
            format!("the reader {reader:?} of the outbox is at {position}, and its head is {head}"),
        ));
    }
    Ok(wrong)
}
