//! Mutations on people and members.

use cynic::Id;

use crate::api::fragments::{PersonRef, UserError, changed, fragment, mutation};
use crate::api::patch::Patch;
use crate::api::schema;
use crate::api::types::{AffiliationKind, Date, Education, OccupationGroup, SensitiveField, Sex, UnmaskReason};
use crate::api::use_mutation::Mutation;

/// The fields of a new person.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PersonFieldsInput {
    pub name: String,
    pub sex: Option<Sex>,
    pub ethnicity: Option<String>,
    pub native_place: Option<String>,
    pub education: Option<Education>,
    pub employer: Option<String>,
    pub occupation_group: Option<OccupationGroup>,
    pub birth_date: Option<Date>,
    pub phone: Option<String>,
    pub identity_number: Option<String>,
    pub address: Option<String>,
}

/// A new applicant.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct MemberCreateInput {
    /// Home organization.
    pub organization: Id,
    /// The person.
    pub person: PersonFieldsInput,
    /// Day of the application.
    pub applied_on: Date,
    /// The same key is not created twice.
    pub idempotency_key: Option<String>,
}

/// A new person without a membership.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PersonCreateInput {
    /// Where the person gets a tie.
    pub organization: Id,
    /// Kind of the tie.
    pub affiliation: AffiliationKind,
    /// The person.
    pub person: PersonFieldsInput,
    /// The same key is not created twice.
    pub idempotency_key: Option<String>,
}

/// Changed dates of a membership.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct MemberUpdateInput {
    /// Whose.
    pub member: Id,
    /// The version seen.
    pub version: i32,
    /// Day of the application.
    pub applied_on: Option<Date>,
}

/// Changed fields of a person. Protected fields are left out where they stay as they are; null clears.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PersonUpdateInput {
    pub person: Id,
    pub version: i32,
    pub name: Option<String>,
    pub sex: Option<Sex>,
    pub ethnicity: Option<String>,
    pub native_place: Option<String>,
    pub education: Option<Education>,
    pub employer: Option<String>,
    pub occupation_group: Option<OccupationGroup>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub sort_key: Option<String>,
    #[cynic(skip_serializing_if = "Patch::is_kept")]
    pub birth_date: Patch<Date>,
    #[cynic(skip_serializing_if = "Patch::is_kept")]
    pub phone: Patch<String>,
    #[cynic(skip_serializing_if = "Patch::is_kept")]
    pub identity_number: Patch<String>,
    #[cynic(skip_serializing_if = "Patch::is_kept")]
    pub address: Patch<String>,
}

/// Takes a record out of use.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PersonArchiveInput {
    /// Whom.
    pub person: Id,
    /// Why.
    pub reason: String,
    /// The version seen.
    pub version: i32,
}

/// Takes an archived record into use again.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PersonRestoreInput {
    /// Whom.
    pub person: Id,
    /// Why.
    pub reason: String,
    /// The version seen.
    pub version: i32,
}

/// Proposes to erase what is personal.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PersonEraseProposeInput {
    /// Whose.
    pub person: Id,
    /// Why.
    pub reason: String,
    /// The version seen.
    pub version: i32,
}

/// Confirms what somebody else proposed.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PersonEraseConfirmInput {
    /// Whose.
    pub person: Id,
    /// The version seen.
    pub version: i32,
}

/// Takes a proposal back.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PersonEraseWithdrawInput {
    /// Whose.
    pub person: Id,
    /// The version seen.
    pub version: i32,
}

/// Moves a member's home organization.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct MemberTransferInput {
    /// Whom.
    pub member: Id,
    /// Where to.
    pub to: Id,
    /// From which day.
    pub effective_on: Date,
    /// Why.
    pub reason: String,
    /// The version seen.
    pub version: i32,
}

/// Names the contact persons.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct MemberContactAssignInput {
    /// Whose.
    pub member: Id,
    /// All of them.
    pub contacts: Vec<Id>,
    /// The version seen.
    pub version: i32,
}

/// Ties a person to an organization beside the home one.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AffiliationCreateInput {
    /// Whom.
    pub person: Id,
    /// To whom.
    pub organization: Id,
    /// Of what kind.
    pub kind: AffiliationKind,
    /// From which day.
    pub from: Date,
    /// The same key is not created twice.
    pub idempotency_key: Option<String>,
}

/// Ends a tie.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AffiliationEndInput {
    /// Which.
    pub affiliation: Id,
    /// Last day.
    pub until: Date,
}

/// Looks at a protected value.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PersonUnmaskInput {
    /// Whose.
    pub person: Id,
    /// Which.
    pub field: SensitiveField,
    /// What for.
    pub reason: UnmaskReason,
}

