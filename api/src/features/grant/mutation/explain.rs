//! What each error of a use case of grants reads like.
use entity::role_grant;

use crate::features::grant::service::{self, MOST, REASON};
use crate::graphql::{Explain, Explained, Problem, UserErrorCode};

fn reason_empty() -> Problem {
    Problem::required(&["reason"], "理由", "The reason")
}

fn after_post() -> Problem {
    Problem::new(
        &["until"],
        UserErrorCode::OutOfRange,
        "绑定的职务更早结束，结束日期不能晚于职务。",
        "The post ends earlier; the grant ends with it at the latest.",
    )
}

fn reason_too_long() -> Problem {
    Problem::too_long(&["reason"], REASON, "理由", "The reason")
}

impl Explain<role_grant::Model> for service::RoleGrantError {
    fn explain(self) -> Explained {
        use UserErrorCode::{Archived, Invalid, OutOfRange, Overlap};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::AccountNotFound => Problem::not_found(&["account"], "账号", "account").into(),
            Self::Oneself => Problem::new(
                &["account"],
                Invalid,
                "不能给自己授权，请另一位管理员来做。",
                "Nobody gives a role to himself; ask another administrator.",
            )
            .into(),
            Self::RoleNotFound => Problem::not_found(&["role"], "角色", "role").into(),
            Self::RoleArchived => Problem::new(
                &["role"],
                Archived,
                "这个角色已归档，换一个角色，或先恢复它。",
                "This role is archived; choose another, or have it restored.",
            )
            .into(),
            Self::OrganizationMissing => Problem::required(&["organization"], "组织", "The organization").into(),
            Self::OrganizationSuperfluous => Problem::new(
                &["organization"],
                Invalid,
                "范围是“本人”时不用选组织。",
                "A role on oneself has no organization; leave it out.",
            )
            .into(),
            Self::OrganizationNotFound => Problem::not_found(&["organization"], "组织", "organization").into(),
            Self::OrganizationArchived => Problem::new(
                &["organization"],
                Archived,
                "这个组织已归档，换一个组织。",
                "This organization is archived; choose another.",
            )
            .into(),
            Self::NoPerson => Problem::new(
                &["scope"],
                Invalid,
                "这个账号没有对应的人员，不能授“本人”范围。",
                "No person stands behind this account; give the role on a subtree.",
            )
            .into(),
            Self::FromPast => Problem::new(
                &["from"],
                OutOfRange,
                "开始日期不能早于今天。",
                "A role cannot be given for days that have passed; begin today or later.",
            )
            .into(),
            Self::UntilBeforeFrom => {
                Problem::new(&["until"], OutOfRange, "结束日期要晚于开始日期。", "The end must follow the beginning.")
                    .into()
            }
            Self::PostSuperfluous => Problem::new(
                &["post"],
                Invalid,
                "范围是“本人”时不能绑定职务。",
                "A role on oneself ends with no post; leave it out.",
            )
            .into(),
            Self::PostNotFound => Problem::not_found(&["post"], "职务", "post").into(),
            Self::UntilAfterPost => after_post().into(),
            Self::ReasonEmpty => reason_empty().into(),
            Self::ReasonTooLong => reason_too_long().into(),
            Self::Overlap => Problem::new(
                &["role"],
                Overlap,
                "这个账号在这里已有这个角色，先结束原来的授权或换一段时间。",
                "The account has this role here already; end that grant or choose other days.",
            )
            .into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<role_grant::Model> for service::RoleGrantConfirmError {
    fn explain(self) -> Explained {
        let invalid = |zh, en| Problem::new(&["grant"], UserErrorCode::Invalid, zh, en).into();
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["grant"], "授权", "grant").into(),
            Self::Confirmed => invalid("这个授权已经确认，刷新后再看。", "This grant is confirmed; reload the page."),
            Self::Ended => invalid("这个授权已经结束，需要时重新授予。", "This grant has ended; give the role anew."),
            Self::Giver => invalid(
                "授予人不能确认自己的授权，请另一位有权的人来确认。",
                "Who gives a role does not confirm it; ask somebody else who may give it.",
            ),
            Self::Oneself => invalid(
                "不能确认给自己的授权，请另一位有权的人来确认。",
                "Nobody confirms a role of his own; ask somebody else who may give it.",
            ),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<role_grant::Model> for service::RoleGrantEndError {
    fn explain(self) -> Explained {
        use UserErrorCode::{Invalid, OutOfRange};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["grant"], "授权", "grant").into(),
            Self::Ended => Problem::new(
                &["grant"],
                Invalid,
                "这个授权已经结束，刷新后再看。",
                "This grant has ended; reload the page.",
            )
            .into(),
            Self::UntilOutOfRange => Problem::new(
                &["until"],
                OutOfRange,
                "结束日期要在今天或以后，并早于原定的结束日期。",
                "The end is today or later, and before the end that is set.",
            )
            .into(),
            Self::LastAdministrator => Problem::new(
                &["grant"],
                Invalid,
                "这是最后一位系统管理员的授权，先给另一个账号授权。",
                "This is the grant of the last administrator; give the role to another account first.",
            )
            .into(),
            Self::ReasonEmpty => reason_empty().into(),
            Self::ReasonTooLong => reason_too_long().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl service::RoleGrantExtendError {
    /// How the error of one of several grants reads; why none could be tried is another matter.
    pub(super) fn explain_one(self) -> Vec<Problem> {
        match self.explain() {
            Explained::Problems(problems) => problems,
            Explained::Failure(_) => vec![Problem::new(
                &["grant"],
                UserErrorCode::Invalid,
                "您不能把这个授权延长到这一天，请有权的人来做，或换一个更早的日期。",
                "You may not extend this grant to that day; ask somebody who may, or choose an earlier day.",
            )],
        }
    }
}

impl Explain<role_grant::Model> for service::RoleGrantExtendError {
    fn explain(self) -> Explained {
        use UserErrorCode::{Archived, Invalid, OutOfRange, Overlap};
        let new = |field, code, zh, en| Problem::new(field, code, zh, en).into();
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["grant"], "授权", "grant").into(),
            Self::Oneself => new(
                &["grant"],
                Invalid,
                "不能延长自己的授权，请另一位管理员来做。",
                "Nobody extends a role of his own; ask another administrator.",
            ),
            Self::Waiting => new(
                &["grant"],
                Invalid,
                "这个授权还在等第二人确认，确认后再延长。",
                "This grant still waits for a second holder; extend it when it is confirmed.",
            ),
            Self::Ended => new(
                &["grant"],
                Invalid,
                "这个授权已经结束，需要时重新授予。",
                "This grant has ended; give the role anew.",
            ),
            Self::Open => new(
                &["grant"],
                Invalid,
                "这个授权没有结束日期，不用延长。",
                "This grant has no end; there is nothing to extend.",
            ),
            Self::RoleArchived => new(
                &["grant"],
                Archived,
                "这个角色已归档，换一个角色重新授予。",
                "The role of this grant is archived; give another one.",
            ),
            Self::OrganizationArchived => new(
                &["grant"],
                Archived,
                "这个组织已归档，在别的组织重新授权。",
                "The organization is archived; give the role on another one.",
            ),
            Self::UntilOutOfRange => {
                new(&["until"], OutOfRange, "新的结束日期要晚于现在的。", "The new end must follow the present one.")
            }
            Self::UntilAfterPost => after_post().into(),
            Self::Overlap => new(
                &["grant"],
                Overlap,
                "这个授权已经延长，或这个账号在那段时间另有同样的授权；要改就延长或结束那一个。",
                "This grant is extended already, or the account has the same role there by another one; extend or end that.",
            ),
            Self::ReasonEmpty => reason_empty().into(),
            Self::ReasonTooLong => reason_too_long().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<Vec<service::Renewed>> for service::RoleGrantRenewError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::Empty => Problem::new(
                &["grants"],
                UserErrorCode::Required,
                "先选要延长的授权。",
                "Choose the grants that are to be extended first.",
            )
            .into(),
            Self::TooMany => Problem::new(
                &["grants"],
                UserErrorCode::OutOfRange,
                format!("一次最多 {MOST} 个，分几次来做。"),
                format!("At most {MOST} at once; do it in several steps."),
            )
            .into(),
            Self::ReasonEmpty => reason_empty().into(),
            Self::ReasonTooLong => reason_too_long().into(),
            Self::Db(error) => error.into(),
        }
    }
}
