//! Loading into a real database, and what must hold of the rows afterwards.
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use argon2::{Argon2, PasswordVerifier, password_hash::phc::PasswordHash};
use chrono::FixedOffset;
use entity::*;
use migration::MigratorTrait as _;
use sea_orm::{ColumnTrait, EntityTrait, Iterable, PaginatorTrait, QueryFilter};

use super::{DemoError, DemoOptions, DemoSummary, State, load, names, state};
use crate::{
    authz::{TEMPLATES, install_templates},
    clock::{Ambient, Clock, SystemRandomness},
    db::{Database, seal::Vault},
    features::person::service::{identity_index, phone_index},
};

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        Timestamp(1_772_000_000_000_000)
    }
}

fn ambient() -> Ambient {
    let offset = FixedOffset::east_opt(8 * 3_600).expect("an offset");
    Ambient::new(Arc::new(Noon), Arc::new(SystemRandomness), offset)
}

fn vault() -> Vault {
    Vault::new(&[7; 32])
}

async fn empty(directory: &tempfile::TempDir) -> Database {
    let url = format!("sqlite://{}", directory.path().join("demo.db").display());
    let db = Database::connect(&url, 2, None).await.expect("a database");
    migration::Migrator::up(db.write(), None).await.expect("migrates");
    db
}

async fn loaded(directory: &tempfile::TempDir) -> (Database, DemoSummary) {
    let db = empty(directory).await;
    let options = DemoOptions { scale: 1, organizations: Some(300), password: "示例-password".to_owned() };
    let summary = load(&db, &ambient(), &vault(), &options, &|_| {}).await.expect("loads");
    (db, summary)
}

async fn all<E: EntityTrait>(db: &Database) -> Vec<E::Model> {
    E::find().all(db.read()).await.expect("rows")
}

/// One load serves all questions: it is the slow part.
#[tokio::test(flavor = "multi_thread")]
async fn a_small_demonstration_has_everything_and_is_consistent() {
    let directory = tempfile::tempdir().expect("a directory");
    let (db, summary) = loaded(&directory).await;
    let organizations = all::<organization::Entity>(&db).await;
    assert_eq!(summary.organizations, organizations.len() as u64);
    assert!((300..=305).contains(&organizations.len()), "{}", organizations.len());
    variety(&organizations);
    containment(&organizations);
    closure(&db, &organizations).await;
    counts(&db, &summary).await;
    periods(&db).await;
    sealed(&db).await;
    obligations(&db, &organizations).await;
    accounts(&db, &summary).await;
    posts(&db, &organizations).await;
    assert_eq!(all::<division::Entity>(&db).await.len(), 2_150);
    assert_eq!(state(db.read()).await, Ok(State::Loaded));
    let again = load(&db, &ambient(), &vault(), &options(), &|_| {}).await;
    assert!(matches!(again, Err(DemoError::NotEmpty)));
}

fn options() -> DemoOptions {
    DemoOptions { scale: 1, organizations: Some(60), password: "x".to_owned() }
}

fn variety(organizations: &[organization::Model]) {
    let of = |get: &dyn Fn(&organization::Model) -> String| organizations.iter().map(get).collect::<BTreeSet<_>>();
    assert_eq!(of(&|row| format!("{:?}", row.kind)).len(), OrganizationKind::iter().count());
    assert_eq!(of(&|row| format!("{:?}", row.level)).len(), OrganizationLevel::iter().count());
    assert_eq!(of(&|row| format!("{:?}", row.sector)).len(), Sector::iter().count());
    assert_eq!(of(&|row| format!("{:?}", row.branch_form)).len(), BranchForm::iter().count() + 1);
    assert!(organizations.iter().all(|row| row.branch_form.is_some() == (row.kind == OrganizationKind::Branch)));
}

fn containment(organizations: &[organization::Model]) {
    use OrganizationKind::{Branch, Committee, GeneralBranch, Group, MemberHousehold, WorkingCommittee};
    let kinds: HashMap<OrganizationId, OrganizationKind> = organizations.iter().map(|row| (row.id, row.kind)).collect();
    let mut siblings = HashSet::new();
    for row in organizations {
        let Some(parent) = row.parent_id else { continue };
        let may: &[OrganizationKind] = match kinds[&parent] {
            Committee | WorkingCommittee => &[Committee, WorkingCommittee, GeneralBranch, Branch],
            GeneralBranch => &[Branch],
            Branch => &[Group, MemberHousehold],
            Group => &[MemberHousehold],
            MemberHousehold => &[],
        };
        assert!(may.contains(&row.kind), "{} in {:?}", row.name, kinds[&parent]);
        assert!(siblings.insert((parent, row.code.clone())), "{} {}", row.code, row.name);
    }
}

