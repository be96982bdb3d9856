//! A human being, with or without a membership and an account. Sealed columns are AES-256-GCM under `data_key`.
use sea_orm::entity::prelude::*;

use crate::{
    id::PersonId,
    value::{Education, OccupationGroup, RecordStatus, Sex, Timestamp},
};

/// A human being, with or without a membership and an account. Sealed columns are AES-256-GCM under `data_key`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// ASCII pinyin by which lists are sorted; editable.
    pub sort_key: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// Ethnic group.
    pub ethnicity: Option<String>,
    /// Native place.
    pub native_place: Option<String>,
    /// Highest education.
    pub education: Option<Education>,
    /// Employer.
    pub employer: Option<String>,
    /// Occupation group.
    pub occupation_group: Option<OccupationGroup>,
    /// Year of birth, for age bands.
    pub birth_year: Option<i32>,
    /// The person's data key, wrapped by the instance key; none after erasure.
    pub data_key: Option<Vec<u8>>,
    /// Sealed birth date, `YYYY-MM-DD`.
    pub birth_sealed: Option<Vec<u8>>,
    /// Sealed phone number.
    pub phone_sealed: Option<Vec<u8>>,
    /// Blind index of the phone number.
    pub phone_index: Option<Vec<u8>>,
    /// Sealed identity number.
    pub identity_sealed: Option<Vec<u8>>,
    /// Blind index of the identity number; unique.
    pub identity_index: Option<Vec<u8>>,
    /// Sealed address.
    pub address_sealed: Option<Vec<u8>>,
    /// Active or archived.
    pub status: RecordStatus,
    /// Time of creation.
    pub created_at: Timestamp,
    /// Time of the last change.
    pub updated_at: Timestamp,
    /// Counts changes; see `CONFLICT`.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
