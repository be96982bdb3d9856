//! What an organization or person is found by: suffixes of the name, pinyin initials, codes. Matched by prefix.
use sea_orm::entity::prelude::*;

use crate::value::SearchSubject;

/// What an organization or person is found by: suffixes of the name, pinyin initials, codes. Matched by prefix.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_token")]
pub struct Model {
    /// What `subject_id` names.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: SearchSubject,
    /// Lower-case token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token: String,
    /// The organization or person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}
