//! Ages: bands for lists and charts, and coming of age.
use chrono::{Datelike, Months};
use entity::Date;

/// Age reached in the running year, in fixed bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeBand {
    /// 25 years or less.
    Under26,
    /// 26 to 35 years.
    From26To35,
    /// 36 to 45 years.
    From36To45,
    /// 46 to 55 years.
    From46To55,
    /// 56 to 65 years.
    From56To65,
    /// 66 years or more.
    Over65,
}

impl AgeBand {
    const ALL: [Self; 6] =
        [Self::Under26, Self::From26To35, Self::From36To45, Self::From46To55, Self::From56To65, Self::Over65];

    /// Lowest and highest age of the band.
    fn ages(self) -> (Option<i32>, Option<i32>) {
        match self {
            Self::Under26 => (None, Some(25)),
            Self::From26To35 => (Some(26), Some(35)),
            Self::From36To45 => (Some(36), Some(45)),
            Self::From46To55 => (Some(46), Some(55)),
            Self::From56To65 => (Some(56), Some(65)),
            Self::Over65 => (Some(66), None),
        }
    }

    /// The band of somebody born in `birth_year`, in the year of `today`.
    pub fn of(birth_year: i32, today: Date) -> Self {
        let age = today.year() - birth_year;
        let band = Self::ALL.into_iter().find(|band| band.ages().1.is_none_or(|highest| age <= highest));
        band.unwrap_or(Self::Over65)
    }

    /// First and last birth year of the band, in the year of `today`.
    pub fn birth_years(self, today: Date) -> (Option<i32>, Option<i32>) {
        let (lowest, highest) = self.ages();
        (highest.map(|age| today.year() - age), lowest.map(|age| today.year() - age))
    }
}

/// The eighteenth birthday of somebody born on `birth`.
pub fn of_age_on(birth: Date) -> Date {
    birth.checked_add_months(Months::new(18 * 12)).unwrap_or(Date::MAX)
}