async fn closure(db: &Database, organizations: &[organization::Model]) {
    let parents: HashMap<OrganizationId, Option<OrganizationId>> =
        organizations.iter().map(|row| (row.id, row.parent_id)).collect();
    let mut expected = BTreeSet::new();
    for row in organizations {
        let line = std::iter::successors(Some(row.id), |id| parents[id]);
        expected.extend((0..).zip(line).map(|(depth, ancestor): (i32, _)| (ancestor, row.id, depth)));
    }
    let found = all::<organization_closure::Entity>(db).await;
    let found: BTreeSet<_> = found.iter().map(|row| (row.ancestor_id, row.descendant_id, row.depth)).collect();
    assert_eq!(found, expected);
    let periods = all::<organization_parent::Entity>(db).await;
    assert!(periods.iter().all(|row| row.until.is_none() && parents[&row.organization_id] == row.parent_id));
    assert_eq!(periods.len(), organizations.len());
    let statuses = all::<organization_status_period::Entity>(db).await;
    let running: HashMap<_, _> =
        statuses.iter().filter(|row| row.until.is_none()).map(|row| (row.organization_id, row.status)).collect();
    assert!(organizations.iter().all(|row| running[&row.id] == row.status));
}

async fn counts(db: &Database, summary: &DemoSummary) {
    let mut expected: BTreeMap<(OrganizationId, MemberStage), i64> = BTreeMap::new();
    let members = all::<member::Entity>(db).await;
    for row in &members {
        *expected.entry((row.home_organization_id, row.stage)).or_default() += 1;
    }
    let found = all::<organization_count::Entity>(db).await;
    let found: BTreeMap<_, _> = found.iter().map(|row| ((row.organization_id, row.stage), row.n)).collect();
    assert_eq!(found, expected);
    assert_eq!(summary.members, members.len() as u64);
    let people = person::Entity::find().count(db.read()).await.expect("a count");
    assert_eq!(summary.people, people);
    assert!(people > summary.members, "some people have no membership");
    let stages: HashSet<_> = members.iter().map(|row| row.stage).collect();
    assert!(stages.len() >= 6, "{stages:?}");
    let full = members.iter().filter(|row| row.stage == MemberStage::Full).count();
    assert!((83..=91).contains(&(100 * full / members.len())), "{full} of {}", members.len());
}

async fn periods(db: &Database) {
    let today = ambient().today();
    let mut stages: HashMap<MemberId, Vec<member_stage::Model>> = HashMap::new();
    for row in all::<member_stage::Entity>(db).await {
        stages.entry(row.member_id).or_default().push(row);
    }
    for periods in stages.values_mut() {
        periods.sort_by_key(|row| row.from);
    }
    let mut homes: HashMap<MemberId, Vec<member_home::Model>> = HashMap::new();
    for row in all::<member_home::Entity>(db).await {
        homes.entry(row.member_id).or_default().push(row);
    }
    for periods in homes.values_mut() {
        periods.sort_by_key(|row| row.from);
    }
    for member in all::<member::Entity>(db).await {
        let stages = &stages[&member.id];
        assert!(stages.windows(2).all(|pair| pair[0].until == Some(pair[1].from) && pair[0].from < pair[1].from));
        let last = stages.last().expect("a stage");
        assert_eq!((last.stage, last.until), (member.stage, None));
        assert!(last.from <= today);
        let homes = &homes[&member.id];
        assert!(homes.windows(2).all(|pair| pair[0].until == Some(pair[1].from)));
        let last = homes.last().expect("a home");
        assert_eq!((last.organization_id, last.until), (member.home_organization_id, None));
        assert!(last.from <= today && member.created_at <= member.updated_at);
        assert!(ambient().date_of(member.updated_at) < today);
    }
    for row in all::<member_contact::Entity>(db).await {
        assert!(row.from <= today);
    }
    for row in all::<affiliation::Entity>(db).await {
        assert!(row.from <= today);
    }
}

