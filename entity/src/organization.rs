//! A Party organization, or a node below a branch that is not one in law (`statutory = false`).
use sea_orm::entity::prelude::*;

use crate::{
    id::{DivisionId, OrganizationId},
    value::{BranchForm, OrganizationKind, OrganizationLevel, OrganizationStatus, Sector, Timestamp},
};

/// A Party organization, or a node below a branch that is not one in law (`statutory = false`).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganizationId,
    /// The organization above: the truth that the closure table follows.
    pub parent_id: Option<OrganizationId>,
    /// Short code, unique among siblings.
    pub code: String,
    /// Official full name.
    pub name: String,
    /// ASCII pinyin by which lists are sorted.
    pub sort_key: String,
    /// Legal kind.
    pub kind: OrganizationKind,
    /// Where it stands.
    pub level: OrganizationLevel,
    /// How a branch is set up.
    pub branch_form: Option<BranchForm>,
    /// Field of work.
    pub sector: Sector,
    /// Division it belongs to.
    pub division_id: Option<DivisionId>,
    /// False for groups and member households.
    pub statutory: bool,
    /// Active or archived.
    pub status: OrganizationStatus,
    /// Day of its founding.
    pub founded_on: Option<Date>,
    /// Telephone of the office, not of a person.
    pub office_phone: Option<String>,
    /// Address of the office.
    pub office_address: Option<String>,
    /// Time of creation.
    pub created_at: Timestamp,
    /// Time of the last change.
    pub updated_at: Timestamp,
    /// Counts changes; see `CONFLICT`.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
