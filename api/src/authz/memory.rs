//! Tree, roles, grants and accounts in memory, reloaded when their epoch changes.
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use arc_swap::ArcSwap;
use entity::{
    AccountId, AccountKind, AccountStatus, ApiTokenId, Date, GrantId, GrantScope, OrganizationId, PersonId, RoleId,
    SessionId, Timestamp, Workbench, account, api_token, epoch, member, organization, role, role_grant,
    role_permission, second_factor, sign_in_session,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use tokio::sync::watch;

use super::{Permission, Permissions};
use crate::db::{Tree, TreeNode};

/// Access tokens live for this long, so a session ended earlier needs no remembering.
const TOKEN_SECONDS: i64 = 330;

/// A role as enforcement sees it.
#[derive(Clone, Debug)]
pub struct RoleInfo {
    /// What the app opens to.
    pub workbench: Workbench,
    /// Whether its grants work only for accounts with a second factor.
    pub requires_second_factor: bool,
    /// Permissions to use.
    pub uses: Permissions,
    /// Permissions to hand on.
    pub passes_on: Permissions,
    /// Whether it can no longer be given.
    pub archived: bool,
}

impl RoleInfo {
    /// Whether its grants work for an account with or without a second factor.
    pub fn works(&self, second_factor: bool) -> bool {
        !self.requires_second_factor || second_factor
    }
}

/// A grant as enforcement sees it.
#[derive(Clone, Debug)]
pub struct GrantInfo {
    /// The grant.
    pub id: GrantId,
    /// Its role.
    pub role: RoleId,
    /// Root of its subtree; none for `SELF`.
    pub organization: Option<OrganizationId>,
    /// First day.
    pub from: Date,
    /// First day after.
    pub until: Option<Date>,
    /// Whether it ends with a post.
    pub bound: bool,
}

impl From<&role_grant::Model> for GrantInfo {
    fn from(row: &role_grant::Model) -> Self {
        Self {
            id: row.id,
            role: row.role_id,
            organization: row.organization_id,
            from: row.from,
            until: row.until,
            bound: row.post_id.is_some(),
        }
    }
}

impl GrantInfo {
    /// Whether the grant holds on `today`.
    pub fn holds(&self, today: Date) -> bool {
        self.has_begun(today) && !self.has_ended(today)
    }

    /// Whether the first day of the grant has come by `today`.
    pub fn has_begun(&self, today: Date) -> bool {
        self.from <= today
    }

    /// Whether the grant is over on `today`.
    pub fn has_ended(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until <= today)
    }

    /// Whether the grant reaches `person` as the one behind the account, who is `holder`.
    pub fn is_own(&self, holder: Option<PersonId>, person: PersonId) -> bool {
        self.organization.is_none() && holder == Some(person)
    }
}

/// An account as enforcement sees it.
#[derive(Clone, Debug)]
pub struct AccountInfo {
    /// Sign-in name.
    pub name: String,
    /// Person or service.
    pub kind: AccountKind,
    /// Whose account it is.
    pub person: Option<PersonId>,
    /// Whether it may sign in.
    pub status: AccountStatus,
    /// Whether it has a second factor that works.
    pub second_factor: bool,
}

/// An API token as enforcement sees it.
#[derive(Clone, Debug)]
pub struct TokenInfo {
    /// The account that asks by it.
    pub account: AccountId,
    /// SHA-256 of its secret.
    pub hash: [u8; 32],
    /// What it is confined to.
    pub permissions: Permissions,
    /// It does not work from then on.
    pub expires_at: Timestamp,
}

