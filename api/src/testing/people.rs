//! People of the test city.
use chrono::{Datelike, Months};
use entity::{
    AccountId, AccountKind, AccountStatus, Date, Education, GrantScope, MemberId, MemberStage, OccupationGroup,
    OrganizationId, PersonId, RecordStatus, Sex, account, member, member_home, member_stage, organization_count,
    person, role_grant,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DbErr, EntityTrait, IntoActiveModel};

use crate::{
    db::{Tx, search},
    features::person::service::{identity_index, phone_index},
};

/// A person of the test city, with a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Human {
    /// The person.
    pub person: PersonId,
    /// The membership.
    pub member: MemberId,
}

/// What is said of a new person.
pub(super) struct Sketch<'a> {
    pub name: &'a str,
    pub home: OrganizationId,
    pub stage: MemberStage,
    /// Months in the present stage.
    pub months: u32,
    /// Distinguishes phone and identity numbers.
    pub number: u32,
    pub complete: bool,
}

/// Writes a person with membership, periods, counts and tokens.
pub(super) async fn insert(tx: &Tx, sketch: Sketch<'_>) -> Result<Human, DbErr> {
    let human = Human { person: tx.new_id(), member: tx.new_id() };
    let id = human.person;
    let (key, wrapped) = tx.vault().new_data_key(tx.ambient(), id.0);
    let seal = |column: &str, value: &str| tx.vault().seal(tx.ambient(), &key, id.0, column, value);
    let phone = format!("100{:08}", sketch.number);
    let identity = identity_number(sketch.number);
    let birth = Date::from_ymd_opt(1980, 1, 1).unwrap_or(tx.today());
    let row = person::Model {
        id,
        name: sketch.name.to_owned(),
        sort_key: search::person_sort_key(sketch.name),
        sex: Some(if sketch.number.is_multiple_of(2) { Sex::Female } else { Sex::Male }),
        ethnicity: Some("汉族".to_owned()),
        native_place: None,
        education: sketch.complete.then_some(Education::Bachelor),
        employer: None,
        occupation_group: Some(OccupationGroup::CommunityWorker),
        birth_year: Some(birth.year()),
        birth_sealed: Some(seal("birth_sealed", &birth.to_string())),
        phone_index: Some(phone_index(tx.vault(), &phone)),
        phone_sealed: Some(seal("phone_sealed", &phone)),
        identity_index: Some(identity_index(tx.vault(), &identity)),
        identity_sealed: Some(seal("identity_sealed", &identity)),
        address_sealed: None,
        data_key: Some(wrapped),
        status: RecordStatus::Active,
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
    };
    let tokens = search::tokens(&row.name, &row.sort_key, &[]);
    person::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    search::replace_tokens(tx.conn(), entity::SearchSubject::Person, id.0, tokens).await?;
    insert_membership(tx, human, &sketch).await?;
    Ok(human)
}

async fn insert_membership(tx: &Tx, human: Human, sketch: &Sketch<'_>) -> Result<(), DbErr> {
    let months = |n: u32| tx.today().checked_sub_months(Months::new(n)).unwrap_or(tx.today());
    let from = months(sketch.months);
    let admitted = (sketch.stage >= MemberStage::Probationary).then_some(from);
    let full = (sketch.stage == MemberStage::Full).then_some(from);
    let row = member::Model {
        id: human.member,
        person_id: human.person,
        stage: sketch.stage,
        home_organization_id: sketch.home,
        applied_on: Some(from),
        admitted_on: admitted,
        full_on: full,
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
    };
    member::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    let stage = member_stage::ActiveModel {
        id: Set(tx.new_id()),
        member_id: Set(human.member),
        stage: Set(sketch.stage),
        from: Set(from),
        until: Set(None),
    };
    member_stage::Entity::insert(stage).exec_without_returning(tx.conn()).await?;
    let home = member_home::ActiveModel {
        id: Set(tx.new_id()),
        member_id: Set(human.member),
        organization_id: Set(sketch.home),
        from: Set(from),
        until: Set(None),
    };
    member_home::Entity::insert(home).exec_without_returning(tx.conn()).await?;
    let known = organization_count::Entity::find_by_id((sketch.home, sketch.stage)).one(tx.conn()).await?;
    let count = organization_count::ActiveModel {
        organization_id: Set(sketch.home),
        stage: Set(sketch.stage),
        n: Set(known.as_ref().map_or(0, |row| row.n) + 1),
    };
    match known {
        Some(_) => count.update(tx.conn()).await.map(|_| ()),
        None => organization_count::Entity::insert(count).exec_without_returning(tx.conn()).await.map(|_| ()),
    }
}

/// A well-formed identity number of a region that does not exist, born 1980-01-01.
pub(super) fn identity_number(number: u32) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("99000019800101{:03}", number % 1_000);
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = b"10X98765432".get(usize::try_from(sum % 11).unwrap_or(0)).copied().unwrap_or(b'0');
    format!("{body}{}", char::from(check))
}

/// Writes an account.
pub(super) async fn insert_account(
    tx: &Tx,
    name: &str,
    person: Option<PersonId>,
    password_hash: &str,
) -> Result<AccountId, DbErr> {
    let id: AccountId = tx.new_id();
    let row = account::ActiveModel {
        id: Set(id),
        name: Set(name.to_owned()),
        kind: Set(if person.is_some() { AccountKind::Person } else { AccountKind::Service }),
        person_id: Set(person),
        password_hash: Set(password_hash.to_owned()),
        status: Set(AccountStatus::Active),
        last_sign_in_at: Set(None),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
        version: Set(1),
    };
    account::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(id)
}

/// Gives `account` the role with `code` on `organization`, or on oneself, until `until`.
pub(super) async fn insert_grant(
    tx: &Tx,
    account: AccountId,
    code: &str,
    organization: Option<OrganizationId>,
    until: Option<Date>,
) -> Result<(), DbErr> {
    use entity::role;
    use sea_orm::{ColumnTrait, QueryFilter};
    let role = role::Entity::find().filter(role::Column::Code.eq(code)).one(tx.conn()).await?;
    let role = role.ok_or_else(|| DbErr::RecordNotFound(code.to_owned()))?;
    let from = tx.today().checked_sub_months(Months::new(12)).unwrap_or(tx.today());
    let row = role_grant::ActiveModel {
        id: Set(tx.new_id()),
        account_id: Set(account),
        role_id: Set(role.id),
        scope: Set(if organization.is_some() { GrantScope::Subtree } else { GrantScope::Own }),
        organization_id: Set(organization),
        from: Set(from),
        until: Set(until),
        reason: Set("test".to_owned()),
        granted_by: Set(None),
        created_at: Set(tx.now()),
        ended_at: Set(None),
        confirmed_at: Set(Some(tx.now())),
        confirmed_by: Set(None),
        post_id: Set(None),
        extends_id: Set(None),
    };
    role_grant::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}
