//! Designing roles: decode, call, encode, and what each error reads like.
use async_graphql::{Context, Object};

use super::{
    RoleArchiveInput, RoleArchivePayload, RoleCreateInput, RoleCreatePayload, RoleRestoreInput, RoleRestorePayload,
    RoleUpdateInput, RoleUpdatePayload,
    loader::{self, FullRole},
    policy::CannotAdd,
    service::{self, NAME, RoleCreate, RoleError, RoleUpdate, SENTENCE, SeenRole},
};
use crate::{
    authz::{Permission, Permissions},
    graphql::{Begun, Call, Explain, Explained, Lock, Problem, Result, UserErrorCode, ids, replayed},
};

/// Mutations on roles.
#[derive(Default)]
pub struct RoleMutation;

#[Object]
impl RoleMutation {
    /// Makes a role, anew or as a copy of another one. Needs `role:edit` on the whole tree, and that the viewer may pass
    /// on what it carries. Codes: `NOT_FOUND`, `REQUIRED`, `TOO_LONG`, DUPLICATE, INVALID, `IDEMPOTENCY_MISMATCH`.
    async fn role_create(&self, ctx: &Context<'_>, input: RoleCreateInput) -> Result<RoleCreatePayload> {
        let call = match Call::begin_keyed(ctx, Lock::Authority, input.idempotency_key.as_deref()).await? {
            Begun::Fresh(call) => call,
            Begun::Mismatch(user_errors) => return Ok(RoleCreatePayload { role: None, user_errors }),
            Begun::Replayed(id) => {
                let role = loader::role(ctx, replayed(id)).await?;
                return Ok(RoleCreatePayload { role, user_errors: Vec::new() });
            }
        };
        let command = RoleCreate {
            from: input.from.map(|id| ids::decode_or_nil(&id)),
            name: input.name,
            name_en: input.name_en.unwrap_or_default(),
            sentence: input.sentence,
            sentence_en: input.sentence_en,
            workbench: input.workbench.map(Into::into),
            uses: input.permissions.map(set),
            passes_on: input.pass_on.map(set),
        };
        let outcome = service::create(&call.tx, &call.actor, command).await;
        let (role, user_errors) = call.finish_keyed(outcome, |role| role.row.id.0).await?;
        Ok(RoleCreatePayload { role: role.map(Into::into), user_errors })
    }

    /// Changes a role; it works at once for all who have it. What is added lies within what the viewer may pass on, for
    /// every grant that carries the role; nothing is added to a role of his own, and nothing sensitive to a role that
    /// others have. Codes: `NOT_FOUND`, `REQUIRED`, `TOO_LONG`, DUPLICATE, INVALID (also for a role shipped with the
    /// product), ARCHIVED, CONFLICT.
    async fn role_update(&self, ctx: &Context<'_>, input: RoleUpdateInput) -> Result<RoleUpdatePayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let command = RoleUpdate {
            seen: SeenRole { role: ids::decode_or_nil(&input.role), version: input.version },
            name: input.name,
            name_en: input.name_en,
            sentence: input.sentence,
            sentence_en: input.sentence_en,
            workbench: input.workbench.map(Into::into),
            uses: input.permissions.map(set),
            passes_on: input.pass_on.map(set),
        };
        let outcome = service::update(&call.tx, &call.actor, command).await;
        let (role, user_errors) = call.finish(outcome).await?;
        Ok(RoleUpdatePayload { role: role.map(Into::into), user_errors })
    }

    /// Archives a role that nobody has any more, so that it can no longer be given. Codes: `NOT_FOUND`, INVALID (shipped
    /// with the product), `NOT_EMPTY` (grants carry it), ARCHIVED, CONFLICT.
    async fn role_archive(&self, ctx: &Context<'_>, input: RoleArchiveInput) -> Result<RoleArchivePayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let seen = SeenRole { role: ids::decode_or_nil(&input.role), version: input.version };
        let outcome = service::archive(&call.tx, &call.actor, seen).await;
        let (role, user_errors) = call.finish(outcome).await?;
        Ok(RoleArchivePayload { role: role.map(Into::into), user_errors })
    }

    /// Lets an archived role be given again. Codes: `NOT_FOUND`, `NOT_ARCHIVED`, DUPLICATE (another role has its name by
    /// now), CONFLICT.
    async fn role_restore(&self, ctx: &Context<'_>, input: RoleRestoreInput) -> Result<RoleRestorePayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let seen = SeenRole { role: ids::decode_or_nil(&input.role), version: input.version };
        let outcome = service::restore(&call.tx, &call.actor, seen).await;
        let (role, user_errors) = call.finish(outcome).await?;
        Ok(RoleRestorePayload { role: role.map(Into::into), user_errors })
    }
}

fn set(permissions: Vec<Permission>) -> Permissions {
    permissions.into_iter().collect()
}

