//! People and their memberships: the list of members, the record, its form and what is done to it.
//!
//! A protected value shows masked unless the right is held; looking at one needs a reason and leaves a trace.

pub mod actions;
pub mod contacts;
mod dates;
mod detail;
pub mod dialogs;
mod erase;
mod facts;
mod fields;
mod filters;
mod form;
mod list;
mod model;
pub mod operations;
mod protected;
mod unmask;

pub use contacts::ContactsById;
pub use detail::{PersonPage, RecordPage};
pub use erase::{ConfirmDialog, WithdrawDialog};
pub use facts::period;
pub use filters::{Filter, Filters};
pub use form::{PersonEditPage, PersonNewPage};
pub use list::{MembersOf, MembersPage, NewPeople, masked_cell, name_cell, views};
pub use model::{ACTIVE_STAGES, stage_badge};
