use std::{collections::HashMap, sync::Arc};

use entity::{
    AccountId, AccountKind, AccountStatus, Date, Education, GrantId, OrganizationId, OrganizationKind,
    OrganizationLevel, OrganizationStatus, PersonId, RecordStatus, RoleId, SensitiveField, Sex, Timestamp, Workbench,
    person,
};
use uuid::Uuid;

use super::{
    policy,
    service::{
        AgeBand, Fault, PersonFields, PersonPatch, identity, masked, missing_fields, of_age_on, open, seal, snapshots,
    },
};
use crate::{
    authz::{AccountInfo, Actor, Authority, Denied, GrantInfo, Permission, RoleInfo},
    clock::{Ambient, SystemClock, SystemRandomness},
    db::{Engine, Tree, TreeNode, seal::Vault},
};

const GOOD: &str = "990000198001010012";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn today() -> Date {
    day("2026-09-09")
}

fn row() -> person::Model {
    person::Model {
        id: PersonId(Uuid::from_u128(1)),
        name: "王示例安".to_owned(),
        sort_key: "wang shi li an".to_owned(),
        sex: Some(Sex::Male),
        ethnicity: Some("汉族".to_owned()),
        native_place: None,
        education: Some(Education::Bachelor),
        employer: None,
        occupation_group: None,
        birth_year: None,
        data_key: None,
        birth_sealed: None,
        phone_sealed: None,
        phone_index: None,
        identity_sealed: None,
        identity_index: None,
        address_sealed: None,
        status: RecordStatus::Active,
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
        version: 1,
    }
}

fn fields(change: impl FnOnce(&mut PersonFields)) -> PersonFields {
    let mut fields = PersonFields { name: "王示例安".to_owned(), ..PersonFields::default() };
    change(&mut fields);
    fields
}

#[test]
fn an_identity_number_needs_its_check_digit_and_a_real_birth_date() {
    let table = [
        (GOOD, Some(day("1980-01-01"))),
        ("990000198001010010", None),
        ("99000019800101001", None),
        ("9900001980010100121", None),
        ("99000019800101001１", None),
        ("99000019801301001X", None),
        // The example of the standard itself.
        ("11010519491231002X", Some(day("1949-12-31"))),
        ("", None),
    ];
    for (number, expected) in table {
        assert_eq!(identity::birth_date(number), expected, "{number}");
    }
}

#[test]
fn a_check_letter_may_be_typed_in_either_case() {
    let number =
        (0..1000).map(|n| format!("99000019800101{n:03}X")).find(|n| identity::birth_date(n).is_some()).unwrap();
    let typed = fields(|fields| fields.identity_number = Some(format!(" {} ", number.to_lowercase()))).trimmed();
    assert_eq!(typed.identity_number.as_deref(), Some(number.as_str()));
    assert_eq!(typed.faults(today()), []);
}

#[test]
fn all_faults_are_found_at_once() {
    let wrong = PersonFields {
        name: String::new(),
        sort_key: Some("Wang".to_owned()),
        ethnicity: Some("族".repeat(21)),
        native_place: Some("籍".repeat(101)),
        employer: Some("司".repeat(101)),
        birth_date: Some(day("2026-09-10")),
        phone: Some("1380000".to_owned()),
        identity_number: Some("123".to_owned()),
        address: Some("路".repeat(201)),
        ..PersonFields::default()
    };
    assert_eq!(
        wrong.faults(today()),
        [
            Fault::NameEmpty,
            Fault::SortKeySigns,
            Fault::EthnicityTooLong,
            Fault::NativePlaceTooLong,
            Fault::EmployerTooLong,
            Fault::BirthDateOutOfRange,
            Fault::PhoneForm,
            Fault::IdentityForm,
            Fault::AddressTooLong,
        ]
    );
}

#[test]
fn a_birth_date_must_agree_with_the_identity_number_and_is_taken_from_it_where_left_out() {
    let contradicted = fields(|fields| {
        fields.identity_number = Some(GOOD.to_owned());
        fields.birth_date = Some(day("1980-01-02"));
    });
    assert_eq!(contradicted.faults(today()), [Fault::BirthDateContradicted]);
    let completed = fields(|fields| fields.identity_number = Some(GOOD.to_owned())).completed();
    assert_eq!(completed.birth_date, Some(day("1980-01-01")));
    assert_eq!(completed.faults(today()), []);
}

#[test]
fn masks_leave_what_tells_records_apart() {
    let table = [
        (SensitiveField::Phone, "10000000001", "100****0001"),
        (SensitiveField::IdentityNumber, GOOD, "9900************12"),
        (SensitiveField::Address, "崇川区虹桥路一号二室", "崇川区虹桥路****"),
        (SensitiveField::BirthDate, "1980-01-01", "1980-**-**"),
    ];
    for (field, value, expected) in table {
        assert_eq!(masked(field, value), expected);
    }
}

