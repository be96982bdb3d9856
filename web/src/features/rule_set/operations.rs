//! Operations on rule sets.

use cynic::Id;

use crate::api::fragments::{changed, fragment, mutation};
use crate::api::schema;
use crate::api::types::{Date, MemberStage, PermissionCode, RuleFamily, RuleKind, RuleSetState};

/// Which rules.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct RuleSetsVariables {
    /// What they rule.
    pub family: RuleFamily,
}

fragment! {
    /// All sets of a family.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "RuleSetsVariables")]
    pub struct RuleSetsQuery {
        /// The draft first, then published ones with the newest first.
        #[arguments(family: $family)]
        pub rule_sets: Vec<RuleSet>,
    }

    /// One set.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RuleSet {
        /// Opaque.
        pub id: Id,
        /// What it is today.
        pub state: RuleSetState,
        /// Where its rules come from.
        pub note: String,
        /// First day.
        pub from: Option<Date>,
        /// First day on which it holds no more.
        pub until: Option<Date>,
        /// Its rules.
        pub rules: Vec<Rule>,
        /// Where it differs from the set before.
        pub changes: Vec<RuleChange>,
        /// Who drafted it.
        pub created_by: Option<String>,
        /// Who published it.
        pub published_by: Option<String>,
        /// Rights on it.
        pub viewer_can: Vec<PermissionCode>,
        /// Seen by the next change.
        pub version: i32,
    }

    /// One rule.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Rule {
        /// Which kind.
        pub kind: RuleKind,
        /// What it is called.
        pub label: String,
        /// What it says.
        pub sentence: String,
        /// Days to do it.
        pub days: i32,
        /// Stages that it is about.
        pub stages: Option<Vec<MemberStage>>,
        /// Days after which it falls away.
        pub lapse_days: Option<i32>,
    }

    /// One difference.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RuleChange {
        /// Which kind.
        pub kind: RuleKind,
        /// What it is called.
        pub label: String,
        /// What held.
        pub before: Option<String>,
        /// What holds.
        pub after: Option<String>,
    }
}

/// Which set.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct RuleSetHitsVariables {
    /// The set.
    pub rule_set: Id,
}

fragment! {
    /// What a set would hit.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "RuleSetHitsVariables")]
    pub struct RuleSetHitsQuery {
        /// Null without the right to make rules.
        #[arguments(ruleSet: $rule_set)]
        pub rule_set_hits: Option<Vec<RuleHits>>,
    }

    /// What one rule would hit.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RuleHits {
        /// Which kind.
        pub kind: RuleKind,
        /// Records; null where they are few.
        pub applies: Option<i32>,
        /// Those that would be overdue.
        pub overdue: Option<i32>,
    }
}

/// A draft to be begun.
#[derive(cynic::InputObject)]
pub struct RuleSetDraftInput {
    /// What it rules.
    pub family: RuleFamily,
    /// The same key makes it once.
    pub idempotency_key: Option<String>,
}

/// What a draft shall say.
#[derive(cynic::InputObject)]
pub struct RuleSetEditInput {
    /// The draft.
    pub rule_set: Id,
    /// Where its rules come from.
    pub note: String,
    /// All its rules.
    pub rules: Vec<RuleInput>,
    /// The version that was seen.
    pub version: i32,
}

/// One rule.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub enum RuleInput {
    /// A member has a contact person.
    ContactPerson(ContactPersonRuleInput),
    /// A record is complete.
    CompleteRecord(CompleteRecordRuleInput),
    /// A question about a transfer is answered.
    TransferQuestion(TransferQuestionRuleInput),
}

/// A member has a contact person.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct ContactPersonRuleInput {
    /// In which stages.
    pub stages: Vec<MemberStage>,
    /// Days from the beginning of the stage.
    pub days: i32,
}

/// A record is complete.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct CompleteRecordRuleInput {
    /// Days from the entry.
    pub days: i32,
}

/// A question about a transfer is answered.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct TransferQuestionRuleInput {
    /// Days to answer it.
    pub days: i32,
    /// Days after which it falls away.
    pub lapse_days: i32,
}

/// From when a draft shall hold.
#[derive(cynic::InputObject)]
pub struct RuleSetPublishInput {
    /// The draft.
    pub rule_set: Id,
    /// The first day.
    pub from: Date,
    /// The version that was seen.
    pub version: i32,
}

/// A draft to be given up.
#[derive(cynic::InputObject)]
pub struct RuleSetDiscardInput {
    /// The draft.
    pub rule_set: Id,
    /// The version that was seen.
    pub version: i32,
}

changed! {
    /// The changed set.
    ChangedRuleSet "RuleSet",
}

mutation!($
    /// Begins a draft.
    RuleSetDraft = rule_set_draft(RuleSetDraftInput) -> "RuleSetDraftPayload" { rule_set: ChangedRuleSet }
);
mutation!($
    /// Changes a draft.
    RuleSetEdit = rule_set_edit(RuleSetEditInput) -> "RuleSetEditPayload" { rule_set: ChangedRuleSet }
);
mutation!($
    /// Publishes a draft.
    RuleSetPublish = rule_set_publish(RuleSetPublishInput) -> "RuleSetPublishPayload" { rule_set: ChangedRuleSet }
);
mutation!($
    /// Gives a draft up.
    RuleSetDiscard = rule_set_discard(RuleSetDiscardInput) -> "RuleSetDiscardPayload" { rule_set: ChangedRuleSet }
);
