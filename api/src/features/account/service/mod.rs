//! Use cases of accounts and sign-in sessions.

mod refresh;
mod refresh_token;
mod sign_in;
mod sign_out;

pub use refresh::{RefreshError, refresh};
pub use refresh_token::RefreshToken;
pub use sign_in::{SignIn, SignInError, sign_in};
pub use sign_out::sign_out;

use entity::{AccountId, SessionId, Timestamp};

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