#[test]
fn age_bands_meet_without_gap() {
    use AgeBand::{From26To35, From36To45, From46To55, From56To65, Over65, Under26};
    let table = [
        (2026, Under26),
        (2001, Under26),
        (2000, From26To35),
        (1991, From26To35),
        (1990, From36To45),
        (1980, From46To55),
        (1970, From56To65),
        (1961, From56To65),
        (1960, Over65),
        (1900, Over65),
    ];
    for (birth_year, band) in table {
        assert_eq!(AgeBand::of(birth_year, today()), band, "{birth_year}");
        let (first, last) = band.birth_years(today());
        assert!(first.is_none_or(|first| first <= birth_year) && last.is_none_or(|last| birth_year <= last));
    }
}

#[test]
fn somebody_born_on_a_leap_day_comes_of_age_on_the_last_of_february() {
    assert_eq!(of_age_on(day("2008-02-29")), day("2026-02-28"));
    assert_eq!(of_age_on(day("2008-09-09")), day("2026-09-09"));
}

#[test]
fn a_patch_keeps_what_it_does_not_name() {
    let kept = PersonPatch::default().applied(&row(), Some(day("1980-01-01")));
    assert_eq!(kept.name, "王示例安");
    assert_eq!(kept.sort_key.as_deref(), Some("wang shi li an"));
    assert_eq!(kept.birth_date, Some(day("1980-01-01")));
    let patch = PersonPatch {
        name: Some("单示例安".to_owned()),
        sex: Some(None),
        phone: Some(Some("10000000001".to_owned())),
        ..PersonPatch::default()
    };
    let patched = patch.applied(&row(), None);
    assert_eq!((patched.name.as_str(), patched.sort_key, patched.sex), ("单示例安", None, None));
    assert_eq!(patched.education, Some(Education::Bachelor));
    assert_eq!(patched.phone.as_deref(), Some("10000000001"));
}

fn sealed_row(values: &[(SensitiveField, Option<&str>)]) -> (Vault, person::Model) {
    let vault = Vault::new(&[7; 32]);
    let ambient = Ambient::new(
        Arc::new(SystemClock),
        Arc::new(SystemRandomness),
        chrono::FixedOffset::east_opt(8 * 3600).unwrap(),
    );
    let mut row = row();
    seal(&vault, &ambient, &mut row, values).unwrap();
    (vault, row)
}

#[test]
fn what_is_sealed_opens_again_and_leaves_the_year_for_age_bands() {
    let (vault, row) = sealed_row(&[
        (SensitiveField::BirthDate, Some("1980-01-01")),
        (SensitiveField::IdentityNumber, Some(GOOD)),
        (SensitiveField::Phone, None),
    ]);
    assert_eq!(row.birth_year, Some(1980));
    assert_eq!(open(&vault, &row, SensitiveField::IdentityNumber).unwrap().as_deref(), Some(GOOD));
    assert_eq!(open(&vault, &row, SensitiveField::Phone).unwrap(), None);
    let erased = person::Model { data_key: None, ..row.clone() };
    assert_eq!(open(&vault, &erased, SensitiveField::IdentityNumber).unwrap(), None);
    assert!(open(&Vault::new(&[8; 32]), &row, SensitiveField::IdentityNumber).is_err());
}

#[test]
fn a_complete_record_lacks_nothing() {
    assert_eq!(missing_fields(&row()), ["birthDate", "phone", "identityNumber", "occupationGroup"]);
    let (_, mut complete) = sealed_row(&[
        (SensitiveField::BirthDate, Some("1980-01-01")),
        (SensitiveField::IdentityNumber, Some(GOOD)),
        (SensitiveField::Phone, Some("10000000001")),
    ]);
    complete.occupation_group = Some(entity::OccupationGroup::Worker);
    assert_eq!(missing_fields(&complete), Vec::<&str>::new());
}

#[test]
fn history_says_that_personal_fields_changed_and_never_how() {
    let (_, new) = sealed_row(&[(SensitiveField::Phone, Some("10000000001"))]);
    let new = person::Model { name: "李示例宁".to_owned(), ethnicity: None, sex: Some(Sex::Female), ..new };
    let (before, after) = snapshots(&row(), &new);
    assert_eq!(after.get("name").and_then(|value| value.as_str()), Some("changed"));
    assert_eq!(after.get("phone").and_then(|value| value.as_str()), Some("changed"));
    assert_eq!(before.get("ethnicity").and_then(|value| value.as_str()), Some("changed"));
    assert_eq!(after.get("sex").and_then(|value| value.as_str()), Some("FEMALE"));
    let written = format!("{before:?}{after:?}");
    assert!(!written.contains("示例") && !written.contains("汉族") && !written.contains("10000000001"), "{written}");
}

const CITY: OrganizationId = OrganizationId(Uuid::from_u128(10));
const BRANCH: OrganizationId = OrganizationId(Uuid::from_u128(11));
const OTHER: OrganizationId = OrganizationId(Uuid::from_u128(12));
const SELF: PersonId = PersonId(Uuid::from_u128(1));
const SOMEBODY: PersonId = PersonId(Uuid::from_u128(2));

