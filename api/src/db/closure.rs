//! Keeping the closure table right. The caller holds the tree lock ([`super::Tx::lock_authority`]).
use entity::{OrganizationId, Timestamp, organization_closure};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, Statement, Value};

/// Where a place in the tree has been one from its beginning.
const EVER: Timestamp = Timestamp(0);

/// Adds the closure rows of a new leaf under `parent`.
pub async fn attach(
    conn: &impl ConnectionTrait,
    id: OrganizationId,
    parent: Option<OrganizationId>,
) -> Result<(), DbErr> {
    organization_closure::Entity::insert(organization_closure::ActiveModel {
        ancestor_id: Set(id),
        descendant_id: Set(id),
        depth: Set(0),
        since: Set(EVER),
    })
    .exec_without_returning(conn)
    .await?;
    if let Some(parent) = parent {
        execute(
            conn,
            "INSERT INTO organization_closure (ancestor_id, descendant_id, depth, since)
             SELECT ancestor_id, $1, depth + 1, 0 FROM organization_closure WHERE descendant_id = $2",
            [id.into(), parent.into()],
        )
        .await?;
    }
    Ok(())
}

/// Moves the subtree of `id` under `parent` at `now`; the caller has refused cycles. Whatever lies above both the old
/// and the new place keeps the moment since when it does: for it nothing came and nothing went.
pub async fn detach_and_attach(
    conn: &impl ConnectionTrait,
    id: OrganizationId,
    parent: OrganizationId,
    now: Timestamp,
) -> Result<(), DbErr> {
    execute(
        conn,
        "DELETE FROM organization_closure
         WHERE descendant_id IN (SELECT descendant_id FROM organization_closure WHERE ancestor_id = $1)
           AND ancestor_id IN (SELECT ancestor_id FROM organization_closure WHERE descendant_id = $2 AND ancestor_id <> $3)
           AND ancestor_id NOT IN (SELECT ancestor_id FROM organization_closure WHERE descendant_id = $4)",
        [id.into(), id.into(), id.into(), parent.into()],
    )
    .await?;
    execute(
        conn,
        "INSERT INTO organization_closure (ancestor_id, descendant_id, depth, since)
         SELECT above.ancestor_id, below.descendant_id, above.depth + below.depth + 1, $1
         FROM organization_closure above, organization_closure below
         WHERE above.descendant_id = $2 AND below.ancestor_id = $3
         ON CONFLICT (ancestor_id, descendant_id) DO UPDATE SET depth = excluded.depth",
        [now.into(), parent.into(), id.into()],
    )
    .await
}

async fn execute(conn: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<(), DbErr> {
    conn.execute_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await.map(|_| ())
}
