//! Dated rules: a closed set of typed kinds in code, their parameters in data.
//!
//! A set of rules is drafted, published for a day to come and then never changed; the next one ends its period. What
//! began under a set keeps it: whoever works out a date asks for the rules of the day on which its cause began.

mod basis;
mod kind;
#[cfg(test)]
mod tests;

pub use basis::{Basis, parse, store};
pub use kind::{ACCOMPANIED, CompleteRecord, ContactPerson, MOST_DAYS, Rule, RuleKind, RuleMistake, TransferQuestion};
