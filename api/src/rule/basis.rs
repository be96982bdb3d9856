//! Which rules held on which day.
use chrono::Days;
use entity::{Date, MemberStage, RuleFamily, rule_set, rule_set_period};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use super::{CompleteRecord, ContactPerson, Rule, TransferQuestion};

/// All published rules of a family, each set with its first day, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis(Vec<(Date, Vec<Rule>)>);

impl Basis {
    /// The rules of `family`, in one statement.
    pub async fn read(conn: &impl ConnectionTrait, family: RuleFamily) -> Result<Self, DbErr> {
        use rule_set_period::Column;
        let mut select =
            rule_set_period::Entity::find().select_only().column(Column::From).column(rule_set::Column::Rules);
        QueryTrait::query(&mut select).inner_join(
            rule_set::Entity,
            Expr::col((rule_set::Entity, rule_set::Column::Id)).equals((rule_set_period::Entity, Column::RuleSetId)),
        );
        let select = select.filter(Column::Family.eq(family)).order_by_asc(Column::From);
        let periods: Vec<(Date, String)> = select.into_tuple().all(conn).await?;
        periods.into_iter().map(|(from, rules)| Ok((from, parse(&rules)?))).collect::<Result<_, _>>().map(Self)
    }

    /// These sets, each with its first day, oldest first.
    pub fn new(sets: Vec<(Date, Vec<Rule>)>) -> Self {
        Self(sets)
    }

    /// The rules that held on `day`; none before the first set.
    pub fn on(&self, day: Date) -> &[Rule] {
        self.0.iter().rev().find(|(from, _)| *from <= day).map_or(&[], |(_, rules)| rules)
    }

    /// The last day to find a contact person for somebody whose `stage` began on `since`; none where nothing is asked.
    pub fn contact_by(&self, stage: MemberStage, since: Date) -> Option<Date> {
        let rule = self.contact_person(since)?;
        rule.stages.contains(&stage).then(|| since + Days::new(rule.days.into()))
    }

    /// The last day to complete a record that was entered on `since`; none where nothing is asked.
    pub fn complete_by(&self, since: Date) -> Option<Date> {
        let days = self.on(since).iter().find_map(|rule| match rule {
            Rule::CompleteRecord(CompleteRecord { days }) => Some(*days),
            Rule::ContactPerson(_) | Rule::TransferQuestion(_) => None,
        })?;
        Some(since + Days::new(days.into()))
    }

    /// The last day to answer a question asked on `since`; none where nobody is to be asked.
    pub fn answer_by(&self, since: Date) -> Option<Date> {
        Some(since + Days::new(self.transfer_question(since)?.days.into()))
    }

    /// Questions whose last day lies before this one have fallen away on `today`; none where they stay open.
    pub fn lapsed_before(&self, today: Date) -> Option<Date> {
        Some(today - Days::new(self.transfer_question(today)?.lapse_days.into()))
    }

    /// The rule about contact persons that held on `day`.
    pub fn contact_person(&self, day: Date) -> Option<&ContactPerson> {
        self.on(day).iter().find_map(|rule| match rule {
            Rule::ContactPerson(rule) => Some(rule),
            Rule::CompleteRecord(_) | Rule::TransferQuestion(_) => None,
        })
    }

    fn transfer_question(&self, day: Date) -> Option<&TransferQuestion> {
        self.on(day).iter().find_map(|rule| match rule {
            Rule::TransferQuestion(rule) => Some(rule),
            Rule::ContactPerson(_) | Rule::CompleteRecord(_) => None,
        })
    }
}

/// The rules that `text` holds.
pub fn parse(text: &str) -> Result<Vec<Rule>, DbErr> {
    serde_json::from_str(text).map_err(|error| DbErr::Custom(format!("a stored rule set cannot be read: {error}")))
}

/// `rules` as they are stored, in the order in which sets show them.
pub fn store(mut rules: Vec<Rule>) -> Result<String, DbErr> {
    rules.sort_by_key(Rule::kind);
    serde_json::to_string(&rules).map_err(|error| DbErr::Custom(error.to_string()))
}
