//! The only place that names the table of posts. A finder demands its scope.
use entity::{Date, OrganizationId, PersonId, PostId, PostTitle, organization_post};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{CaseStatement, Expr, ExprTrait},
};

use crate::db::{Tx, scope::Scope};

/// Which posts a reader sees: those of organizations in `organizations`, and those of the person `own`.
#[derive(Clone)]
pub struct Reach {
    /// The scope of reading organizations.
    pub organizations: Scope,
    /// Who sees his own record.
    pub own: Option<PersonId>,
}

impl Reach {
    fn posts(&self) -> Condition {
        let own = self.own.map(|own| organization_post::Column::PersonId.eq(own));
        let column = organization_post::Column::OrganizationId;
        Condition::any().add(self.organizations.organizations(column)).add_option(own)
    }
}

/// The posts `ids`, as far as they lie in `reach`.
pub async fn get_all(
    conn: &impl ConnectionTrait,
    reach: &Reach,
    ids: &[PostId],
) -> Result<Vec<organization_post::Model>, DbErr> {
    organization_post::Entity::find()
        .filter(organization_post::Column::Id.is_in(ids.iter().copied()))
        .filter(reach.posts())
        .all(conn)
        .await
}

/// Every post of `persons` that lies in `reach`, oldest first.
pub async fn of_persons(
    conn: &impl ConnectionTrait,
    reach: &Reach,
    persons: &[PersonId],
) -> Result<Vec<organization_post::Model>, DbErr> {
    organization_post::Entity::find()
        .filter(organization_post::Column::PersonId.is_in(persons.iter().copied()))
        .filter(reach.posts())
        .order_by_asc(organization_post::Column::From)
        .order_by_asc(organization_post::Column::Id)
        .all(conn)
        .await
}

/// Organizations of the posts of `persons` that run on `today`, whoever may see them: for deciding on rights alone.
pub async fn organizations_of(
    conn: &impl ConnectionTrait,
    persons: &[PersonId],
    today: Date,
) -> Result<Vec<(PersonId, OrganizationId)>, DbErr> {
    use organization_post::Column;
    organization_post::Entity::find()
        .select_only()
        .columns([Column::PersonId, Column::OrganizationId])
        .filter(Column::PersonId.is_in(persons.iter().copied()))
        .filter(Column::From.lte(today))
        .filter(Column::Until.is_null().or(Column::Until.gt(today)))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(conn)
        .await
}

/// Every post of `organizations`, which have been shown to be readable, oldest first.
pub async fn of_organizations(
    conn: &impl ConnectionTrait,
    organizations: &[OrganizationId],
) -> Result<Vec<organization_post::Model>, DbErr> {
    organization_post::Entity::find()
        .filter(organization_post::Column::OrganizationId.is_in(organizations.iter().copied()))
        .order_by_asc(organization_post::Column::From)
        .order_by_asc(organization_post::Column::Id)
        .all(conn)
        .await
}

/// Whether somebody holds `title` at `organization` on `from` or later.
pub async fn held_since(tx: &Tx, organization: OrganizationId, title: PostTitle, from: Date) -> Result<bool, DbErr> {
    use organization_post::Column;
    let held = organization_post::Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Title.eq(title))
        .filter(Column::Until.is_null().or(Column::Until.gt(from)))
        .count(tx.conn())
        .await?;
    Ok(held > 0)
}

/// Posts that `person` holds on `day` or later, whoever may see them.
pub async fn count_of_person(tx: &Tx, person: PersonId, day: Date) -> Result<u64, DbErr> {
    use organization_post::Column;
    organization_post::Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::Until.is_null().or(Column::Until.gt(day)))
        .count(tx.conn())
        .await
}

/// The post `id`, whoever may see it.
pub async fn get_any(tx: &Tx, id: PostId) -> Result<Option<organization_post::Model>, DbErr> {
    organization_post::Entity::find_by_id(id).one(tx.conn()).await
}

/// Writes a new post.
pub async fn insert(tx: &Tx, row: organization_post::Model) -> Result<organization_post::Model, DbErr> {
    organization_post::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(row)
}

/// Ends `row` on `until`; none where somebody else was faster.
pub async fn end(
    tx: &Tx,
    row: organization_post::Model,
    until: Date,
) -> Result<Option<organization_post::Model>, DbErr> {
    use organization_post::Column;
    let done = organization_post::Entity::update_many()
        .col_expr(Column::Until, Expr::value(until))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .exec(tx.conn())
        .await?;
    let version = row.version + 1;
    Ok((done.rows_affected > 0).then_some(organization_post::Model { until: Some(until), version, ..row }))
}

/// Ends every post of `organization` on `on`; one that begins later was never held.
pub async fn end_all(tx: &Tx, organization: OrganizationId, on: Date) -> Result<u64, DbErr> {
    use organization_post::Column;
    let end = CaseStatement::new().case(Column::From.gt(on), Expr::col(Column::From)).finally(Expr::value(on));
    let done = organization_post::Entity::update_many()
        .col_expr(Column::Until, end.into())
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Until.is_null().or(Column::Until.gt(on)))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}
