//! The only place that names the tables of notifications. A finder demands the account whose inbox it is.
use entity::{AccountId, NotificationId, NotificationKind, notification, notification_setting};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel,
    PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::db::{
    Tx,
    page::{Key, Place, Sort},
};

/// What an inbox may be narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those that are not read, or those that are.
    pub unread: Option<bool>,
    /// Kinds.
    pub kind: Option<Vec<NotificationKind>>,
}

/// The inbox of `account`, without the kinds that it does not want to see.
pub fn list(account: AccountId, filter: &Filter) -> Select<notification::Entity> {
    use notification::Column;
    let silent = notification_setting::Entity::find()
        .select_only()
        .column(notification_setting::Column::Kind)
        .filter(notification_setting::Column::AccountId.eq(account))
        .filter(notification_setting::Column::InApp.eq(false));
    let mut condition =
        Condition::all().add(Column::AccountId.eq(account)).add(Column::Kind.not_in_subquery(silent.into_query()));
    if let Some(unread) = filter.unread {
        condition = condition.add(if unread { Column::ReadAt.is_null() } else { Column::ReadAt.is_not_null() });
    }
    if let Some(kind) = &filter.kind {
        condition = condition.add(Column::Kind.is_in(kind.iter().copied()));
    }
    notification::Entity::find().filter(condition)
}

/// Newest first; keys are ordered by time.
pub fn sort() -> (Sort, Place<notification::Model>) {
    let id = Expr::col((notification::Entity, notification::Column::Id));
    (Sort { name: "notification", key: None, id, descending: true }, |row| (Key::None, row.id.0))
}

/// The notification `id` in the inbox of `account`.
pub async fn get(
    conn: &impl ConnectionTrait,
    account: AccountId,
    id: NotificationId,
) -> Result<Option<notification::Model>, DbErr> {
    list(account, &Filter::default()).filter(notification::Column::Id.eq(id)).one(conn).await
}

/// How many of the inbox of `account` are not read.
pub async fn unread(conn: &impl ConnectionTrait, account: AccountId) -> Result<u64, DbErr> {
    list(account, &Filter { unread: Some(true), ..Filter::default() }).count(conn).await
}

/// What is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// To whom.
    pub account: AccountId,
    /// What.
    pub kind: NotificationKind,
    /// About which object.
    pub subject: Uuid,
    /// What makes it another one about the same object.
    pub occasion: String,
    /// What a digest sums up.
    pub digest: Option<String>,
}

/// Rows of one statement.
const ROWS: usize = 100;

/// Writes `new`, leaving out what was told before.
pub async fn insert(tx: &Tx, new: Vec<New>) -> Result<(), DbErr> {
    use notification::Column;
    let once = OnConflict::columns([Column::AccountId, Column::Kind, Column::SubjectId, Column::Occasion])
        .do_nothing()
        .to_owned();
    let rows: Vec<notification::ActiveModel> = new
        .into_iter()
        .map(|New { account, kind, subject, occasion, digest }| {
            let row = notification::Model {
                id: tx.new_id(),
                account_id: account,
                kind,
                subject_id: subject,
                occasion,
                digest,
                made_at: tx.now(),
                read_at: None,
            };
            row.into_active_model().reset_all()
        })
        .collect();
    for part in rows.chunks(ROWS) {
        notification::Entity::insert_many(part.to_vec())
            .on_conflict(once.clone())
            .exec_without_returning(tx.conn())
            .await?;
    }
    Ok(())
}

/// Marks those of `account` up to `last` as read that are not; or `last` alone. Says how many they were.
pub async fn read(tx: &Tx, account: AccountId, last: NotificationId, alone: bool) -> Result<u64, DbErr> {
    use notification::Column;
    let which = if alone { Column::Id.eq(last) } else { Column::Id.lte(last) };
    let done = notification::Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(tx.now()))
        .filter(Column::AccountId.eq(account))
        .filter(Column::ReadAt.is_null())
        .filter(which)
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}

/// Unread ones of one account and kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct UnreadCount {
    /// Whose.
    pub account_id: AccountId,
    /// What.
    pub kind: NotificationKind,
    /// How many.
    pub n: i64,
}

/// How many of each kind the `accounts` have not read.
pub async fn unread_by_kind(tx: &Tx, accounts: &[AccountId]) -> Result<Vec<UnreadCount>, DbErr> {
    use notification::Column;
    notification::Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::Kind])
        .column_as(Column::Id.count(), "n")
        .filter(Column::AccountId.is_in(accounts.iter().copied()))
        .filter(Column::ReadAt.is_null())
        .group_by(Column::AccountId)
        .group_by(Column::Kind)
        .into_model()
        .all(tx.conn())
        .await
}

/// The settings of `accounts` that were ever changed.
pub async fn settings(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<Vec<notification_setting::Model>, DbErr> {
    notification_setting::Entity::find()
        .filter(notification_setting::Column::AccountId.is_in(accounts.iter().copied()))
        .all(conn)
        .await
}

/// Writes a setting over the one that was.
pub async fn set(tx: &Tx, row: notification_setting::Model) -> Result<(), DbErr> {
    use notification_setting::Column;
    let over = OnConflict::columns([Column::AccountId, Column::Kind])
        .update_columns([Column::InApp, Column::InDigest])
        .to_owned();
    notification_setting::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(over)
        .exec_without_returning(tx.conn())
        .await
        .map(|_| ())
}
