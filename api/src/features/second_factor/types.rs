//! GraphQL types of second factors.
use async_graphql::{ID, InputObject, SimpleObject};
use qrcode::{Color, EcLevel, QrCode};

use super::{service::Setup, totp};
use crate::{
    features::{account::Account, role::Role},
    graphql::UserError,
};

/// What an app for codes takes over. It is shown this once.
#[derive(SimpleObject)]
pub struct SecondFactorSetup {
    /// The seed in base 32, for those who type it.
    pub secret: String,
    /// The same as a link that an app opens.
    pub uri: String,
    /// The same as a picture that an app reads: the `d` of one SVG path, in units of one dot.
    pub picture: String,
    /// Width and height of the picture in dots, with its margin.
    pub picture_size: i32,
}

impl From<&Setup> for SecondFactorSetup {
    fn from(setup: &Setup) -> Self {
        let uri = totp::uri(&setup.seed, &setup.account.name);
        let (picture, picture_size) = picture(&uri);
        Self { secret: totp::base32(&setup.seed), uri, picture, picture_size }
    }
}

/// Dots of white around the picture.
const MARGIN: usize = 4;

/// The dots of a QR code that says `text`, and its size; nothing where the text is too long for one.
fn picture(text: &str) -> (String, i32) {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return (String::new(), 0) };
    let width = code.width();
    let colors = code.to_colors();
    let dots = colors.iter().enumerate().filter(|(_, color)| **color == Color::Dark);
    let path = dots.map(|(place, _)| format!("M{} {}h1v1h-1z", place % width + MARGIN, place / width + MARGIN));
    (path.collect(), i32::try_from(width + 2 * MARGIN).unwrap_or_default())
}

/// The beginning of a second factor.
#[derive(InputObject)]
pub struct SecondFactorBeginInput {
    /// The viewer's password.
    #[graphql(secret)]
    pub password: String,
}

/// What became of `secondFactorBegin`.
#[derive(SimpleObject)]
pub struct SecondFactorBeginPayload {
    /// What an app takes over; null where there are user errors.
    pub setup: Option<SecondFactorSetup>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// The first code of a second factor.
#[derive(InputObject)]
pub struct SecondFactorConfirmInput {
    /// The code that the app shows.
    #[graphql(secret)]
    pub code: String,
}

/// What became of `secondFactorConfirm`.
#[derive(SimpleObject)]
pub struct SecondFactorConfirmPayload {
    /// The viewer's account; null where there are user errors.
    pub account: Option<Account>,
    /// Codes that stand in for the app, each once. They are shown this once; null where there are user errors.
    pub recovery_codes: Option<Vec<String>>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// The end of one's own second factor.
#[derive(InputObject)]
pub struct SecondFactorDisableInput {
    /// The viewer's password.
    #[graphql(secret)]
    pub password: String,
    /// A code of the app, or a recovery code.
    #[graphql(secret)]
    pub code: String,
}

/// What became of `secondFactorDisable`.
#[derive(SimpleObject)]
pub struct SecondFactorDisablePayload {
    /// The viewer's account; null where there are user errors.
    pub account: Option<Account>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An account whose second factor is taken away.
#[derive(InputObject)]
pub struct AccountSecondFactorResetInput {
    /// The account.
    pub account: ID,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `accountSecondFactorReset`.
#[derive(SimpleObject)]
pub struct AccountSecondFactorResetPayload {
    /// The account; on `CONFLICT` its current state; null where there are other user errors.
    pub account: Option<Account>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Whether a role demands a second factor.
#[derive(InputObject)]
pub struct RoleSecondFactorRequireInput {
    /// The role.
    pub role: ID,
    /// Whether its grants work only for accounts with a second factor.
    pub required: bool,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `roleSecondFactorRequire`.
#[derive(SimpleObject)]
pub struct RoleSecondFactorRequirePayload {
    /// The role; on `CONFLICT` its current state; null where there are other user errors.
    pub role: Option<Role>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
