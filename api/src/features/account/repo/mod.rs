//! The only place that names the tables of accounts: who may sign in, sessions, tokens, failures, events.
//! A finder demands the actor, except where somebody is not yet known.

pub mod candidate;
pub mod link;
pub mod session;
pub mod throttle;

pub use link::{LinkState, OneTimeLink};

use entity::{AccountId, AccountKind, AccountStatus, PersonId, Timestamp, account, person, role_grant};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, SelectStatement},
};

use crate::{
    authz::{Actor, Permission},
    db::{
        Tx,
        page::{Key, Place, Sort},
        scope::Scope,
    },
};

/// What a list of accounts may be narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Beginning of the name.
    pub text: Option<String>,
    /// Statuses.
    pub status: Option<Vec<AccountStatus>>,
    /// Kinds.
    pub kind: Option<Vec<AccountKind>>,
    /// How its one-time link stands.
    pub link: Option<LinkState>,
}

/// Accounts that `actor` may see: his own; with `account:read` on the whole tree all; else those that have a grant, or
/// whose person is, where he has that right.
fn visible(actor: &Actor) -> Condition {
    if actor.may_everywhere(Permission::AccountRead) {
        return Condition::all();
    }
    let own = account::Column::Id.eq(actor.account());
    let scope = actor.scope(Permission::AccountRead);
    if scope.roots().is_empty() {
        return Condition::all().add(own);
    }
    let ahead =
        Condition::any().add(role_grant::Column::Until.is_null()).add(role_grant::Column::Until.gt(actor.today()));
    let holders = role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::AccountId)
        .filter(role_grant::Column::EndedAt.is_null())
        .filter(ahead)
        .filter(scope.organizations(role_grant::Column::OrganizationId))
        .into_query();
    Condition::any()
        .add(own)
        .add(account::Column::Id.in_subquery(holders))
        .add(account::Column::PersonId.in_subquery(persons(&scope, actor)))
}

fn persons(scope: &Scope, actor: &Actor) -> SelectStatement {
    person::Entity::find().select_only().column(person::Column::Id).filter(scope.persons(actor.today())).into_query()
}

/// Whether `person` lies where `actor` has `permission`.
pub async fn reaches_person(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    permission: Permission,
    person: PersonId,
) -> Result<bool, DbErr> {
    let scope = actor.scope(permission);
    let found = person::Entity::find_by_id(person).filter(scope.persons(actor.today())).one(conn).await?;
    Ok(found.is_some())
}

/// Accounts that `actor` may see and that match `filter`.
pub fn list(actor: &Actor, filter: &Filter, now: Timestamp) -> Select<account::Entity> {
    use account::Column;
    let mut condition = visible(actor);
    let mut narrowed = Condition::all();
    if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let low = text.to_lowercase();
        // Names are in byte order, so the range is a prefix match on both engines.
        narrowed = narrowed.add(Column::Name.gte(low.clone())).add(Column::Name.lt(format!("{low}\u{10FFFF}")));
    }
    if let Some(status) = &filter.status {
        narrowed = narrowed.add(Column::Status.is_in(status.iter().copied()));
    }
    if let Some(kind) = &filter.kind {
        narrowed = narrowed.add(Column::Kind.is_in(kind.iter().copied()));
    }
    if let Some(state) = filter.link {
        narrowed = narrowed.add(link::stands(state, now));
    }
    condition = Condition::all().add(condition).add(narrowed);
    account::Entity::find().filter(condition)
}

/// The order of lists: by name.
pub fn sort() -> (Sort, Place<account::Model>) {
    let column = |column: account::Column| Expr::col((account::Entity, column));
    let sort = Sort {
        name: "account.name",
        key: Some(column(account::Column::Name)),
        id: column(account::Column::Id),
        descending: false,
    };
    (sort, |row| (Key::Text(row.name.clone()), row.id.0))
}

/// The accounts `ids`, as far as `actor` may see them.
pub async fn get_all(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[AccountId],
) -> Result<Vec<account::Model>, DbErr> {
    account::Entity::find()
        .filter(account::Column::Id.is_in(ids.iter().copied()))
        .filter(visible(actor))
        .all(conn)
        .await
}

/// The keys of the accounts that `actor` may see: a part of a scoped filter.
pub fn all_visible(actor: &Actor) -> SelectStatement {
    account::Entity::find().select_only().column(account::Column::Id).filter(visible(actor)).into_query()
}

/// The key `id` where `actor` may see the account: a part of a scoped filter.
pub fn visible_among(actor: &Actor, id: AccountId) -> SelectStatement {
    account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::Id.eq(id))
        .filter(visible(actor))
        .into_query()
}

/// The account `id`, where `actor` may see it.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, id: AccountId) -> Result<Option<account::Model>, DbErr> {
    Ok(get_all(conn, actor, &[id]).await?.pop())
}

/// Writes a new account.
pub async fn insert(tx: &Tx, row: account::Model) -> Result<account::Model, DbErr> {
    account::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(row)
}

/// Writes `row` where the database still has `version`; none where somebody else was faster.
pub async fn update(tx: &Tx, mut row: account::Model, version: i32) -> Result<Option<account::Model>, DbErr> {
    row.version = version + 1;
    row.updated_at = tx.now();
    let done = account::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(account::Column::Id.eq(row.id))
        .filter(account::Column::Version.eq(version))
        .exec(tx.conn())
        .await?;
    Ok((done.rows_affected > 0).then_some(row))
}

/// The account that signs in with `name`, whoever asks: signing in comes before all rights.
pub async fn find_for_sign_in(conn: &impl ConnectionTrait, name: &str) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find().filter(account::Column::Name.eq(name)).one(conn).await
}

/// The account `id`, whoever asks: for checks that come before all rights.
pub async fn find_for_session(conn: &impl ConnectionTrait, id: AccountId) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find_by_id(id).one(conn).await
}

/// The account of `person`, whoever asks: for an erasure, which shows nothing of it.
pub async fn find_for_erasure(tx: &Tx, person: PersonId) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find().filter(account::Column::PersonId.eq(person)).one(tx.conn()).await
}

/// Remembers the last sign-in, which is no change that others must know of.
pub async fn touch_sign_in(conn: &impl ConnectionTrait, id: AccountId, at: Timestamp) -> Result<(), DbErr> {
    let change = account::ActiveModel { last_sign_in_at: Set(Some(at)), ..Default::default() };
    account::Entity::update_many().set(change).filter(account::Column::Id.eq(id)).exec(conn).await.map(|_| ())
}
