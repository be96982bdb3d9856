//! An administrative division: city, county, town or street, village or community.
use sea_orm::entity::prelude::*;

use crate::{id::DivisionId, value::DivisionLevel};

/// An administrative division: city, county, town or street, village or community.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "division")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DivisionId,
    /// Official code; unique.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Level of the division.
    pub level: DivisionLevel,
    /// The division above; none for the city.
    pub parent_id: Option<DivisionId>,
}

impl ActiveModelBehavior for ActiveModel {}
