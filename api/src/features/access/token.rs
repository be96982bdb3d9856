//! What a client sends to look through a preview: signed, for one account and its sign-in session, for half an hour.
use entity::Timestamp;
use uuid::Uuid;

use crate::{
    authz::{Actor, Preview},
    db::seal::Vault,
};

/// The header in which it is sent.
pub const HEADER: &str = "x-preview";
/// Seconds for which it holds.
pub const SECONDS: i64 = 30 * 60;

fn signed_text(actor: &Actor, preview: Preview, expires: i64) -> String {
    let session = actor.session().map(|session| session.0).unwrap_or_default();
    let Preview { role, organization } = preview;
    format!("preview\0{}\0{session}\0{}\0{}\0{expires}", actor.account().0, role.0, organization.0)
}

/// The token with which `actor` looks through `preview` until `until`.
pub fn make(vault: &Vault, actor: &Actor, preview: Preview, until: Timestamp) -> String {
    let expires = until.0.div_euclid(1_000_000);
    let signature = vault.sign_link(&signed_text(actor, preview, expires));
    format!("{}.{}.{expires}.{signature}", preview.role.0, preview.organization.0)
}

/// What `actor` looks through with `token` at `now`; none where it was not made here for him or has run out.
pub fn read(vault: &Vault, actor: &Actor, token: &str, now: Timestamp) -> Option<Preview> {
    let mut parts = token.split('.');
    let role = Uuid::try_parse(parts.next()?).ok()?.into();
    let organization = Uuid::try_parse(parts.next()?).ok()?.into();
    let expires: i64 = parts.next()?.parse().ok()?;
    let signature = parts.next().filter(|_| parts.next().is_none())?;
    let preview = Preview { role, organization };
    let holds = now.0 < expires.saturating_mul(1_000_000);
    (holds && vault.is_signed(&signed_text(actor, preview, expires), signature)).then_some(preview)
}