async fn sealed(db: &Database) {
    let vault = vault();
    let mut numbers = HashSet::new();
    for row in all::<person::Entity>(db).await {
        assert!(row.name.contains("示例"), "{}", row.name);
        let key = vault.open_data_key(row.id.0, row.data_key.as_deref().expect("a key")).expect("opens");
        let open = |column: &str, sealed: &Option<Vec<u8>>| {
            sealed.as_ref().map(|sealed| vault.open(&key, row.id.0, column, sealed).expect("opens"))
        };
        let birth = open("birth_sealed", &row.birth_sealed);
        assert_eq!(row.birth_year.map(|year| year.to_string()), birth.as_ref().map(|birth| birth[..4].to_owned()));
        open("address_sealed", &row.address_sealed);
        if let Some(phone) = open("phone_sealed", &row.phone_sealed) {
            assert!(phone.starts_with("100") && phone.len() == 11, "{phone}");
            assert_eq!(row.phone_index, Some(phone_index(&vault, &phone)));
            assert!(numbers.insert(phone));
        }
        if let Some(identity) = open("identity_sealed", &row.identity_sealed) {
            assert_eq!(identity[6..14], birth.expect("a birth date").replace('-', ""));
            assert_eq!(identity.chars().last(), Some(names::check_digit(&identity[..17])));
            let male = identity[16..17].parse::<u8>().expect("a digit") % 2 == 1;
            assert!(row.sex.is_none_or(|sex| (sex == Sex::Male) == male));
            assert_eq!(row.identity_index, Some(identity_index(&vault, &identity)));
            assert!(numbers.insert(identity));
        }
    }
}

async fn obligations(db: &Database, organizations: &[organization::Model]) {
    let found = all::<obligation::Entity>(db).await;
    let of = |kind| found.iter().filter(move |row| row.kind == kind);
    let active: HashSet<_> =
        organizations.iter().filter(|row| row.status == OrganizationStatus::Active).map(|row| row.id).collect();
    let terms = all::<organization_term::Entity>(db).await;
    let running: BTreeSet<_> =
        terms.iter().filter(|row| row.ended_on.is_none()).map(|row| (row.organization_id, row.until)).collect();
    let due: BTreeSet<_> = of(ObligationKind::ReelectionDue).map(|row| (row.organization_id, row.due_on)).collect();
    assert_eq!(due, running);
    assert!(due.iter().all(|(id, _)| active.contains(id)));
    let elected = [OrganizationKind::Committee, OrganizationKind::GeneralBranch, OrganizationKind::Branch];
    let expected = organizations.iter().filter(|row| active.contains(&row.id) && elected.contains(&row.kind)).count();
    assert_eq!(due.len(), expected);

    let members = all::<member::Entity>(db).await;
    let accompanied: HashSet<_> = all::<member_contact::Entity>(db).await.iter().map(|row| row.member_id).collect();
    let wants = [MemberStage::Activist, MemberStage::Candidate];
    let alone: BTreeSet<_> = members
        .iter()
        .filter(|row| wants.contains(&row.stage) && !accompanied.contains(&row.id))
        .map(|row| Some(row.person_id))
        .collect();
    let due: BTreeSet<_> = of(ObligationKind::MemberWithoutContact).map(|row| row.person_id).collect();
    assert_eq!(due, alone);
    assert!(due.len() > 3);

    let persons: HashMap<_, _> = all::<person::Entity>(db).await.into_iter().map(|row| (row.id, row)).collect();
    let lacking: BTreeSet<_> = members
        .iter()
        .filter(|row| {
            let person = &persons[&row.person_id];
            person.sex.is_none()
                || person.birth_sealed.is_none()
                || person.phone_sealed.is_none()
                || person.identity_sealed.is_none()
                || person.education.is_none()
                || person.occupation_group.is_none()
        })
        .map(|row| Some(row.person_id))
        .collect();
    let due: BTreeSet<_> = of(ObligationKind::IncompleteRecord).map(|row| row.person_id).collect();
    assert_eq!(due, lacking);
    assert!(due.len() > 30);
    assert!(found.iter().all(|row| row.opened_at <= Noon.now()));
}

