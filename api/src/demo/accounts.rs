//! The demonstration accounts: one for every role template, at a place where its holder might sit.
use std::collections::HashMap;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version, password_hash::phc::PasswordHash};
use entity::{
    AccountId, AccountKind, AccountStatus, GrantId, GrantScope, OrganizationId, PersonId, RoleId, account, role,
    role_grant,
};
use sea_orm::{ConnectionTrait, EntityTrait};

use super::{
    DemoError, DemoLogin,
    batch::write,
    organizations::Loaded,
    plan::{Place, Plan},
    seed::{Seed, days_before, moment},
};
use crate::authz::TEMPLATES;

/// One account: its name, its role, where.
struct Account {
    name: &'static str,
    role: &'static str,
    place: Place,
}

const fn account(name: &'static str, role: &'static str, place: Place) -> Account {
    Account { name, role, place }
}

/// All accounts. The first gives the others their grants.
static ACCOUNTS: [Account; 13] = [
    account("admin", "administrator", Place::City),
    account("admin2", "administrator", Place::City),
    account("organizer-city", "organizer", Place::City),
    account("organizer-chongchuan", "organizer", Place::Chongchuan),
    account("organizer-rugao", "organizer", Place::Rugao),
    account("organizer-street", "organizer", Place::Street),
    account("secretary", "secretary", Place::StreetBranch),
    account("secretary-rugao", "secretary", Place::RugaoBranch),
    account("fund", "fund_manager", Place::Chongchuan),
    account("inspector", "inspector", Place::City),
    account("alliance", "alliance_coordinator", Place::Chain),
    account("station", "station_keeper", Place::NewEmployment),
    account("member", "member", Place::StreetBranch),
];

/// The service account and its place.
static INTEGRATOR: Account = account("integrator", "integrator", Place::Rugao);

/// The persons behind the accounts, picked while they are written.
pub(super) struct Chosen {
    persons: HashMap<&'static str, PersonId>,
    /// Account names by the branch in which their persons are at home.
    wanted: HashMap<usize, Vec<&'static Account>>,
}

impl Chosen {
    /// Nobody is picked yet.
    pub(super) fn new(plan: &Plan) -> Self {
        let leading = plan.leading_branches();
        let mut wanted: HashMap<usize, Vec<&'static Account>> = HashMap::new();
        for account in &ACCOUNTS {
            let place = plan.at(account.place).map(|(place, _)| place);
            if let Some(branch) = place.and_then(|place| leading.get(place).copied().flatten()) {
                wanted.entry(branch).or_default().push(account);
            }
        }
        Self { persons: HashMap::new(), wanted }
    }

    /// Whether somebody of the branch at `place` has an account.
    pub(super) fn wants(&self, place: usize) -> bool {
        self.wanted.contains_key(&place)
    }

    /// `person` is the secretary of the branch at `place`.
    pub(super) fn secretary(&mut self, place: usize, person: PersonId) {
        for account in self.wanted.get(&place).into_iter().flatten().filter(|one| one.role == "secretary") {
            self.persons.insert(account.name, person);
        }
    }

    /// `persons` are full members of the branch at `place` without a post.
    pub(super) fn others(&mut self, place: usize, persons: impl Iterator<Item = PersonId>) {
        let others = self.wanted.get(&place).into_iter().flatten().filter(|one| one.role != "secretary");
        self.persons.extend(others.map(|one| one.name).zip(persons));
    }
}

/// Writes accounts and grants.
pub(super) async fn load(
    conn: &impl ConnectionTrait,
    plan: &Plan,
    loaded: &Loaded,
    chosen: &Chosen,
    password: &str,
    seed: &Seed,
) -> Result<Vec<DemoLogin>, DemoError> {
    let roles: HashMap<String, RoleId> =
        role::Entity::find().all(conn).await?.into_iter().map(|role| (role.code, role.id)).collect();
    let mut rows =
        Rows { hash: hash(password.to_owned(), seed).await?, roles, seed, accounts: Vec::new(), grants: Vec::new() };
    let mut logins = Vec::new();
    for account in ACCOUNTS.iter().chain([&INTEGRATOR]) {
        let node = plan.at(account.place);
        let organization = node.and_then(|(place, _)| loaded.ids.get(place).copied());
        let person = chosen.persons.get(account.name).copied();
        if account.name != INTEGRATOR.name && person.is_none() {
            return Err(DemoError::NoPerson(account.name));
        }
        rows.add(account, organization, person);
        let role = TEMPLATES.iter().find(|template| template.code == account.role);
        logins.push(DemoLogin {
            name: account.name.to_owned(),
            password: password.to_owned(),
            role_zh: role.map_or("", |role| role.name.0).to_owned(),
            place: node.map(|(_, node)| node.name.clone()).unwrap_or_default(),
        });
    }
    write(conn, rows.accounts).await?;
    write(conn, rows.grants).await?;
    Ok(logins)
}

struct Rows<'a> {
    hash: String,
    roles: HashMap<String, RoleId>,
    seed: &'a Seed,
    accounts: Vec<account::Model>,
    grants: Vec<role_grant::Model>,
}

impl Rows<'_> {
    fn add(&mut self, account: &Account, organization: Option<OrganizationId>, person_id: Option<PersonId>) {
        let id: AccountId = self.seed.id();
        let created_at = moment(days_before(self.seed.today(), 400), 0);
        self.accounts.push(account::Model {
            id,
            name: account.name.to_owned(),
            kind: if person_id.is_some() { AccountKind::Person } else { AccountKind::Service },
            person_id,
            password_hash: self.hash.clone(),
            status: AccountStatus::Active,
            last_sign_in_at: None,
            created_at,
            updated_at: created_at,
            version: 1,
        });
        if account.role != "member" {
            self.grant(id, account.role, organization);
        }
        if account.role == "member" || account.role == "secretary" {
            self.grant(id, "member", None);
        }
    }

    fn grant(&mut self, account_id: AccountId, role: &str, organization_id: Option<OrganizationId>) {
        let from = days_before(self.seed.today(), 400);
        let Some(role_id) = self.roles.get(role).copied() else { return };
        let giver = self.accounts.first().map(|first| first.id);
        let id: GrantId = self.seed.id();
        self.grants.push(role_grant::Model {
            id,
            account_id,
            role_id,
            scope: if organization_id.is_some() { GrantScope::Subtree } else { GrantScope::Own },
            organization_id,
            from,
            until: None,
            reason: "演示账号".to_owned(),
            // The first two administrators come from the command line.
            granted_by: giver.filter(|_| role != "administrator"),
            created_at: moment(from, 0),
            ended_at: None,
            confirmed_at: Some(moment(from, 0)),
            confirmed_by: None,
            post_id: None,
            extends_id: None,
        });
    }
}

/// The one hash that all demonstration accounts share.
async fn hash(password: String, seed: &Seed) -> Result<String, DemoError> {
    let salt: [u8; 16] = seed.ambient().bytes();
    let work = move || {
        let params = Params::new(47_104, 1, 1, None).map_err(|_| DemoError::Password)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash: PasswordHash =
            argon2.hash_password_with_salt(password.as_bytes(), &salt).map_err(|_| DemoError::Password)?;
        Ok(hash.to_string())
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| DemoError::Interrupted)?
}
