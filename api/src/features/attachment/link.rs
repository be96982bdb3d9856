//! Links to files: signed, for one account and its sign-in or token, for five minutes and no longer than that one.
use entity::{AccountId, AttachmentId, Timestamp, attachment};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    authz::{Actor, Credential},
    db::seal::Vault,
};

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
    /// By what he acted; nothing for work that nobody signed in for.
    by: String,
    /// Until when it holds, in seconds.
    expires: i64,
    /// What only this instance can write.
    signature: String,
}

fn text(id: AttachmentId, target: Target, account: Uuid, by: &str, expires: i64) -> String {
    format!("{}\0{target:?}\0{account}\0{by}\0{expires}", id.0)
}

/// The link of `actor` to `target` of `row`, which he has been shown to be allowed to read.
pub fn make(vault: &Vault, actor: &Actor, row: &attachment::Model, target: Target, now: Timestamp) -> String {
    let expires = now.0.div_euclid(1_000_000) + SECONDS;
    let (account, by) = (actor.account().0, actor.credential().map(Credential::text).unwrap_or_default());
    let signature = vault.sign_link(&text(row.id, target, account, &by, expires));
    let name = encoded(&row.name);
    let word = match target {
        Target::File => "file",
        Target::Thumbnail => "thumbnail",
    };
    let id = row.id.0;
    format!("/files/{id}/{name}?target={word}&account={account}&by={by}&expires={expires}&signature={signature}")
}

/// For whom a link to `id` holds at `now`, and what it leads to; none where it was not made here or has run out.
pub fn read(
    vault: &Vault,
    id: AttachmentId,
    link: &Link,
    now: Timestamp,
) -> Option<(Target, AccountId, Option<Credential>)> {
    let text = text(id, link.target, link.account, &link.by, link.expires);
    let holds = now.0 < link.expires.saturating_mul(1_000_000) && vault.is_signed(&text, &link.signature);
    holds.then(|| (link.target, link.account.into(), Credential::parse(&link.by)))
}

/// `name` as it stands in an address or a header.
pub fn encoded(name: &str) -> String {
    utf8_percent_encode(name, NAME).to_string()
}
