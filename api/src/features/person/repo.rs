//! The only place that names the tables of persons and of looks at them. A finder demands its scope.
use entity::{
    AccountId, Date, PersonId, RecordStatus, SearchSubject, SensitiveField, Timestamp, UnmaskReason, person,
    unmask_event,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::SelectStatement,
};

use crate::{
    authz::{Actor, Permission},
    db::{Tx, scope::Scope, search},
};

/// The person `id`, where it lies in `scope` on `today`.
pub async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    today: Date,
    id: PersonId,
) -> Result<Option<person::Model>, DbErr> {
    Ok(get_all(conn, scope, today, &[id]).await?.pop())
}

/// The persons `ids`, as far as they lie in `scope` on `today`.
pub async fn get_all(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    today: Date,
    ids: &[PersonId],
) -> Result<Vec<person::Model>, DbErr> {
    if scope.is_empty() || ids.is_empty() {
        return Ok(Vec::new());
    }
    person::Entity::find().filter(scope.persons_among(today, ids)).all(conn).await
}

/// The key `id` where `actor` may read the person: a part of a scoped filter.
pub fn readable_among(actor: &Actor, id: PersonId) -> SelectStatement {
    let scope = actor.scope(Permission::PersonRead);
    person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(scope.persons_among(actor.today(), &[id]))
        .into_query()
}

/// The best matches of `text` among persons in use who are in `scope` on `today` by an affiliation or a post, and by no
/// membership; by sort key.
pub async fn matching(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    today: Date,
    text: &str,
    most: u64,
) -> Result<Vec<person::Model>, DbErr> {
    let Some(found) = search::matching(SearchSubject::Person, text) else { return Ok(Vec::new()) };
    person::Entity::find()
        .filter(person::Column::Id.in_subquery(found))
        .filter(person::Column::Status.eq(RecordStatus::Active))
        .filter(scope.persons_beside_members(today))
        .order_by_asc(person::Column::SortKey)
        .order_by_asc(person::Column::Id)
        .limit(most)
        .all(conn)
        .await
}

/// The person of a membership that this transaction has found in its scope.
pub async fn of_member(tx: &Tx, member: &entity::member::Model) -> Result<person::Model, DbErr> {
    let row = person::Entity::find_by_id(member.person_id).one(tx.conn()).await?;
    row.ok_or_else(|| DbErr::RecordNotFound("person".to_owned()))
}

/// The persons `ids` of memberships that this transaction looks at, whoever may see them.
pub async fn of_members(tx: &Tx, ids: &[PersonId]) -> Result<Vec<person::Model>, DbErr> {
    person::Entity::find().filter(person::Column::Id.is_in(ids.iter().copied())).all(tx.conn()).await
}

/// Whose identity number has one of these blind indexes, whoever may see the person.
pub async fn identity_holder(tx: &Tx, indexes: Vec<Vec<u8>>) -> Result<Option<PersonId>, DbErr> {
    person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::IdentityIndex.is_in(indexes))
        .into_tuple()
        .one(tx.conn())
        .await
}

/// Writes a new person with the search tokens.
pub async fn insert(tx: &Tx, row: person::Model) -> Result<person::Model, DbErr> {
    person::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    replace_tokens(tx, &row).await?;
    Ok(row)
}

/// Writes `row` where the database still has `version`; none where somebody else was faster.
pub async fn update(tx: &Tx, mut row: person::Model, version: i32) -> Result<Option<person::Model>, DbErr> {
    row.version = version + 1;
    row.updated_at = tx.now();
    let done = person::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(person::Column::Id.eq(row.id))
        .filter(person::Column::Version.eq(version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Ok(None);
    }
    replace_tokens(tx, &row).await?;
    Ok(Some(row))
}

/// The next `most` persons after `after`, by key, held until the end of the transaction. For the instance itself,
/// which changes their keys and nothing that they say.
pub async fn after_locked(tx: &Tx, after: Option<PersonId>, most: u64) -> Result<Vec<person::Model>, DbErr> {
    let mut select = person::Entity::find().order_by_asc(person::Column::Id).limit(most).lock_exclusive();
    if let Some(after) = after {
        select = select.filter(person::Column::Id.gt(after));
    }
    select.all(tx.conn()).await
}

/// Writes the wrapped data key and the blind indexes of `row`.
pub async fn update_keys(tx: &Tx, row: person::Model) -> Result<(), DbErr> {
    let keys = person::ActiveModel {
        data_key: Set(row.data_key),
        phone_index: Set(row.phone_index),
        identity_index: Set(row.identity_index),
        ..<person::ActiveModel as ActiveModelTrait>::default()
    };
    let update = person::Entity::update_many().set(keys).filter(person::Column::Id.eq(row.id));
    update.exec(tx.conn()).await.map(|_| ())
}

/// The person `id`, whoever may see it: for repeating an erasure, which shows nothing of it.
pub async fn for_erasure(tx: &Tx, id: PersonId) -> Result<Option<person::Model>, DbErr> {
    person::Entity::find_by_id(id).one(tx.conn()).await
}

/// Nothing finds `id` by search any more.
pub async fn remove_tokens(tx: &Tx, id: PersonId) -> Result<(), DbErr> {
    search::replace_tokens(tx.conn(), SearchSubject::Person, id.0, std::collections::BTreeSet::new()).await
}

async fn replace_tokens(tx: &Tx, row: &person::Model) -> Result<(), DbErr> {
    let tokens = search::tokens(&row.name, &row.sort_key, &[]);
    search::replace_tokens(tx.conn(), SearchSubject::Person, row.id.0, tokens).await
}

/// Looks of `account` since `since`.
pub async fn count_looks(tx: &Tx, account: AccountId, since: Timestamp) -> Result<u64, DbErr> {
    unmask_event::Entity::find()
        .filter(unmask_event::Column::AccountId.eq(account))
        .filter(unmask_event::Column::At.gte(since))
        .count(tx.conn())
        .await
}

/// Notes that `account` looked at `field` of `person`.
pub async fn insert_look(
    tx: &Tx,
    account: AccountId,
    person: PersonId,
    field: SensitiveField,
    reason: UnmaskReason,
) -> Result<(), DbErr> {
    let row = unmask_event::ActiveModel {
        id: Set(tx.new_id()),
        account_id: Set(account),
        person_id: Set(person),
        field: Set(field),
        reason: Set(reason),
        at: Set(tx.now()),
    };
    unmask_event::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// Looks at the persons `ids`, newest first.
pub async fn unmask_events(conn: &impl ConnectionTrait, ids: &[PersonId]) -> Result<Vec<unmask_event::Model>, DbErr> {
    unmask_event::Entity::find()
        .filter(unmask_event::Column::PersonId.is_in(ids.iter().copied()))
        .order_by_desc(unmask_event::Column::At)
        .order_by_desc(unmask_event::Column::Id)
        .all(conn)
        .await
}
