//! The only place that names the table of obligations.
use chrono::Days;
use entity::{AccountId, Date, ObligationId, ObligationKind, OrganizationId, PersonId, Timestamp, obligation};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, Iterable, QueryFilter, QueryOrder,
    QuerySelect, Select, Statement,
    sea_query::{CaseStatement, Expr, ExprTrait},
};

use super::{
    policy,
    service::{About, Duty},
};
use crate::{
    authz::Actor,
    db::{
        Tx,
        page::{Key, Place, Sort},
        scope::Scope,
    },
};

/// What a list of obligations may be narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Kinds.
    pub kind: Option<Vec<ObligationKind>>,
    /// This organization and everything below it.
    pub organization: Option<OrganizationId>,
    /// Due on this day or before it.
    pub due_by: Option<Date>,
    /// Closed ones in place of open ones.
    pub closed: bool,
    /// Those that are put off, or those that are not.
    pub snoozed: Option<bool>,
}

/// Duties that `actor` may see, of `organization` and below where one is named: each kind in the scope of its right.
fn visible(actor: &Actor, organization: Option<OrganizationId>) -> Condition {
    use obligation::Column;
    policy::READS.iter().fold(Condition::any(), |visible, right| {
        let scope = actor.scope(*right);
        let scope = organization.map_or_else(|| scope.clone(), |organization| scope.within(organization));
        if scope.is_empty() {
            return visible;
        }
        let kinds = ObligationKind::iter().filter(|kind| policy::reads(*kind) == *right);
        visible.add(scope.organizations(Column::OrganizationId).add(Column::Kind.is_in(kinds)))
    })
}

/// Obligations that `actor` may see and that match `filter`.
pub fn list(actor: &Actor, filter: &Filter) -> Select<obligation::Entity> {
    use obligation::Column;
    let today = actor.today();
    let mut select = obligation::Entity::find().filter(visible(actor, filter.organization));
    select = select.filter(if filter.closed { Column::ClosedAt.is_not_null() } else { Column::ClosedAt.is_null() });
    if let Some(kind) = &filter.kind {
        select = select.filter(Column::Kind.is_in(kind.iter().copied()));
    }
    if let Some(due_by) = filter.due_by {
        select = select.filter(Column::DueOn.lte(due_by));
    }
    if let Some(snoozed) = filter.snoozed {
        let asleep = Column::SnoozedUntil.gt(today);
        let awake = Column::SnoozedUntil.is_null().or(Column::SnoozedUntil.lte(today));
        select = select.filter(if snoozed { asleep } else { awake });
    }
    select
}

/// By due date; closed ones with the newest first.
pub fn sort(closed: bool) -> (Sort, Place<obligation::Model>) {
    use obligation::Column;
    let id = Expr::col((obligation::Entity, Column::Id));
    if closed {
        let key = Expr::col((obligation::Entity, Column::ClosedAt)).if_null(0i64);
        let place = |row: &obligation::Model| (Key::Number(row.closed_at.map_or(0, |at| at.0)), row.id.0);
        return (Sort { name: "obligation.closed", key: Some(key), id, descending: true }, place);
    }
    let key = Expr::col((obligation::Entity, Column::DueOn));
    (Sort { name: "obligation.due", key: Some(key), id, descending: false }, |row| (Key::Date(row.due_on), row.id.0))
}

/// The obligations `ids`, as far as `actor` may see them.
pub async fn get_all(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[ObligationId],
) -> Result<Vec<obligation::Model>, DbErr> {
    use obligation::Column;
    obligation::Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(visible(actor, None))
        .all(conn)
        .await
}

