//! The dates of a membership, worked out backwards from the stage somebody is in today.
use entity::{Date, MemberStage};

use super::seed::{Seed, days_after, days_before, years_before};

/// Ages that fit an organization.
#[derive(Clone, Copy)]
pub(super) struct Ages {
    /// Greatest age today, in years.
    pub(super) oldest: i64,
    /// Greatest number of years since full membership.
    pub(super) longest: i64,
}

/// The dates of one membership.
pub(super) struct Life {
    /// Birth date; at least 18 years before the application.
    pub(super) birth: Date,
    /// Stage periods without gaps; the last one runs.
    pub(super) stages: Vec<(MemberStage, Date, Option<Date>)>,
    /// Day of the application.
    pub(super) applied_on: Date,
    /// Day of admission.
    pub(super) admitted_on: Option<Date>,
    /// Day of full membership.
    pub(super) full_on: Option<Date>,
}

impl Life {
    /// First day of the current stage.
    pub(super) fn entered(&self) -> Date {
        self.stages.last().map_or(self.applied_on, |(_, from, _)| *from)
    }

    /// A life that is in `stage` today, entered `days` ago where that is given.
    pub(super) fn draw(seed: &Seed, stage: MemberStage, days: Option<i64>, ages: Ages) -> Self {
        let today = seed.today();
        let ago = |low, high| days_before(today, days.unwrap_or_else(|| seed.between(low, high)));
        let longest = ages.longest * 365;
        let (last, entered, end) = match stage {
            MemberStage::Applicant => (stage, ago(5, 700), None),
            MemberStage::Activist => (stage, ago(1, 800), None),
            MemberStage::Candidate => (stage, ago(1, 220), None),
            MemberStage::Probationary => (stage, ago(2, 355), None),
            MemberStage::Full => (stage, ago(1, longest), None),
            MemberStage::Withdrawn => {
                let end = ago(10, 1_700);
                (MemberStage::Activist, days_before(end, seed.between(30, 500)), Some(end))
            }
            MemberStage::Cancelled => {
                let end = ago(10, 1_700);
                (MemberStage::Probationary, days_before(end, seed.between(100, 365)), Some(end))
            }
            MemberStage::Expelled | MemberStage::Deceased => {
                let end = ago(10, 1_700);
                (MemberStage::Full, days_before(end, seed.between(400, longest.max(800))), Some(end))
            }
        };
        let mut starts = backwards(seed, last, entered);
        starts.extend(end.map(|end| (stage, end)));
        Self::of(seed, &starts, ages)
    }

    fn of(seed: &Seed, starts: &[(MemberStage, Date)], ages: Ages) -> Self {
        let today = seed.today();
        let start = |stage| starts.iter().find(|(known, _)| *known == stage).map(|(_, from)| *from);
        let applied_on = start(MemberStage::Applicant).unwrap_or(today);
        let years_since = (today - applied_on).num_days() / 365;
        let age = if seed.chance(600) { seed.between(18, 25) } else { seed.between(22, 45) };
        let age = age.min(ages.oldest - years_since - 1).max(18);
        let birth = days_before(years_before(applied_on, u32::try_from(age).unwrap_or(18)), seed.between(0, 364));
        // Files older than this know only the day of admission and of full membership.
        let digitised = years_before(today, 20);
        let ends = starts.iter().skip(1).map(|(_, from)| Some(*from)).chain([None]);
        let stages = starts
            .iter()
            .zip(ends)
            .map(|((stage, from), until)| (*stage, *from, until))
            .filter(|(stage, _, _)| *stage >= MemberStage::Probationary || applied_on >= digitised)
            .collect();
        let (admitted_on, full_on) = (start(MemberStage::Probationary), start(MemberStage::Full));
        Self { birth, stages, applied_on, admitted_on, full_on }
    }
}

/// The first days of `last` and of every stage before it: at least a month from applicant to activist, a year to
/// candidate, a year of probation.
fn backwards(seed: &Seed, last: MemberStage, entered: Date) -> Vec<(MemberStage, Date)> {
    let mut starts = vec![(last, entered)];
    let mut from = entered;
    if last == MemberStage::Full {
        from = years_before(from, 1);
        starts.push((MemberStage::Probationary, from));
    }
    if last >= MemberStage::Probationary {
        from = days_before(from, seed.between(40, 200));
        starts.push((MemberStage::Candidate, from));
    }
    if last >= MemberStage::Candidate {
        from = days_before(from, seed.between(368, 800));
        starts.push((MemberStage::Activist, from));
    }
    if last >= MemberStage::Activist {
        from = days_before(from, seed.between(35, 240));
        starts.push((MemberStage::Applicant, from));
    }
    starts.reverse();
    starts
}

/// A working day's distance after `date`, not later than yesterday.
pub(super) fn soon_after(seed: &Seed, date: Date, days: i64) -> Date {
    days_after(date, seed.between(0, days)).min(days_before(seed.today(), 1)).max(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Basis;
    use chrono::Months;
    use sea_orm::Iterable;

    #[test]
    fn every_stage_is_reached_along_the_whole_way_in_due_time() {
        let seed = Seed::new(Date::from_ymd_opt(2026, 3, 1).expect("a date"), Basis::default());
        let ages = Ages { oldest: 92, longest: 55 };
        for stage in MemberStage::iter().flat_map(|stage| std::iter::repeat_n(stage, 300)) {
            let life = Life::draw(&seed, stage, None, ages);
            let (last, rest) = life.stages.split_last().expect("a stage");
            assert_eq!((last.0, last.2), (stage, None));
            let all: Vec<_> = rest.iter().chain([last]).collect();
            for pair in all.windows(2) {
                assert_eq!(pair[0].2, Some(pair[1].1), "no gap, no overlap");
                let days = (pair[1].1 - pair[0].1).num_days();
                let minimum = match (pair[0].0, pair[1].0) {
                    (MemberStage::Applicant, MemberStage::Activist) => 31,
                    (MemberStage::Activist, MemberStage::Candidate)
                    | (MemberStage::Probationary, MemberStage::Full) => 365,
                    _ => 1,
                };
                assert!(days >= minimum, "{pair:?}");
            }
            assert!(last.1 <= seed.today());
            assert!(life.birth.checked_add_months(Months::new(18 * 12)).expect("a date") <= life.applied_on);
            assert!(
                life.admitted_on.is_none_or(|day| life.applied_on < day && life.full_on.is_none_or(|full| day < full))
            );
        }
    }
}
