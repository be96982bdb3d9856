//! Changing persons: decode → call → encode, and what each error reads like.
use async_graphql::{Context, MaybeUndefined, Object};
use entity::{OrganizationId, PersonId, person};

use super::{
    Person, PersonArchiveInput, PersonArchivePayload, PersonCreateInput, PersonCreatePayload, PersonFieldsInput,
    PersonRestoreInput, PersonRestorePayload, PersonUnmaskInput, PersonUnmaskPayload, PersonUpdateInput,
    PersonUpdatePayload, loader, service,
};
use crate::graphql::{
    Begun, Call, Explain, Explained, Lock, Problem, Result, UserErrorCode, ids, replayed, request, scalar::Date,
};

/// Mutations on persons.
#[derive(Default)]
pub struct PersonMutation;

#[Object]
impl PersonMutation {
    /// Records a person without a membership, tied to an organization. Codes: REQUIRED, `TOO_LONG`, INVALID,
    /// `OUT_OF_RANGE`, `NOT_FOUND`, ARCHIVED, DUPLICATE, `HELD_ELSEWHERE`, `BUDGET_EXHAUSTED`, `IDEMPOTENCY_MISMATCH`.
    async fn person_create(&self, ctx: &Context<'_>, input: PersonCreateInput) -> Result<PersonCreatePayload> {
        let call = match Call::begin_keyed(ctx, Lock::None, input.idempotency_key.as_deref()).await? {
            Begun::Fresh(call) => call,
            Begun::Mismatch(user_errors) => return Ok(PersonCreatePayload { person: None, user_errors }),
            Begun::Replayed(id) => {
                let person = loader::person(ctx, replayed(id)).await?;
                return Ok(PersonCreatePayload { person, user_errors: Vec::new() });
            }
        };
        let command = service::PersonCreate {
            organization: ids::decode_or_nil(&input.organization),
            affiliation: input.affiliation.into(),
            fields: input.person.into(),
        };
        let organization = command.organization;
        let outcome = service::create(&call.tx, &call.actor, command).await;
        let held_elsewhere = match &outcome {
            Err(service::PersonCreateError::Record(service::RecordError::IdentityHeldElsewhere(holder))) => {
                Some(*holder)
            }
            _ => None,
        };
        let (person, user_errors) = call.finish_keyed(outcome, |row| row.id.0).await?;
        if let Some(holder) = held_elsewhere {
            note_held_elsewhere(ctx, Some(organization), holder).await?;
        }
        Ok(PersonCreatePayload { person: person.map(Person::from), user_errors })
    }

    /// Changes a person's fields. Codes: as for creating, and CONFLICT.
    async fn person_update(&self, ctx: &Context<'_>, input: PersonUpdateInput) -> Result<PersonUpdatePayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let outcome = service::update(&call.tx, &call.actor, input.into()).await;
        let held_elsewhere = match &outcome {
            Err(service::PersonUpdateError::Record(service::RecordError::IdentityHeldElsewhere(holder))) => {
                Some(*holder)
            }
            _ => None,
        };
        let (person, user_errors) = call.finish(outcome).await?;
        if let Some(holder) = held_elsewhere {
            note_held_elsewhere(ctx, None, holder).await?;
        }
        Ok(PersonUpdatePayload { person: person.map(Person::from), user_errors })
    }

    /// Archives a record that neither a membership nor a post needs any more. Codes: `NOT_FOUND`, ARCHIVED, `NOT_EMPTY`,
    /// REQUIRED, CONFLICT.
    async fn person_archive(&self, ctx: &Context<'_>, input: PersonArchiveInput) -> Result<PersonArchivePayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let PersonArchiveInput { person, reason, version } = input;
        let command = service::PersonArchive { person: ids::decode_or_nil(&person), reason, version };
        let outcome = service::archive(&call.tx, &call.actor, command).await;
        let (person, user_errors) = call.finish(outcome).await?;
        Ok(PersonArchivePayload { person: person.map(Person::from), user_errors })
    }

    /// Brings an archived record back into use. Codes: `NOT_FOUND`, `NOT_ARCHIVED`, ARCHIVED
    /// (erased), REQUIRED, CONFLICT.
    async fn person_restore(&self, ctx: &Context<'_>, input: PersonRestoreInput) -> Result<PersonRestorePayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let PersonRestoreInput { person, reason, version } = input;
        let command = service::PersonArchive { person: ids::decode_or_nil(&person), reason, version };
        let outcome = service::restore(&call.tx, &call.actor, command).await;
        let (person, user_errors) = call.finish(outcome).await?;
        Ok(PersonRestorePayload { person: person.map(Person::from), user_errors })
    }