impl Explain<FullRole> for RoleError {
    fn current(&mut self) -> Option<FullRole> {
        if let Self::Conflict(role) = self { Some((**role).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        use UserErrorCode::{Archived, Invalid, NotArchived, Required};
        let problem = |field, code, zh, en| Explained::from(Problem::new(field, code, zh, en));
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["role"], "角色", "role").into(),
            Self::FromNotFound => Problem::not_found(&["from"], "角色", "role").into(),
            Self::Template => problem(
                &["role"],
                Invalid,
                "系统自带的角色不能修改，复制一份再改。",
                "A role shipped with the product is not changed; copy it and change the copy.",
            ),
            Self::NameEmpty => Problem::required(&["name"], "名称", "The name").into(),
            Self::NameTooLong => Problem::too_long(&["name"], NAME, "名称", "The name").into(),
            Self::NameEnTooLong => Problem::too_long(&["nameEn"], NAME, "英文名称", "The name in English").into(),
            Self::NameTaken => taken(&["name"]),
            Self::NameEnTaken => taken(&["nameEn"]),
            Self::SentenceTooLong => Problem::too_long(&["sentence"], SENTENCE, "说明", "The sentence").into(),
            Self::SentenceEnTooLong => {
                Problem::too_long(&["sentenceEn"], SENTENCE, "英文说明", "The sentence in English").into()
            }
            Self::WorkbenchMissing => Problem::required(&["workbench"], "工作台", "The workbench").into(),
            Self::Empty => problem(
                &["permissions"],
                Required,
                "角色里没有任何权限，至少选一项。",
                "The role has no permission; choose at least one.",
            ),
            Self::CannotAdd(why) => cannot_add(why).into(),
            Self::LastAdministrator => problem(
                &["permissions"],
                Invalid,
                "这样改就没有人能管理全市的授权了，先让另一个账号担任系统管理员。",
                "Nobody could give roles in the whole city any more; make another account administrator first.",
            ),
            Self::InUse(count) => in_use(count).into(),
            Self::Archived => {
                problem(&["role"], Archived, "这个角色已归档，先恢复它。", "This role is archived; restore it first.")
            }
            Self::NotArchived => problem(
                &["role"],
                NotArchived,
                "这个角色没有归档，刷新后再看。",
                "This role is not archived; reload the page.",
            ),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}

fn taken(field: &'static [&'static str]) -> Explained {
    let (zh, en) = ("已有同名的角色，换一个名称。", "Another role has this name; choose another one.");
    Problem::new(field, UserErrorCode::Duplicate, zh, en).into()
}

/// The labels of `permissions` in Chinese and in English.
fn labels(permissions: Permissions) -> (String, String) {
    let (zh, en): (Vec<&str>, Vec<&str>) = permissions.iter().map(Permission::label).unzip();
    (zh.join("、"), en.join(", "))
}

fn cannot_add(why: CannotAdd) -> Problem {
    let problem = |zh, en| Problem::new(&["permissions"], UserErrorCode::Invalid, zh, en);
    match why {
        CannotAdd::BeyondPassOn(beyond) => {
            let (zh, en) = labels(beyond);
            problem(
                format!("您不能转授：{zh}。去掉这些权限，或请能转授的管理员来做。"),
                format!("You may not pass on: {en}. Leave these out, or ask an administrator who may."),
            )
        }
        CannotAdd::OwnRole => problem(
            "您自己有这个角色，不能给它增加权限，请另一位管理员来做。".to_owned(),
            "You have this role yourself and cannot add to it; ask another administrator.".to_owned(),
        ),
        CannotAdd::BeyondPeriod(beyond) => {
            let (zh, en) = labels(beyond);
            problem(
                format!("有人持有这个角色的时间超过您能转授的期限：{zh}。复制这个角色，把副本授给需要的人。"),
                format!(
                    "Somebody has this role for longer than you may pass on: {en}. Copy the role, and give the copy to \
                     those who need it."
                ),
            )
        }
        CannotAdd::Sensitive(sensitive) => {
            let (zh, en) = labels(sensitive);
            problem(
                format!("已有人持有这个角色，增加敏感权限须第二人确认：{zh}。复制这个角色，把副本授给需要的人。"),
                format!(
                    "Others have this role, and these need a second holder: {en}. Copy the role, and give the copy to \
                     those who need it."
                ),
            )
        }
    }
}

fn in_use(count: Option<usize>) -> Problem {
    let (zh, en) = match count {
        Some(1) => ("还有 1 项授权".to_owned(), "One grant carries".to_owned()),
        Some(count) => (format!("还有 {count} 项授权"), format!("{count} grants carry")),
        None => ("还有授权".to_owned(), "Grants carry".to_owned()),
    };
    Problem::new(
        &["role"],
        UserErrorCode::NotEmpty,
        format!("{zh}用着这个角色，先结束它们再归档。"),
        format!("{en} this role; end what is given before it is archived."),
    )
}
