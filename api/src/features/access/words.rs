//! An explanation in one sentence.
use crate::{
    authz::{Cause, Permission},
    graphql::Locale,
};

/// What the sentence speaks of. Names are empty where nothing decided that has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Subject {
    /// Sign-in name of the account.
    pub account: String,
    /// Name of the role of the deciding grant.
    pub role: String,
    /// Name of the organization of the deciding grant; none for `SELF` and where the viewer may not see it.
    pub organization: Option<String>,
    /// First day of the deciding grant.
    pub from: String,
    /// First day after the deciding grant.
    pub until: String,
}

/// The sentence for `cause`.
pub(super) fn sentence(
    locale: Locale,
    permission: Permission,
    cause: Cause,
    archived: bool,
    subject: &Subject,
) -> String {
    let (zh_label, en_label) = permission.label();
    let Subject { account, role, organization, from, until } = subject;
    let zh_place = organization.as_ref().map_or_else(String::new, |name| format!("在“{name}”"));
    let en_place = organization.as_ref().map_or_else(String::new, |name| format!(" on {name}"));
    let grant = locale.pick(format!("角色“{role}”{zh_place}的授权"), format!("the grant of {role}{en_place}"));
    let may = matches!(cause, Cause::Granted | Cause::Unseen);
    let head = match (locale, may) {
        (Locale::ZhCn, true) => format!("{account} 可以“{zh_label}”："),
        (Locale::ZhCn, false) => format!("{account} 不能“{zh_label}”："),
        (Locale::En, true) => format!("{account} has “{en_label}” here: "),
        (Locale::En, false) => format!("{account} does not have “{en_label}” here: "),
    };
    let why = match cause {
        Cause::Granted => locale.pick(format!("{grant}允许。"), format!("{grant} gives it.")),
        Cause::Unseen => locale.pick(
            "这是账号本人的，或由您看不到的授权允许。".to_owned(),
            "it is the account's own, or a grant that you may not see gives it.".to_owned(),
        ),
        Cause::AccountDisabled => locale.pick(
            "账号已停用，启用后授权才起作用。".to_owned(),
            "the account is disabled; its grants work once it is enabled.".to_owned(),
        ),
        Cause::Rule => locale.pick(
            format!("{grant}够了，但另有规则不允许，例如不能对自己，或要覆盖对方的全部范围。"),
            format!("{grant} would do, but another rule stands against it: not on oneself, or only where everything is reached."),
        ),
        Cause::SecondFactorMissing => locale.pick(
            format!("角色“{role}”要求两步验证，账号启用两步验证后授权才起作用。"),
            format!("{role} demands a second factor; the grant works once the account has set one up."),
        ),
        Cause::Waiting => locale.pick(
            format!("{grant}还在等第二人确认。"),
            format!("{grant} waits for a second holder to confirm it."),
        ),
        Cause::NotBegun => {
            locale.pick(format!("{grant}从 {from} 起才有效。"), format!("{grant} begins on {from}."))
        }
        Cause::Ended => locale.pick(
            format!("{grant}已于 {until} 结束，需要时重新授予。"),
            format!("{grant} ended on {until}; give the role anew where it is needed."),
        ),
        Cause::Elsewhere => locale.pick(
            format!("{grant}有这项权限，但不包括这里；需要时在这里授予。"),
            format!("{grant} carries it, but does not reach this place; give a role here where it is needed."),
        ),
        Cause::NotOneself => locale.pick(
            format!("角色“{role}”的这项权限只对本人有效。"),
            format!("{role} carries it for the person behind the account alone."),
        ),
        Cause::NotCarried => locale.pick(
            "账号的角色都不含这项权限；需要时授予含它的角色。".to_owned(),
            "no role of the account carries it; give one that does where it is needed.".to_owned(),
        ),
        Cause::NoGrant => locale.pick(
            "账号没有您看得到的授权；需要时授予角色。".to_owned(),
            "the account has no grant that you may see; give a role where it is needed.".to_owned(),
        ),
    };
    let note = if archived && may {
        locale.pick("记录已归档，先恢复才能改动。", " The record is archived; restore it before changing it.")
    } else {
        ""
    };
    format!("{head}{why}{note}")
}
