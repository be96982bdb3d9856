//! The second factor: a code of an app beside the password, set up on the own page.

pub mod operations;
mod panel;

pub use panel::{Lacking, SecondFactorPanel};
