//! The only place that names the tables of organizations. A finder demands its scope.
use entity::{
    Date, MemberStage, OrganizationId, OrganizationStatus, SearchSubject, TermId, organization, organization_count,
    organization_parent, organization_status_period, organization_term,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select, Statement,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use crate::db::{
    Engine, Tx,
    page::{Key, Place, Sort},
    scope::Scope,
    search,
};

/// What a list of organizations may be narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Name, initials or code, by the beginning of a word.
    pub text: Option<String>,
    /// Kinds.
    pub kind: Option<Vec<entity::OrganizationKind>>,
    /// Levels.
    pub level: Option<Vec<entity::OrganizationLevel>>,
    /// Sectors.
    pub sector: Option<Vec<entity::Sector>>,
    /// Statuses; active alone where nothing is said.
    pub status: Option<Vec<OrganizationStatus>>,
    /// Direct children of this organization.
    pub parent: Option<OrganizationId>,
    /// This organization and everything below it.
    pub under: Option<OrganizationId>,
}

/// Organizations in `scope`.
pub fn find(scope: &Scope) -> Select<organization::Entity> {
    organization::Entity::find().filter(scope.organizations(organization::Column::Id))
}

/// Organizations in `scope` that match `filter`.
pub fn list(scope: &Scope, filter: &Filter) -> Select<organization::Entity> {
    use organization::Column;
    let select = match filter.under {
        Some(under) => find(&scope.within(under)),
        None => find(scope),
    };
    let mut condition = Condition::all();
    match &filter.status {
        Some(status) => condition = condition.add(Column::Status.is_in(status.iter().copied())),
        None => condition = condition.add(Column::Status.eq(OrganizationStatus::Active)),
    }
    if let Some(parent) = filter.parent {
        condition = condition.add(Column::ParentId.eq(parent));
    }
    if let Some(kind) = &filter.kind {
        condition = condition.add(Column::Kind.is_in(kind.iter().copied()));
    }
    if let Some(level) = &filter.level {
        condition = condition.add(Column::Level.is_in(level.iter().copied()));
    }
    if let Some(sector) = &filter.sector {
        condition = condition.add(Column::Sector.is_in(sector.iter().copied()));
    }
    if let Some(matching) = filter.text.as_deref().and_then(|text| search::matching(SearchSubject::Organization, text))
    {
        condition = condition.add(Column::Id.in_subquery(matching));
    }
    select.filter(condition)
}

/// The best matches of `text` in `scope`, by sort key.
pub async fn matching(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    text: &str,
    most: u64,
) -> Result<Vec<organization::Model>, DbErr> {
    let filter = Filter { text: Some(text.to_owned()), ..Filter::default() };
    list(scope, &filter)
        .order_by_asc(organization::Column::SortKey)
        .order_by_asc(organization::Column::Id)
        .limit(most)
        .all(conn)
        .await
}

/// Keys of the organizations that work in `sectors`, whoever may see them: a part of a scoped filter.
pub fn in_sectors(sectors: &[entity::Sector]) -> SelectStatement {
    organization::Entity::find()
        .select_only()
        .column(organization::Column::Id)
        .filter(organization::Column::Sector.is_in(sectors.iter().copied()))
        .into_query()
}

/// How lists of organizations are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By sort key.
    Name,
    /// By code.
    Code,
    /// By the last change.
    UpdatedAt,
}

/// The sort of `order`, and what a row says for it.
pub fn sort(order: Order, descending: bool) -> (Sort, Place<organization::Model>) {
    use organization::Column;
    let column = |column: Column| Some(Expr::col((organization::Entity, column)));
    let (name, key, place): (_, _, Place<organization::Model>) = match order {
        Order::Name => {
            ("organization.name", column(Column::SortKey), |row| (Key::Text(row.sort_key.clone()), row.id.0))
        }
        Order::Code => ("organization.code", column(Column::Code), |row| (Key::Text(row.code.clone()), row.id.0)),
        Order::UpdatedAt => {
            ("organization.updated", column(Column::UpdatedAt), |row| (Key::Number(row.updated_at.0), row.id.0))
        }
    };
    (Sort { name, key, id: Expr::col((organization::Entity, Column::Id)), descending }, place)
}

/// The organization `id`, where it lies in `scope`.
pub async fn get(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    id: OrganizationId,
) -> Result<Option<organization::Model>, DbErr> {
    if scope.contains(id) { organization::Entity::find_by_id(id).one(conn).await } else { Ok(None) }
}

