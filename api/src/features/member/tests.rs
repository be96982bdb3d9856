use entity::{Date, MemberStage, OrganizationKind, RecordStatus};

use super::{
    obligation::{contact_due, record_due},
    service::{covers, houses, runs},
};
use crate::rule::{Basis, CompleteRecord, ContactPerson, Rule};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A week for a contact person, two for a record.
fn basis() -> Basis {
    let stages = vec![MemberStage::Activist, MemberStage::Candidate];
    let rules =
        vec![Rule::ContactPerson(ContactPerson { stages, days: 7 }), Rule::CompleteRecord(CompleteRecord { days: 14 })];
    Basis::new(vec![(day("1921-07-01"), rules)])
}

#[test]
fn a_membership_runs_until_it_has_ended() {
    use MemberStage::{Activist, Applicant, Cancelled, Candidate, Deceased, Expelled, Full, Probationary, Withdrawn};
    for stage in [Applicant, Activist, Candidate, Probationary, Full] {
        assert!(runs(stage), "{stage:?}");
    }
    for stage in [Withdrawn, Cancelled, Expelled, Deceased] {
        assert!(!runs(stage), "{stage:?}");
    }
}

#[test]
fn only_branches_house_members() {
    use OrganizationKind::{Branch, Committee, GeneralBranch, Group, MemberHousehold, WorkingCommittee};
    assert!(houses(Branch));
    for kind in [Committee, WorkingCommittee, GeneralBranch, Group, MemberHousehold] {
        assert!(!houses(kind), "{kind:?}");
    }
}

#[test]
fn a_period_covers_its_first_day_and_not_the_day_it_ends() {
    let (from, until) = (day("2026-01-01"), Some(day("2026-02-01")));
    let table = [("2025-12-31", false), ("2026-01-01", true), ("2026-01-31", true), ("2026-02-01", false)];
    for (on, expected) in table {
        assert_eq!(covers(from, until, day(on)), expected, "{on}");
    }
    assert!(covers(from, None, day("2099-01-01")));
    assert!(!covers(from, Some(from), from));
}

#[test]
fn activists_and_candidates_need_a_contact_person_within_a_week() {
    let since = day("2026-09-01");
    let table = [
        (MemberStage::Applicant, RecordStatus::Active, false, None),
        (MemberStage::Activist, RecordStatus::Active, false, Some("2026-09-08")),
        (MemberStage::Candidate, RecordStatus::Active, false, Some("2026-09-08")),
        (MemberStage::Candidate, RecordStatus::Active, true, None),
        (MemberStage::Candidate, RecordStatus::Archived, false, None),
        (MemberStage::Full, RecordStatus::Active, false, None),
    ];
    for (stage, status, accompanied, due) in table {
        let found = contact_due(&basis(), stage, status, since, accompanied);
        assert_eq!(found, due.map(day), "{stage:?} {status:?} {accompanied}");
    }
}

#[test]
fn a_record_is_to_be_completed_within_two_weeks() {
    let since = day("2026-09-01");
    let table = [
        (MemberStage::Applicant, RecordStatus::Active, &["phone"][..], Some("2026-09-15")),
        (MemberStage::Full, RecordStatus::Active, &["phone"], Some("2026-09-15")),
        (MemberStage::Full, RecordStatus::Active, &[], None),
        (MemberStage::Withdrawn, RecordStatus::Active, &["phone"], None),
        (MemberStage::Full, RecordStatus::Archived, &["phone"], None),
    ];
    for (stage, status, missing, due) in table {
        assert_eq!(
            record_due(&basis(), stage, status, since, missing),
            due.map(day),
            "{stage:?} {status:?} {missing:?}"
        );
    }
}
