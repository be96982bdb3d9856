//! Batches: memberships by key and by person, their periods and contacts.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{Date, MemberId, OrganizationId, PersonId, member, member_home, member_stage, person as person_row};
use sea_orm::{DatabaseConnection, DbErr};

use super::{
    Member,
    repo::{self, RowWithPerson},
};
use crate::{
    authz::Permission,
    db::{
        page::{self, Page, PageArgs, ReadError},
        scope::Scope,
        seal::Vault,
    },
    features::person,
    graphql::{Result, Source, request},
};

/// Memberships by key, as far as the actor may read them.
pub struct MemberSource {
    conn: DatabaseConnection,
    scope: Scope,
}

#[async_trait]
impl Source for MemberSource {
    type Key = MemberId;
    type Value = Arc<member::Model>;

    async fn load(&self, keys: &[MemberId]) -> Result<HashMap<MemberId, Self::Value>, DbErr> {
        let rows = repo::get_all(&self.conn, &self.scope, keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

/// The membership `id`; none where it is missing or hidden.
pub async fn member(ctx: &Context<'_>, id: MemberId) -> Result<Option<Member>> {
    let loader = request(ctx).loader(|app, actor| MemberSource {
        conn: app.db.read().clone(),
        scope: actor.scope(Permission::PersonRead),
    })?;
    Ok(loader.load(id).await?.map(Member))
}

/// Memberships by person, as far as the actor may read them.
pub struct MembershipSource {
    conn: DatabaseConnection,
    scope: Scope,
}

#[async_trait]
impl Source for MembershipSource {
    type Key = PersonId;
    type Value = Arc<member::Model>;

    async fn load(&self, keys: &[PersonId]) -> Result<HashMap<PersonId, Self::Value>, DbErr> {
        let rows = repo::of_persons(&self.conn, &self.scope, keys).await?;
        Ok(rows.into_iter().map(|row| (row.person_id, Arc::new(row))).collect())
    }
}

/// The membership of `person`; none where there is none or where it is hidden.
pub async fn membership(ctx: &Context<'_>, person: PersonId) -> Result<Option<Member>> {
    let loader = request(ctx).loader(|app, actor| MembershipSource {
        conn: app.db.read().clone(),
        scope: actor.scope(Permission::PersonRead),
    })?;
    Ok(loader.load(person).await?.map(Member))
}

/// The best matches of `text` that the viewer may read.
pub async fn matching(ctx: &Context<'_>, text: &str, most: u64) -> Result<Vec<Member>> {
    let request = request(ctx);
    let actor = request.actor()?;
    let scope = actor.scope(Permission::PersonRead);
    let rows = repo::matching(request.app.db.read(), &scope, text, most, actor.today()).await?;
    Ok(rows.into_iter().map(Member::from).collect())
}

/// What the first pages of several organizations have in common.
#[derive(Clone, Debug)]
pub struct FirstPage {
    /// What the lists are narrowed by.
    pub filter: repo::Filter,
    /// How they are sorted.
    pub by: repo::Order,
    /// From large to small.
    pub descending: bool,
    /// Rows of each.
    pub first: Option<i32>,
    /// Whether everything below counts too.
    pub descendants: bool,
    /// Whether the persons are asked for too.
    pub people: bool,
}

/// First pages by organization. Keys have been shown to be readable.
pub struct FirstPageSource {
    conn: DatabaseConnection,
    vault: Arc<Vault>,
    scope: Scope,
    today: Date,
    asked: FirstPage,
}

#[async_trait]
impl Source for FirstPageSource {
    type Key = OrganizationId;
    type Value = Page<(repo::Row, Option<person_row::Model>)>;

    async fn load(&self, keys: &[OrganizationId]) -> Result<HashMap<OrganizationId, Self::Value>, DbErr> {
        let FirstPage { filter, by, descending, first, descendants, people } = &self.asked;
        let readable: Vec<OrganizationId> =
            keys.iter().copied().filter(|id| !descendants || self.scope.names(*id)).collect();
        if readable.is_empty() {
            return Ok(HashMap::new());
        }
        if let [only] = *readable {
            let page = self.alone(only).await.map_err(failure)?;
            return Ok(HashMap::from([(only, page)]));
        }
        let (select, owner) = repo::lists(&self.scope, filter, self.today, &readable, *descendants);
        let (sort, place) = repo::sort(*by, *descending);
        let pages = if *people {
            let place = |row: &repo::RowWithPerson| place(&row.row);
            let pages = page::read_first(&self.conn, repo::with_people(select), owner, sort, *first, place).await;
            pages.map(|pages| each(pages, |row: repo::RowWithPerson| (row.row, Some(row.person))))
        } else {
            let pages = page::read_first(&self.conn, select, owner, sort, *first, place).await;
            pages.map(|pages| each(pages, |row| (row, None)))
        };
        pages.map_err(failure)
    }
}

impl FirstPageSource {
    /// The page of one organization: the database stops at its end, where it would number all rows of several.
    async fn alone(&self, id: OrganizationId) -> Result<Page<(repo::Row, Option<person_row::Model>)>, ReadError> {
        let FirstPage { filter, by, descending, first, descendants, people } = &self.asked;
        let filter = filter.clone().of(id, *descendants);
        let select = repo::list(&self.scope, &filter, self.today);
        let select = repo::along(select, &self.scope, &filter, *by);
        let (sort, place) = repo::sort(*by, *descending);
        let args = PageArgs { first: *first, ..PageArgs::default() };
        if *people {
            let (select, place) = (repo::with_people(select), |row: &repo::RowWithPerson| place(&row.row));
            let page = page::read(&self.conn, &self.vault, select, sort, &args, place).await?;
            Ok(page.map(|row| (row.row, Some(row.person))))
        } else {
            Ok(page::read(&self.conn, &self.vault, select, sort, &args, place).await?.map(|row| (row, None)))
        }
    }
}

/// A page that is read here has a size that was looked at before.
fn failure(error: ReadError) -> DbErr {
    match error {
        ReadError::Db(error) => error,
        ReadError::Page(error) => DbErr::Custom(error.to_string()),
    }
}

fn each<T, U>(pages: HashMap<OrganizationId, Page<T>>, row: impl Fn(T) -> U) -> HashMap<OrganizationId, Page<U>> {
    pages.into_iter().map(|(id, page)| (id, page.map(&row))).collect()
}

/// The first page of the members of `organization`; persons that were read with it are kept for whoever asks next.
pub async fn first_page(ctx: &Context<'_>, asked: FirstPage, organization: OrganizationId) -> Result<Page<repo::Row>> {
    let loader = request(ctx).loader_for(format!("{asked:?}"), |app, actor| FirstPageSource {
        conn: app.db.read().clone(),
        vault: Arc::clone(&app.vault),
        scope: actor.scope(Permission::PersonRead),
        today: actor.today(),
        asked,
    })?;
    let page = loader.load(organization).await?.unwrap_or_else(Page::empty);
    let mut people = Vec::new();
    let page = page.map(|(row, person)| {
        people.extend(person);
        row
    });
    person::learn(ctx, people).await?;
    Ok(page)
}

/// The rows of `page` alone; their persons are kept for whoever asks next.
pub async fn without_people(ctx: &Context<'_>, page: Page<RowWithPerson>) -> Result<Page<repo::Row>> {
    let mut people = Vec::new();
    let page = page.map(|RowWithPerson { row, person }| {
        people.push(person);
        row
    });
    person::learn(ctx, people).await?;
    Ok(page)
}

/// Home organizations by person, whoever may see them.
pub struct HomeSource(DatabaseConnection);

#[async_trait]
impl Source for HomeSource {
    type Key = PersonId;
    type Value = OrganizationId;

    async fn load(&self, keys: &[PersonId]) -> Result<HashMap<PersonId, OrganizationId>, DbErr> {
        Ok(repo::homes(&self.0, keys).await?.into_iter().collect())
    }
}

/// The home organization of `person`: for deciding on rights, never for showing.
pub async fn home_for_rights(ctx: &Context<'_>, person: PersonId) -> Result<Option<OrganizationId>> {
    Ok(request(ctx).loader(|app, _| HomeSource(app.db.read().clone()))?.load(person).await?)
}

fn grouped<T>(rows: Vec<T>, owner: impl Fn(&T) -> MemberId) -> HashMap<MemberId, Arc<Vec<T>>> {
    let mut groups: HashMap<MemberId, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(owner(&row)).or_default().push(row);
    }
    groups.into_iter().map(|(owner, rows)| (owner, Arc::new(rows))).collect()
}

/// Stages by membership. Keys have been shown to be readable.
pub struct StageSource(DatabaseConnection);

#[async_trait]
impl Source for StageSource {
    type Key = MemberId;
    type Value = Arc<Vec<member_stage::Model>>;

    async fn load(&self, keys: &[MemberId]) -> Result<HashMap<MemberId, Self::Value>, DbErr> {
        Ok(grouped(repo::stage_periods(&self.0, keys).await?, |row| row.member_id))
    }
}

/// Stages of `id`, oldest first.
pub async fn stage_periods(ctx: &Context<'_>, id: MemberId) -> Result<Arc<Vec<member_stage::Model>>> {
    let loader = request(ctx).loader(|app, _| StageSource(app.db.read().clone()))?;
    Ok(loader.load(id).await?.unwrap_or_default())
}

/// Home periods by membership. Keys have been shown to be readable.
pub struct HomePeriodSource(DatabaseConnection);

#[async_trait]
impl Source for HomePeriodSource {
    type Key = MemberId;
    type Value = Arc<Vec<member_home::Model>>;

    async fn load(&self, keys: &[MemberId]) -> Result<HashMap<MemberId, Self::Value>, DbErr> {
        Ok(grouped(repo::home_periods(&self.0, keys).await?, |row| row.member_id))
    }
}

/// Home periods of `id`, oldest first.
pub async fn home_periods(ctx: &Context<'_>, id: MemberId) -> Result<Arc<Vec<member_home::Model>>> {
    let loader = request(ctx).loader(|app, _| HomePeriodSource(app.db.read().clone()))?;
    Ok(loader.load(id).await?.unwrap_or_default())
}

/// Running contacts by membership. Keys have been shown to be readable.
pub struct ContactSource {
    conn: DatabaseConnection,
    today: Date,
}

#[async_trait]
impl Source for ContactSource {
    type Key = MemberId;
    type Value = Arc<Vec<PersonId>>;

    async fn load(&self, keys: &[MemberId]) -> Result<HashMap<MemberId, Self::Value>, DbErr> {
        let mut contacts: HashMap<MemberId, Vec<PersonId>> = HashMap::new();
        for row in repo::contacts(&self.conn, keys, self.today).await? {
            contacts.entry(row.member_id).or_default().push(row.person_id);
        }
        Ok(contacts.into_iter().map(|(member, persons)| (member, Arc::new(persons))).collect())
    }
}

/// Contact persons of `id`.
pub async fn contacts(ctx: &Context<'_>, id: MemberId) -> Result<Arc<Vec<PersonId>>> {
    let loader =
        request(ctx).loader(|app, actor| ContactSource { conn: app.db.read().clone(), today: actor.today() })?;
    Ok(loader.load(id).await?.unwrap_or_default())
}
