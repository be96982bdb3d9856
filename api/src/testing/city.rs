//! The test city: two counties, a chain down to a micro-grid group, a handful of people in every stage, an account
//! for every role and some without.
use std::collections::BTreeMap;

use chrono::Days;
use entity::{
    AccountId, BranchForm, MemberStage, OrganizationId, OrganizationKind, OrganizationLevel, OrganizationStatus,
    Sector, organization, organization_term,
};
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait};

use super::people::{self, Human, Sketch};
use crate::{
    db::{Tx, search},
    features::organization::{obligation, repo, service::statutory},
};

/// The password of every account.
pub const PASSWORD: &str = "correct horse battery";

/// Keys of what the test city contains, by short names.
#[derive(Clone, Debug, Default)]
pub struct City {
    /// `city chongchuan hongqiao hongdong grid1 group1 grid2 rugao baipu kangzhuang kz1 empty`.
    pub organizations: BTreeMap<&'static str, OrganizationId>,
    /// People by name.
    pub people: BTreeMap<&'static str, Human>,
    /// Accounts by name.
    pub accounts: BTreeMap<&'static str, AccountId>,
}

const ORGANIZATIONS: &[(&str, Option<&str>, &str, OrganizationKind, OrganizationLevel)] = {
    use OrganizationKind::{Branch, Committee, GeneralBranch, Group, WorkingCommittee};
    use OrganizationLevel::{City, Community, County, Grid, Street, Town, Unit};
    &[
        ("city", None, "中共南通市委", Committee, City),
        ("chongchuan", Some("city"), "中共崇川区委", Committee, County),
        ("hongqiao", Some("chongchuan"), "虹桥街道党工委", WorkingCommittee, Street),
        ("hongdong", Some("hongqiao"), "虹东社区党委", Committee, Community),
        ("grid1", Some("hongdong"), "虹东社区第一网格党支部", Branch, Grid),
        ("group1", Some("grid1"), "第一党小组", Group, Grid),
        ("grid2", Some("hongdong"), "虹东社区第二网格党支部", Branch, Grid),
        ("empty", Some("hongqiao"), "虹西社区党支部", Branch, Community),
        ("rugao", Some("city"), "中共如皋市委", Committee, County),
        ("baipu", Some("rugao"), "白蒲镇党委", Committee, Town),
        ("kangzhuang", Some("baipu"), "康庄村党总支", GeneralBranch, Community),
        ("kz1", Some("kangzhuang"), "康庄村第一党支部", Branch, Unit),
    ]
};

const PEOPLE: &[(&str, &str, MemberStage, u32, bool)] = {
    use MemberStage::{Activist, Applicant, Candidate, Full, Probationary};
    &[
        ("王示例安", "grid1", Full, 120, true),
        ("李示例宁", "grid1", Full, 60, true),
        ("单示例平", "grid1", Full, 48, true),
        ("张示例和", "grid1", Probationary, 5, true),
        ("陈示例清", "grid1", Candidate, 3, true),
        ("刘示例明", "grid1", Activist, 8, true),
        ("赵示例远", "grid1", Applicant, 1, false),
        ("孙示例静", "grid2", Full, 90, true),
        ("周示例康", "grid2", Activist, 14, true),
        ("吴示例泰", "kz1", Full, 200, true),
        ("郑示例丰", "kz1", Full, 30, true),
        ("冯示例谷", "kz1", Applicant, 2, true),
    ]
};

/// A role, and its place (none for `SELF`).
type Given = (&'static str, Option<&'static str>);

/// Role and place of each account; accounts of people name the person.
const ACCOUNTS: &[(&str, Option<&str>, &[Given])] = &[
    ("admin", None, &[("administrator", Some("city"))]),
    ("admin2", None, &[("administrator", Some("city"))]),
    ("organizer-city", None, &[("organizer", Some("city"))]),
    ("organizer-chongchuan", None, &[("organizer", Some("chongchuan"))]),
    ("organizer-rugao", None, &[("organizer", Some("rugao"))]),
    ("secretary", Some("王示例安"), &[("secretary", Some("grid1")), ("member", None)]),
    ("secretary-grid2", Some("孙示例静"), &[("secretary", Some("grid2"))]),
    ("inspector", None, &[("inspector", Some("city"))]),
    ("member", Some("李示例宁"), &[("member", None)]),
    ("nobody", None, &[]),
];

/// Builds the city in one transaction.
pub(super) async fn build(tx: &Tx, password_hash: &str) -> Result<City, DbErr> {
    let mut city = City::default();
    for (number, (short, parent, name, kind, level)) in ORGANIZATIONS.iter().enumerate() {
        let parent = parent.and_then(|parent| city.organizations.get(parent).copied());
        let row = organization_row(tx, parent, number, (name, *kind, *level));
        let row = repo::insert(tx, row).await?;
        city.organizations.insert(short, row.id);
        if matches!(kind, OrganizationKind::Branch | OrganizationKind::Committee) {
            begin_term(tx, &row, u64::try_from(number).unwrap_or(0)).await?;
        }
        obligation::settle(tx, &row).await?;
    }
    for (number, (name, home, stage, months, complete)) in PEOPLE.iter().enumerate() {
        let number = u32::try_from(number).unwrap_or(0) + 1;
        let home = city.organizations.get(home).copied().ok_or_else(|| DbErr::RecordNotFound((*home).to_owned()))?;
        let sketch = Sketch { name, home, stage: *stage, months: *months, number, complete: *complete };
        city.people.insert(name, people::insert(tx, sketch).await?);
    }
    for (name, person, grants) in ACCOUNTS {
        let person = person.and_then(|person| city.people.get(person)).map(|human| human.person);
        let account = people::insert_account(tx, name, person, password_hash).await?;
        for (role, place) in *grants {
            let place = place.and_then(|place| city.organizations.get(place).copied());
            people::insert_grant(tx, account, role, place, None).await?;
        }
        city.accounts.insert(name, account);
    }
    let expired = people::insert_account(tx, "expired", None, password_hash).await?;
    let place = city.organizations.get("grid1").copied();
    people::insert_grant(tx, expired, "secretary", place, Some(tx.today())).await?;
    city.accounts.insert("expired", expired);
    Ok(city)
}

fn organization_row(
    tx: &Tx,
    parent: Option<OrganizationId>,
    number: usize,
    (name, kind, level): (&str, OrganizationKind, OrganizationLevel),
) -> organization::Model {
    organization::Model {
        id: tx.new_id(),
        parent_id: parent,
        code: format!("{number:02}"),
        name: name.to_owned(),
        sort_key: search::sort_key(name),
        kind,
        level,
        branch_form: (kind == OrganizationKind::Branch).then_some(BranchForm::Ordinary),
        sector: Sector::Community,
        division_id: None,
        statutory: statutory(kind),
        status: OrganizationStatus::Active,
        founded_on: tx.today().checked_sub_days(Days::new(3_000)),
        office_phone: None,
        office_address: None,
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
    }
}

/// A term that ends some days from now; the first ones are overdue.
async fn begin_term(tx: &Tx, row: &organization::Model, number: u64) -> Result<(), DbErr> {
    let today = tx.today();
    let until = (today - Days::new(20)) + Days::new(number * 10);
    let term = organization_term::ActiveModel {
        id: Set(tx.new_id()),
        organization_id: Set(row.id),
        from: Set(until - Days::new(1_095)),
        until: Set(until),
        ended_on: Set(None),
    };
    organization_term::Entity::insert(term).exec_without_returning(tx.conn()).await.map(|_| ())
}
