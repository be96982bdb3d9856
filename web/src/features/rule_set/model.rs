//! A draft as the texts of a form, and back.

use super::operations::{
    CompleteRecordRuleInput, ContactPersonRuleInput, Rule, RuleChange, RuleInput, RuleSet, TransferQuestionRuleInput,
};
use crate::api::fragments::UserError;
use crate::api::types::{MemberStage, RuleKind, UserErrorCode};
use crate::i18n::t;
use crate::ui::form::Values;

/// Stages for which a rule may ask for a contact person, with the form's names for them.
pub const STAGES: [(MemberStage, &str); 3] = [
    (MemberStage::Activist, "stage-activist"),
    (MemberStage::Candidate, "stage-candidate"),
    (MemberStage::Probationary, "stage-probationary"),
];

/// The form's names for a kind: whether it is asked for, its days, and the contract's name of its input.
pub fn names(kind: RuleKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        RuleKind::ContactPerson => ("contact", "contact-days", "contactPerson"),
        RuleKind::CompleteRecord => ("record", "record-days", "completeRecord"),
        RuleKind::TransferQuestion => ("question", "question-days", "transferQuestion"),
    }
}

/// The form's name for the days after which a question falls away.
pub const LAPSE_DAYS: &str = "question-lapse-days";
/// The form's name for the note.
pub const NOTE: &str = "note";

/// The texts of a form for `set`.
pub fn values_of(set: &RuleSet) -> Values {
    let mut values = Values::from([(NOTE, set.note.clone())]);
    for rule in &set.rules {
        let (asked, days, _) = names(rule.kind);
        values.insert(asked, "true".to_owned());
        values.insert(days, rule.days.to_string());
        if let Some(lapse) = rule.lapse_days {
            values.insert(LAPSE_DAYS, lapse.to_string());
        }
        let stages = rule.stages.as_deref().unwrap_or_default();
        for (_, name) in STAGES.iter().filter(|(stage, _)| stages.contains(stage)) {
            values.insert(name, "true".to_owned());
        }
    }
    values
}

/// The rules that a form asks for, or what is no number in it.
pub fn rules_of(values: &Values) -> Result<Vec<RuleInput>, Vec<UserError>> {
    let asked = |name: &str| values.get(name).is_some_and(|text| !text.is_empty());
    let mut wrong = Vec::new();
    let mut number = |name: &'static str| {
        let read = values.get(name).and_then(|text| text.trim().parse::<i32>().ok()).filter(|days| *days >= 0);
        read.unwrap_or_else(|| {
            let message = t("天数写成整数，例如 14。", "Write the days as a whole number such as 14.").to_owned();
            wrong.push(UserError { field: vec![name.to_owned()], code: UserErrorCode::Invalid, message });
            0
        })
    };
    let mut rules = Vec::new();
    for kind in [RuleKind::ContactPerson, RuleKind::CompleteRecord, RuleKind::TransferQuestion] {
        let (name, days, _) = names(kind);
        if !asked(name) {
            continue;
        }
        let days = number(days);
        rules.push(match kind {
            RuleKind::ContactPerson => {
                let stages = STAGES.iter().filter(|(_, name)| asked(name)).map(|(stage, _)| *stage).collect();
                RuleInput::ContactPerson(ContactPersonRuleInput { stages, days })
            }
            RuleKind::CompleteRecord => RuleInput::CompleteRecord(CompleteRecordRuleInput { days }),
            RuleKind::TransferQuestion => {
                RuleInput::TransferQuestion(TransferQuestionRuleInput { days, lapse_days: number(LAPSE_DAYS) })
            }
        });
    }
    if wrong.is_empty() { Ok(rules) } else { Err(wrong) }
}

/// The server's errors under the form's names.
pub fn named(errors: &[UserError]) -> Vec<UserError> {
    let name = |field: &[String]| {
        let (part, input) = match field {
            [.., input, part] => (part.as_str(), input.as_str()),
            _ => return None,
        };
        let kinds = [RuleKind::ContactPerson, RuleKind::CompleteRecord, RuleKind::TransferQuestion];
        let kind = kinds.into_iter().find(|kind| names(*kind).2 == input)?;
        Some(match part {
            "lapseDays" => LAPSE_DAYS,
            "stages" => STAGES[0].1,
            _ => names(kind).1,
        })
    };
    errors
        .iter()
        .map(|error| match name(&error.field) {
            Some(name) => UserError { field: vec![name.to_owned()], ..error.clone() },
            None => error.clone(),
        })
        .collect()
}