/// The organization `id`, where it lies in `scope`, kept from being archived or merged until `tx` ends.
pub async fn hold(tx: &Tx, scope: &Scope, id: OrganizationId) -> Result<Option<organization::Model>, DbErr> {
    if scope.contains(id) { organization::Entity::find_by_id(id).lock_shared().one(tx.conn()).await } else { Ok(None) }
}

/// The organizations `ids`, as far as they lie in `scope`.
pub async fn get_all(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[OrganizationId],
) -> Result<Vec<organization::Model>, DbErr> {
    let visible: Vec<OrganizationId> = ids.iter().copied().filter(|id| scope.contains(*id)).collect();
    if visible.is_empty() {
        return Ok(Vec::new());
    }
    organization::Entity::find().filter(organization::Column::Id.is_in(visible)).all(conn).await
}

/// Writes a new organization with its first periods, its closure rows and its search tokens.
pub async fn insert(tx: &Tx, row: organization::Model) -> Result<organization::Model, DbErr> {
    let (id, parent) = (row.id, row.parent_id);
    let from = row.founded_on.unwrap_or_else(|| tx.today());
    organization::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    crate::db::attach(tx.conn(), id, parent).await?;
    insert_parent_period(tx, id, parent, from).await?;
    insert_status_period(tx, id, row.status, from).await?;
    replace_tokens(tx, &row).await?;
    Ok(row)
}

