//! Protected fields: sealing, opening, masking.
use chrono::Datelike;
use entity::{Date, SensitiveField, person};

use crate::{
    clock::Ambient,
    db::seal::{Unsealable, Vault},
};

/// Every protected field.
pub const FIELDS: [SensitiveField; 4] =
    [SensitiveField::BirthDate, SensitiveField::Phone, SensitiveField::IdentityNumber, SensitiveField::Address];

/// The column that holds `field` under seal.
pub fn column(field: SensitiveField) -> &'static str {
    match field {
        SensitiveField::Phone => "phone_sealed",
        SensitiveField::IdentityNumber => "identity_sealed",
        SensitiveField::Address => "address_sealed",
        SensitiveField::BirthDate => "birth_sealed",
    }
}

/// The sealed value of `field`.
pub fn sealed(row: &person::Model, field: SensitiveField) -> Option<&[u8]> {
    match field {
        SensitiveField::Phone => row.phone_sealed.as_deref(),
        SensitiveField::IdentityNumber => row.identity_sealed.as_deref(),
        SensitiveField::Address => row.address_sealed.as_deref(),
        SensitiveField::BirthDate => row.birth_sealed.as_deref(),
    }
}

/// The value of `field`; none where there is none, and after an erasure.
pub fn open(vault: &Vault, row: &person::Model, field: SensitiveField) -> Result<Option<String>, Unsealable> {
    let (Some(wrapped), Some(sealed)) = (row.data_key.as_deref(), sealed(row, field)) else { return Ok(None) };
    let key = vault.open_data_key(row.id.0, wrapped)?;
    vault.open(&key, row.id.0, column(field), sealed).map(Some)
}

/// The birth date.
pub fn open_birth_date(vault: &Vault, row: &person::Model) -> Result<Option<Date>, Unsealable> {
    Ok(open(vault, row, SensitiveField::BirthDate)?.and_then(|day| day.parse().ok()))
}

/// The blind index under which an identity number is unique.
pub fn identity_index(vault: &Vault, number: &str) -> Vec<u8> {
    vault.blind_index("identity_index", number)
}

/// Every blind index that an identity number may have while the secret is being changed.
pub fn identity_indexes(vault: &Vault, number: &str) -> Vec<Vec<u8>> {
    vault.blind_indexes("identity_index", number)
}

/// The blind index under which a phone number is found again.
pub fn phone_index(vault: &Vault, number: &str) -> Vec<u8> {
    vault.blind_index("phone_index", number)
}

/// Seals `values` into `row` under its data key, with the blind indexes and the birth year that go with them.
pub fn seal(
    vault: &Vault,
    ambient: &Ambient,
    row: &mut person::Model,
    values: &[(SensitiveField, Option<&str>)],
) -> Result<(), Unsealable> {
    let key = if let Some(wrapped) = row.data_key.as_deref() {
        vault.open_data_key(row.id.0, wrapped)?
    } else {
        let (key, wrapped) = vault.new_data_key(ambient, row.id.0);
        row.data_key = Some(wrapped);
        key
    };
    for (field, value) in values {
        let sealed = value.map(|value| vault.seal(ambient, &key, row.id.0, column(*field), value));
        match field {
            SensitiveField::Phone => {
                row.phone_sealed = sealed;
                row.phone_index = value.map(|value| phone_index(vault, value));
            }
            SensitiveField::IdentityNumber => {
                row.identity_sealed = sealed;
                row.identity_index = value.map(|value| identity_index(vault, value));
            }
            SensitiveField::Address => row.address_sealed = sealed,
            SensitiveField::BirthDate => {
                row.birth_sealed = sealed;
                row.birth_year = value.and_then(|value| value.parse::<Date>().ok()).map(|day| day.year());
            }
        }
    }
    Ok(())
}

/// What is left of `value` for those who have not unmasked it.
pub fn masked(field: SensitiveField, value: &str) -> String {
    let characters: Vec<char> = value.chars().collect();
    let front = |n: usize| characters.iter().take(n).collect::<String>();
    let back = |n: usize| characters.iter().skip(characters.len().saturating_sub(n)).collect::<String>();
    match field {
        SensitiveField::Phone => format!("{}****{}", front(3), back(4)),
        SensitiveField::IdentityNumber => format!("{}************{}", front(4), back(2)),
        SensitiveField::Address => format!("{}****", front(6)),
        SensitiveField::BirthDate => format!("{}-**-**", front(4)),
    }
}