/// Open duties after `last` that became overdue, or came back overdue, on `since` or later; at most `most`, by key.
pub async fn newly_overdue(
    tx: &Tx,
    since: Date,
    last: Option<ObligationId>,
    most: u64,
) -> Result<Vec<obligation::Model>, DbErr> {
    use obligation::Column;
    let awake = Column::SnoozedUntil.is_null().or(Column::SnoozedUntil.lte(tx.today()));
    let lately = Column::DueOn.gte(since - Days::new(1)).or(Column::SnoozedUntil.gte(since));
    obligation::Entity::find()
        .filter(Column::ClosedAt.is_null())
        .filter(Column::DueOn.lt(tx.today()))
        .filter(awake)
        .filter(lately)
        .filter(Condition::all().add_option(last.map(|last| Column::Id.gt(last))))
        .order_by_asc(Column::Id)
        .limit(most)
        .all(tx.conn())
        .await
}

/// The obligation `id`, where `actor` may see it.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: ObligationId,
) -> Result<Option<obligation::Model>, DbErr> {
    obligation::Entity::find_by_id(id).filter(visible(actor, None)).one(conn).await
}

/// Open obligations of one kind in a subtree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct SubtreeCount {
    /// Top of the subtree.
    pub organization_id: OrganizationId,
    /// What is to be done.
    pub kind: ObligationKind,
    /// All open ones.
    pub open: i64,
    /// Those whose day has passed.
    pub overdue: i64,
    /// Those that are put off.
    pub snoozed: i64,
}

/// Open, overdue and put off obligations in the subtrees of `ids` by kind, in one statement.
pub async fn subtree_counts(
    conn: &impl ConnectionTrait,
    ids: &[OrganizationId],
    today: Date,
) -> Result<Vec<SubtreeCount>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let backend = conn.get_database_backend();
    let marks: Vec<String> = (0..ids.len()).map(|n| format!("${}", n + 2)).collect();
    let sql = format!(
        "SELECT tree.ancestor_id AS organization_id, due.kind AS kind, COUNT(*) AS open,
                COUNT(CASE WHEN due.due_on < $1 THEN 1 END) AS overdue,
                COUNT(CASE WHEN due.snoozed_until > $1 THEN 1 END) AS snoozed
         FROM organization_closure tree
         JOIN obligation due ON due.organization_id = tree.descendant_id AND due.closed_at IS NULL
         WHERE tree.ancestor_id IN ({}) GROUP BY tree.ancestor_id, due.kind",
        marks.join(", ")
    );
    let values = std::iter::once(today.into()).chain(ids.iter().map(|id| (*id).into()));
    SubtreeCount::find_by_statement(Statement::from_sql_and_values(backend, sql, values)).all(conn).await
}

/// Open duties of `kind` in `scope`, and those of them that arose before `late`.
pub async fn open_since(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    kind: ObligationKind,
    late: Timestamp,
) -> Result<(i64, i64), DbErr> {
    use obligation::Column;
    let late = CaseStatement::new().case(Column::OpenedAt.lt(late), Expr::value(1));
    let counts = obligation::Entity::find()
        .filter(scope.organizations(Column::OrganizationId))
        .filter(Column::Kind.eq(kind))
        .filter(Column::ClosedAt.is_null())
        .select_only()
        .expr_as(Column::Id.count(), "open")
        .expr_as(Expr::expr(late).count(), "overdue")
        .into_tuple()
        .one(conn)
        .await?;
    Ok(counts.unwrap_or_default())
}

/// The open row of `duty`.
pub async fn open(tx: &Tx, duty: Duty) -> Result<Option<obligation::Model>, DbErr> {
    use obligation::Column;
    let select = obligation::Entity::find().filter(Column::Kind.eq(duty.kind)).filter(Column::ClosedAt.is_null());
    let select = match duty.about {
        About::Person(person) => select.filter(Column::PersonId.eq(person)),
        About::Grant(grant) => select.filter(Column::GrantId.eq(grant)),
        About::Organization => select
            .filter(Column::OrganizationId.eq(duty.organization))
            .filter(Column::PersonId.is_null())
            .filter(Column::GrantId.is_null()),
    };
    select.one(tx.conn()).await
}

