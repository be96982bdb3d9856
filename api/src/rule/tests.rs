use entity::{Date, MemberStage};

use super::{Basis, CompleteRecord, ContactPerson, Rule, RuleKind, RuleMistake, TransferQuestion, parse, store};

fn day(month: u32, day: u32) -> Date {
    Date::from_ymd_opt(2026, month, day).unwrap()
}

fn contact(stages: &[MemberStage], days: u32) -> Rule {
    Rule::ContactPerson(ContactPerson { stages: stages.to_vec(), days })
}

#[test]
fn what_began_under_a_set_keeps_it() {
    let basis = Basis::new(vec![
        (day(1, 1), vec![contact(&[MemberStage::Activist], 7), Rule::CompleteRecord(CompleteRecord { days: 14 })]),
        (day(6, 1), vec![contact(&[MemberStage::Activist, MemberStage::Probationary], 30)]),
    ]);
    assert_eq!(basis.contact_by(MemberStage::Activist, day(5, 31)), Some(day(6, 7)));
    assert_eq!(basis.contact_by(MemberStage::Activist, day(6, 1)), Some(day(7, 1)));
    assert_eq!(basis.contact_by(MemberStage::Probationary, day(5, 31)), None);
    assert_eq!(basis.contact_by(MemberStage::Probationary, day(6, 2)), Some(day(7, 2)));
    assert_eq!(basis.complete_by(day(5, 31)), Some(day(6, 14)));
    assert_eq!(basis.complete_by(day(6, 1)), None, "a rule that a set leaves out asks for nothing");
    assert_eq!(basis.on(Date::from_ymd_opt(2025, 12, 31).unwrap()), []);
}

#[test]
fn questions_fall_away_after_their_own_days() {
    let rule = Rule::TransferQuestion(TransferQuestion { days: 14, lapse_days: 16 });
    let basis = Basis::new(vec![(day(1, 1), vec![rule])]);
    assert_eq!(basis.answer_by(day(9, 1)), Some(day(9, 15)));
    assert_eq!(basis.lapsed_before(day(9, 30)), Some(day(9, 14)));
    assert_eq!(Basis::default().lapsed_before(day(9, 30)), None);
}

#[test]
fn mistakes_in_parameters_are_all_named() {
    use MemberStage::{Activist, Applicant, Candidate};
    assert_eq!(contact(&[Activist, Candidate], 7).mistakes(), []);
    assert_eq!(contact(&[], 0).mistakes(), [RuleMistake::Stages, RuleMistake::Days]);
    assert_eq!(contact(&[Candidate, Activist], 366).mistakes(), [RuleMistake::Stages, RuleMistake::Days]);
    assert_eq!(contact(&[Activist, Activist], 7).mistakes(), [RuleMistake::Stages]);
    assert_eq!(contact(&[Applicant], 7).mistakes(), [RuleMistake::Stages]);
    let question = |days, lapse_days| Rule::TransferQuestion(TransferQuestion { days, lapse_days });
    assert_eq!(question(1, 0).mistakes(), []);
    assert_eq!(question(0, 366).mistakes(), [RuleMistake::Days, RuleMistake::LapseDays]);
}

#[test]
fn what_is_stored_is_read_again_in_the_order_of_kinds() {
    let rules = vec![Rule::CompleteRecord(CompleteRecord { days: 3 }), contact(&[MemberStage::Candidate], 5)];
    let stored = store(rules.clone()).unwrap();
    assert_eq!(parse(&stored).unwrap(), [rules[1].clone(), rules[0].clone()]);
    assert!(parse(r#"[{"kind":"UNHEARD_OF"}]"#).is_err());
    assert!(parse(r#"[{"kind":"COMPLETE_RECORD","days":3,"weeks":1}]"#).is_err());
}

#[test]
fn every_kind_says_itself_in_both_languages() {
    let rules = [
        contact(&[MemberStage::Activist, MemberStage::Candidate], 7),
        Rule::CompleteRecord(CompleteRecord { days: 1 }),
        Rule::TransferQuestion(TransferQuestion { days: 14, lapse_days: 16 }),
    ];
    let said: Vec<_> = rules.iter().map(Rule::sentence).collect();
    assert_eq!(said[0].zh, "入党积极分子、发展对象进入该阶段后 7 天内要有培养联系人。");
    assert_eq!(said[0].en, "Within 7 days of entering the stage, activists and candidates have a contact person.");
    assert_eq!(said[1].en, "A record is complete within 1 day of its entry.");
    assert_eq!(said[2].zh, "转接询问要在 14 天内答复，逾期 16 天后自动失效。");
    assert_eq!(rules.map(|rule| rule.kind()), RuleKind::ALL);
}
