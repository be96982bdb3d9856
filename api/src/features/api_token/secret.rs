//! What a caller sends: `jh_<key>_<secret>`.
use entity::ApiTokenId;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::{authz::Authority, clock::Ambient, db::seal::sha256};

/// What every token begins with, so that scanners of repositories find one that was left there.
const MARK: &str = "jh_";

/// A whole token: the public key by which it is found, and 256 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// The public part.
    pub id: ApiTokenId,
    bits: [u8; 32],
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Secret({}…)", prefix(self.id))
    }
}

impl Secret {
    /// A fresh one for the token `id`.
    pub fn new(ambient: &Ambient, id: ApiTokenId) -> Self {
        Self { id, bits: ambient.bytes() }
    }

    /// Whether `text` claims to be a token of this kind.
    pub fn is_meant(text: &str) -> bool {
        text.starts_with(MARK)
    }

    /// The token that `text` writes; none where it is damaged.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, bits) = text.strip_prefix(MARK)?.split_once('_')?;
        let id: [u8; 16] = hex::decode(id).ok()?.try_into().ok()?;
        Some(Self { id: Uuid::from_bytes(id).into(), bits: hex::decode(bits).ok()?.try_into().ok()? })
    }

    /// As the caller keeps it.
    pub fn text(&self) -> String {
        format!("{}_{}", prefix(self.id), hex::encode(self.bits))
    }

    /// As the database knows it.
    pub fn hash(&self) -> [u8; 32] {
        sha256(&self.bits)
    }

    /// Whether this is the secret of the token that `authority` knows by its key; as long for one that is unknown.
    pub fn opens(&self, authority: &Authority) -> bool {
        let known = authority.tokens.get(&self.id);
        let hash = known.map_or([0; 32], |token| token.hash);
        bool::from(self.hash().ct_eq(&hash)) && known.is_some()
    }
}

/// The public part of the token `id`, by which people recognise it.
pub fn prefix(id: ApiTokenId) -> String {
    format!("{MARK}{}", id.0.simple())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_written_and_damage_is_noticed() {
        let secret = Secret { id: ApiTokenId(Uuid::from_u128(7)), bits: [9; 32] };
        let text = secret.text();
        assert_eq!(Secret::parse(&text), Some(secret.clone()));
        assert!(!format!("{secret:?}").contains(&hex::encode([9; 32])));
        for damaged in [&text[1..], &text[..text.len() - 1], &text.replace('_', "-"), "jh_", "jh__", ""] {
            assert_eq!(Secret::parse(damaged), None, "{damaged}");
        }
    }
}