/// Writes `row` where the database still has `version`; none where somebody else was faster.
pub async fn update(tx: &Tx, mut row: organization::Model, version: i32) -> Result<Option<organization::Model>, DbErr> {
    row.version = version + 1;
    row.updated_at = tx.now();
    let done = organization::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(organization::Column::Id.eq(row.id))
        .filter(organization::Column::Version.eq(version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Ok(None);
    }
    replace_tokens(tx, &row).await?;
    Ok(Some(row))
}

async fn replace_tokens(tx: &Tx, row: &organization::Model) -> Result<(), DbErr> {
    let tokens = search::tokens(&row.name, &row.sort_key, &[&row.code]);
    search::replace_tokens(tx.conn(), SearchSubject::Organization, row.id.0, tokens).await
}

/// Begins a period under `parent`.
pub async fn insert_parent_period(
    tx: &Tx,
    id: OrganizationId,
    parent: Option<OrganizationId>,
    from: Date,
) -> Result<(), DbErr> {
    let row = organization_parent::ActiveModel {
        id: Set(tx.new_id()),
        organization_id: Set(id),
        parent_id: Set(parent),
        from: Set(from),
        until: Set(None),
    };
    organization_parent::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// The running period under a parent.
pub async fn parent_period(
    conn: &impl ConnectionTrait,
    id: OrganizationId,
) -> Result<Option<organization_parent::Model>, DbErr> {
    organization_parent::Entity::find()
        .filter(organization_parent::Column::OrganizationId.eq(id))
        .filter(organization_parent::Column::Until.is_null())
        .one(conn)
        .await
}

/// Ends the running period under a parent on `on`.
pub async fn end_parent_period(tx: &Tx, id: OrganizationId, on: Date) -> Result<(), DbErr> {
    organization_parent::Entity::update_many()
        .col_expr(organization_parent::Column::Until, Expr::value(on))
        .filter(organization_parent::Column::OrganizationId.eq(id))
        .filter(organization_parent::Column::Until.is_null())
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// Begins a period of `status`.
pub async fn insert_status_period(
    tx: &Tx,
    id: OrganizationId,
    status: OrganizationStatus,
    from: Date,
) -> Result<(), DbErr> {
    let row = organization_status_period::ActiveModel {
        id: Set(tx.new_id()),
        organization_id: Set(id),
        status: Set(status),
        from: Set(from),
        until: Set(None),
    };
    organization_status_period::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// Ends the running period of status on `on`.
pub async fn end_status_period(tx: &Tx, id: OrganizationId, on: Date) -> Result<(), DbErr> {
    use organization_status_period::Column;
    organization_status_period::Entity::update_many()
        .col_expr(Column::Until, Expr::value(on))
        .filter(Column::OrganizationId.eq(id))
        .filter(Column::Until.is_null())
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// Whether `id` is `above` or lies below it, as the database has it at this moment.
pub async fn lies_below(tx: &Tx, above: OrganizationId, id: OrganizationId) -> Result<bool, DbErr> {
    Ok(entity::organization_closure::Entity::find_by_id((above, id)).one(tx.conn()).await?.is_some())
}

/// Active direct children of `id`, whoever may see them.
pub async fn count_children(tx: &Tx, id: OrganizationId) -> Result<u64, DbErr> {
    use sea_orm::PaginatorTrait;
    organization::Entity::find()
        .filter(organization::Column::ParentId.eq(id))
        .filter(organization::Column::Status.eq(OrganizationStatus::Active))
        .count(tx.conn())
        .await
}

/// Members of any stage that `id` counts directly.
pub async fn count_members(tx: &Tx, id: OrganizationId) -> Result<i64, DbErr> {
    let rows = organization_count::Entity::find()
        .filter(organization_count::Column::OrganizationId.eq(id))
        .filter(organization_count::Column::Stage.lte(MemberStage::Full))
        .all(tx.conn())
        .await?;
    Ok(rows.iter().map(|row| row.n).sum())
}

/// Changes the direct head count of `id` in `stage` by `by`, in one statement.
pub async fn change_count(tx: &Tx, id: OrganizationId, stage: MemberStage, by: i64) -> Result<(), DbErr> {
    let sql = "INSERT INTO organization_count (organization_id, stage, n) VALUES ($1, $2, $3)
               ON CONFLICT (organization_id, stage) DO UPDATE SET n = organization_count.n + excluded.n";
    let backend = tx.conn().get_database_backend();
    if by < 0 {
        // An upsert would first check the negative row against `n >= 0`.
        let sql = "UPDATE organization_count SET n = n + $1 WHERE organization_id = $2 AND stage = $3";
        let values = [by.into(), id.into(), stage.into()];
        return tx.conn().execute_raw(Statement::from_sql_and_values(backend, sql, values)).await.map(|_| ());
    }
    let values = [id.into(), stage.into(), by.into()];
    tx.conn().execute_raw(Statement::from_sql_and_values(backend, sql, values)).await.map(|_| ())
}

/// Adds the direct head counts of `from` to those of `into`, and leaves none at `from`.
pub async fn move_counts(tx: &Tx, from: OrganizationId, into: OrganizationId) -> Result<(), DbErr> {
    let backend = tx.conn().get_database_backend();
    let add = "INSERT INTO organization_count (organization_id, stage, n)
               SELECT $1, stage, n FROM organization_count WHERE organization_id = $2 AND n > 0
               ON CONFLICT (organization_id, stage) DO UPDATE SET n = organization_count.n + excluded.n";
    tx.conn().execute_raw(Statement::from_sql_and_values(backend, add, [into.into(), from.into()])).await?;
    organization_count::Entity::update_many()
        .col_expr(organization_count::Column::N, Expr::value(0i64))
        .filter(organization_count::Column::OrganizationId.eq(from))
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// A head count of a subtree in one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct StageTotal {
    /// Top of the subtree.
    pub organization_id: OrganizationId,
    /// The stage.
    pub stage: MemberStage,
    /// Members counted once each.
    pub n: i64,
}

/// Head counts of the subtrees of `ids`.
pub async fn subtree_counts(conn: &impl ConnectionTrait, ids: &[OrganizationId]) -> Result<Vec<StageTotal>, DbErr> {
    use entity::organization_closure as closure;
    closure::Entity::find()
        .select_only()
        .column_as(closure::Column::AncestorId, "organization_id")
        .column_as(organization_count::Column::Stage, "stage")
        .column_as(organization_count::Column::N.sum().cast_as("bigint"), "n")
        .inner_join_count()
        .filter(closure::Column::AncestorId.is_in(ids.iter().copied()))
        .group_by(closure::Column::AncestorId)
        .group_by(organization_count::Column::Stage)
        .into_model()
        .all(conn)
        .await
}

/// Direct head counts of `ids`.
pub async fn direct_counts(conn: &impl ConnectionTrait, ids: &[OrganizationId]) -> Result<Vec<StageTotal>, DbErr> {
    organization_count::Entity::find()
        .filter(organization_count::Column::OrganizationId.is_in(ids.iter().copied()))
        .into_model()
        .all(conn)
        .await
}

/// All direct counts of probationary and full members, for the tree view.
pub async fn member_counts(conn: &impl ConnectionTrait) -> Result<Vec<StageTotal>, DbErr> {
    organization_count::Entity::find()
        .filter(organization_count::Column::Stage.is_in([MemberStage::Probationary, MemberStage::Full]))
        .into_model()
        .all(conn)
        .await
}

/// Head counts of one subtree on a past day, from the periods.
pub async fn counts_as_of(
    conn: &impl ConnectionTrait,
    engine: Engine,
    id: OrganizationId,
    day: Date,
    descendants: bool,
) -> Result<Vec<StageTotal>, DbErr> {
    debug_assert!(matches!(engine, Engine::Sqlite | Engine::Postgres));
    let depth = if descendants { i32::MAX } else { 0 };
    let sql = r#"SELECT tree.ancestor_id AS organization_id, stage.stage AS stage, COUNT(*) AS n
        FROM organization_closure tree
        JOIN member_home home ON home.organization_id = tree.descendant_id
          AND home."from" <= $2 AND (home."until" IS NULL OR home."until" > $2)
        JOIN member_stage stage ON stage.member_id = home.member_id
          AND stage."from" <= $2 AND (stage."until" IS NULL OR stage."until" > $2)
        WHERE tree.ancestor_id = $1 AND tree.depth <= $3
        GROUP BY tree.ancestor_id, stage.stage"#;
    let values = [id.into(), day.into(), depth.into()];
    StageTotal::find_by_statement(Statement::from_sql_and_values(conn.get_database_backend(), sql, values))
        .all(conn)
        .await
}

/// The organizations above `id` on a past day, nearest first.
pub async fn ancestors_as_of(
    conn: &impl ConnectionTrait,
    id: OrganizationId,
    day: Date,
) -> Result<Vec<OrganizationId>, DbErr> {
    let sql = r#"WITH RECURSIVE up(id, steps) AS (
            SELECT parent_id, 1 FROM organization_parent
            WHERE organization_id = $1 AND "from" <= $2 AND ("until" IS NULL OR "until" > $2)
            UNION ALL
            SELECT above.parent_id, up.steps + 1 FROM up JOIN organization_parent above
              ON above.organization_id = up.id AND above."from" <= $2 AND (above."until" IS NULL OR above."until" > $2)
            WHERE up.steps < 64)
        SELECT id FROM up WHERE id IS NOT NULL ORDER BY steps"#;
    let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, [id.into(), day.into()]);
    conn.query_all_raw(statement).await?.iter().map(|row| row.try_get("", "id")).collect()
}

/// Running terms of `ids`.
pub async fn running_terms(
    conn: &impl ConnectionTrait,
    ids: &[OrganizationId],
) -> Result<Vec<organization_term::Model>, DbErr> {
    organization_term::Entity::find()
        .filter(organization_term::Column::OrganizationId.is_in(ids.iter().copied()))
        .filter(organization_term::Column::EndedOn.is_null())
        .all(conn)
        .await
}

/// Ends the running term on `on` and begins one from `on` until `until`.
pub async fn begin_term(
    tx: &Tx,
    id: OrganizationId,
    from: Date,
    until: Date,
) -> Result<organization_term::Model, DbErr> {
    end_term(tx, id, from).await?;
    let row = organization_term::Model { id: tx.new_id::<TermId>(), organization_id: id, from, until, ended_on: None };
    organization_term::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(row)
}

/// Ends the running term on `on`.
pub async fn end_term(tx: &Tx, id: OrganizationId, on: Date) -> Result<(), DbErr> {
    organization_term::Entity::update_many()
        .col_expr(organization_term::Column::EndedOn, Expr::value(on))
        .filter(organization_term::Column::OrganizationId.eq(id))
        .filter(organization_term::Column::EndedOn.is_null())
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// Children of `id` in every status, for moving them together.
pub async fn children(tx: &Tx, id: OrganizationId) -> Result<Vec<organization::Model>, DbErr> {
    organization::Entity::find()
        .filter(organization::Column::ParentId.eq(id))
        .order_by_asc(organization::Column::SortKey)
        .all(tx.conn())
        .await
}

trait JoinCounts {
    fn inner_join_count(self) -> Self;
}

impl JoinCounts for Select<entity::organization_closure::Entity> {
    fn inner_join_count(mut self) -> Self {
        use entity::organization_closure as closure;
        QueryTrait::query(&mut self).inner_join(
            organization_count::Entity,
            Expr::col((organization_count::Entity, organization_count::Column::OrganizationId))
                .equals((closure::Entity, closure::Column::DescendantId)),
        );
        self
    }
}