async fn accounts(db: &Database, summary: &DemoSummary) {
    let roles: HashMap<_, _> = all::<role::Entity>(db).await.into_iter().map(|row| (row.id, row.code)).collect();
    let grants = all::<role_grant::Entity>(db).await;
    let granted: HashSet<_> = grants.iter().map(|row| roles[&row.role_id].as_str()).collect();
    assert_eq!(granted, TEMPLATES.iter().map(|template| template.code).collect());
    let accounts = all::<account::Entity>(db).await;
    assert_eq!(accounts.len(), summary.logins.len());
    assert_eq!(accounts.len(), 14);
    let hash = PasswordHash::new(&accounts[0].password_hash).expect("a hash");
    assert_eq!(Argon2::default().verify_password("示例-password".as_bytes(), &hash), Ok(()));
    let person = |name: &str| accounts.iter().find(|row| row.name == name).and_then(|row| row.person_id).expect(name);
    let posts = all::<organization_post::Entity>(db).await;
    let secretary = posts.iter().find(|row| row.person_id == person("secretary")).expect("a post");
    assert_eq!(secretary.title, PostTitle::Secretary);
    let home = |person| {
        let select = member::Entity::find().filter(member::Column::PersonId.eq(person));
        async move { select.one(db.read()).await.expect("a row").expect("a member").home_organization_id }
    };
    assert_eq!(home(person("secretary")).await, secretary.organization_id);
    assert_eq!(home(person("member")).await, secretary.organization_id);
    let people = member::Entity::find().filter(member::Column::HomeOrganizationId.eq(secretary.organization_id));
    assert_eq!(people.count(db.read()).await, Ok(36));
    let due = obligation::Entity::find().filter(obligation::Column::OrganizationId.eq(secretary.organization_id));
    let due = due.all(db.read()).await.expect("rows");
    let overdue = due.iter().filter(|row| row.due_on < ambient().today()).count();
    assert_eq!((due.len(), overdue), (6, 2));
    let place = summary.logins.iter().find(|login| login.name == "secretary").map(|login| login.place.as_str());
    assert_eq!(place, Some("虹桥社区第一网格党支部"));
}

async fn posts(db: &Database, organizations: &[organization::Model]) {
    let kinds: HashMap<_, _> = organizations.iter().map(|row| (row.id, (row.kind, row.status))).collect();
    let members: HashMap<_, _> = all::<member::Entity>(db).await.into_iter().map(|row| (row.person_id, row)).collect();
    assert!(
        members
            .values()
            .all(|row| kinds[&row.home_organization_id] == (OrganizationKind::Branch, OrganizationStatus::Active))
    );
    let posts = all::<organization_post::Entity>(db).await;
    for post in &posts {
        let member = &members[&post.person_id];
        assert_eq!(member.stage, MemberStage::Full);
        assert!(Some(post.from) >= member.full_on && post.from <= ambient().today());
    }
    let led: HashSet<_> =
        posts.iter().filter(|row| row.title == PostTitle::Secretary).map(|row| row.organization_id).collect();
    let statutory = organizations.iter().filter(|row| row.statutory).count();
    assert!(led.len() * 100 > statutory * 85 && led.len() < statutory, "{} of {statutory}", led.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_day_gives_the_same_data() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let directory = tempfile::tempdir().expect("a directory");
        let db = empty(&directory).await;
        let summary = load(&db, &ambient(), &vault(), &options(), &|_| {}).await.expect("loads");
        let mut persons = all::<person::Entity>(&db).await;
        persons.sort_by_key(|row| row.id);
        let mut posts = all::<organization_post::Entity>(&db).await;
        posts.sort_by_key(|row| row.id);
        let mut accounts = all::<account::Entity>(&db).await;
        accounts.sort_by_key(|row| row.id);
        seen.push((summary, persons, posts, accounts));
    }
    assert!(seen[0] == seen[1], "two loads on the same day differ");
}

#[tokio::test]
async fn templates_are_installed_once_and_mended() {
    let directory = tempfile::tempdir().expect("a directory");
    let db = empty(&directory).await;
    assert_eq!(install_templates(db.write(), &ambient()).await, Ok(true));
    assert_eq!(install_templates(db.write(), &ambient()).await, Ok(false));
    let before = all::<role_permission::Entity>(&db).await;
    let organizer = role::Entity::find().filter(role::Column::Code.eq("organizer")).one(db.read()).await;
    let organizer = organizer.expect("a row").expect("a role").id;
    let delete = role_permission::Entity::delete_many().filter(role_permission::Column::RoleId.eq(organizer));
    delete.exec(db.write()).await.expect("deletes");
    assert_eq!(install_templates(db.write(), &ambient()).await, Ok(true));
    let set = |rows: Vec<role_permission::Model>| {
        rows.into_iter().map(|row| (row.role_id, row.permission, row.uses, row.passes_on)).collect::<BTreeSet<_>>()
    };
    assert_eq!(set(all::<role_permission::Entity>(&db).await), set(before));
    assert_eq!(all::<role::Entity>(&db).await.len(), TEMPLATES.len());
}
