//! The last lists of documents that web apps of this instance were built with.
use entity::{Timestamp, document_list};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};

use super::{Database, seal::sha256};

/// Lists that are kept.
const KEPT: u64 = 5;

/// Keeps `documents` as the newest list, and no more than the last five.
pub async fn publish(db: &Database, documents: &str, now: Timestamp) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    let row = document_list::ActiveModel {
        hash: Set(sha256(documents.as_bytes()).to_vec()),
        served_at: Set(now),
        documents: Set(documents.to_owned()),
    };
    let again =
        OnConflict::column(document_list::Column::Hash).update_column(document_list::Column::ServedAt).to_owned();
    document_list::Entity::insert(row).on_conflict(again).exec_without_returning(&tx).await?;
    let kept: Vec<Vec<u8>> = newest(&tx).await?.into_iter().map(|list| list.hash).collect();
    document_list::Entity::delete_many().filter(document_list::Column::Hash.is_not_in(kept)).exec(&tx).await?;
    tx.commit().await
}

/// The last lists, newest first.
pub async fn newest(conn: &impl ConnectionTrait) -> Result<Vec<document_list::Model>, DbErr> {
    document_list::Entity::find()
        .order_by_desc(document_list::Column::ServedAt)
        .order_by_desc(document_list::Column::Hash)
        .limit(KEPT)
        .all(conn)
        .await
}
