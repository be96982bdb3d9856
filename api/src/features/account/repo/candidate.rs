//! Posts whose holders could get an account. Only this reads a person's name for whoever opens accounts without reading
//! persons, and only the names of those who hold such a post now.
use std::collections::HashSet;

use entity::{
    AccountId, GrantId, OrganizationId, PersonId, PostId, PostTitle, RecordStatus, account, organization,
    organization_post, person, role_grant,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryResult,
    QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    authz::{Actor, Permission},
    db::page::{Key, Place, Sort},
};

/// What a list of candidates may be narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// On this organization or below it.
    pub organization: Option<OrganizationId>,
    /// Posts.
    pub titles: Option<Vec<PostTitle>>,
}

/// A row of the list: the post, the name of its holder, and what the list is sorted by.
#[derive(Clone, Debug)]
pub struct Row {
    /// The post.
    pub post: organization_post::Model,
    /// Name of the holder.
    pub person_name: String,
    /// The name in pinyin.
    pub person_sort_key: String,
    /// Sort key of the organization.
    pub organization_sort_key: String,
}

impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            post: organization_post::Model::from_query_result(row, prefix)?,
            person_name: row.try_get(prefix, "person_name")?,
            person_sort_key: row.try_get(prefix, "person_sort_key")?,
            organization_sort_key: row.try_get(prefix, "organization_sort_key")?,
        })
    }
}

/// Posts held today at organizations that `actor` reads and where he may open accounts, with their holders.
fn held(actor: &Actor) -> Select<organization_post::Entity> {
    use organization_post::Column;
    let today = actor.today();
    let mut select = organization_post::Entity::find();
    QueryTrait::query(&mut select).inner_join(
        person::Entity,
        Expr::col((person::Entity, person::Column::Id)).equals((organization_post::Entity, Column::PersonId)),
    );
    select
        .filter(actor.scope(Permission::AccountCreate).organizations(Column::OrganizationId))
        .filter(actor.scope(Permission::OrganizationRead).organizations(Column::OrganizationId))
        .filter(Column::From.lte(today))
        .filter(Condition::any().add(Column::Until.is_null()).add(Column::Until.gt(today)))
        .filter(person::Column::Status.eq(RecordStatus::Active))
}

/// Posts whose holder has no account and could get one from `actor`, to be read as [`Row`].
pub fn list(actor: &Actor, filter: &Filter) -> Select<organization_post::Entity> {
    use organization_post::Column;
    let accounts = account::Entity::find().select_only().expr(Expr::value(1)).filter(
        Expr::col((account::Entity, account::Column::PersonId)).equals((organization_post::Entity, Column::PersonId)),
    );
    let place = filter.organization.map(|organization| {
        actor.scope(Permission::AccountCreate).within(organization).organizations(Column::OrganizationId)
    });
    let titles = filter.titles.as_ref().map(|titles| Column::Title.is_in(titles.iter().copied()));
    let narrowed = Condition::all().add_option(place).add_option(titles);
    let mut select = held(actor)
        .column_as(person::Column::Name, "person_name")
        .column_as(person::Column::SortKey, "person_sort_key")
        .column_as(organization::Column::SortKey, "organization_sort_key");
    QueryTrait::query(&mut select).inner_join(
        organization::Entity,
        Expr::col((organization::Entity, organization::Column::Id))
            .equals((organization_post::Entity, Column::OrganizationId)),
    );
    select.filter(narrowed).filter(Expr::exists(accounts.into_query()).not())
}

/// By organization, so that what is handed out together stands together.
pub fn sort() -> (Sort, Place<Row>) {
    let key = Expr::col((organization::Entity, organization::Column::SortKey));
    let id = Expr::col((organization_post::Entity, organization_post::Column::Id));
    let place: Place<Row> = |row| (Key::Text(row.organization_sort_key.clone()), row.post.id.0);
    (Sort { name: "account_candidate", key: Some(key), id, descending: false }, place)
}

/// The posts `ids`, whether or not their holders have accounts, as far as `actor` could open one for the holder.
pub async fn posts(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[PostId],
) -> Result<Vec<organization_post::Model>, DbErr> {
    held(actor).filter(organization_post::Column::Id.is_in(ids.iter().copied())).all(conn).await
}

/// Those of `persons`, who hold posts within reach, that have an account.
pub async fn with_account(conn: &impl ConnectionTrait, persons: &[PersonId]) -> Result<HashSet<PersonId>, DbErr> {
    let column = account::Column::PersonId;
    let found = account::Entity::find().select_only().column(column).filter(column.is_in(persons.iter().copied()));
    Ok(found.into_tuple::<PersonId>().all(conn).await?.into_iter().collect())
}

/// Those of `names` that are taken, by whomever: a name is unique.
pub async fn taken(conn: &impl ConnectionTrait, names: &[String]) -> Result<HashSet<String>, DbErr> {
    let column = account::Column::Name;
    let found = account::Entity::find().select_only().column(column).filter(column.is_in(names));
    Ok(found.into_tuple::<String>().all(conn).await?.into_iter().collect())
}

/// Those of `names` that accounts have which `actor` may see: a proposal tells of no other.
pub async fn taken_visibly(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    names: &[String],
) -> Result<HashSet<String>, DbErr> {
    let column = account::Column::Name;
    let found = account::Entity::find().select_only().column(column).filter(column.is_in(names));
    let found = found.filter(super::visible(actor));
    Ok(found.into_tuple::<String>().all(conn).await?.into_iter().collect())
}

/// What `actor` opened for the holders of `posts`: the account and the grant that came with it.
pub async fn opened(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    posts: &[PostId],
) -> Result<Vec<(PostId, AccountId, GrantId)>, DbErr> {
    use role_grant::Column;
    let together = account::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(Expr::col((account::Entity, account::Column::Id)).equals((role_grant::Entity, Column::AccountId)))
        .filter(
            Expr::col((account::Entity, account::Column::CreatedAt)).equals((role_grant::Entity, Column::CreatedAt)),
        );
    role_grant::Entity::find()
        .select_only()
        .columns([Column::PostId, Column::AccountId, Column::Id])
        .filter(Column::PostId.is_in(posts.iter().copied()))
        .filter(Column::GrantedBy.eq(actor.account()))
        .filter(Expr::exists(together.into_query()))
        .into_tuple()
        .all(conn)
        .await
}
