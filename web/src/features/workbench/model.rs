//! Decisions of the workbenches.

use crate::features::organization::operations::Child;
use crate::features::organization::{counts_of, known};

/// What the organizer's table is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The server's order, by name.
    Name,
    /// A stage by its place.
    Stage(usize),
    /// Open duties.
    Open,
    /// Overdue duties.
    Overdue,
}

impl Key {
    /// The key of a column.
    pub fn of(name: &str) -> Self {
        match name {
            "APPLICANT" => Self::Stage(0),
            "ACTIVIST" => Self::Stage(1),
            "CANDIDATE" => Self::Stage(2),
            "PROBATIONARY" => Self::Stage(3),
            "FULL" => Self::Stage(4),
            "OPEN" => Self::Open,
            "OVERDUE" => Self::Overdue,
            _ => Self::Name,
        }
    }

    fn value(self, child: &Child) -> i32 {
        match self {
            Self::Name => 0,
            Self::Stage(index) => known(counts_of(&child.head_count)).get(index).copied().unwrap_or(0),
            Self::Open => child.obligation_count.open,
            Self::Overdue => child.obligation_count.overdue,
        }
    }
}

/// The children in the asked order; equal ones keep the server's order.
pub fn sorted(children: &[Child], key: Key, descending: bool) -> Vec<&Child> {
    if key == Key::Name {
        return if descending { children.iter().rev().collect() } else { children.iter().collect() };
    }
    let rank = |child: &Child| if descending { -key.value(child) } else { key.value(child) };
    // A page of children is put in order one by one: the library's way to sort is four kilobytes.
    let mut rows: Vec<&Child> = Vec::with_capacity(children.len());
    for child in children {
        let place = rows.partition_point(|row| rank(row) <= rank(child));
        rows.insert(place, child);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::types::OrganizationKind;
    use crate::features::organization::operations::ObligationCount;

    fn child(name: &str, overdue: i32) -> Child {
        Child {
            id: cynic::Id::new(name),
            name: name.to_owned(),
            kind: OrganizationKind::Branch,
            child_count: 0,
            head_count: Vec::new(),
            obligation_count: ObligationCount { open: overdue, overdue },
        }
    }

    #[test]
    fn the_most_overdue_come_first_and_equals_keep_their_order() {
        let children = [child("a", 0), child("b", 3), child("c", 0)];
        let names: Vec<_> =
            sorted(&children, Key::Overdue, true).into_iter().map(|child| child.name.as_str()).collect();
        assert_eq!(names, ["b", "a", "c"]);
    }
}