    /// Shows one protected field of one person in full; the person sees who looked. Codes: `NOT_FOUND`,
    /// `BUDGET_EXHAUSTED`.
    async fn person_unmask(&self, ctx: &Context<'_>, input: PersonUnmaskInput) -> Result<PersonUnmaskPayload> {
        request(ctx).look_once("personUnmask")?;
        let call = Call::begin(ctx, Lock::None).await?;
        let command = service::PersonUnmask {
            person: ids::decode_or_nil(&input.person),
            field: input.field.into(),
            reason: input.reason.into(),
        };
        let outcome = service::unmask(&call.tx, &call.actor, command).await;
        let (unmasked, user_errors) = call.finish(outcome).await?;
        let (value, remaining) = match unmasked {
            Some(unmasked) => (Some(unmasked.value), Some(i32::try_from(unmasked.remaining).unwrap_or(i32::MAX))),
            None => (None, None),
        };
        Ok(PersonUnmaskPayload { value, remaining, user_errors })
    }
}

/// Notes in a transaction of its own that the caller was told that an identity number is held elsewhere.
pub async fn note_held_elsewhere(
    ctx: &Context<'_>,
    organization: Option<OrganizationId>,
    holder: Option<PersonId>,
) -> Result<()> {
    let call = Call::begin(ctx, Lock::None).await?;
    service::note_held_elsewhere(&call.tx, &call.actor, organization, holder).await?;
    Ok(call.tx.commit().await?)
}

impl From<PersonFieldsInput> for service::PersonFields {
    fn from(input: PersonFieldsInput) -> Self {
        Self {
            name: input.name,
            sort_key: input.sort_key,
            sex: input.sex.map(Into::into),
            ethnicity: input.ethnicity,
            native_place: input.native_place,
            education: input.education.map(Into::into),
            employer: input.employer,
            occupation_group: input.occupation_group.map(Into::into),
            birth_date: input.birth_date.map(|Date(day)| day),
            phone: input.phone,
            identity_number: input.identity_number,
            address: input.address,
        }
    }
}

/// A value that may be left out (none), cleared (inner none) or set.
fn patched<T, U>(value: MaybeUndefined<T>, map: impl FnOnce(T) -> U) -> Option<Option<U>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(map(value))),
    }
}

impl From<PersonUpdateInput> for service::PersonUpdate {
    fn from(input: PersonUpdateInput) -> Self {
        Self {
            person: ids::decode_or_nil(&input.person),
            version: input.version,
            patch: service::PersonPatch {
                name: input.name,
                sort_key: input.sort_key,
                sex: patched(input.sex, Into::into),
                ethnicity: patched(input.ethnicity, |text| text),
                native_place: patched(input.native_place, |text| text),
                education: patched(input.education, Into::into),
                employer: patched(input.employer, |text| text),
                occupation_group: patched(input.occupation_group, Into::into),
                birth_date: patched(input.birth_date, |Date(day)| day),
                phone: patched(input.phone, |text| text),
                identity_number: patched(input.identity_number, |text| text),
                address: patched(input.address, |text| text),
            },
        }
    }
}

/// The path of a person's field: below `person` where a new one is entered, directly where one is changed.
fn place(path: &'static [&'static str], entered: bool) -> &'static [&'static str] {
    match path {
        [_, rest @ ..] if !entered => rest,
        path => path,
    }
}

fn fault(fault: service::Fault, entered: bool) -> Problem {
    use UserErrorCode::{Invalid, OutOfRange};
    use service::{ADDRESS, ETHNICITY, Fault, NAME, PLACE};
    match fault {
        Fault::NameEmpty => Problem::required(place(&["person", "name"], entered), "姓名", "The name"),
        Fault::NameTooLong => Problem::too_long(place(&["person", "name"], entered), NAME, "姓名", "The name"),
        Fault::SortKeySigns => Problem::new(
            place(&["person", "sortKey"], entered),
            Invalid,
            "排序拼音只能用小写字母、数字和空格，例如 shan wei。",
            "A sort key has lower-case letters, digits and blanks only, such as shan wei.",
        ),
        Fault::EthnicityTooLong => {
            Problem::too_long(place(&["person", "ethnicity"], entered), ETHNICITY, "民族", "The ethnic group")
        }
        Fault::NativePlaceTooLong => {
            Problem::too_long(place(&["person", "nativePlace"], entered), PLACE, "籍贯", "The native place")
        }
        Fault::EmployerTooLong => {
            Problem::too_long(place(&["person", "employer"], entered), PLACE, "工作单位", "The employer")
        }
        Fault::BirthDateOutOfRange => Problem::new(
            place(&["person", "birthDate"], entered),
            OutOfRange,
            "出生日期不能晚于今天，也不能早于 1900 年，核对后再填。",
            "A birth date lies between 1900 and today; check it and enter it again.",
        ),
        Fault::PhoneForm => Problem::new(
            place(&["person", "phone"], entered),
            Invalid,
            "手机号是 11 位数字，补全后再保存。",
            "A mobile phone number has 11 digits; complete it and save again.",
        ),
        Fault::IdentityForm => Problem::new(
            place(&["person", "identityNumber"], entered),
            Invalid,
            "身份证号是 18 位，末位校验码也要对得上，对照证件再填。",
            "An identity number has 18 characters and a matching check digit; compare it with the card.",
        ),
        Fault::BirthDateContradicted => Problem::new(
            place(&["person", "birthDate"], entered),
            Invalid,
            "出生日期和身份证号里的不一致，改正其中一个。",
            "The identity number says another birth date; correct one of them.",
        ),
        Fault::AddressTooLong => {
            Problem::too_long(place(&["person", "address"], entered), ADDRESS, "住址", "The address")
        }
    }
}

