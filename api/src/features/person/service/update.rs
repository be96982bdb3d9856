//! Other values in a person's fields.
use entity::{Date, Education, OccupationGroup, PersonId, RecordStatus, SensitiveField, Sex, person};
use sea_orm::DbErr;

use super::{
    PersonFields, RecordError, anchors, clean, enter::identity_is_free, open_birth_date, seal, sealed, snapshots,
};
use crate::{
    audit::{self, Change},
    authz::{Actor, Denied, Permission},
    db::{Tx, search},
    features::{
        member,
        person::{policy, repo},
    },
};

/// New values; an outer none keeps the old one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonPatch {
    /// Name.
    pub name: Option<String>,
    /// ASCII pinyin to sort by.
    pub sort_key: Option<String>,
    /// Sex.
    pub sex: Option<Option<Sex>>,
    /// Ethnic group.
    pub ethnicity: Option<Option<String>>,
    /// Native place.
    pub native_place: Option<Option<String>>,
    /// Highest education.
    pub education: Option<Option<Education>>,
    /// Employer.
    pub employer: Option<Option<String>>,
    /// Occupation group.
    pub occupation_group: Option<Option<OccupationGroup>>,
    /// Birth date.
    pub birth_date: Option<Option<Date>>,
    /// Mobile phone number.
    pub phone: Option<Option<String>>,
    /// Identity number.
    pub identity_number: Option<Option<String>>,
    /// Address.
    pub address: Option<Option<String>>,
}

impl PersonPatch {
    /// Protected fields that `row` has a value for and that get another or none.
    pub fn replaced(&self, row: &person::Model) -> Vec<SensitiveField> {
        let touched = [
            (SensitiveField::BirthDate, self.birth_date.is_some()),
            (SensitiveField::Phone, self.phone.is_some()),
            (SensitiveField::IdentityNumber, self.identity_number.is_some()),
            (SensitiveField::Address, self.address.is_some()),
        ];
        touched
            .into_iter()
            .filter_map(|(field, touched)| (touched && sealed(row, field).is_some()).then_some(field))
            .collect()
    }

    /// The fields of `row` after the patch. Protected fields that stay as they are are none, so that they are not
    /// checked again; `birth_date` is the recorded one, as far as the actor may know it.
    pub fn applied(self, row: &person::Model, birth_date: Option<Date>) -> PersonFields {
        let renamed = self.name.as_ref().is_some_and(|name| name.trim() != row.name);
        let kept = (!renamed).then(|| row.sort_key.clone());
        PersonFields {
            name: self.name.unwrap_or_else(|| row.name.clone()),
            sort_key: clean(self.sort_key).or(kept),
            sex: self.sex.unwrap_or(row.sex),
            ethnicity: self.ethnicity.unwrap_or_else(|| row.ethnicity.clone()),
            native_place: self.native_place.unwrap_or_else(|| row.native_place.clone()),
            education: self.education.unwrap_or(row.education),
            employer: self.employer.unwrap_or_else(|| row.employer.clone()),
            occupation_group: self.occupation_group.unwrap_or(row.occupation_group),
            birth_date: self.birth_date.unwrap_or(birth_date),
            phone: self.phone.flatten(),
            identity_number: self.identity_number.flatten(),
            address: self.address.flatten(),
        }
        .trimmed()
    }
}

/// What is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonUpdate {
    /// The person.
    pub person: PersonId,
    /// The version the caller saw.
    pub version: i32,
    /// The new values.
    pub patch: PersonPatch,
}

/// Why a person was not changed.
#[derive(Debug)]
pub enum PersonUpdateError {
    /// The right is missing.
    Denied(Denied),
    /// The person is missing or hidden.
    NotFound,
    /// The record is archived.
    Archived,
    /// Somebody else changed it; this is how it stands.
    Conflict(Box<person::Model>),
    /// The new values were not accepted.
    Record(RecordError),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for PersonUpdateError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Changes a person.
pub async fn update(tx: &Tx, actor: &Actor, command: PersonUpdate) -> Result<person::Model, PersonUpdateError> {
    use PersonUpdateError as Error;
    let old = super::readable(tx, actor, command.person).await?.ok_or(Error::NotFound)?;
    let anchors = anchors(tx, old.id).await?;
    policy::can_update(actor, old.id, &anchors, &command.patch.replaced(&old)).map_err(Error::Denied)?;
    if old.version != command.version {
        return Err(Error::Conflict(Box::new(old)));
    }
    if old.status == RecordStatus::Archived {
        return Err(Error::Archived);
    }
    let knows_birth_date = policy::may(actor, Permission::PersonReadBirthDate, old.id, &anchors);
    let new = apply(tx, actor, &old, command.patch, knows_birth_date).await.map_err(Error::Record)?;
    let new = repo::update(tx, new, command.version)
        .await
        .map_err(|error| Error::Record(error.into()))?
        .ok_or_else(|| Error::Conflict(Box::new(old.clone())))?;
    member::obligation::settle_person(tx, &new).await?;
    let (before, after) = snapshots(&old, &new);
    let change = Change {
        action: "personUpdate",
        object_type: "Person",
        object_id: new.id.0,
        organization: anchors.first().copied(),
        person: Some(new.id),
        before,
        after,
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}

/// The row after `patch`. A recorded birth date is compared with a new identity number only where the actor
/// `knows_birth_date`: an error must not tell what he may not read.
async fn apply(
    tx: &Tx,
    actor: &Actor,
    old: &person::Model,
    patch: PersonPatch,
    knows_birth_date: bool,
) -> Result<person::Model, RecordError> {
    let birth_date_given = patch.birth_date.is_some();
    let (phone_given, address_given) = (patch.phone.is_some(), patch.address.is_some());
    let identity_given = patch.identity_number.is_some();
    let recorded = if knows_birth_date { open_birth_date(tx.vault(), old)? } else { None };
    let mut fields = patch.applied(old, recorded);
    if old.birth_sealed.is_none() && !birth_date_given {
        fields = fields.completed();
    }
    let faults = fields.faults(tx.today());
    if !faults.is_empty() {
        return Err(RecordError::Faults(faults));
    }
    if let Some(number) = &fields.identity_number {
        identity_is_free(tx, actor, Some(old.id), number).await?;
    }
    let birth_date = fields.birth_date.map(|day| day.to_string());
    let values: Vec<(SensitiveField, Option<&str>)> = [
        (SensitiveField::BirthDate, birth_date_given || old.birth_sealed.is_none(), birth_date.as_deref()),
        (SensitiveField::Phone, phone_given, fields.phone.as_deref()),
        (SensitiveField::IdentityNumber, identity_given, fields.identity_number.as_deref()),
        (SensitiveField::Address, address_given, fields.address.as_deref()),
    ]
    .into_iter()
    .filter_map(|(field, given, value)| given.then_some((field, value)))
    .collect();
    let mut new = person::Model {
        sort_key: fields.sort_key.unwrap_or_else(|| search::person_sort_key(&fields.name)),
        name: fields.name,
        sex: fields.sex,
        ethnicity: fields.ethnicity,
        native_place: fields.native_place,
        education: fields.education,
        employer: fields.employer,
        occupation_group: fields.occupation_group,
        ..old.clone()
    };
    seal(tx.vault(), tx.ambient(), &mut new, &values)?;
    Ok(new)
}
