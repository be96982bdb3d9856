//! What each error of a use case of accounts reads like.
use std::sync::Arc;

use entity::{account, sign_in_session};

use super::Reset;
use crate::{
    features::account::{
        WeakPassword,
        password::{LONGEST, SHORTEST},
        service::{self, NameFault, ProofError},
    },
    graphql::{Explain, Explained, Failure, Problem, UserErrorCode},
};

fn weak(field: &'static [&'static str], weak: WeakPassword) -> Problem {
    let (zh, en) = weak_words(weak);
    Problem::new(field, UserErrorCode::WeakPassword, zh, en)
}

/// What is wrong with a new password, in both languages.
pub fn weak_words(weak: WeakPassword) -> (String, String) {
    match weak {
        WeakPassword::Short => (
            format!("密码至少要 {SHORTEST} 个字符，可以用一句好记的话。"),
            format!("A password has at least {SHORTEST} characters; a sentence that you remember will do."),
        ),
        WeakPassword::Long => {
            (format!("密码最多 {LONGEST} 个字符。"), format!("A password has at most {LONGEST} characters."))
        }
        WeakPassword::Monotonous => (
            "密码里的字符重复太多，换一个。".to_owned(),
            "This password repeats the same few characters; choose another.".to_owned(),
        ),
        WeakPassword::ContainsName => (
            "密码不能包含登录名，换一个。".to_owned(),
            "A password must not contain the sign-in name; choose another.".to_owned(),
        ),
        WeakPassword::Common => (
            "这个密码太常见，换一个。".to_owned(),
            "This password is among those that everybody tries first; choose another.".to_owned(),
        ),
    }
}

/// Why a password does not show that it is oneself who asks.
pub fn proof_problem(field: &'static [&'static str], error: ProofError) -> Explained {
    match error {
        ProofError::Wrong => {
            let (zh, en) = ("现在的密码不对，再输一次。", "The current password is wrong; type it again.");
            Problem::new(field, UserErrorCode::WrongPassword, zh, en).into()
        }
        ProofError::Throttled { wait } => throttled(field, wait),
        ProofError::Hashing(failed) => internal(failed),
        ProofError::Db(error) => error.into(),
    }
}

/// What is wrong with a sign-in name.
pub(super) fn name_problem(fault: NameFault) -> Problem {
    match fault {
        NameFault::Empty => Problem::required(&["name"], "登录名", "The name"),
        NameFault::TooLong => Problem::too_long(&["name"], service::LONGEST_NAME, "登录名", "The name"),
        NameFault::Signs => Problem::new(
            &["name"],
            UserErrorCode::Invalid,
            "登录名至少两个字，只能用文字、数字、点、下划线和连字符。",
            "A name has at least two letters, digits, full stops, underscores or hyphens.",
        ),
    }
}

/// Too many wrong passwords or codes.
pub fn throttled(field: &'static [&'static str], wait: u32) -> Explained {
    let zh = format!("失败次数过多，请 {wait} 秒后再试。");
    let en = format!("Too many failures: try again in {wait} seconds.");
    Problem::new(field, UserErrorCode::BudgetExhausted, zh, en).into()
}

fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Explained {
    Failure::Internal(Arc::new(error)).into()
}

impl Explain<account::Model> for service::AccountCreateError {
    fn explain(self) -> Explained {
        use UserErrorCode::{Duplicate, Invalid};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::PersonNotFound => Problem::not_found(&["person"], "人员", "person").into(),
            Self::PersonSuperfluous => Problem::new(
                &["person"],
                Invalid,
                "系统账号不对应人员，去掉人员或改选个人账号。",
                "No person stands behind the account of a service; leave the person out.",
            )
            .into(),
            Self::Name(fault) => name_problem(fault).into(),
            Self::Weak(fault) => weak(&["password"], fault).into(),
            Self::Hashing(failed) => internal(failed),
            Self::NameTaken => Problem::new(
                &["name"],
                Duplicate,
                "已有账号用了这个登录名，换一个。",
                "Another account has this name; choose another.",
            )
            .into(),
            Self::PersonTaken => Problem::new(
                &["person"],
                Duplicate,
                "这个人员已有账号，给原来的账号授权即可。",
                "This person has an account already; give that one the role.",
            )
            .into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<account::Model> for service::AccountDisableError {
    fn current(&mut self) -> Option<account::Model> {
        if let Self::Conflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        use UserErrorCode::Invalid;
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["account"], "账号", "account").into(),
            Self::Oneself => Problem::new(
                &["account"],
                Invalid,
                "不能停用自己的账号，请另一位管理员来做。",
                "Nobody disables himself; ask another administrator.",
            )
            .into(),
            Self::LastAdministrator => Problem::new(
                &["account"],
                Invalid,
                "这是最后一位系统管理员，先给另一个账号授权。",
                "This is the last administrator; give the role to another account first.",
            )
            .into(),
            Self::Already => Problem::new(
                &["account"],
                Invalid,
                "这个账号已经是这个状态，刷新后再看。",
                "This account has that status already; reload the page.",
            )
            .into(),
            Self::ReasonEmpty => Problem::required(&["reason"], "理由", "The reason").into(),
            Self::ReasonTooLong => Problem::too_long(&["reason"], service::REASON, "理由", "The reason").into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<account::Model> for service::PasswordChangeError {
    fn explain(self) -> Explained {
        match self {
            Self::WrongPassword => proof_problem(&["currentPassword"], ProofError::Wrong),
            Self::Throttled { wait } => throttled(&["currentPassword"], wait),
            Self::Weak(fault) => weak(&["newPassword"], fault).into(),
            Self::Hashing(failed) => internal(failed),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<sign_in_session::Model> for service::SignInSessionEndError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["session"], "登录会话", "session").into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<Reset> for service::AccountResetError {
    fn current(&mut self) -> Option<Reset> {
        if let Self::Conflict(row) = self { Some(Reset::Stands(row.clone())) } else { None }
    }

    fn explain(self) -> Explained {
        use UserErrorCode::Invalid;
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["account"], "账号", "account").into(),
            Self::Oneself => Problem::new(
                &["account"],
                Invalid,
                "自己的密码在“我的账号”里修改。",
                "Change your own password on your own page.",
            )
            .into(),
            Self::Disabled => Problem::new(
                &["account"],
                Invalid,
                "账号已停用，先启用再重置。",
                "The account is disabled; enable it first.",
            )
            .into(),
            Self::LastAdministrator => Problem::new(
                &["account"],
                Invalid,
                "这是最后一位系统管理员，先给另一个账号授权。",
                "This is the last administrator; give the role to another account first.",
            )
            .into(),
            Self::ReasonEmpty => Problem::required(&["reason"], "理由", "The reason").into(),
            Self::ReasonTooLong => Problem::too_long(&["reason"], service::REASON, "理由", "The reason").into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<account::Model> for service::AccountUnlockError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["account"], "账号", "account").into(),
            Self::Db(error) => error.into(),
        }
    }
}
