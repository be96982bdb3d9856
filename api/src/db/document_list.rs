//! The last lists of documents that web apps of this instance were built with.
use entity::{Timestamp, document_list};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, QueryOrder, QuerySelect, sea_query::OnConflict};

use super::{Database, seal::sha256};

/// Lists that are asked; older ones are removed every night.
const KEPT: u64 = 5;

/// Keeps `documents` as the newest list.
pub async fn publish(db: &Database, documents: &str, now: Timestamp) -> Result<(), DbErr> {
    let row = document_list::ActiveModel {
        hash: Set(sha256(documents.as_bytes()).to_vec()),
        served_at: Set(now),
        documents: Set(documents.to_owned()),
    };
    let again =
        OnConflict::column(document_list::Column::Hash).update_column(document_list::Column::ServedAt).to_owned();
    document_list::Entity::insert(row).on_conflict(again).exec_without_returning(db.write()).await.map(|_| ())
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