/// Somebody who may do `permissions` at `organization`, or to himself where there is none.
fn actor(permissions: &[Permission], organization: Option<OrganizationId>) -> Actor {
    let node = |id, parent, name: &str| TreeNode {
        id,
        parent,
        name: name.to_owned(),
        sort_key: name.to_owned(),
        kind: OrganizationKind::Branch,
        level: OrganizationLevel::Unit,
        status: OrganizationStatus::Active,
    };
    let tree =
        Tree::new(vec![node(CITY, None, "city"), node(BRANCH, Some(CITY), "branch"), node(OTHER, Some(CITY), "other")]);
    let (account, role) = (AccountId(Uuid::from_u128(3)), RoleId(Uuid::from_u128(4)));
    let info = AccountInfo {
        name: "x".to_owned(),
        kind: AccountKind::Person,
        person: Some(SELF),
        status: AccountStatus::Active,
        second_factor: false,
    };
    let grant = GrantInfo {
        id: GrantId(Uuid::from_u128(5)),
        role,
        organization,
        from: day("2020-01-01"),
        until: None,
        bound: false,
    };
    let uses = permissions.iter().copied().collect();
    let authority = Authority {
        tree: Arc::new(tree),
        roles: HashMap::from([(
            role,
            RoleInfo {
                workbench: Workbench::Member,
                requires_second_factor: false,
                uses,
                passes_on: crate::authz::Permissions::default(),
                archived: false,
            },
        )]),
        grants: HashMap::from([(account, vec![grant])]),
        accounts: HashMap::from([(account, info)]),
        ..Authority::default()
    };
    Actor::new(&Arc::new(authority), account, None, today(), Engine::Sqlite).unwrap()
}

#[test]
fn rights_are_anchored_at_the_home_organization_or_at_oneself() {
    let at_branch = actor(&[Permission::PersonUpdate], Some(BRANCH));
    let at_city = actor(&[Permission::PersonUpdate], Some(CITY));
    let to_himself = actor(&[Permission::PersonUpdate], None);
    let table = [
        (&at_branch, SOMEBODY, vec![BRANCH], true),
        (&at_branch, SOMEBODY, vec![OTHER], false),
        (&at_branch, SOMEBODY, vec![OTHER, BRANCH], true),
        (&at_branch, SOMEBODY, vec![], false),
        (&at_city, SOMEBODY, vec![OTHER], true),
        (&to_himself, SELF, vec![OTHER], true),
        (&to_himself, SOMEBODY, vec![OTHER], false),
        (&at_branch, SELF, vec![OTHER], false),
    ];
    for (number, (actor, person, anchors, allowed)) in table.into_iter().enumerate() {
        let expected = if allowed { Ok(()) } else { Err(Denied(Permission::PersonUpdate)) };
        assert_eq!(policy::can_update(actor, person, &anchors, &[]), expected, "{number}");
    }
}

#[test]
fn whoever_replaces_a_protected_field_may_read_it_but_filling_in_needs_no_more() {
    let plain = actor(&[Permission::PersonUpdate], Some(BRANCH));
    let patch = PersonPatch { phone: Some(Some("10000000002".to_owned())), ..PersonPatch::default() };
    assert_eq!(patch.replaced(&row()), []);
    let (_, recorded) = sealed_row(&[(SensitiveField::Phone, Some("10000000001"))]);
    let replaced = patch.replaced(&recorded);
    assert_eq!(replaced, [SensitiveField::Phone]);
    assert_eq!(policy::can_update(&plain, SOMEBODY, &[BRANCH], &[]), Ok(()));
    assert_eq!(policy::can_update(&plain, SOMEBODY, &[BRANCH], &replaced), Err(Denied(Permission::PersonReadContact)));
    let reader = actor(&[Permission::PersonUpdate, Permission::PersonReadContact], Some(BRANCH));
    assert_eq!(policy::can_update(&reader, SOMEBODY, &[BRANCH], &replaced), Ok(()));
}

#[test]
fn unmasking_needs_both_rights() {
    use Permission::{PersonReadContact, PersonReadIdentity, PersonUnmask};
    let table: [(&[Permission], SensitiveField, Result<(), Denied>); 4] = [
        (&[PersonReadContact], SensitiveField::Phone, Err(Denied(PersonUnmask))),
        (&[PersonUnmask], SensitiveField::Phone, Err(Denied(PersonReadContact))),
        (&[PersonUnmask, PersonReadContact], SensitiveField::Phone, Ok(())),
        (&[PersonUnmask, PersonReadContact], SensitiveField::IdentityNumber, Err(Denied(PersonReadIdentity))),
    ];
    for (held, field, expected) in table {
        assert_eq!(policy::can_unmask(&actor(held, Some(BRANCH)), SOMEBODY, &[BRANCH], field), expected);
    }
}

#[test]
fn viewer_can_says_what_is_enforced() {
    let held = [Permission::PersonUpdate, Permission::PersonUnmask, Permission::MemberCreate];
    let actor = actor(&held, Some(BRANCH));
    assert_eq!(
        policy::viewer_can(&actor, SOMEBODY, &[BRANCH]),
        [Permission::PersonRead, Permission::PersonUpdate, Permission::PersonUnmask]
    );
    assert_eq!(policy::viewer_can(&actor, SOMEBODY, &[OTHER]), [Permission::PersonRead]);
}
