//! The only place that names the tables of rule sets.
use entity::{Date, PeriodId, RuleFamily, RuleSetId, Timestamp, rule_set, rule_set_period};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, sea_query::Expr,
};

use super::policy;
use crate::{
    authz::Actor,
    db::Tx,
    rule::{Rule, parse},
};

/// A set, when it holds, and what held before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullRuleSet {
    /// The set.
    pub row: rule_set::Model,
    /// When it holds; none for a draft.
    pub period: Option<rule_set_period::Model>,
    /// Its rules.
    pub rules: Vec<Rule>,
    /// The rules that it takes the place of; its own for the first set.
    pub before: Vec<Rule>,
}

/// The sets of `family` that `actor` may see: the draft first, then published ones with the newest first, then drafts
/// that were given up.
pub async fn list(conn: &impl ConnectionTrait, actor: &Actor, family: RuleFamily) -> Result<Vec<FullRuleSet>, DbErr> {
    use rule_set::Column;
    let rows = rule_set::Entity::find()
        .filter(Column::Family.eq(family))
        .filter(is_visible(actor))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(conn)
        .await?;
    compose(&rows, &periods(conn, family).await?)
}

/// Published ones, and drafts for those who make them.
fn is_visible(actor: &Actor) -> Condition {
    let own = policy::can_edit(actor).is_ok();
    Condition::any().add(rule_set::Column::PublishedAt.is_not_null()).add(Expr::value(own))
}

/// The set `id`, where `actor` may see it.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, id: RuleSetId) -> Result<Option<FullRuleSet>, DbErr> {
    // A hidden draft costs as many statements as one that never was.
    let found = rule_set::Entity::find_by_id(id).filter(is_visible(actor)).one(conn).await?;
    let Some(row) = found else { return Ok(None) };
    let all = list(conn, actor, row.family).await?;
    Ok(all.into_iter().find(|set| set.row.id == id))
}

/// Periods of the published sets of `family`, oldest first.
pub async fn periods(conn: &impl ConnectionTrait, family: RuleFamily) -> Result<Vec<rule_set_period::Model>, DbErr> {
    use rule_set_period::Column;
    rule_set_period::Entity::find().filter(Column::Family.eq(family)).order_by_asc(Column::From).all(conn).await
}

fn compose(rows: &[rule_set::Model], periods: &[rule_set_period::Model]) -> Result<Vec<FullRuleSet>, DbErr> {
    let mut sets = Vec::with_capacity(rows.len());
    for row in rows {
        let place = periods.iter().position(|period| period.rule_set_id == row.id);
        let previous = place.unwrap_or(periods.len()).checked_sub(1).and_then(|place| periods.get(place));
        let before = previous.and_then(|period| rows.iter().find(|row| row.id == period.rule_set_id));
        sets.push(FullRuleSet {
            row: row.clone(),
            period: place.and_then(|place| periods.get(place)).cloned(),
            rules: parse(&row.rules)?,
            before: parse(&before.unwrap_or(row).rules)?,
        });
    }
    // The newest period first; a draft before all of them, one that was given up after.
    sets.sort_by_key(|set| {
        std::cmp::Reverse((set.row.discarded_at.is_none(), set.period.as_ref().map_or(Date::MAX, |period| period.from)))
    });
    Ok(sets)
}

/// Writes a new draft.
pub async fn insert(tx: &Tx, row: rule_set::Model) -> Result<(), DbErr> {
    let row = row.into_active_model().reset_all();
    rule_set::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// Writes `row` where the database still has its version; false where somebody else was faster.
pub async fn update(tx: &Tx, mut row: rule_set::Model) -> Result<bool, DbErr> {
    let version = row.version;
    row.version = version + 1;
    let done = rule_set::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(rule_set::Column::Id.eq(row.id))
        .filter(rule_set::Column::Version.eq(version))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Ends the running period of `family` on `from` and begins that of the set `id`.
pub async fn begin(tx: &Tx, family: RuleFamily, id: RuleSetId, from: Date) -> Result<(), DbErr> {
    use rule_set_period::Column;
    rule_set_period::Entity::update_many()
        .col_expr(Column::Until, Expr::value(from))
        .filter(Column::Family.eq(family))
        .filter(Column::Until.is_null())
        .exec(tx.conn())
        .await?;
    let row = rule_set_period::Model { id: tx.new_id::<PeriodId>(), rule_set_id: id, family, from, until: None };
    let row = row.into_active_model().reset_all();
    rule_set_period::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// What a set is at `today`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is being made.
    Draft,
    /// It is published and begins on a day to come.
    Coming,
    /// It holds.
    InForce,
    /// Another one took its place.
    Superseded,
    /// The draft was given up.
    Discarded(Timestamp),
}

impl FullRuleSet {
    /// What the set is on `today`.
    pub fn state(&self, today: Date) -> State {
        match (&self.period, self.row.discarded_at) {
            (_, Some(at)) => State::Discarded(at),
            (None, None) => State::Draft,
            (Some(period), None) if period.from > today => State::Coming,
            (Some(period), None) if period.until.is_some_and(|until| until <= today) => State::Superseded,
            (Some(_), None) => State::InForce,
        }
    }
}
