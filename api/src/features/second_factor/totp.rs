//! Codes that follow from a seed and the time: RFC 6238 with HMAC-SHA-1, 30 seconds, six digits, as every app knows it.
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

use entity::Timestamp;

/// Seconds for which a code is shown.
const STEP: i64 = 30;
/// Digits of a code.
pub const DIGITS: usize = 6;

/// The time step at `now`.
pub fn step_at(now: Timestamp) -> i64 {
    now.0.div_euclid(1_000_000 * STEP)
}

/// The code of `seed` in the time step `step`.
pub fn code(seed: &[u8], step: i64) -> String {
    let Ok(mut mac) = <Hmac<Sha1> as KeyInit>::new_from_slice(seed) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let digest: [u8; 20] = mac.finalize().into_bytes().into();
    let start = usize::from(digest[19] & 0xF);
    let four = digest.get(start..).and_then(|rest| rest.first_chunk::<4>()).copied().unwrap_or_default();
    format!("{:06}", (u32::from_be_bytes(four) & 0x7FFF_FFFF) % 1_000_000)
}

/// The time step around `now` whose code `typed` is: the one before and the one after count too, since clocks differ.
pub fn matching(seed: &[u8], typed: &str, now: Timestamp) -> Option<i64> {
    let now = step_at(now);
    (now - 1..=now + 1).find(|step| code(seed, *step).as_bytes().ct_eq(typed.as_bytes()).into())
}

/// What an app reads from a picture: `otpauth://totp/…`.
pub fn uri(seed: &[u8], account: &str) -> String {
    let name = percent_encoding::utf8_percent_encode(account, percent_encoding::NON_ALPHANUMERIC);
    format!("otpauth://totp/Jianghai:{name}?secret={}&issuer=Jianghai", base32(seed))
}

/// `bytes` in base 32 without padding (RFC 4648).
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bit = |place: usize| bytes.get(place / 8).is_some_and(|byte| byte >> (7 - place % 8) & 1 == 1);
    let letter = |index: usize| {
        let value = (0..5).fold(0, |value, offset| value << 1 | usize::from(bit(index * 5 + offset)));
        char::from(LETTERS.get(value).copied().unwrap_or(b'A'))
    };
    (0..(bytes.len() * 8).div_ceil(5)).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_rfc() {
        let seed = b"12345678901234567890";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(seed, step_at(Timestamp(seconds * 1_000_000))), expected, "{seconds}");
        }
    }

    #[test]
    fn a_code_matches_its_step_and_its_neighbours() {
        let (seed, now) = (b"12345678901234567890", Timestamp(1_700_000_000_000_000));
        let step = step_at(now);
        for near in [-1, 0, 1] {
            assert_eq!(matching(seed, &code(seed, step + near), now), Some(step + near));
        }
        assert_eq!(matching(seed, &code(seed, step + 2), now), None);
        assert_eq!(matching(seed, "", now), None);
    }

    #[test]
    fn seeds_are_written_as_apps_read_them() {
        assert_eq!(base32(b"foobar"), "MZXW6YTBOI");
        assert_eq!(uri(b"foobar", "li.ming"), "otpauth://totp/Jianghai:li%2Eming?secret=MZXW6YTBOI&issuer=Jianghai");
    }
}
