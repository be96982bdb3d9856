//! Reckoning with calendar days, without a clock and without a library.

/// A day as a number, so that days can be counted; none for a text that is no date.
pub fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-').map(str::parse::<i64>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) = (parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Days of the proleptic Gregorian calendar since 1970-01-01, counted in years that begin in March.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// A day so many days later, as text.
pub fn days_later(date: &str, days: i64) -> Option<String> {
    let number = day_number(date)? + days + 719_468;
    let era = number.div_euclid(146_097);
    let of_era = number.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Days until the Sunday of this week.
pub fn days_to_sunday(today: &str) -> i64 {
    // 1970-01-01 was a Thursday: number 3 makes a Sunday.
    day_number(today).map_or(6, |number| (3 - number).rem_euclid(7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_years_and_leap_days() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2024-03-01").zip(day_number("2024-02-28")).map(|(a, b)| a - b), Some(2));
        assert_eq!(day_number("2026-11-24"), Some(20_781));
        assert_eq!(day_number("2026-13-01"), None);
        assert_eq!(day_number("soon"), None);
    }

    #[test]
    fn a_day_later_is_found_over_the_end_of_a_year() {
        assert_eq!(days_later("2026-12-31", 1).as_deref(), Some("2027-01-01"));
        assert_eq!(days_later("2024-02-28", 1).as_deref(), Some("2024-02-29"));
        assert_eq!(days_later("2026-11-24", 30).as_deref(), Some("2026-12-24"));
    }

    #[test]
    fn the_week_ends_on_sunday() {
        assert_eq!(days_to_sunday("2026-11-24"), 5); // a Tuesday
        assert_eq!(days_to_sunday("2026-11-29"), 0); // a Sunday
        assert_eq!(days_to_sunday("2026-11-23"), 6); // a Monday
    }
}
