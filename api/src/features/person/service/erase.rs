//! What is personal about somebody made unreadable for good.
use entity::{PersonId, RecordStatus, person};
use sea_orm::DbErr;

use crate::{
    db::Tx,
    features::{member, person::repo},
};

/// The person `id` for an erasure that is repeated after a restore, whoever could see it.
pub async fn for_erasure(tx: &Tx, id: PersonId) -> Result<Option<person::Model>, DbErr> {
    repo::for_erasure(tx, id).await
}

/// Destroys the data key, puts `token` in place of the name and empties everything personal; none where somebody else
/// was faster. The caller has asked the policy and writes the audit row.
pub async fn erase(tx: &Tx, row: &person::Model, token: &str) -> Result<Option<person::Model>, DbErr> {
    let erased = person::Model {
        id: row.id,
        name: token.to_owned(),
        sort_key: token.trim_start_matches('#').to_owned(),
        sex: None,
        ethnicity: None,
        native_place: None,
        education: None,
        employer: None,
        occupation_group: None,
        birth_year: None,
        data_key: None,
        birth_sealed: None,
        phone_sealed: None,
        phone_index: None,
        identity_sealed: None,
        identity_index: None,
        address_sealed: None,
        status: RecordStatus::Archived,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
    };
    let Some(erased) = repo::update(tx, erased, row.version).await? else { return Ok(None) };
    repo::remove_tokens(tx, erased.id).await?;
    member::obligation::settle_person(tx, &erased).await?;
    Ok(Some(erased))
}
