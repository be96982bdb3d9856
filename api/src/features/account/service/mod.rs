//! Use cases of accounts and sign-in sessions.

mod create;
mod disable;
mod end_session;
mod erase;
mod open_for_posts;
mod password;
mod refresh;
mod refresh_token;
mod reset;
mod sign_in;
mod sign_out;
mod start;

pub use create::{
    AccountCreate, AccountCreateError, AdministratorError, LONGEST as LONGEST_NAME, NameFault, check_name, create,
    create_administrator,
};
pub use disable::{AccountDisable, AccountDisableError, REASON, disable, enable};
pub use end_session::{SignInSessionEndError, end_session};
pub use erase::{can_sign_in, erase_of_person};
pub use open_for_posts::{
    AccountOpenForPosts, AccountOpenForPostsError, ForPost, ForPostError, MOST, OpenedForPost, Outcome, open_for_posts,
    propose,
};
pub use password::{
    NewPasswordError, PasswordChange, PasswordChangeError, ProofError, change_password, count_failure, new_password,
    opens, prepare_change, prove, wait,
};
pub use refresh::{RefreshError, refresh};
pub use refresh_token::RefreshToken;
pub use reset::{AccountReset, AccountResetError, AccountUnlockError, Slip, end_sessions, make_link, reset, unlock};
pub use sign_in::{SignIn, SignInError, sign_in};
pub use sign_out::sign_out;
pub use start::{Start, StartError, start};

use entity::{AccountId, SessionId, Timestamp, account};
use sea_orm::DbErr;
use serde_json::json;

use super::repo;
use crate::{audit::Snapshot, authz::Actor, db::Tx};

/// Seconds after which a session ends, however much it is used.
pub const LONGEST_SESSION: i64 = 30 * 24 * 3_600;
/// Seconds without a refresh after which a session ends.
pub const LONGEST_IDLE: i64 = 8 * 3_600;

/// A session that may go on.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// Who is signed in.
    pub account: AccountId,
    /// The session.
    pub session: SessionId,
    /// What the session is refreshed with next.
    pub refresh_token: RefreshToken,
    /// When the session ends by itself.
    pub expires_at: Timestamp,
}

/// The account `id`, where `actor` may see it.
pub async fn find_visible(tx: &Tx, actor: &Actor, id: AccountId) -> Result<Option<account::Model>, DbErr> {
    repo::get(tx.conn(), actor, id).await
}

/// What history shows of an account.
fn snapshot(row: &account::Model) -> Snapshot {
    Snapshot::from([
        ("name", json!(row.name)),
        ("kind", json!(row.kind)),
        ("person", json!(row.person_id)),
        ("status", json!(row.status)),
    ])
}
