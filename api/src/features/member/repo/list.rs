//! Lists of members: filters, sorts and the best matches of a text.
use entity::{
    Date, MemberStage, OrganizationId, RecordStatus, SearchSubject, member, member_contact, organization_closure,
    person,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, QueryFilter,
    QueryOrder, QueryResult, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use crate::{
    db::{
        page::{Key, Place, Sort},
        scope::Scope,
        search,
    },
    features::{organization, person::service::AgeBand},
};

/// What a list of members may be narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Name or initials, by the beginning of a word.
    pub text: Option<String>,
    /// Stages.
    pub stage: Option<Vec<MemberStage>>,
    /// Home organization: each of these or below it.
    pub under: Vec<OrganizationId>,
    /// Home organization: this one alone.
    pub home: Option<OrganizationId>,
    /// Sectors of the home organization.
    pub sector: Option<Vec<entity::Sector>>,
    /// Sex.
    pub sex: Option<entity::Sex>,
    /// Highest education.
    pub education: Option<Vec<entity::Education>>,
    /// Occupation groups.
    pub occupation: Option<Vec<entity::OccupationGroup>>,
    /// Ages reached in the running year.
    pub age_band: Option<Vec<AgeBand>>,
    /// Statuses of the person's record; active alone where nothing is said.
    pub status: Option<Vec<RecordStatus>>,
    /// Only those in one of these stages who have no contact person.
    pub without_contact: Option<Vec<MemberStage>>,
}

impl Filter {
    /// Those whose home is `organization` alone, or lies below it where `descendants` says so.
    #[must_use]
    pub fn of(mut self, organization: OrganizationId, descendants: bool) -> Self {
        if descendants {
            self.under.push(organization);
        } else {
            self.home = Some(organization);
        }
        self
    }
}

/// A row of a list: the membership, and what names are sorted by.
#[derive(Clone, Debug)]
pub struct Row {
    /// The membership.
    pub member: member::Model,
    /// Sort key of the person.
    pub sort_key: String,
}

impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            member: member::Model::from_query_result(row, prefix)?,
            sort_key: row.try_get(prefix, "person_sort_key")?,
        })
    }
}

/// A [`Row`] with its person beside it.
#[derive(Clone, Debug)]
pub struct RowWithPerson {
    /// The row of the list.
    pub row: Row,
    /// The person. Whoever sees a membership sees its person.
    pub person: person::Model,
}

impl FromQueryResult for RowWithPerson {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self { row: Row::from_query_result(row, prefix)?, person: person::Model::from_query_result(row, PERSON)? })
    }
}

/// What the columns of the person of a [`RowWithPerson`] begin with.
const PERSON: &str = "of_person_";

/// Members in `scope` that match `filter` on `today`, to be read as [`Row`].
pub fn list(scope: &Scope, filter: &Filter, today: Date) -> Select<member::Entity> {
    let narrowed = narrowed(scope, filter);
    // Whole subtrees are visible or not, so where the organization is, the scope says nothing more.
    let visible = filter.home.is_some_and(|home| narrowed.contains(home));
    let scoped = if visible { Condition::all() } else { narrowed.members() };
    let home = filter.home.map(|home| member::Column::HomeOrganizationId.eq(home));
    joined().filter(scoped.add_option(home)).filter(of_member(filter, today)).filter(of_person(filter, today))
}

/// Members whose home is one of `organizations`, which are visible, or lies below it where `descendants` says so: in
/// `scope`, and matching `filter` on `today`. Also the organization in whose list each of them is.
pub fn lists(
    scope: &Scope,
    filter: &Filter,
    today: Date,
    organizations: &[OrganizationId],
    descendants: bool,
) -> (Select<member::Entity>, SimpleExpr) {
    use organization_closure::Column::{AncestorId, DescendantId};
    let narrowed = narrowed(scope, filter);
    let visible = organizations.iter().all(|id| narrowed.contains(*id));
    let ids = || organizations.iter().copied();
    let mut select = joined().filter(of_member(filter, today)).filter(of_person(filter, today));
    let home = (member::Entity, member::Column::HomeOrganizationId);
    if !descendants {
        let scoped = if visible { Condition::all() } else { narrowed.members() };
        return (select.filter(scoped).filter(home.1.is_in(ids())), Expr::col(home));
    }
    QueryTrait::query(&mut select)
        .inner_join(organization_closure::Entity, Expr::col((organization_closure::Entity, DescendantId)).equals(home));
    let scoped = if visible { Condition::all() } else { narrowed.without_own().members() };
    (select.filter(scoped).filter(AncestorId.is_in(ids())), Expr::col((organization_closure::Entity, AncestorId)))
}

/// `select`, which is [`list`] of the same, in the order of names where that is `by`. `SQLite` walks along an index for the
/// sake of an order only where a condition names it; every key fulfils this one.
pub fn along(select: Select<member::Entity>, scope: &Scope, filter: &Filter, by: Order) -> Select<member::Entity> {
    if by == Order::Name && narrowed(scope, filter).is_walked() {
        return select.filter(person::Column::SortKey.gte(""));
    }
    select
}

