//! What is to be said of each person before the dice fall: stage, gaps in the record, a missing contact person.
use entity::MemberStage;

use super::{
    plan::{Node, Place},
    seed::Seed,
};

/// Something that a record lacks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// No phone number.
    Phone,
    /// No identity number.
    Identity,
    /// No birth date, and no identity number that would tell it.
    BirthDate,
    /// No education.
    Education,
    /// No occupation group.
    Occupation,
    /// No sex.
    Sex,
}

/// One person of a branch.
#[derive(Clone, Copy)]
pub(super) struct Script {
    /// Stage today.
    pub(super) stage: MemberStage,
    /// Days in this stage, where the script says so.
    pub(super) days: Option<i64>,
    /// Whether somebody accompanies the person, where that is wanted.
    pub(super) accompanied: bool,
    /// What the record lacks.
    pub(super) gap: Option<Gap>,
    /// Days since the record was entered, where the script says so.
    pub(super) entered: Option<i64>,
}

impl Script {
    fn plain(stage: MemberStage) -> Self {
        Self { stage, days: None, accompanied: true, gap: None, entered: None }
    }
}

/// Number of people of a branch with demonstration accounts, at every scale.
pub(super) fn fixed_number(place: Option<Place>) -> Option<usize> {
    match place {
        Some(Place::StreetBranch) => Some(36),
        Some(Place::RugaoBranch) => Some(28),
        _ => None,
    }
}

/// The script of person `index` of `number` in `node`.
pub(super) fn script(seed: &Seed, node: &Node, index: usize, number: usize) -> Script {
    if fixed_number(node.place).is_some() {
        return shown(index);
    }
    let stage = if index * 5 < number * 3 {
        MemberStage::Full
    } else {
        seed.weighted(&[
            (MemberStage::Full, 672),
            (MemberStage::Probationary, 75),
            (MemberStage::Candidate, 50),
            (MemberStage::Activist, 100),
            (MemberStage::Applicant, 92),
            (MemberStage::Withdrawn, 3),
            (MemberStage::Cancelled, 2),
            (MemberStage::Expelled, 1),
            (MemberStage::Deceased, 5),
        ])
    };
    let mut script = Script::plain(stage);
    if matches!(stage, MemberStage::Activist | MemberStage::Candidate) && seed.chance(150) {
        // Nobody stays alone for years.
        script.accompanied = false;
        script.days = Some(seed.between(1, 40));
    }
    if stage <= MemberStage::Full && index > 0 && seed.chance(40) {
        script.entered = Some(seed.between(2, 30));
        script.gap = Some(seed.weighted(&[
            (Gap::Phone, 30),
            (Gap::Education, 25),
            (Gap::Occupation, 20),
            (Gap::Identity, 12),
            (Gap::BirthDate, 10),
            (Gap::Sex, 3),
        ]));
    }
    script
}

/// A branch to be shown: a bit of everything, some of it due this week and some overdue.
fn shown(index: usize) -> Script {
    let gap = |gap, days| Script { gap: Some(gap), entered: Some(days), ..Script::plain(MemberStage::Full) };
    let alone = |stage, days| Script { days: Some(days), accompanied: false, ..Script::plain(stage) };
    match index {
        17 => gap(Gap::Phone, 30),
        18 => gap(Gap::Education, 11),
        19 => gap(Gap::Occupation, 4),
        20 | 28 => Script::plain(MemberStage::Probationary),
        21 => alone(MemberStage::Candidate, 40),
        22 | 29 => Script::plain(MemberStage::Candidate),
        23 => alone(MemberStage::Activist, 4),
        24 | 30 | 31 => Script::plain(MemberStage::Activist),
        25 | 26 | 32 | 33 => Script::plain(MemberStage::Applicant),
        27 => Script::plain(MemberStage::Deceased),
        _ => Script::plain(MemberStage::Full),
    }
}
