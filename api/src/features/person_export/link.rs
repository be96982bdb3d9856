//! Links to an export: signed, for the account that asks and its sign-in or token, for five minutes and no longer than
//! that one.
use entity::{AccountId, Timestamp, person_export};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    authz::{Actor, Credential},
    db::seal::Vault,
};

/// Seconds for which a link holds.
pub const SECONDS: i64 = 300;

/// In which form it is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// For machines.
    Json,
    /// A page to read and to print, in Chinese.
    Chinese,
    /// A page to read and to print, in English.
    English,
}

/// The query of a link.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Link {
    form: Form,
    account: Uuid,
    by: String,
    expires: i64,
    signature: String,
}

fn text(person: Uuid, form: Form, account: Uuid, by: &str, expires: i64) -> String {
    format!("person_export\0{person}\0{form:?}\0{account}\0{by}\0{expires}")
}

/// The link of `actor`, whose own `row` it is.
pub fn make(vault: &Vault, actor: &Actor, row: &person_export::Model, form: Form, now: Timestamp) -> String {
    let expires = now.0.div_euclid(1_000_000) + SECONDS;
    let (account, by) = (actor.account().0, actor.credential().map(Credential::text).unwrap_or_default());
    let signature = vault.sign_link(&text(row.person_id.0, form, account, &by, expires));
    let word = match form {
        Form::Json => "json",
        Form::Chinese => "chinese",
        Form::English => "english",
    };
    let person = row.person_id.0;
    format!("/exports/{person}?form={word}&account={account}&by={by}&expires={expires}&signature={signature}")
}

/// For whom a link to the export of `person` holds at `now`, and in which form; none where it was not made here or has
/// run out.
pub fn read(vault: &Vault, person: Uuid, link: &Link, now: Timestamp) -> Option<(Form, AccountId, Option<Credential>)> {
    let text = text(person, link.form, link.account, &link.by, link.expires);
    let holds = now.0 < link.expires.saturating_mul(1_000_000) && vault.is_signed(&text, &link.signature);
    holds.then(|| (link.form, link.account.into(), Credential::parse(&link.by)))
}
