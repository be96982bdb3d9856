//! A new person's row, for everything that brings one into the system.
use entity::{PersonId, RecordStatus, SensitiveField, person};
use sea_orm::DbErr;

use super::{Fault, PersonFields, seal};
use crate::{
    audit,
    authz::Actor,
    db::{
        Tx,
        seal::{Unsealable, Vault},
        search, violated,
    },
    features::person::repo,
};

/// How often a day an account may learn that an identity number is recorded where it may not look.
const HELD_ELSEWHERE_A_DAY: u64 = 20;

/// Audit action of such an answer.
pub const HELD_ELSEWHERE: &str = "personIdentityHeldElsewhere";

/// Why a person's fields were not accepted.
#[derive(Debug)]
pub enum RecordError {
    /// Fields are not filled in rightly.
    Faults(Vec<Fault>),
    /// A person whom the actor may see has this identity number.
    IdentityTaken,
    /// A person whom the actor may not see has this identity number. Those who answer for the person are asked about a
    /// transfer; nobody is asked where the actor sees the person, or was overtaken by milliseconds.
    IdentityHeldElsewhere(Option<PersonId>),
    /// The actor was told so too often today.
    IdentityBudgetExhausted,
    /// The keys do not fit the record.
    Sealed(Unsealable),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for RecordError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            // Somebody else was faster by milliseconds; who, is not known here.
            Some("uq_person_identity") => Self::IdentityHeldElsewhere(None),
            _ => Self::Db(error),
        }
    }
}

impl From<Unsealable> for RecordError {
    fn from(error: Unsealable) -> Self {
        Self::Sealed(error)
    }
}

/// Writes a new person. The caller has asked the policy, and ties the person to an organization and writes the audit
/// row in the same transaction.
pub async fn enter(tx: &Tx, actor: &Actor, fields: PersonFields) -> Result<person::Model, RecordError> {
    let fields = fields.trimmed().completed();
    let faults = fields.faults(tx.today());
    if !faults.is_empty() {
        return Err(RecordError::Faults(faults));
    }
    if let Some(number) = &fields.identity_number {
        identity_is_free(tx, actor, None, number).await?;
    }
    let row = generate(tx, fields)?;
    Ok(repo::insert(tx, row).await?)
}

/// Whether nobody but `person` has the identity number.
pub(super) async fn identity_is_free(
    tx: &Tx,
    actor: &Actor,
    person: Option<PersonId>,
    number: &str,
) -> Result<(), RecordError> {
    let since = tx.ambient().start_of(tx.today());
    if audit::count_since(tx, actor.account(), HELD_ELSEWHERE, since).await? >= HELD_ELSEWHERE_A_DAY {
        return Err(RecordError::IdentityBudgetExhausted);
    }
    let vault: &Vault = tx.vault();
    let Some(holder) = repo::identity_holder(tx, super::identity_indexes(vault, number)).await? else { return Ok(()) };
    if Some(holder) == person {
        return Ok(());
    }
    // Who may not read the number of somebody he sees must not find it out by guessing either: that counts against the
    // same budget as a number held elsewhere, and reads the same.
    let seen = super::readable(tx, actor, holder).await?.is_some();
    let known = seen && super::reads_identity(tx, actor, holder).await?;
    Err(if known { RecordError::IdentityTaken } else { RecordError::IdentityHeldElsewhere((!seen).then_some(holder)) })
}

fn generate(tx: &Tx, fields: PersonFields) -> Result<person::Model, Unsealable> {
    let birth_date = fields.birth_date.map(|day| day.to_string());
    let mut row = person::Model {
        id: tx.new_id(),
        sort_key: fields.sort_key.unwrap_or_else(|| search::person_sort_key(&fields.name)),
        name: fields.name,
        sex: fields.sex,
        ethnicity: fields.ethnicity,
        native_place: fields.native_place,
        education: fields.education,
        employer: fields.employer,
        occupation_group: fields.occupation_group,
        birth_year: None,
        data_key: None,
        birth_sealed: None,
        phone_sealed: None,
        phone_index: None,
        identity_sealed: None,
        identity_index: None,
        address_sealed: None,
        status: RecordStatus::Active,
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
    };
    let values = [
        (SensitiveField::BirthDate, birth_date.as_deref()),
        (SensitiveField::Phone, fields.phone.as_deref()),
        (SensitiveField::IdentityNumber, fields.identity_number.as_deref()),
        (SensitiveField::Address, fields.address.as_deref()),
    ];
    seal(tx.vault(), tx.ambient(), &mut row, &values)?;
    Ok(row)
}
