//! What a change of a role would mean, as the contract shows it.
use async_graphql::{Context, Object, SimpleObject};

use super::Permission;
use crate::{
    authz,
    features::{
        account::{self, Account},
        grant,
        role::{
            loader::FullRole,
            policy::Content,
            preview::{Effect, RolePart, effects},
            service,
        },
    },
    graphql::{Explain, Explained, Result, UserError, request},
};

/// Most accounts that are named for one permission.
const NAMED: usize = 20;

/// What a change of a role would mean for those who have it today.
#[derive(SimpleObject)]
pub struct RoleChangePreview {
    /// What becomes of each permission that differs: those lost, then those gained, to use and then to pass on.
    effects: Vec<RoleEffect>,
    /// Whether the viewer may see every grant. Else there may be accounts that are not counted.
    complete: bool,
    /// What saving would answer for these permissions.
    user_errors: Vec<UserError>,
}

impl RoleChangePreview {
    /// What it would mean if `role` had `new`.
    pub async fn new(ctx: &Context<'_>, role: &FullRole, new: Content) -> Result<Self> {
        let request = request(ctx);
        let actor = request.actor()?;
        let grants = grant::service::running_of(request.app.db.read(), role.row.id, actor.today()).await?;
        let user_errors = match service::check_update(actor, role, new, &grants) {
            Ok(()) => Vec::new(),
            Err(error) => match Explain::<FullRole>::explain(error) {
                Explained::Problems(problems) => {
                    problems.into_iter().map(|problem| problem.into_user_error(request.locale)).collect()
                }
                Explained::Failure(failure) => return Err(failure),
            },
        };
        let effects = effects(actor, role.row.id, role.content, new).into_iter().map(RoleEffect).collect();
        Ok(Self { effects, complete: actor.may_everywhere(authz::Permission::GrantRead), user_errors })
    }
}

/// What becomes of one permission of a role, and for whom.
pub struct RoleEffect(Effect);

/// What becomes of one permission of a role, and for whom.
#[Object]
impl RoleEffect {
    /// The permission.
    async fn permission(&self) -> Permission {
        Permission(self.0.permission)
    }

    /// Whether it is used or handed on.
    async fn part(&self) -> RolePart {
        self.0.part
    }

    /// Whether the role gains it; else it loses it.
    async fn gained(&self) -> bool {
        self.0.gained
    }

    /// Accounts that then can do more, or less, somewhere, as far as the viewer may see their grants. Who keeps the
    /// permission there by another grant is not counted.
    async fn account_count(&self) -> usize {
        self.0.accounts.len()
    }

    /// The first 20 of them by name, as far as the viewer may see the accounts.
    async fn accounts(&self, ctx: &Context<'_>) -> Result<Vec<Account>> {
        let shown = self.0.accounts.iter().take(NAMED).map(|id| account::account(ctx, *id));
        Ok(futures_util::future::try_join_all(shown).await?.into_iter().flatten().collect())
    }
}
