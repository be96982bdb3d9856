//! Who acts, and what he may.
use std::sync::Arc;

use entity::{AccountId, ApiTokenId, Date, GrantId, OrganizationId, PersonId, RoleId, SessionId, Workbench};

use uuid::Uuid;

use super::{AccountInfo, Authority, GrantInfo, Permission, Permissions, RoleInfo};
use crate::db::{
    Engine, Tree,
    scope::{Scope, Subtrees},
};

/// A right that was missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the right {} is missing", .0.code())]
pub struct Denied(pub Permission);

/// By what an account acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A sign-in.
    Session(SessionId),
    /// A token of a service.
    Token(ApiTokenId),
}

impl Credential {
    /// As it stands in a link that dies with it.
    pub fn text(self) -> String {
        match self {
            Self::Session(session) => format!("session-{}", session.0),
            Self::Token(token) => format!("token-{}", token.0),
        }
    }

    /// What [`text`](Self::text) wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once('-')?;
        let id = Uuid::try_parse(id).ok()?;
        match kind {
            "session" => Some(Self::Session(id.into())),
            "token" => Some(Self::Token(id.into())),
            _ => None,
        }
    }
}

/// An account with its grants of this moment.
#[derive(Clone)]
pub struct Actor {
    account: AccountId,
    session: Option<SessionId>,
    token: Option<ApiTokenId>,
    second_factor: bool,
    person: Option<PersonId>,
    name: String,
    authority: Arc<Authority>,
    today: Date,
    engine: Engine,
    /// Part of the account's rights, in place of all of them.
    part: Option<Part>,
    preview: Option<Preview>,
}

/// A role on an organization through which an actor looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The role.
    pub role: RoleId,
    /// Top of its subtree.
    pub organization: OrganizationId,
}

/// Rights that stand in place of an account's own, and lie within them.
type Part = Arc<[(GrantInfo, RoleInfo)]>;

/// What `token` leaves of the rights of `account`: it hands nothing on. None where it is unknown or of another account.
fn confined(authority: &Authority, account: AccountId, token: ApiTokenId) -> Option<Part> {
    let known = authority.tokens.get(&token).filter(|known| known.account == account)?;
    let grants = authority.grants.get(&account).map_or(&[][..], Vec::as_slice);
    let confine = |grant: &GrantInfo| {
        let role = authority.roles.get(&grant.role)?;
        let (uses, passes_on) = (role.uses.meet(known.permissions), Permissions::default());
        Some((grant.clone(), RoleInfo { uses, passes_on, ..role.clone() }))
    };
    Some(grants.iter().filter_map(confine).collect())
}

impl Actor {
    /// The account `id` under `authority`, as far as its grants hold on `today`; none where it is unknown or disabled.
    pub fn new(
        authority: &Arc<Authority>,
        id: AccountId,
        session: Option<SessionId>,
        today: Date,
        engine: Engine,
    ) -> Option<Self> {
        let AccountInfo { name, person, status, second_factor, .. } = authority.accounts.get(&id)?;
        if *status != entity::AccountStatus::Active
            || session.is_some_and(|session| authority.ended_sessions.contains(&session))
        {
            return None;
        }
        Some(Self {
            account: id,
            session,
            token: None,
            second_factor: *second_factor,
            person: *person,
            name: name.clone(),
            authority: Arc::clone(authority),
            today,
            engine,
            part: None,
            preview: None,
        })
    }

    /// The account `id` as it acts by `credential`; none where it may not.
    pub fn by(
        authority: &Arc<Authority>,
        id: AccountId,
        credential: Credential,
        today: Date,
        engine: Engine,
    ) -> Option<Self> {
        match credential {
            Credential::Session(session) => Self::new(authority, id, Some(session), today, engine),
            Credential::Token(token) => {
                let part = Some(confined(authority, id, token)?);
                let actor = Self::new(authority, id, None, today, engine)?;
                Some(Self { token: Some(token), part, ..actor })
            }
        }
    }

    /// The same account under a newer state; none where it may no longer act.
    pub fn renewed(&self, authority: &Arc<Authority>) -> Option<Self> {
        let renewed = match self.token {
            Some(token) => Self::by(authority, self.account, Credential::Token(token), self.today, self.engine)?,
            None => Self::new(authority, self.account, self.session, self.today, self.engine)?,
        };
        match self.preview {
            Some(preview) => renewed.previewing(preview).ok(),
            None => Some(renewed),
        }
    }

