//! The only place that names the table of affiliations. A finder demands its scope.
use entity::{
    AffiliationId, AffiliationKind, Date, OrganizationId, PersonId, RecordStatus, SearchSubject, affiliation, person,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel,
    QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait, Select,
    sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr},
};

use crate::db::{
    Tx,
    page::{Key, Place, Sort},
    scope::Scope,
    search,
};

/// Rows of one insert.
const CHUNK: usize = 200;

/// Ties that run on `day`.
pub fn running(day: Date) -> Condition {
    use affiliation::Column;
    Condition::all().add(Column::From.lte(day)).add(Column::Until.is_null().or(Column::Until.gt(day)))
}

/// Ties in `scope`, which here is that of reading persons: at its organizations, or one's own.
fn visible(scope: &Scope) -> Condition {
    let own = scope.own().map(|own| affiliation::Column::PersonId.eq(own));
    Condition::any().add(scope.organizations(affiliation::Column::OrganizationId)).add_option(own)
}

/// What a list of ties may be narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Name or initials of the person, by the beginning of a word.
    pub text: Option<String>,
    /// Ties to this organization and to everything below it.
    pub under: Option<OrganizationId>,
    /// Kinds of tie.
    pub kind: Option<Vec<AffiliationKind>>,
    /// Statuses of the person's record; active alone where nothing is said.
    pub status: Option<Vec<RecordStatus>>,
}

/// A row of a list: the tie, and what names are sorted by.
#[derive(Clone, Debug)]
pub struct Row {
    /// The tie.
    pub affiliation: affiliation::Model,
    /// Sort key of the person.
    pub sort_key: String,
}

impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            affiliation: affiliation::Model::from_query_result(row, prefix)?,
            sort_key: row.try_get(prefix, "person_sort_key")?,
        })
    }
}

/// Ties in `scope` that run on `today` and match `filter`, to be read as [`Row`].
pub fn list(scope: &Scope, filter: &Filter, today: Date) -> Select<affiliation::Entity> {
    let mut select = affiliation::Entity::find().column_as(person::Column::SortKey, "person_sort_key");
    QueryTrait::query(&mut select).inner_join(
        person::Entity,
        Expr::col((person::Entity, person::Column::Id)).equals((affiliation::Entity, affiliation::Column::PersonId)),
    );
    let place = match filter.under {
        Some(under) => scope.within(under).organizations(affiliation::Column::OrganizationId),
        None => visible(scope),
    };
    let status = match &filter.status {
        Some(status) => person::Column::Status.is_in(status.iter().copied()),
        None => person::Column::Status.eq(RecordStatus::Active),
    };
    let kind = filter.kind.as_ref().map(|kinds| affiliation::Column::Kind.is_in(kinds.iter().copied()));
    let found = filter.text.as_deref().and_then(|text| search::matching(SearchSubject::Person, text));
    let condition = Condition::all()
        .add(place)
        .add(running(today))
        .add(status)
        .add_option(kind)
        .add_option(found.map(|found| person::Column::Id.in_subquery(found)));
    select.filter(condition)
}

/// By the person's name.
pub fn sort() -> (Sort, Place<Row>) {
    let key = Expr::col((person::Entity, person::Column::SortKey));
    let id = Expr::col((affiliation::Entity, affiliation::Column::Id));
    let place: Place<Row> = |row| (Key::Text(row.sort_key.clone()), row.affiliation.id.0);
    (Sort { name: "affiliation.name", key: Some(key), id, descending: false }, place)
}

/// The tie `id`, where it lies in `scope`.
pub async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: AffiliationId,
) -> Result<Option<affiliation::Model>, DbErr> {
    affiliation::Entity::find_by_id(id).filter(visible(scope)).one(conn).await
}

/// The ties `ids`, as far as they lie in `scope`.
pub async fn get_all(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[AffiliationId],
) -> Result<Vec<affiliation::Model>, DbErr> {
    affiliation::Entity::find()
        .filter(affiliation::Column::Id.is_in(ids.iter().copied()))
        .filter(visible(scope))
        .all(conn)
        .await
}

/// Every tie of `persons` that lies in `scope`, oldest first.
pub async fn of_persons(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    persons: &[PersonId],
) -> Result<Vec<affiliation::Model>, DbErr> {
    affiliation::Entity::find()
        .filter(affiliation::Column::PersonId.is_in(persons.iter().copied()))
        .filter(visible(scope))
        .order_by_asc(affiliation::Column::From)
        .order_by_asc(affiliation::Column::Id)
        .all(conn)
        .await
}

/// Organizations of the ties of `persons` that run on `today`, whoever may see them: for deciding on rights alone.
pub async fn organizations_of(
    conn: &impl ConnectionTrait,
    persons: &[PersonId],
    today: Date,
) -> Result<Vec<(PersonId, OrganizationId)>, DbErr> {
    affiliation::Entity::find()
        .select_only()
        .column(affiliation::Column::PersonId)
        .column(affiliation::Column::OrganizationId)
        .filter(affiliation::Column::PersonId.is_in(persons.iter().copied()))
        .filter(running(today))
        .order_by_asc(affiliation::Column::From)
        .order_by_asc(affiliation::Column::Id)
        .into_tuple()
        .all(conn)
        .await
}

/// Writes a new tie.
pub async fn insert(tx: &Tx, row: affiliation::Model) -> Result<affiliation::Model, DbErr> {
    affiliation::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(row)
}

/// Writes new ties, a bounded number at a time.
pub async fn insert_all(tx: &Tx, rows: Vec<affiliation::Model>) -> Result<(), DbErr> {
    for chunk in rows.chunks(CHUNK) {
        let rows = chunk.iter().map(|row| row.clone().into_active_model().reset_all());
        affiliation::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

/// Ends `row` on `until`; none where somebody else was faster.
pub async fn end(tx: &Tx, row: affiliation::Model, until: Date) -> Result<Option<affiliation::Model>, DbErr> {
    use affiliation::Column;
    let done = affiliation::Entity::update_many()
        .col_expr(Column::Until, Expr::value(until))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .exec(tx.conn())
        .await?;
    let version = row.version + 1;
    Ok((done.rows_affected > 0).then_some(affiliation::Model { until: Some(until), version, ..row }))
}

/// Ends on `on` every tie of `person`.
pub async fn end_of_person(tx: &Tx, person: PersonId, on: Date) -> Result<(), DbErr> {
    end_all(tx, affiliation::Column::PersonId.eq(person), on).await
}

/// Ends on `on` every tie at `organization`.
pub async fn end_at(tx: &Tx, organization: OrganizationId, on: Date) -> Result<(), DbErr> {
    end_all(tx, affiliation::Column::OrganizationId.eq(organization), on).await
}

/// Ends on `on` every tie that `which` names and that runs then or begins later; one that begins later never ran.
async fn end_all(tx: &Tx, which: SimpleExpr, on: Date) -> Result<(), DbErr> {
    use affiliation::Column;
    let end = CaseStatement::new().case(Column::From.gt(on), Expr::col(Column::From)).finally(Expr::value(on));
    affiliation::Entity::update_many()
        .col_expr(Column::Until, end.into())
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(which)
        .filter(Column::Until.is_null().or(Column::Until.gt(on)))
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// Ties at `organization` that run on `on` or begin later.
pub async fn at(tx: &Tx, organization: OrganizationId, on: Date) -> Result<Vec<affiliation::Model>, DbErr> {
    use affiliation::Column;
    affiliation::Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Until.is_null().or(Column::Until.gt(on)))
        .all(tx.conn())
        .await
}
