//! Access tokens: signed, short-lived, kept only in the memory of the client.
use std::sync::Arc;

use entity::{AccountId, SessionId, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{config::Secrets, db::seal::sha256};

/// Seconds that an access token lives.
pub const SECONDS: i64 = 300;

/// A token that is forged, damaged, run out or signed by a key that is no longer known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the access token is not valid")]
pub struct InvalidToken;

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: Uuid,
    sid: Uuid,
    iat: i64,
    exp: i64,
}

/// A fresh access token and the moment it runs out.
#[derive(Clone, Debug)]
pub struct AccessToken {
    /// What the client sends.
    pub text: String,
    /// When it runs out.
    pub expires_at: Timestamp,
}

/// What an access token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// Who sends it.
    pub account: AccountId,
    /// Its sign-in session.
    pub session: SessionId,
}

struct Key {
    id: String,
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl Key {
    fn new(secret: &[u8]) -> Self {
        let id = hex::encode(sha256(&[b"key id", secret].concat())).chars().take(8).collect();
        Self { id, encoding: EncodingKey::from_secret(secret), decoding: DecodingKey::from_secret(secret) }
    }
}

/// The keys that sign access tokens: the current one, and the one before while it is being changed.
#[derive(Clone)]
pub struct TokenKeys(Arc<(Key, Option<Key>)>);

impl TokenKeys {
    /// The keys among the secrets of the instance.
    pub fn new(secrets: &Secrets) -> Self {
        Self(Arc::new((Key::new(&secrets.token), secrets.previous_token.as_deref().map(Key::new))))
    }

    /// Signs a token of `bearer` that runs out after five minutes, or at `latest` where that is earlier.
    pub fn sign(&self, bearer: Bearer, now: Timestamp, latest: Timestamp) -> Result<AccessToken, InvalidToken> {
        let iat = now.0.div_euclid(1_000_000);
        let exp = latest.0.div_euclid(1_000_000).min(iat + SECONDS);
        let key = &self.0.0;
        let header = Header { kid: Some(key.id.clone()), ..Header::new(Algorithm::HS256) };
        let claims = Claims { sub: bearer.account.0, sid: bearer.session.0, iat, exp };
        let text = encode(&header, &claims, &key.encoding).map_err(|_| InvalidToken)?;
        Ok(AccessToken { text, expires_at: Timestamp(exp * 1_000_000) })
    }

    /// What the token `text` says, where it is valid at `now`.
    pub fn verify(&self, text: &str, now: Timestamp) -> Result<Bearer, InvalidToken> {
        self.verify_until(text, now).map(|(bearer, _)| bearer)
    }

    /// The same, with the moment at which the token runs out.
    pub fn verify_until(&self, text: &str, now: Timestamp) -> Result<(Bearer, Timestamp), InvalidToken> {
        let kid = decode_header(text).map_err(|_| InvalidToken)?.kid.ok_or(InvalidToken)?;
        let (current, previous) = &*self.0;
        let key = [Some(current), previous.as_ref()].into_iter().flatten().find(|key| key.id == kid);
        let mut validation = Validation::new(Algorithm::HS256);
        // The moment comes from the caller's clock, not from the machine's.
        validation.validate_exp = false;
        validation.required_spec_claims.clear();
        let key = &key.ok_or(InvalidToken)?.decoding;
        let Claims { sub, sid, exp, .. } = decode(text, key, &validation).map_err(|_| InvalidToken)?.claims;
        let until = Timestamp(exp.saturating_mul(1_000_000));
        if now >= until {
            return Err(InvalidToken);
        }
        Ok((Bearer { account: AccountId(sub), session: SessionId(sid) }, until))
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};

    use super::*;

    const NOW: Timestamp = Timestamp(1_700_000_000_000_000);

    fn keys(token: u8, previous: Option<u8>) -> TokenKeys {
        let secret = |byte| vec![byte; 32];
        TokenKeys::new(&Secrets {
            data: secret(0),
            previous_data: None,
            token: secret(token),
            previous_token: previous.map(secret),
        })
    }

    fn bearer() -> Bearer {
        Bearer { account: AccountId(Uuid::from_u128(1)), session: SessionId(Uuid::from_u128(2)) }
    }

    fn signed(keys: &TokenKeys) -> AccessToken {
        keys.sign(bearer(), NOW, NOW.plus_seconds(9_999)).unwrap()
    }

    #[test]
    fn a_token_holds_for_five_minutes_by_the_given_clock() {
        let token = signed(&keys(1, None));
        assert_eq!(token.expires_at, NOW.plus_seconds(300));
        assert_eq!(keys(1, None).verify(&token.text, NOW.plus_seconds(299)), Ok(bearer()));
        assert_eq!(keys(1, None).verify(&token.text, NOW.plus_seconds(300)), Err(InvalidToken));
    }

    #[test]
    fn a_token_does_not_outlive_its_session() {
        let token = keys(1, None).sign(bearer(), NOW, NOW.plus_seconds(60)).unwrap();
        assert_eq!(token.expires_at, NOW.plus_seconds(60));
    }

    #[test]
    fn the_previous_key_still_opens_and_a_foreign_one_does_not() {
        let token = signed(&keys(1, None));
        assert_eq!(keys(2, Some(1)).verify(&token.text, NOW), Ok(bearer()));
        assert_eq!(keys(2, None).verify(&token.text, NOW), Err(InvalidToken));
    }

    #[test]
    fn every_damage_is_noticed() {
        let keys = keys(1, None);
        let text = signed(&keys).text;
        for place in 0..text.len() {
            let mut damaged = text.clone().into_bytes();
            damaged[place] = if damaged[place] == b'A' { b'B' } else { b'A' };
            // The last character of a part carries bits that nobody reads.
            let outcome = keys.verify(std::str::from_utf8(&damaged).unwrap(), NOW);
            assert!(outcome == Err(InvalidToken) || text.as_bytes().get(place + 1).is_none_or(|next| *next == b'.'));
        }
        for nonsense in ["", ".", "..", "a.b.c", "\u{7f}"] {
            assert_eq!(keys.verify(nonsense, NOW), Err(InvalidToken));
        }
    }

    #[test]
    fn another_algorithm_is_refused_even_with_the_right_key() {
        let keys = keys(1, None);
        let claims = Claims { sub: Uuid::nil(), sid: Uuid::nil(), iat: 0, exp: i64::MAX / 1_000_000 };
        let header = Header { kid: Some(keys.0.0.id.clone()), ..Header::new(Algorithm::HS512) };
        let text = encode(&header, &claims, &keys.0.0.encoding).unwrap();
        assert_eq!(keys.verify(&text, NOW), Err(InvalidToken));
        // `{"alg":"none","kid":"…"}` with no signature.
        let header = BASE64.encode(format!("{{\"alg\":\"none\",\"kid\":\"{}\"}}", keys.0.0.id));
        let body = text.split('.').nth(1).unwrap();
        assert_eq!(keys.verify(&format!("{header}.{body}."), NOW), Err(InvalidToken));
    }
}
