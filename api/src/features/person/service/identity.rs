//! Identity numbers (居民身份证号): form and check digit after GB 11643, and the birth date they say.
use entity::Date;

/// Weights of the first 17 digits (ISO 7064, MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// Check characters by the weighted sum modulo 11.
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// The birth date that `number` says; none where it is not a number of 18 characters with a valid check digit.
pub fn birth_date(number: &str) -> Option<Date> {
    let characters: Vec<char> = number.chars().collect();
    let (check, digits) = characters.split_last()?;
    if digits.len() != WEIGHTS.len() || !digits.iter().all(char::is_ascii_digit) {
        return None;
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).filter_map(|(digit, weight)| Some(digit.to_digit(10)? * weight)).sum();
    let expected = CHECKS.get(usize::try_from(sum % 11).ok()?)?;
    if check != expected {
        return None;
    }
    Date::parse_from_str(number.get(6..14)?, "%Y%m%d").ok()
}
