//! Use cases of persons.

mod age;
mod archive;
mod create;
mod enter;
mod erase;
mod fields;
pub mod identity;
mod rewrap;
mod sensitive;
mod unmask;
mod update;

use entity::{OrganizationId, PersonId, person};
use sea_orm::{ColumnTrait, Condition, DbErr};
use serde_json::{Value, json};

pub use age::{AgeBand, of_age_on};
pub use archive::{PersonArchive, PersonArchiveError, archive, restore};
pub use create::{PersonCreate, PersonCreateError, create};
pub use enter::{RecordError, enter};
pub use erase::{erase, for_erasure};
pub use fields::{ADDRESS, ETHNICITY, Fault, NAME, PLACE, PersonFields};
pub use rewrap::{Rewrapped, rewrap};
pub use sensitive::{
    FIELDS, column, identity_index, identity_indexes, masked, open, open_birth_date, phone_index, seal, sealed,
};
pub use unmask::{LOOKS_A_DAY, PersonUnmask, PersonUnmaskError, Unmasked, unmask};
pub use update::{PersonPatch, PersonUpdate, PersonUpdateError, update};

use super::repo;
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Permission},
    db::Tx,
    features::{affiliation, member},
};
use fields::clean;

/// The person `id`, where `actor` may read it.
pub async fn readable(tx: &Tx, actor: &Actor, id: PersonId) -> Result<Option<person::Model>, DbErr> {
    repo::get(tx.conn(), &actor.scope(Permission::PersonRead), tx.today(), id).await
}

/// Whether `actor` may read the identity number of `id`.
pub(super) async fn reads_identity(tx: &Tx, actor: &Actor, id: PersonId) -> Result<bool, DbErr> {
    let scope = actor.scope(Permission::PersonReadIdentity);
    Ok(repo::get(tx.conn(), &scope, tx.today(), id).await?.is_some())
}

/// The person of a membership that the caller has found in its scope.
pub async fn of_member(tx: &Tx, member: &entity::member::Model) -> Result<person::Model, DbErr> {
    repo::of_member(tx, member).await
}

/// The persons `ids` of memberships, whoever may see them: for keeping obligations right.
pub async fn of_members(tx: &Tx, ids: &[PersonId]) -> Result<Vec<person::Model>, DbErr> {
    repo::of_members(tx, ids).await
}

/// The organizations that answer for `id`: the home organization where there is a membership, else those of the
/// running affiliations.
pub async fn anchors(tx: &Tx, id: PersonId) -> Result<Vec<OrganizationId>, DbErr> {
    match member::service::of_person(tx, id).await? {
        Some(member) => Ok(vec![member.home_organization_id]),
        None => affiliation::service::organizations_of(tx, id).await,
    }
}

/// Notes that `actor` was told that an identity number is held elsewhere, in a transaction of its own after that of
/// the refused change, and asks those who answer for the holder about a transfer.
pub async fn note_held_elsewhere(
    tx: &Tx,
    actor: &Actor,
    organization: Option<OrganizationId>,
    holder: Option<PersonId>,
) -> Result<(), DbErr> {
    if let Some(holder) = holder {
        member::obligation::ask_transfer(tx, holder).await?;
    }
    let change = Change {
        action: enter::HELD_ELSEWHERE,
        object_type: "Account",
        object_id: actor.account().0,
        organization,
        person: None,
        before: Snapshot::new(),
        after: Snapshot::new(),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await
}

/// Whether a row lacks something.
type IsMissing = fn(&person::Model) -> bool;

/// What a complete record holds: the field as GraphQL names it, its column, and whether a row lacks it.
const COMPLETE: [(&str, person::Column, IsMissing); 6] = [
    ("sex", person::Column::Sex, |row| row.sex.is_none()),
    ("birthDate", person::Column::BirthSealed, |row| row.birth_sealed.is_none()),
    ("phone", person::Column::PhoneSealed, |row| row.phone_sealed.is_none()),
    ("identityNumber", person::Column::IdentitySealed, |row| row.identity_sealed.is_none()),
    ("education", person::Column::Education, |row| row.education.is_none()),
    ("occupationGroup", person::Column::OccupationGroup, |row| row.occupation_group.is_none()),
];

/// Names of the fields that a complete record still lacks, as GraphQL names them.
pub fn missing_fields(row: &person::Model) -> Vec<&'static str> {
    COMPLETE.into_iter().filter_map(|(field, _, is_missing)| is_missing(row).then_some(field)).collect()
}

/// The same as a condition: records that lack something.
pub fn incomplete() -> Condition {
    COMPLETE.into_iter().fold(Condition::any(), |any, (_, column, _)| any.add(column.is_null()))
}

/// What history shows of closed sets.
fn plain(row: &person::Model) -> Snapshot {
    Snapshot::from([
        ("sex", json!(row.sex)),
        ("education", json!(row.education)),
        ("occupationGroup", json!(row.occupation_group)),
        ("status", json!(row.status)),
    ])
}

/// What tells who the person is: history only says that it changed, since it outlives an erasure.
fn personal(row: &person::Model) -> [(&'static str, Option<&[u8]>); 9] {
    [
        ("name", Some(row.name.as_bytes())),
        ("sortKey", Some(row.sort_key.as_bytes())),
        ("ethnicity", row.ethnicity.as_deref().map(str::as_bytes)),
        ("nativePlace", row.native_place.as_deref().map(str::as_bytes)),
        ("employer", row.employer.as_deref().map(str::as_bytes)),
        ("birthDate", row.birth_sealed.as_deref()),
        ("phone", row.phone_sealed.as_deref()),
        ("identityNumber", row.identity_sealed.as_deref()),
        ("address", row.address_sealed.as_deref()),
    ]
}

/// What history shows of a new person.
pub fn snapshot_of_new(row: &person::Model) -> Snapshot {
    let given = personal(row).into_iter().filter(|(_, value)| value.is_some());
    plain(row).into_iter().chain(given.map(|(field, _)| (field, json!("changed")))).collect()
}

/// What history shows of a change, before and after.
pub fn snapshots(old: &person::Model, new: &person::Model) -> (Snapshot, Snapshot) {
    let (mut before, mut after) = (plain(old), plain(new));
    for ((field, was), (_, is)) in personal(old).into_iter().zip(personal(new)) {
        if was != is {
            let (was, is) =
                if is.is_some() { (Value::Null, json!("changed")) } else { (json!("changed"), Value::Null) };
            before.insert(field, was);
            after.insert(field, is);
        }
    }
    (before, after)
}
