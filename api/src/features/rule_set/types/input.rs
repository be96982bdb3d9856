//! Inputs and payloads of mutations on rule sets.
use async_graphql::{ID, InputObject, OneofObject, SimpleObject};

use super::{RuleFamily, RuleSet};
use crate::{
    features::organization::MemberStage,
    graphql::{UserError, scalar::Date},
    rule,
};

/// A draft to be begun, with the rules of the newest published set.
#[derive(InputObject)]
pub struct RuleSetDraftInput {
    /// What it rules.
    pub family: RuleFamily,
    /// Where its rules come from, at most 200 characters.
    pub note: Option<String>,
    /// The same key twice has the effect once and gets the same answer.
    pub idempotency_key: Option<String>,
}

/// What a draft shall say.
#[derive(InputObject)]
pub struct RuleSetEditInput {
    /// The draft.
    pub rule_set: ID,
    /// Where its rules come from, at most 200 characters.
    pub note: String,
    /// All its rules, at most one of each kind.
    pub rules: Vec<RuleInput>,
    /// The version the caller saw.
    pub version: i32,
}

/// One rule with its parameters.
#[derive(OneofObject)]
pub enum RuleInput {
    /// A member has a contact person.
    ContactPerson(ContactPersonRuleInput),
    /// A record is complete.
    CompleteRecord(CompleteRecordRuleInput),
    /// A question about a transfer is answered.
    TransferQuestion(TransferQuestionRuleInput),
}

/// A member of some stages has a contact person (培养联系人) soon after the stage began.
#[derive(InputObject)]
pub struct ContactPersonRuleInput {
    /// The stages, along the way: activists, candidates, probationary members.
    pub stages: Vec<MemberStage>,
    /// Days from the beginning of the stage, 1 to 365.
    pub days: u32,
}

/// A record is complete soon after the membership was entered.
#[derive(InputObject)]
pub struct CompleteRecordRuleInput {
    /// Days from the entry, 1 to 365.
    pub days: u32,
}

/// The question whether a membership is to be transferred is answered in time, or falls away.
#[derive(InputObject)]
pub struct TransferQuestionRuleInput {
    /// Days to answer it, 1 to 365.
    pub days: u32,
    /// Days after those for which it stays open, at most 365.
    pub lapse_days: u32,
}

impl From<RuleInput> for rule::Rule {
    fn from(input: RuleInput) -> Self {
        match input {
            RuleInput::ContactPerson(ContactPersonRuleInput { stages, days }) => {
                let stages = stages.into_iter().map(Into::into).collect();
                Self::ContactPerson(rule::ContactPerson { stages, days })
            }
            RuleInput::CompleteRecord(CompleteRecordRuleInput { days }) => {
                Self::CompleteRecord(rule::CompleteRecord { days })
            }
            RuleInput::TransferQuestion(TransferQuestionRuleInput { days, lapse_days }) => {
                Self::TransferQuestion(rule::TransferQuestion { days, lapse_days })
            }
        }
    }
}

/// From when a draft shall hold.
#[derive(InputObject)]
pub struct RuleSetPublishInput {
    /// The draft.
    pub rule_set: ID,
    /// The first day: tomorrow or later, and after the first day of every published set.
    pub from: Date,
    /// The version the caller saw.
    pub version: i32,
}

/// A draft to be given up.
#[derive(InputObject)]
pub struct RuleSetDiscardInput {
    /// The draft.
    pub rule_set: ID,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `ruleSetDraft`.
#[derive(SimpleObject)]
pub struct RuleSetDraftPayload {
    /// The draft; null where there are user errors.
    pub rule_set: Option<RuleSet>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// What became of `ruleSetEdit`.
#[derive(SimpleObject)]
pub struct RuleSetEditPayload {
    /// The draft; on `CONFLICT` the current state; null where there are other user errors.
    pub rule_set: Option<RuleSet>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// What became of `ruleSetPublish`.
#[derive(SimpleObject)]
pub struct RuleSetPublishPayload {
    /// The published set; on `CONFLICT` the current state; null where there are other user errors.
    pub rule_set: Option<RuleSet>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// What became of `ruleSetDiscard`.
#[derive(SimpleObject)]
pub struct RuleSetDiscardPayload {
    /// The draft that was given up; on `CONFLICT` the current state; null where there are other user errors.
    pub rule_set: Option<RuleSet>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
