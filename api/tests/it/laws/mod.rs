//! Laws that hold the whole house.
mod budget;
pub(crate) mod cases;
mod constraints;
mod delegation;
mod fuzz;
pub(crate) mod leak;
mod mutations;
mod preview;
mod queries;
mod random;
mod retention;
mod schema;
mod source;
mod tree;
mod walk;
