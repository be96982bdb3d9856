//! How many members a rule would hit today, wherever they are in a scope.
use chrono::Days;
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    clock::Ambient,
    db::scope::Scope,
    features::member::repo::{self, Filter},
    rule::{CompleteRecord, ContactPerson},
};

/// Members in `scope` whom `rule` would find without a contact person, and those of them for whom it is too late.
pub async fn without_contact(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    rule: &ContactPerson,
    ambient: &Ambient,
) -> Result<(i64, i64), DbErr> {
    let today = ambient.today();
    let filter = Filter { without_contact: Some(rule.stages.clone()), ..Filter::default() };
    repo::count_by_stage_begin(conn, scope, &filter, today, today - Days::new(rule.days.into())).await
}

/// Members in `scope` whose record `rule` would find incomplete, and those of them for whom it is too late.
pub async fn incomplete(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    rule: &CompleteRecord,
    ambient: &Ambient,
) -> Result<(i64, i64), DbErr> {
    let today = ambient.today();
    let late = ambient.start_of(today - Days::new(rule.days.into()));
    repo::count_incomplete(conn, scope, today, late).await
}