    /// The same account looking through `preview`, which it needs `access:preview` for.
    pub fn previewing(&self, preview: Preview) -> Result<Self, Denied> {
        self.require(Permission::AccessPreview, preview.organization)?;
        Ok(self.narrowed(preview))
    }

    /// What the account may do and the role of `preview` may do too. Nothing where there is no such role.
    #[must_use]
    pub fn narrowed(&self, preview: Preview) -> Self {
        let role = self.authority.roles.get(&preview.role);
        let meets =
            role.into_iter().flat_map(|role| self.grants().flat_map(move |held| self.meet(held, role, preview)));
        let part = Some(meets.collect());
        Self { part, preview: Some(preview), ..self.clone() }
    }

    /// The part of a grant that lies within `role` on the organization of `preview`.
    fn meet(
        &self,
        (grant, own): (&GrantInfo, &RoleInfo),
        role: &RoleInfo,
        preview: Preview,
    ) -> Vec<(GrantInfo, RoleInfo)> {
        let top = preview.organization;
        let common = |uses: Permissions| RoleInfo {
            workbench: role.workbench,
            uses: own.uses.meet(role.uses).meet(uses),
            passes_on: own.passes_on.meet(role.passes_on),
            ..own.clone()
        };
        let at = |organization| GrantInfo { organization, ..grant.clone() };
        let reads: Permissions = [Permission::OrganizationRead].into_iter().collect();
        if let Some(root) = grant.organization {
            let met = self.authority.tree.meet(root, top);
            return met.map(|met| (at(Some(met)), common(own.uses))).into_iter().collect();
        }
        // `SELF` reaches oneself, and by `organization:read` the own branch.
        let home = self.authority.root(self.person, grant, Permission::OrganizationRead);
        let met = home.and_then(|home| self.authority.tree.meet(home, top));
        let oneself = met.filter(|met| Some(*met) == home).map(|_| (at(None), common(own.uses)));
        oneself.into_iter().chain(met.map(|met| (at(Some(met)), common(reads)))).collect()
    }

    /// Through which role the actor looks; none where it acts by itself.
    pub fn preview(&self) -> Option<Preview> {
        self.preview
    }

    /// Every other account that has rights, with those of this moment.
    pub fn others(&self) -> impl Iterator<Item = Self> {
        let others = self.authority.grants.keys().copied().filter(|id| *id != self.account);
        others.filter_map(|id| self.another(&self.authority, id))
    }

    /// The account `id` under `authority` on the day of this one; none where it is unknown or disabled.
    pub fn another(&self, authority: &Arc<Authority>, id: AccountId) -> Option<Self> {
        Self::new(authority, id, None, self.today, self.engine)
    }

    /// The same account as if the grant `id` had ended.
    #[must_use]
    pub fn without(&self, id: GrantId) -> Self {
        let rest = self.grants().filter(|(grant, _)| grant.id != id);
        let part = rest.map(|(grant, role)| (grant.clone(), role.clone())).collect();
        Self { part: Some(part), ..self.clone() }
    }

    /// The account.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// The sign-in name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// By what the account acts; nothing for jobs.
    pub fn credential(&self) -> Option<Credential> {
        self.token.map(Credential::Token).or(self.session.map(Credential::Session))
    }

    /// The sign-in session; none for tokens of services and for jobs.
    pub fn session(&self) -> Option<SessionId> {
        self.session
    }

    /// The token by which a service acts.
    pub fn token(&self) -> Option<ApiTokenId> {
        self.token
    }

    /// The person behind the account.
    pub fn person(&self) -> Option<PersonId> {
        self.person
    }

    /// The local date for which grants were looked at.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The tree as known when the request began.
    pub fn tree(&self) -> &Arc<Tree> {
        &self.authority.tree
    }

    /// The state that this actor was made from.
    pub fn authority(&self) -> &Arc<Authority> {
        &self.authority
    }

    /// Whether a grant of this account waits for a second factor.
    pub fn lacks_second_factor(&self) -> bool {
        self.holding().any(|(_, role)| !self.works(role))
    }

    /// Whether the second factor that a role may demand is there. A token is as good as one.
    pub(super) fn has_second_factor(&self) -> bool {
        self.second_factor || self.token.is_some()
    }

