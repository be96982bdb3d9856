//! Paths with parameters, read and written.

use std::fmt::Write;

/// Path and query of the current page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Url {
    /// Begins with a slash.
    pub path: String,
    /// Parameters in their order.
    pub query: Vec<(String, String)>,
}

impl Url {
    /// Reads an address such as `/members?stage=FULL`.
    pub fn parse(address: &str) -> Self {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let query = query.split('&').filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (!name.is_empty()).then(|| (decode(name), decode(value)))
        });
        Self { path: path.to_owned(), query: query.collect() }
    }

    /// The first value of a parameter that is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The same address with one parameter changed; an empty value takes it away.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut query: Vec<_> = self.query.iter().filter(|(key, _)| key != name).cloned().collect();
        if !value.is_empty() {
            query.push((name.to_owned(), value.to_owned()));
        }
        Self { path: self.path.clone(), query }
    }

    /// The address as text.
    pub fn address(&self) -> String {
        let query: Vec<_> =
            self.query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        if query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, query.join("&")) }
    }
}

/// An address made of a path and parameters; empty parameters are left out.
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    query
        .iter()
        .fold(Url { path: path.to_owned(), query: Vec::new() }, |url, (name, value)| url.with(name, value))
        .address()
}

/// A text as a part of an address.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/:,".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

pub(super) fn decode(text: &str) -> String {
    let source = text.as_bytes();
    let mut bytes = Vec::with_capacity(source.len());
    let mut index = 0;
    while let Some(byte) = source.get(index) {
        let escaped = source
            .get(index + 1..index + 3)
            .filter(|_| *byte == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(value) = escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(value);
            index += 3;
        } else {
            bytes.push(if *byte == b'+' { b' ' } else { *byte });
            index += 1;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_survives_reading_and_writing() {
        let url = Url::parse("/members?text=%E6%B8%94%20a&stage=FULL,APPLICANT&empty=");
        assert_eq!(url.get("text"), Some("渔 a"));
        assert_eq!(url.get("empty"), None);
        assert_eq!(url.address(), "/members?text=%E6%B8%94%20a&stage=FULL,APPLICANT&empty=");
    }

    #[test]
    fn changing_a_parameter_keeps_the_others_and_an_empty_value_takes_it_away() {
        let url = Url::parse("/members?a=1&b=2");
        assert_eq!(url.with("a", "3").address(), "/members?b=2&a=3");
        assert_eq!(url.with("a", "").address(), "/members?b=2");
    }

    #[test]
    fn a_broken_escape_stays_as_it_is() {
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz+x"), "%zz x");
    }
}