/// `select`, to be read as [`RowWithPerson`].
pub fn with_people(select: Select<member::Entity>) -> Select<member::Entity> {
    person::Column::iter()
        .fold(select, |select, column| select.column_as(column, format!("{PERSON}{}", column.as_str())))
}

fn narrowed(scope: &Scope, filter: &Filter) -> Scope {
    filter.under.iter().fold(scope.clone(), |scope, under| scope.within(*under))
}

fn of_member(filter: &Filter, today: Date) -> Condition {
    use member::Column;
    let mut condition = Condition::all();
    if let Some(stage) = &filter.stage {
        condition = condition.add(Column::Stage.is_in(stage.iter().copied()));
    }
    if let Some(sector) = &filter.sector {
        condition = condition.add(Column::HomeOrganizationId.in_subquery(organization::in_sectors(sector)));
    }
    if let Some(stages) = &filter.without_contact {
        let accompanied = member_contact::Entity::find()
            .select_only()
            .column(member_contact::Column::MemberId)
            .filter(super::period::contact_runs(today));
        condition = condition
            .add(Column::Stage.is_in(stages.iter().copied()))
            .add(Column::Id.not_in_subquery(accompanied.into_query()));
    }
    condition
}

fn joined() -> Select<member::Entity> {
    let mut select = member::Entity::find().column_as(person::Column::SortKey, "person_sort_key");
    QueryTrait::query(&mut select).inner_join(
        person::Entity,
        Expr::col((person::Entity, person::Column::Id)).equals((member::Entity, member::Column::PersonId)),
    );
    select
}

fn of_person(filter: &Filter, today: Date) -> Condition {
    use person::Column;
    let mut condition = match &filter.status {
        Some(status) => Condition::all().add(Column::Status.is_in(status.iter().copied())),
        None => Condition::all().add(Column::Status.eq(RecordStatus::Active)),
    };
    if let Some(sex) = filter.sex {
        condition = condition.add(Column::Sex.eq(sex));
    }
    if let Some(education) = &filter.education {
        condition = condition.add(Column::Education.is_in(education.iter().copied()));
    }
    if let Some(occupation) = &filter.occupation {
        condition = condition.add(Column::OccupationGroup.is_in(occupation.iter().copied()));
    }
    if let Some(bands) = &filter.age_band {
        let years = bands.iter().map(|band| {
            let (first, last) = band.birth_years(today);
            Condition::all()
                .add(Column::BirthYear.is_not_null())
                .add_option(first.map(|year| Column::BirthYear.gte(year)))
                .add_option(last.map(|year| Column::BirthYear.lte(year)))
        });
        // No band at all is met by nobody.
        let none = Condition::any().add(Expr::value(false));
        condition = condition.add(years.fold(none, Condition::add));
    }
    if let Some(matching) = filter.text.as_deref().and_then(|text| search::matching(SearchSubject::Person, text)) {
        condition = condition.add(Column::Id.in_subquery(matching));
    }
    condition
}

/// The best matches of `text` in `scope`, by sort key.
pub async fn matching(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    text: &str,
    most: u64,
    today: Date,
) -> Result<Vec<member::Model>, DbErr> {
    let filter = Filter { text: Some(text.to_owned()), ..Filter::default() };
    list(scope, &filter, today)
        .order_by_asc(person::Column::SortKey)
        .order_by_asc(member::Column::Id)
        .limit(most)
        .all(conn)
        .await
}

/// How lists of members are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By the person's sort key.
    Name,
    /// By stage, along the way.
    Stage,
    /// By the day of the application.
    AppliedOn,
    /// By the day of full membership.
    FullOn,
    /// By the last change.
    UpdatedAt,
}

/// Where a missing day stands in a sort.
fn earliest() -> Date {
    Date::from_ymd_opt(1, 1, 1).unwrap_or(Date::MIN)
}

/// The sort of `order`, and what a row says for it.
pub fn sort(order: Order, descending: bool) -> (Sort, Place<Row>) {
    use member::Column;
    let column = |column: Column| Expr::col((member::Entity, column));
    let day = |day: Column| -> SimpleExpr { column(day).if_null(Expr::value(earliest())) };
    let (name, key, place): (_, SimpleExpr, Place<Row>) = match order {
        Order::Name => ("member.name", Expr::col((person::Entity, person::Column::SortKey)), |row| {
            (Key::Text(row.sort_key.clone()), row.member.id.0)
        }),
        Order::Stage => ("member.stage", column(Column::Stage), |row| {
            (Key::Number(i64::from(sea_orm::ActiveEnum::to_value(&row.member.stage))), row.member.id.0)
        }),
        Order::AppliedOn => ("member.applied", day(Column::AppliedOn), |row| {
            (Key::Date(row.member.applied_on.unwrap_or_else(earliest)), row.member.id.0)
        }),
        Order::FullOn => ("member.full", day(Column::FullOn), |row| {
            (Key::Date(row.member.full_on.unwrap_or_else(earliest)), row.member.id.0)
        }),
        Order::UpdatedAt => {
            ("member.updated", column(Column::UpdatedAt), |row| (Key::Number(row.member.updated_at.0), row.member.id.0))
        }
    };
    (Sort { name, key: Some(key), id: column(Column::Id), descending }, place)
}
