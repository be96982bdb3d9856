//! A dated duty of an organization, perhaps about a person or a grant; closed by the record that fulfils it.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, GrantId, ObligationId, OrganizationId, PersonId},
    value::{ObligationKind, Timestamp},
};

/// A dated duty of an organization, perhaps about a person or a grant; closed by the record that fulfils it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "obligation")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ObligationId,
    /// What is to be done.
    pub kind: ObligationKind,
    /// Who has to do it.
    pub organization_id: OrganizationId,
    /// Whom it is about.
    pub person_id: Option<PersonId>,
    /// The grant that it is about.
    pub grant_id: Option<GrantId>,
    /// Last day in time.
    pub due_on: Date,
    /// When it arose.
    pub opened_at: Timestamp,
    /// When it was fulfilled or fell away.
    pub closed_at: Option<Timestamp>,
    /// The day on which it comes back; the other columns of the snooze are set together with it.
    pub snoozed_until: Option<Date>,
    /// Who put it off.
    pub snoozed_by: Option<AccountId>,
    /// When it was put off.
    pub snoozed_at: Option<Timestamp>,
    /// Why it was put off.
    pub snooze_reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
