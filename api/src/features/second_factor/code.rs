//! Recovery codes: ten, shown once, each opens once.
use entity::AccountId;

use super::totp::base32;
use crate::{clock::Ambient, db::seal::sha256};

/// How many there are.
pub const HOW_MANY: usize = 10;

/// A fresh code of 80 bits: `abcd-efgh-ijkl-mnop`.
pub fn fresh(ambient: &Ambient) -> String {
    let letters = base32(&ambient.bytes::<10>()).to_ascii_lowercase();
    let groups: Vec<String> = letters.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into()).collect();
    groups.join("-")
}

/// As the database knows the code of `account`, however it was typed.
pub fn hash(account: AccountId, code: &str) -> [u8; 32] {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    sha256(&[account.0.as_bytes(), letters.as_bytes()].concat())
}
