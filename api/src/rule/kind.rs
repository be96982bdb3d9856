//! The kinds of rules: parameters, what is a mistake in them, and the sentence that says them.
use entity::{MemberStage, RuleFamily};
use serde::{Deserialize, Serialize};

use crate::job::Sentence;

/// Most days that a rule may give.
pub const MOST_DAYS: u32 = 365;

/// Stages for which a rule may ask for a contact person.
pub const ACCOMPANIED: [MemberStage; 3] = [MemberStage::Activist, MemberStage::Candidate, MemberStage::Probationary];

/// A member of some stages has a contact person (培养联系人) soon after the stage began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContactPerson {
    /// The stages, along the way.
    pub stages: Vec<MemberStage>,
    /// Days from the beginning of the stage.
    pub days: u32,
}

/// A record is complete soon after the membership was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompleteRecord {
    /// Days from the entry.
    pub days: u32,
}

/// The question whether a membership is to be transferred is answered in time, or falls away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TransferQuestion {
    /// Days to answer it.
    pub days: u32,
    /// Days after those for which it stays open.
    pub lapse_days: u32,
}

/// One rule with its parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Rule {
    /// A member has a contact person.
    ContactPerson(ContactPerson),
    /// A record is complete.
    CompleteRecord(CompleteRecord),
    /// A question about a transfer is answered.
    TransferQuestion(TransferQuestion),
}

/// What a rule is about.
#[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RuleKind {
    /// A member of some stages has a contact person (培养联系人).
    ContactPerson,
    /// A record is complete.
    CompleteRecord,
    /// A question about a transfer is answered.
    TransferQuestion,
}

/// What is wrong with the parameters of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleMistake {
    /// The number of days is impossible.
    Days,
    /// The number of days until it falls away is impossible.
    LapseDays,
    /// No stage, the same one twice, or one that needs nobody.
    Stages,
}

impl RuleKind {
    /// Every kind, in the order in which sets show them.
    pub const ALL: [Self; 3] = [Self::ContactPerson, Self::CompleteRecord, Self::TransferQuestion];

    /// The kinds of sets to which it belongs.
    pub fn family(self) -> RuleFamily {
        match self {
            Self::ContactPerson | Self::CompleteRecord | Self::TransferQuestion => RuleFamily::Obligation,
        }
    }

    /// What people call it, in Chinese and in English.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::ContactPerson => ("培养联系人", "Contact person"),
            Self::CompleteRecord => ("档案补全", "Complete record"),
            Self::TransferQuestion => ("转接询问", "Transfer question"),
        }
    }
}

impl Rule {
    /// What it is about.
    pub fn kind(&self) -> RuleKind {
        match self {
            Self::ContactPerson(_) => RuleKind::ContactPerson,
            Self::CompleteRecord(_) => RuleKind::CompleteRecord,
            Self::TransferQuestion(_) => RuleKind::TransferQuestion,
        }
    }

    /// Everything that is wrong with its parameters.
    pub fn mistakes(&self) -> Vec<RuleMistake> {
        let days = |days: u32| (!(1..=MOST_DAYS).contains(&days)).then_some(RuleMistake::Days);
        match self {
            Self::ContactPerson(rule) => {
                let ordered = rule.stages.windows(2).all(|pair| matches!(pair, [one, next] if one < next));
                let known = rule.stages.iter().all(|stage| ACCOMPANIED.contains(stage));
                let stages = (rule.stages.is_empty() || !ordered || !known).then_some(RuleMistake::Stages);
                stages.into_iter().chain(days(rule.days)).collect()
            }
            Self::CompleteRecord(rule) => days(rule.days).into_iter().collect(),
            Self::TransferQuestion(rule) => {
                let lapse = (rule.lapse_days > MOST_DAYS).then_some(RuleMistake::LapseDays);
                days(rule.days).into_iter().chain(lapse).collect()
            }
        }
    }

    /// What it says.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::ContactPerson(ContactPerson { stages, days }) => {
                let zh: Vec<&str> = stages.iter().map(|stage| stage_words(*stage).0).collect();
                let en: Vec<&str> = stages.iter().map(|stage| stage_words(*stage).1).collect();
                Sentence::new(
                    format!("{}进入该阶段后 {days} 天内要有培养联系人。", zh.join("、")),
                    format!("Within {} of entering the stage, {} have a contact person.", counted(*days), listed(&en)),
                )
            }
            Self::CompleteRecord(CompleteRecord { days }) => Sentence::new(
                format!("登记后 {days} 天内要补全档案。"),
                format!("A record is complete within {} of its entry.", counted(*days)),
            ),
            Self::TransferQuestion(TransferQuestion { days, lapse_days }) => Sentence::new(
                format!("转接询问要在 {days} 天内答复，逾期 {lapse_days} 天后自动失效。"),
                format!(
                    "A question about a transfer is answered within {}; it falls away {} after that.",
                    counted(*days),
                    counted(*lapse_days)
                ),
            ),
        }
    }
}

fn listed(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.concat(),
    }
}

fn counted(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn stage_words(stage: MemberStage) -> (&'static str, &'static str) {
    match stage {
        MemberStage::Applicant => ("申请人", "applicants"),
        MemberStage::Activist => ("入党积极分子", "activists"),
        MemberStage::Candidate => ("发展对象", "candidates"),
        MemberStage::Probationary => ("预备党员", "probationary members"),
        MemberStage::Full => ("正式党员", "full members"),
        MemberStage::Withdrawn => ("撤回申请者", "those who withdrew"),
        MemberStage::Cancelled => ("取消资格者", "those whose membership was cancelled"),
        MemberStage::Expelled => ("被开除者", "those expelled"),
        MemberStage::Deceased => ("已故者", "the deceased"),
    }
}