changed! {
    /// A changed person.
    ChangedPerson "Person",
    /// A changed membership.
    ChangedMember "Member",
    /// A changed tie.
    ChangedAffiliation "Affiliation",
}

fragment! {
    /// A new member's person, to open its page.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Member")]
    pub struct CreatedMember {
        /// The person.
        pub person: PersonRef,
    }
}

mutation!($
    /// Adds a person with a membership.
    MemberCreate = member_create(MemberCreateInput) -> "MemberCreatePayload" { member: CreatedMember }
);
mutation!($
    /// Adds a person without a membership.
    PersonCreate = person_create(PersonCreateInput) -> "PersonCreatePayload" { person: PersonRef }
);
mutation!($
    /// Changes the dates of a membership.
    MemberUpdate = member_update(MemberUpdateInput) -> "MemberUpdatePayload" { member: ChangedMember }
);
mutation!($
    /// Changes a person's record.
    PersonUpdate = person_update(PersonUpdateInput) -> "PersonUpdatePayload" { person: ChangedPerson }
);
mutation!($
    /// Archives a person's record.
    PersonArchive = person_archive(PersonArchiveInput) -> "PersonArchivePayload" { person: ChangedPerson }
);
mutation!($
    /// Restores a person's record.
    PersonRestore = person_restore(PersonRestoreInput) -> "PersonRestorePayload" { person: ChangedPerson }
);
mutation!($
    /// Proposes to erase what is personal.
    PersonErasePropose = person_erase_propose(PersonEraseProposeInput) -> "PersonEraseProposePayload" { person: ChangedPerson }
);
mutation!($
    /// Erases what is personal, for good.
    PersonEraseConfirm = person_erase_confirm(PersonEraseConfirmInput) -> "PersonEraseConfirmPayload" { person: ChangedPerson }
);
mutation!($
    /// Takes a proposal to erase back.
    PersonEraseWithdraw = person_erase_withdraw(PersonEraseWithdrawInput) -> "PersonEraseWithdrawPayload" { person: ChangedPerson }
);
mutation!($
    /// Transfers a member.
    MemberTransfer = member_transfer(MemberTransferInput) -> "MemberTransferPayload" { member: ChangedMember }
);
mutation!($
    /// Assigns contact persons.
    MemberContactAssign = member_contact_assign(MemberContactAssignInput) -> "MemberContactAssignPayload" { member: ChangedMember }
);
mutation!($
    /// Adds an affiliation.
    AffiliationCreate = affiliation_create(AffiliationCreateInput) -> "AffiliationCreatePayload" { affiliation: ChangedAffiliation }
);
mutation!($
    /// Ends an affiliation.
    AffiliationEnd = affiliation_end(AffiliationEndInput) -> "AffiliationEndPayload" { affiliation: ChangedAffiliation }
);

/// Variables of the unmasking.
#[derive(cynic::QueryVariables)]
pub struct PersonUnmaskVariables {
    input: PersonUnmaskInput,
}

fragment! {
    /// A value and how many more may be looked at today.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PersonUnmaskPayload {
        /// The value.
        pub value: Option<String>,
        /// Unmaskings left today.
        pub remaining: Option<i32>,
        /// What is wrong.
        pub user_errors: Vec<UserError>,
    }

    /// Looks at a protected value; the person can see who did.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Mutation", variables = "PersonUnmaskVariables")]
    pub struct PersonUnmask {
        #[arguments(input: $input)]
        person_unmask: PersonUnmaskPayload,
    }
}

impl Mutation for PersonUnmask {
    type Input = PersonUnmaskInput;
    type Variables = PersonUnmaskVariables;
    type Object = PersonUnmaskPayload;

    fn variables(input: PersonUnmaskInput) -> PersonUnmaskVariables {
        PersonUnmaskVariables { input }
    }

    fn outcome(self) -> (Option<PersonUnmaskPayload>, Vec<UserError>) {
        let errors = self.person_unmask.user_errors.clone();
        (Some(self.person_unmask), errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_field_is_left_out_and_a_cleared_one_is_null() {
        let input = PersonUpdateInput {
            person: Id::new("p1"),
            version: 3,
            name: Some("示例".into()),
            sex: None,
            ethnicity: None,
            native_place: None,
            education: None,
            employer: None,
            occupation_group: None,
            sort_key: None,
            birth_date: Patch::Keep,
            phone: Patch::Clear,
            identity_number: Patch::Set("99".into()),
            address: Patch::Keep,
        };
        let sent = serde_json::to_value(&input).expect("an input is JSON");
        assert_eq!(sent.get("phone"), Some(&serde_json::Value::Null));
        assert_eq!(sent.get("identityNumber").and_then(serde_json::Value::as_str), Some("99"));
        assert_eq!((sent.get("birthDate"), sent.get("address"), sent.get("sortKey")), (None, None, None));
    }
}
