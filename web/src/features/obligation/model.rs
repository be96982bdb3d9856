//! Decisions of the due list: calendar days, groups, words.

use super::operations::Obligation;
use crate::i18n::calendar::{day_number, days_to_sunday};
use crate::i18n::{fill, t};

/// When something is due, seen from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Before today.
    Overdue,
    /// Today.
    Today,
    /// Until Sunday.
    Week,
    /// Within thirty days, or later.
    Month,
    /// Put off.
    Snoozed,
}

impl Group {
    /// The head of the group.
    pub fn label(self) -> &'static str {
        match self {
            Self::Overdue => t("逾期", "Overdue"),
            Self::Today => t("今天", "Today"),
            Self::Week => t("本周内", "This week"),
            Self::Month => t("30 天内", "Within 30 days"),
            Self::Snoozed => t("已暂缓", "Put off"),
        }
    }
}

/// The group of a day.
pub fn group_of(due: &str, today: &str) -> Group {
    let (Some(due), Some(now)) = (day_number(due), day_number(today)) else { return Group::Month };
    match due - now {
        ..0 => Group::Overdue,
        0 => Group::Today,
        days if days <= days_to_sunday(today) => Group::Week,
        _ => Group::Month,
    }
}

/// Obligations by group, in the order of urgency; empty groups are left out.
pub fn groups<'a>(obligations: &'a [Obligation], today: &str) -> Vec<(Group, Vec<&'a Obligation>)> {
    [Group::Overdue, Group::Today, Group::Week, Group::Month, Group::Snoozed]
        .into_iter()
        .map(|group| {
            (
                group,
                obligations
                    .iter()
                    .filter(|obligation| match obligation.snooze {
                        Some(_) => group == Group::Snoozed,
                        None => group == group_of(&obligation.due_on.0, today),
                    })
                    .collect::<Vec<_>>(),
            )
        })
        .filter(|(_, members)| !members.is_empty())
        .collect()
}

/// How far away a day is: class of the status and words.
pub fn due_words(due: &str, today: &str) -> (&'static str, String) {
    let days = day_number(due).zip(day_number(today)).map_or(0, |(due, now)| due - now);
    match days {
        ..0 => ("status status--danger", fill("逾期 {0} 天", "{0} days overdue", &[&(-days).to_string()])),
        0 => ("status status--warn", t("今天到期", "Due today").to_owned()),
        1 => ("status", t("明天", "Tomorrow").to_owned()),
        _ => ("status", fill("{0} 天后", "In {0} days", &[&days.to_string()])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_fall_into_groups_of_urgency() {
        let today = "2026-11-24";
        assert_eq!(group_of("2026-11-23", today), Group::Overdue);
        assert_eq!(group_of("2026-11-24", today), Group::Today);
        assert_eq!(group_of("2026-11-29", today), Group::Week);
        assert_eq!(group_of("2026-11-30", today), Group::Month);
    }

    #[test]
    fn a_day_is_said_as_people_say_it() {
        assert_eq!(due_words("2026-11-21", "2026-11-24"), ("status status--danger", "逾期 3 天".to_owned()));
        assert_eq!(due_words("2026-11-25", "2026-11-24"), ("status", "明天".to_owned()));
    }
}