    fn works(&self, role: &RoleInfo) -> bool {
        role.works(self.has_second_factor())
    }

    /// The grants that hold today and work, with their roles.
    pub fn grants(&self) -> impl Iterator<Item = (&GrantInfo, &RoleInfo)> {
        self.holding().filter(|(_, role)| self.works(role))
    }

    fn holding(&self) -> impl Iterator<Item = (&GrantInfo, &RoleInfo)> {
        let own = if self.part.is_some() { None } else { self.authority.grants.get(&self.account) };
        let own = own.map_or(&[][..], Vec::as_slice).iter();
        let own = own.filter_map(|grant| Some((grant, self.authority.roles.get(&grant.role)?)));
        let part = self.part.as_deref().unwrap_or_default().iter().map(|(grant, role)| (grant, role));
        own.chain(part).filter(|(grant, _)| grant.holds(self.today))
    }

    /// What `permission` reaches.
    pub fn scope(&self, permission: Permission) -> Scope {
        let subtrees = Subtrees { granted: self.roots(permission), readable: self.roots(Permission::OrganizationRead) };
        let own = if self.holders(permission).any(|grant| grant.organization.is_none()) { self.person } else { None };
        Scope::new(Arc::clone(&self.authority.tree), self.engine, subtrees, own)
    }

    /// The grants that carry `permission`.
    pub(super) fn holders(&self, permission: Permission) -> impl Iterator<Item = &GrantInfo> {
        self.grants().filter(move |(_, role)| role.uses.contains(permission)).map(|(grant, _)| grant)
    }

    /// The roots of the subtrees in which `permission` may be used.
    fn roots(&self, permission: Permission) -> Vec<OrganizationId> {
        self.holders(permission).filter_map(|grant| self.root(grant, permission)).collect()
    }

    /// The subtree in which `grant` lets `permission` be used.
    fn root(&self, grant: &GrantInfo, permission: Permission) -> Option<OrganizationId> {
        self.authority.root(self.person, grant, permission)
    }

    /// Whether `permission` may be used on `organization`.
    pub fn may(&self, permission: Permission, organization: OrganizationId) -> bool {
        self.holders(permission).any(|grant| self.authority.reaches(self.person, grant, permission, organization))
    }

    /// Whether `permission` may be used on oneself, and `person` is oneself.
    pub fn may_own(&self, permission: Permission, person: PersonId) -> bool {
        self.holders(permission).any(|grant| grant.is_own(self.person, person))
    }

    /// Whether `permission` is held anywhere.
    pub fn may_somewhere(&self, permission: Permission) -> bool {
        self.grants().any(|(_, role)| role.uses.contains(permission))
    }

    /// Whether `permission` may be used on the whole tree.
    pub fn may_everywhere(&self, permission: Permission) -> bool {
        self.authority.tree.root().is_some_and(|root| self.may(permission, root.id))
    }

    /// `permission` on `organization`, or why not.
    pub fn require(&self, permission: Permission, organization: OrganizationId) -> Result<(), Denied> {
        if self.may(permission, organization) { Ok(()) } else { Err(Denied(permission)) }
    }

    /// All permissions held anywhere.
    pub fn permissions(&self) -> Permissions {
        self.grants().flat_map(|(_, role)| role.uses.iter()).collect()
    }

    /// The permissions of `candidates` that may be used on `organization`.
    pub fn viewer_can(&self, candidates: &[Permission], organization: OrganizationId) -> Vec<Permission> {
        candidates.iter().copied().filter(|permission| self.may(*permission, organization)).collect()
    }

    /// What may be handed on in the subtree of `organization`.
    pub fn may_pass_on(&self, permissions: Permissions, organization: OrganizationId) -> bool {
        let held: Permissions = self
            .grants()
            .filter(|(grant, _)| {
                grant.organization.is_some_and(|root| self.authority.tree.contains(root, organization))
            })
            .flat_map(|(_, role)| role.passes_on.iter())
            .collect();
        held.covers(permissions)
    }

    /// The workbenches that the roles open, in the order of the templates.
    pub fn workbenches(&self) -> Vec<Workbench> {
        let mut workbenches: Vec<Workbench> = self.grants().map(|(_, role)| role.workbench).collect();
        workbenches.sort_unstable();
        workbenches.dedup();
        workbenches
    }
}