/// One line of a set: what a rule says, what it said before where that differs, or what is not asked any more.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Which kind.
    pub kind: RuleKind,
    /// What it is called.
    pub label: String,
    /// What it says; none where it is not asked any more.
    pub now: Option<String>,
    /// What it said before, where that differs.
    pub before: Option<String>,
    /// Whether it differs from the set before.
    pub changed: bool,
}

/// The lines of a set: its rules, then those that it drops.
pub fn lines(rules: &[Rule], changes: &[RuleChange]) -> Vec<Line> {
    let change = |kind| changes.iter().find(|change| change.kind == kind);
    let kept = rules.iter().map(|rule| Line {
        kind: rule.kind,
        label: rule.label.clone(),
        now: Some(rule.sentence.clone()),
        before: change(rule.kind).and_then(|change| change.before.clone()),
        changed: change(rule.kind).is_some(),
    });
    let dropped = changes.iter().filter(|change| change.after.is_none()).map(|change| Line {
        kind: change.kind,
        label: change.label.clone(),
        now: None,
        before: change.before.clone(),
        changed: true,
    });
    kept.chain(dropped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(kind: RuleKind, days: i32) -> Rule {
        Rule { kind, label: "r".into(), sentence: format!("{days} days"), days, stages: None, lapse_days: None }
    }

    #[test]
    fn a_set_becomes_texts_and_the_same_rules_again() {
        let contact = Rule { stages: Some(vec![MemberStage::Candidate]), ..rule(RuleKind::ContactPerson, 7) };
        let question = Rule { lapse_days: Some(0), ..rule(RuleKind::TransferQuestion, 14) };
        let set = RuleSet {
            id: cynic::Id::new("l"),
            state: crate::api::types::RuleSetState::Draft,
            note: "n".into(),
            from: None,
            until: None,
            rules: vec![contact, question],
            changes: Vec::new(),
            created_by: None,
            published_by: None,
            viewer_can: Vec::new(),
            version: 1,
        };
        assert_eq!(
            rules_of(&values_of(&set)),
            Ok(vec![
                RuleInput::ContactPerson(ContactPersonRuleInput { stages: vec![MemberStage::Candidate], days: 7 }),
                RuleInput::TransferQuestion(TransferQuestionRuleInput { days: 14, lapse_days: 0 }),
            ])
        );
    }

    #[test]
    fn what_is_no_number_is_named() {
        let values = Values::from([
            ("record", "true".to_owned()),
            ("record-days", "two".to_owned()),
            ("question", "true".to_owned()),
            ("question-days", "3".to_owned()),
        ]);
        let wrong = rules_of(&values).unwrap_err();
        let names: Vec<&str> = wrong.iter().map(|error| error.field[0].as_str()).collect();
        assert_eq!(names, ["record-days", LAPSE_DAYS]);
    }

    #[test]
    fn the_servers_errors_find_their_fields() {
        let error = |field: &[&str]| UserError {
            field: field.iter().map(|part| (*part).to_owned()).collect(),
            code: UserErrorCode::OutOfRange,
            message: String::new(),
        };
        let found = named(&[
            error(&["input", "rules", "completeRecord", "days"]),
            error(&["input", "rules", "contactPerson", "stages"]),
            error(&["input", "rules", "transferQuestion", "lapseDays"]),
            error(&["input", "note"]),
        ]);
        let names: Vec<&str> = found.iter().map(|error| error.field.last().unwrap().as_str()).collect();
        assert_eq!(names, ["record-days", "stage-activist", LAPSE_DAYS, "note"]);
    }

    #[test]
    fn lines_show_what_differs_and_what_is_dropped() {
        let change = |kind, before: Option<&str>, after: Option<&str>| RuleChange {
            kind,
            label: "r".into(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        };
        let rules = [rule(RuleKind::ContactPerson, 7), rule(RuleKind::CompleteRecord, 30)];
        let changes = [
            change(RuleKind::CompleteRecord, Some("14 days"), Some("30 days")),
            change(RuleKind::TransferQuestion, Some("3 days"), None),
        ];
        let lines = lines(&rules, &changes);
        let shown: Vec<_> =
            lines.iter().map(|line| (line.changed, line.now.as_deref(), line.before.as_deref())).collect();
        assert_eq!(
            shown,
            [(false, Some("7 days"), None), (true, Some("30 days"), Some("14 days")), (true, None, Some("3 days")),]
        );
    }
}
