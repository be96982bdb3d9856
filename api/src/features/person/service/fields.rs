//! The fields that creating and editing share, and their checks.
use entity::{Date, Education, OccupationGroup, Sex};

use super::identity;

/// Longest name.
pub const NAME: usize = 50;
/// Longest name of an ethnic group.
pub const ETHNICITY: usize = 20;
/// Longest native place and employer.
pub const PLACE: usize = 100;
/// Longest address.
pub const ADDRESS: usize = 200;
/// Digits of a mobile phone number.
const PHONE: usize = 11;
/// Nobody alive was born before.
const OLDEST_BIRTH_YEAR: i32 = 1900;

/// The fields of a person that people fill in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonFields {
    /// Name.
    pub name: String,
    /// ASCII pinyin to sort by; worked out from the name where it is none.
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
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Mobile phone number.
    pub phone: Option<String>,
    /// Identity number.
    pub identity_number: Option<String>,
    /// Address.
    pub address: Option<String>,
}

/// A field that is not filled in rightly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The name is empty.
    NameEmpty,
    /// The name is too long.
    NameTooLong,
    /// The sort key has other signs than lower-case letters, digits and spaces.
    SortKeySigns,
    /// The ethnic group is too long.
    EthnicityTooLong,
    /// The native place is too long.
    NativePlaceTooLong,
    /// The employer is too long.
    EmployerTooLong,
    /// The birth date lies in the future or before 1900.
    BirthDateOutOfRange,
    /// The phone number has not 11 digits.
    PhoneForm,
    /// The identity number has not 18 characters with a valid check digit and birth date.
    IdentityForm,
    /// The identity number says another birth date.
    BirthDateContradicted,
    /// The address is too long.
    AddressTooLong,
}

/// `text` without blanks around it; none where nothing is left.
pub fn clean(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

impl PersonFields {
    /// The same with blanks around texts removed, empty texts as none and the check letter of an identity number in
    /// upper case.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        self.name = self.name.trim().to_owned();
        self.sort_key = clean(self.sort_key);
        self.ethnicity = clean(self.ethnicity);
        self.native_place = clean(self.native_place);
        self.employer = clean(self.employer);
        self.phone = clean(self.phone);
        self.identity_number = clean(self.identity_number).map(|number| number.to_ascii_uppercase());
        self.address = clean(self.address);
        self
    }

    /// The same with the birth date that the identity number says, where none is given: nobody enters it twice.
    #[must_use]
    pub fn completed(mut self) -> Self {
        let said = self.identity_number.as_deref().and_then(identity::birth_date);
        self.birth_date = self.birth_date.or(said);
        self
    }

    /// Everything that is wrong, at once.
    pub fn faults(&self, today: Date) -> Vec<Fault> {
        use chrono::Datelike;
        let long = |text: Option<&String>, most: usize| text.is_some_and(|text| text.chars().count() > most);
        let key_signs = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == ' ';
        let phone_form = |phone: &String| phone.len() == PHONE && phone.chars().all(|c| c.is_ascii_digit());
        let said = self.identity_number.as_deref().map(identity::birth_date);
        let contradicted = |day: Date| said.flatten().is_some_and(|said| said != day);
        [
            (self.name.is_empty(), Fault::NameEmpty),
            (long(Some(&self.name), NAME), Fault::NameTooLong),
            (self.sort_key.as_deref().is_some_and(|key| !key.chars().all(key_signs)), Fault::SortKeySigns),
            (long(self.ethnicity.as_ref(), ETHNICITY), Fault::EthnicityTooLong),
            (long(self.native_place.as_ref(), PLACE), Fault::NativePlaceTooLong),
            (long(self.employer.as_ref(), PLACE), Fault::EmployerTooLong),
            (
                self.birth_date.is_some_and(|day| day > today || day.year() < OLDEST_BIRTH_YEAR),
                Fault::BirthDateOutOfRange,
            ),
            (self.phone.as_ref().is_some_and(|phone| !phone_form(phone)), Fault::PhoneForm),
            (said == Some(None), Fault::IdentityForm),
            (self.birth_date.is_some_and(contradicted), Fault::BirthDateContradicted),
            (long(self.address.as_ref(), ADDRESS), Fault::AddressTooLong),
        ]
        .into_iter()
        .filter_map(|(wrong, fault)| wrong.then_some(fault))
        .collect()
    }
}