/// One state of tree, roles, grants and accounts.
#[derive(Clone, Debug, Default)]
pub struct Authority {
    /// The epoch it was read at.
    pub epoch: i64,
    /// The organization tree.
    pub tree: Arc<Tree>,
    /// The organizations of the tree as the database has them.
    pub organizations: Arc<HashMap<OrganizationId, Arc<organization::Model>>>,
    /// Roles by key.
    pub roles: HashMap<RoleId, RoleInfo>,
    /// Grants by account.
    pub grants: HashMap<AccountId, Vec<GrantInfo>>,
    /// Home organizations of the persons behind accounts.
    pub homes: HashMap<PersonId, OrganizationId>,
    /// Accounts by key.
    pub accounts: HashMap<AccountId, AccountInfo>,
    /// API tokens that were not revoked.
    pub tokens: HashMap<ApiTokenId, TokenInfo>,
    /// Sessions ended so recently that their access tokens have not run out.
    pub ended_sessions: HashSet<SessionId>,
}

/// The epoch that the database is at.
pub async fn read_epoch(conn: &impl ConnectionTrait) -> Result<i64, DbErr> {
    Ok(epoch::Entity::find_by_id("authority").one(conn).await?.map_or(0, |row| row.n))
}

impl Authority {
    /// The subtree in which `grant` of the account of `holder` lets `permission` be used. `SELF` reaches no subtree, but
    /// whoever may read himself with `organization:read` sees the branch that he belongs to.
    pub fn root(&self, holder: Option<PersonId>, grant: &GrantInfo, permission: Permission) -> Option<OrganizationId> {
        let home = || holder.and_then(|person| self.homes.get(&person).copied());
        let reads = permission == Permission::OrganizationRead;
        grant.organization.or_else(|| if reads { home() } else { None })
    }

    /// Whether `grant` of the account of `holder` lets `permission`, if its role carries it, be used on `organization`.
    pub fn reaches(
        &self,
        holder: Option<PersonId>,
        grant: &GrantInfo,
        permission: Permission,
        organization: OrganizationId,
    ) -> bool {
        self.root(holder, grant, permission).is_some_and(|root| self.tree.contains(root, organization))
    }

    /// This state as if the role `id` let its holders use and hand on these permissions.
    #[must_use]
    pub fn with_role(&self, id: RoleId, uses: Permissions, passes_on: Permissions) -> Self {
        let mut changed = self.clone();
        if let Some(role) = changed.roles.get_mut(&id) {
            (role.uses, role.passes_on) = (uses, passes_on);
        }
        changed
    }

    /// Reads the whole state. The epoch is read first: a change in between is seen by the next look.
    pub async fn load(conn: &impl ConnectionTrait, now: Timestamp) -> Result<Self, DbErr> {
        let epoch = read_epoch(conn).await?;
        let organizations = organization::Entity::find().all(conn).await?;
        let nodes = organizations.iter().map(|row| TreeNode {
            id: row.id,
            parent: row.parent_id,
            name: row.name.clone(),
            sort_key: row.sort_key.clone(),
            kind: row.kind,
            level: row.level,
            status: row.status,
        });
        let tree = Arc::new(Tree::new(nodes.collect()));
        let organizations = Arc::new(organizations.into_iter().map(|row| (row.id, Arc::new(row))).collect());
        let mut roles: HashMap<RoleId, RoleInfo> = role::Entity::find()
            .all(conn)
            .await?
            .into_iter()
            .map(|row| {
                let none = Permissions::default();
                let role::Model { id, workbench, requires_second_factor, archived_at, .. } = row;
                let archived = archived_at.is_some();
                (id, RoleInfo { workbench, requires_second_factor, uses: none, passes_on: none, archived })
            })
            .collect();
        for row in role_permission::Entity::find().all(conn).await? {
            let (Some(role), Some(permission)) = (roles.get_mut(&row.role_id), Permission::from_code(&row.permission))
            else {
                continue;
            };
            if row.uses {
                role.uses.insert(permission);
            }
            if row.passes_on {
                role.passes_on.insert(permission);
            }
        }
        let mut grants: HashMap<AccountId, Vec<GrantInfo>> = HashMap::new();
        for row in role_grant::Entity::find()
            .filter(role_grant::Column::EndedAt.is_null())
            .filter(role_grant::Column::ConfirmedAt.is_not_null())
            .all(conn)
            .await?
        {
            debug_assert!((row.scope == GrantScope::Subtree) == row.organization_id.is_some());
            grants.entry(row.account_id).or_default().push(GrantInfo::from(&row));
        }
        let factors: HashSet<AccountId> = second_factor::Entity::find()
            .select_only()
            .column(second_factor::Column::AccountId)
            .filter(second_factor::Column::ConfirmedAt.is_not_null())
            .into_tuple()
            .all(conn)
            .await?
            .into_iter()
            .collect();
        let accounts = account::Entity::find()
            .all(conn)
            .await?
            .into_iter()
            .map(|row| {
                let account::Model { id, name, kind, person_id: person, status, .. } = row;
                (id, AccountInfo { name, kind, person, status, second_factor: factors.contains(&id) })
            })
            .collect();
        let homes = member::Entity::find()
            .select_only()
            .columns([member::Column::PersonId, member::Column::HomeOrganizationId])
            .filter(
                member::Column::PersonId.in_subquery(
                    account::Entity::find()
                        .select_only()
                        .column(account::Column::PersonId)
                        .filter(account::Column::PersonId.is_not_null())
                        .into_query(),
                ),
            )
            .into_tuple()
            .all(conn)
            .await?
            .into_iter()
            .collect();
        let ended_sessions = sign_in_session::Entity::find()
            .select_only()
            .column(sign_in_session::Column::Id)
            .filter(sign_in_session::Column::EndedAt.gte(now.plus_seconds(-TOKEN_SECONDS)))
            .into_tuple()
            .all(conn)
            .await?
            .into_iter()
            .collect();
        let tokens = tokens(conn, now).await?;
        Ok(Self { epoch, tree, organizations, roles, grants, homes, accounts, tokens, ended_sessions })
    }
}