/// How it reads that a person's fields were not accepted; `entered` where a new person is entered below `person`.
pub fn record_problems(error: service::RecordError, entered: bool) -> Explained {
    use service::RecordError;
    let identity = place(&["person", "identityNumber"], entered);
    match error {
        RecordError::Faults(faults) => {
            Explained::Problems(faults.into_iter().map(|wrong| fault(wrong, entered)).collect())
        }
        RecordError::IdentityTaken => Problem::new(
            identity,
            UserErrorCode::Duplicate,
            "您能看到的人员里已有这个身份证号，搜索姓名打开那条记录。",
            "Somebody whom you may see has this identity number already; search by name and open that record.",
        )
        .into(),
        RecordError::IdentityHeldElsewhere(_) => Problem::new(
            identity,
            UserErrorCode::HeldElsewhere,
            "这个身份证号已登记在别的组织，联系上级组织员办理组织关系转接。",
            "This identity number is recorded with another organization; ask the organizer above to transfer the person.",
        )
        .into(),
        RecordError::IdentityBudgetExhausted => Problem::new(
            identity,
            UserErrorCode::BudgetExhausted,
            "今天查到“登记在别处”的次数已用完，先不填身份证号保存，明天再补。",
            "Too many identity numbers were found elsewhere today; save without it and add it tomorrow.",
        )
        .into(),
        RecordError::Sealed(error) => error.into(),
        RecordError::Db(error) => error.into(),
    }
}

fn not_found() -> Problem {
    Problem::not_found(&["person"], "人员", "person")
}

fn archived() -> Problem {
    let code = UserErrorCode::Archived;
    Problem::new(&["person"], code, "这条人员记录已归档，先恢复再修改。", "This record is archived; restore it first.")
}

impl Explain<person::Model> for service::PersonCreateError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::OrganizationNotFound => Problem::not_found(&["organization"], "组织", "organization").into(),
            Self::OrganizationArchived => Problem::new(
                &["organization"],
                UserErrorCode::Archived,
                "这个组织已归档，换一个组织。",
                "This organization is archived; choose another.",
            )
            .into(),
            Self::Record(error) => record_problems(error, true),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<person::Model> for service::PersonUpdateError {
    fn current(&mut self) -> Option<person::Model> {
        if let Self::Conflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => not_found().into(),
            Self::Archived => archived().into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Record(error) => record_problems(error, false),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<person::Model> for service::PersonArchiveError {
    fn current(&mut self) -> Option<person::Model> {
        if let Self::Conflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        use UserErrorCode::{Archived, NotArchived, NotEmpty};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => not_found().into(),
            Self::Archived => Problem::new(
                &["person"],
                Archived,
                "这条记录已经归档，刷新后再看。",
                "This record is archived already; reload the page.",
            )
            .into(),
            Self::NotArchived => Problem::new(
                &["person"],
                NotArchived,
                "这条记录没有归档，刷新后再看。",
                "This record is not archived; reload the page.",
            )
            .into(),
            Self::MembershipRuns => Problem::new(
                &["person"],
                NotEmpty,
                "这个人还在发展过程中或是在册党员，组织关系结束后再归档。",
                "This person's membership still runs; archive the record when it has ended.",
            )
            .into(),
            Self::PostRuns => Problem::new(
                &["person"],
                NotEmpty,
                "这个人还担任职务，先登记离任再归档。",
                "This person still holds a post; record its end first.",
            )
            .into(),
            Self::Erased => Problem::new(
                &["person"],
                Archived,
                "这个人的个人信息已经清除，不能恢复。",
                "What was personal about this person is erased; the record cannot be restored.",
            )
            .into(),
            Self::ReasonEmpty => Problem::required(&["reason"], "理由", "The reason").into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<service::Unmasked> for service::PersonUnmaskError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => not_found().into(),
            Self::Empty => Problem::new(
                &["field"],
                UserErrorCode::NotFound,
                "这一项还没有填写，先补全资料。",
                "This field has no value yet; complete the record first.",
            )
            .into(),
            Self::BudgetExhausted => Problem::new(
                &[],
                UserErrorCode::BudgetExhausted,
                format!("今天的 {} 次查看已用完，明天再看，急用找有权限的同事。", service::LOOKS_A_DAY),
                format!(
                    "Today's {} looks are used up; come back tomorrow or ask a colleague who may look.",
                    service::LOOKS_A_DAY
                ),
            )
            .into(),
            Self::Sealed(error) => error.into(),
            Self::Db(error) => error.into(),
        }
    }
}
