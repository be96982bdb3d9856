//! The fields that creating and editing share, and their checks.
use entity::{BranchForm, Date, DivisionId, OrganizationKind, Sector};

/// Longest name.
pub const NAME: usize = 100;
/// Longest code.
pub const CODE: usize = 32;
/// Longest telephone number.
pub const PHONE: usize = 40;
/// Longest address.
pub const ADDRESS: usize = 200;

/// The fields of an organization that people fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationFields {
    /// Official full name.
    pub name: String,
    /// Short code.
    pub code: String,
    /// ASCII pinyin to sort by; worked out from the name where it is none.
    pub sort_key: Option<String>,
    /// How a branch is set up.
    pub branch_form: Option<BranchForm>,
    /// Field of work.
    pub sector: Sector,
    /// Administrative division.
    pub division: Option<DivisionId>,
    /// Day of its founding.
    pub founded_on: Option<Date>,
    /// Telephone of the office.
    pub office_phone: Option<String>,
    /// Address of the office.
    pub office_address: Option<String>,
}

/// A field that is not filled in rightly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The name is empty.
    NameEmpty,
    /// The name is too long.
    NameTooLong,
    /// The code is empty.
    CodeEmpty,
    /// The code is too long.
    CodeTooLong,
    /// The code has other signs than letters, digits and hyphens.
    CodeSigns,
    /// The sort key has other signs than lower-case letters, digits and spaces.
    SortKeySigns,
    /// Only branches have a form.
    FormWithoutBranch,
    /// The founding lies in the future.
    FoundedLater,
    /// The telephone number has other signs than digits, spaces, plus and hyphens.
    PhoneSigns,
    /// The telephone number is too long.
    PhoneTooLong,
    /// The address is too long.
    AddressTooLong,
}

impl OrganizationFields {
    /// The same with blanks around texts removed and empty texts as none.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        let clean = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        self.name = self.name.trim().to_owned();
        self.code = self.code.trim().to_owned();
        self.sort_key = clean(self.sort_key);
        self.office_phone = clean(self.office_phone);
        self.office_address = clean(self.office_address);
        self
    }

    /// Everything that is wrong, at once.
    pub fn faults(&self, kind: OrganizationKind, today: Date) -> Vec<Fault> {
        let long = |text: &str, most: usize| text.chars().count() > most;
        let key_signs = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == ' ';
        let phone_signs = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+' | '(' | ')');
        let phone = self.office_phone.as_deref().unwrap_or_default();
        [
            (self.name.is_empty(), Fault::NameEmpty),
            (long(&self.name, NAME), Fault::NameTooLong),
            (self.code.is_empty(), Fault::CodeEmpty),
            (long(&self.code, CODE), Fault::CodeTooLong),
            (!self.code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), Fault::CodeSigns),
            (self.sort_key.as_deref().is_some_and(|key| !key.chars().all(key_signs)), Fault::SortKeySigns),
            (self.branch_form.is_some() && kind != OrganizationKind::Branch, Fault::FormWithoutBranch),
            (self.founded_on.is_some_and(|day| day > today), Fault::FoundedLater),
            (!phone.chars().all(phone_signs), Fault::PhoneSigns),
            (long(phone, PHONE), Fault::PhoneTooLong),
            (self.office_address.as_deref().is_some_and(|address| long(address, ADDRESS)), Fault::AddressTooLong),
        ]
        .into_iter()
        .filter_map(|(wrong, fault)| wrong.then_some(fault))
        .collect()
    }
}