async fn tokens(conn: &impl ConnectionTrait, now: Timestamp) -> Result<HashMap<ApiTokenId, TokenInfo>, DbErr> {
    let rows = api_token::Entity::find()
        .filter(api_token::Column::RevokedAt.is_null())
        .filter(api_token::Column::ExpiresAt.gt(now))
        .all(conn)
        .await?;
    let info = |row: api_token::Model| {
        let token = TokenInfo {
            account: row.account_id,
            hash: row.secret_hash.try_into().ok()?,
            permissions: row.permissions.split(' ').filter_map(Permission::from_code).collect(),
            expires_at: row.expires_at,
        };
        Some((row.id, token))
    };
    Ok(rows.into_iter().filter_map(info).collect())
}

/// The newest known state, shared by all requests of this process.
pub struct AuthorityStore {
    current: ArcSwap<Authority>,
    changed: watch::Sender<()>,
}

impl Default for AuthorityStore {
    fn default() -> Self {
        Self { current: ArcSwap::default(), changed: watch::channel(()).0 }
    }
}

impl AuthorityStore {
    /// The newest known state.
    pub fn current(&self) -> Arc<Authority> {
        self.current.load_full()
    }

    /// Learns that the newest known state is another one.
    pub fn watch(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// The state at `epoch`, for a transaction: the known one where it fits, else read through `conn` and not kept,
    /// since the transaction may yet roll back.
    pub async fn at(&self, epoch: i64, conn: &impl ConnectionTrait, now: Timestamp) -> Result<Arc<Authority>, DbErr> {
        let known = self.current();
        if known.epoch == epoch { Ok(known) } else { Ok(Arc::new(Authority::load(conn, now).await?)) }
    }

    /// Looks whether the database has moved on, and reads the new state where it has.
    pub async fn refresh(&self, conn: &impl ConnectionTrait, now: Timestamp) -> Result<Arc<Authority>, DbErr> {
        let known = self.current();
        if known.epoch != 0 && read_epoch(conn).await? == known.epoch {
            return Ok(known);
        }
        let fresh = Arc::new(Authority::load(conn, now).await?);
        self.current.rcu(|known| if known.epoch > fresh.epoch { Arc::clone(known) } else { Arc::clone(&fresh) });
        self.changed.send_replace(());
        Ok(fresh)
    }
}
