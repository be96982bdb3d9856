//! Links to files: signed, for one account and its sign-in session, for five minutes.
use entity::{AccountId, AttachmentId, SessionId, Timestamp, attachment};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use uuid::Uuid;

use crate::{authz::Actor, db::seal::Vault};

/// Seconds for which a link holds.
pub const SECONDS: i64 = 300;

/// What stands in a file name as it is: everything else is written by its number.
const NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// The file.
    File,
    /// A small picture of it.
    Thumbnail,
}

/// The query of a link.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Link {
    /// What it leads to.
    target: Target,
    /// For whom it was made.
    account: Uuid,
    /// In which sign-in session; none for services.
    session: Option<Uuid>,
    /// Until when it holds, in seconds.
    expires: i64,
    /// What only this instance can write.
    signature: String,
}

fn text(id: AttachmentId, target: Target, account: Uuid, session: Option<Uuid>, expires: i64) -> String {
    format!("{}\0{target:?}\0{account}\0{}\0{expires}", id.0, session.unwrap_or_default())
}

/// The link of `actor` to `target` of `row`, which he has been shown to be allowed to read.
pub fn make(vault: &Vault, actor: &Actor, row: &attachment::Model, target: Target, now: Timestamp) -> String {
    let expires = now.0.div_euclid(1_000_000) + SECONDS;
    let (account, session) = (actor.account().0, actor.session().map(|session| session.0));
    let signature = vault.sign_link(&text(row.id, target, account, session, expires));
    let name = encoded(&row.name);
    let session = session.map(|session| format!("&session={session}")).unwrap_or_default();
    let word = match target {
        Target::File => "file",
        Target::Thumbnail => "thumbnail",
    };
    let id = row.id.0;
    format!("/files/{id}/{name}?target={word}&account={account}{session}&expires={expires}&signature={signature}")
}

/// For whom a link to `id` holds at `now`, and what it leads to; none where it was not made here or has run out.
pub fn read(
    vault: &Vault,
    id: AttachmentId,
    link: &Link,
    now: Timestamp,
) -> Option<(Target, AccountId, Option<SessionId>)> {
    let text = text(id, link.target, link.account, link.session, link.expires);
    let holds = now.0 < link.expires.saturating_mul(1_000_000) && vault.is_signed(&text, &link.signature);
    holds.then(|| (link.target, link.account.into(), link.session.map(SessionId::from)))
}

/// `name` as it stands in an address or a header.
pub fn encoded(name: &str) -> String {
    utf8_percent_encode(name, NAME).to_string()
}