/// Open rows of `kinds` that belong to one of `organizations` or are about one of `persons`.
pub async fn open_of(
    tx: &Tx,
    kinds: &[ObligationKind],
    organizations: &[OrganizationId],
    persons: &[PersonId],
) -> Result<Vec<obligation::Model>, DbErr> {
    use obligation::Column;
    let about = Condition::any()
        .add(Column::OrganizationId.is_in(organizations.iter().copied()))
        .add(Column::PersonId.is_in(persons.iter().copied()));
    obligation::Entity::find()
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .filter(Column::ClosedAt.is_null())
        .filter(about)
        .all(tx.conn())
        .await
}

/// Opens `duty`.
pub async fn insert(tx: &Tx, duty: Duty, due_on: Date) -> Result<ObligationId, DbErr> {
    let id = tx.new_id();
    let row = obligation::ActiveModel {
        id: Set(id),
        kind: Set(duty.kind),
        organization_id: Set(duty.organization),
        person_id: Set(duty.about.person()),
        grant_id: Set(duty.about.grant()),
        due_on: Set(due_on),
        opened_at: Set(tx.now()),
        closed_at: Set(None),
        snoozed_until: Set(None),
        snoozed_by: Set(None),
        snoozed_at: Set(None),
        snooze_reason: Set(None),
    };
    obligation::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(id)
}

/// Gives an open duty another day and perhaps another organization. Nobody has put that off.
pub async fn shift(tx: &Tx, id: ObligationId, organization: OrganizationId, due_on: Date) -> Result<(), DbErr> {
    let change = obligation::ActiveModel { organization_id: Set(organization), due_on: Set(due_on), ..snoozed(None) };
    obligation::Entity::update_many()
        .set(change)
        .filter(obligation::Column::Id.eq(id))
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// Gives every open duty about a person that `from` has to `into`, which has put none of them off.
pub async fn repoint(tx: &Tx, from: OrganizationId, into: OrganizationId) -> Result<(), DbErr> {
    use obligation::Column;
    obligation::Entity::update_many()
        .set(obligation::ActiveModel { organization_id: Set(into), ..snoozed(None) })
        .filter(Column::OrganizationId.eq(from))
        .filter(Column::PersonId.is_not_null())
        .filter(Column::ClosedAt.is_null())
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// How a duty is put off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snooze {
    /// The day on which it comes back.
    pub until: Date,
    /// By whom.
    pub by: AccountId,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

fn snoozed(snooze: Option<Snooze>) -> obligation::ActiveModel {
    let (until, by, at, reason) = match snooze {
        Some(Snooze { until, by, at, reason }) => (Some(until), Some(by), Some(at), Some(reason)),
        None => (None, None, None, None),
    };
    obligation::ActiveModel {
        snoozed_until: Set(until),
        snoozed_by: Set(by),
        snoozed_at: Set(at),
        snooze_reason: Set(reason),
        ..Default::default()
    }
}

/// Puts an open duty off, or takes it up again. The new row; none where it was closed meanwhile.
pub async fn snooze(tx: &Tx, id: ObligationId, snooze: Option<Snooze>) -> Result<Option<obligation::Model>, DbErr> {
    use obligation::Column;
    let changed = obligation::Entity::update_many()
        .set(snoozed(snooze))
        .filter(Column::Id.eq(id))
        .filter(Column::ClosedAt.is_null())
        .exec_with_returning(tx.conn())
        .await?;
    Ok(changed.into_iter().next())
}

/// Closes the open duties of `kind` that were due before `day`.
pub async fn lapse(tx: &Tx, kind: ObligationKind, day: Date) -> Result<(), DbErr> {
    use obligation::Column;
    obligation::Entity::update_many()
        .col_expr(Column::ClosedAt, Expr::value(tx.now()))
        .filter(Column::Kind.eq(kind))
        .filter(Column::ClosedAt.is_null())
        .filter(Column::DueOn.lt(day))
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// Closes an open duty.
pub async fn close(tx: &Tx, id: ObligationId) -> Result<(), DbErr> {
    use obligation::Column;
    obligation::Entity::update_many()
        .col_expr(Column::ClosedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(id))
        .exec(tx.conn())
        .await
        .map(|_| ())
}
