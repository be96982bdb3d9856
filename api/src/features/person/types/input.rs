//! Inputs and payloads of mutations on persons.
use async_graphql::{ID, InputObject, MaybeUndefined, SimpleObject};

use super::{Education, OccupationGroup, Person, SensitiveField, Sex, UnmaskReason};
use crate::{
    features::affiliation::AffiliationKind,
    graphql::{UserError, scalar::Date},
};

/// What is known of a new person; only the name is needed at once.
#[derive(InputObject)]
pub struct PersonFieldsInput {
    /// Name.
    pub name: String,
    /// ASCII pinyin to sort by; worked out from the name where left out.
    pub sort_key: Option<String>,
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
    /// Birth date; taken from the identity number where left out.
    pub birth_date: Option<Date>,
    /// Mobile phone number, 11 digits.
    pub phone: Option<String>,
    /// Identity number, 18 characters with a valid check digit.
    pub identity_number: Option<String>,
    /// Address.
    pub address: Option<String>,
}

/// A new person without a membership.
#[derive(InputObject)]
pub struct PersonCreateInput {
    /// Organization to which the person gets a tie.
    pub organization: ID,
    /// Tie to the organization that makes the person visible there.
    pub affiliation: AffiliationKind,
    /// What is known of the person.
    pub person: PersonFieldsInput,
    /// The same key twice has the effect once and gets the same answer.
    pub idempotency_key: Option<String>,
}

/// What became of `personCreate`.
#[derive(SimpleObject)]
pub struct PersonCreatePayload {
    /// The new person; null where there are user errors.
    pub person: Option<Person>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Leave a field out to keep it; null clears it where it may be empty.
#[derive(InputObject)]
pub struct PersonUpdateInput {
    /// The person.
    pub person: ID,
    /// The version the caller saw.
    pub version: i32,
    /// Name.
    pub name: Option<String>,
    /// ASCII pinyin to sort by.
    pub sort_key: Option<String>,
    /// Sex.
    pub sex: MaybeUndefined<Sex>,
    /// Ethnic group.
    pub ethnicity: MaybeUndefined<String>,
    /// Native place.
    pub native_place: MaybeUndefined<String>,
    /// Highest education.
    pub education: MaybeUndefined<Education>,
    /// Employer.
    pub employer: MaybeUndefined<String>,
    /// Occupation group.
    pub occupation_group: MaybeUndefined<OccupationGroup>,
    /// Birth date.
    pub birth_date: MaybeUndefined<Date>,
    /// Mobile phone number, 11 digits.
    pub phone: MaybeUndefined<String>,
    /// Identity number, 18 characters with a valid check digit.
    pub identity_number: MaybeUndefined<String>,
    /// Address.
    pub address: MaybeUndefined<String>,
}

/// What became of `personUpdate`.
#[derive(SimpleObject)]
pub struct PersonUpdatePayload {
    /// The person after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub person: Option<Person>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// A record that is no longer used.
#[derive(InputObject)]
pub struct PersonArchiveInput {
    /// The person.
    pub person: ID,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `personArchive`.
#[derive(SimpleObject)]
pub struct PersonArchivePayload {
    /// The person after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub person: Option<Person>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An archived record is used again.
#[derive(InputObject)]
pub struct PersonRestoreInput {
    /// The person.
    pub person: ID,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `personRestore`.
#[derive(SimpleObject)]
pub struct PersonRestorePayload {
    /// The person after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub person: Option<Person>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// A look at one protected field of one person.
#[derive(InputObject)]
pub struct PersonUnmaskInput {
    /// The person.
    pub person: ID,
    /// The field.
    pub field: SensitiveField,
    /// Why; the person sees it.
    pub reason: UnmaskReason,
}

/// What became of `personUnmask`.
#[derive(SimpleObject)]
pub struct PersonUnmaskPayload {
    /// The full value; null where there are user errors.
    pub value: Option<String>,
    /// Unmaskings left today; null where there are user errors.
    pub remaining: Option<i32>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
