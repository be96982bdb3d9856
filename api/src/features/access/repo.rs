//! Keys of grants, for the scoped loader of grants.
use entity::{AccountId, GrantId, role_grant};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Keys of the grants that `account` has or had, newest first, at most `most`: keys alone, whoever may see the grants.
pub async fn grant_keys(conn: &impl ConnectionTrait, account: AccountId, most: u64) -> Result<Vec<GrantId>, DbErr> {
    role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::Id)
        .filter(role_grant::Column::AccountId.eq(account))
        .order_by_desc(role_grant::Column::Id)
        .limit(most)
        .into_tuple()
        .all(conn)
        .await
}
