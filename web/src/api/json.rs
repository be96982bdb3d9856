//! JSON as the contract writes it: no fractions.
//!
//! Not by a library: reading any number there is, and saying where a text is wrong, takes tables and words of fifteen kilobytes.

/// A value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Json {
    /// Nothing.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// Values in their order.
    List(Vec<Json>),
    /// Values by name, in the order of the text.
    Object(Vec<(String, Json)>),
}

/// Deeper than any answer, so that a hostile text does not use up the stack.
const DEPTH: usize = 64;

impl Json {
    /// Reads a text; none where it is no JSON, or holds a number that is not whole.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(DEPTH)?;
        reader.skip_space();
        (reader.at == text.len()).then_some(value)
    }

    /// The value of a name in an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Takes the value of a name out of an object.
    pub fn take(self, name: &str) -> Option<Self> {
        match self {
            Self::Object(members) => members.into_iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The values of a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Steps over a sign after blanks, if it stands there.
    fn takes(&mut self, sign: u8) -> bool {
        self.skip_space();
        let there = self.peek() == Some(sign);
        self.at += usize::from(there);
        there
    }

    /// The text from a place to where the reader is; both lie beside ASCII signs.
    fn since(&self, from: usize) -> Option<&'a str> {
        self.text.get(from..self.at)
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        let depth = depth.checked_sub(1)?;
        self.skip_space();
        match self.peek()? {
            b'{' => self.object(depth),
            b'[' => self.list(depth),
            b'"' => self.string().map(Json::Text),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Json> {
        let mut members = Vec::new();
        self.at += 1;
        if self.takes(b'}') {
            return Some(Json::Object(members));
        }
        loop {
            self.skip_space();
            let name = self.string()?;
            if !self.takes(b':') {
                return None;
            }
            members.push((name, self.value(depth)?));
            if self.takes(b'}') {
                return Some(Json::Object(members));
            }
            if !self.takes(b',') {
                return None;
            }
        }
    }

    fn list(&mut self, depth: usize) -> Option<Json> {
        let mut items = Vec::new();
        self.at += 1;
        if self.takes(b']') {
            return Some(Json::List(items));
        }
        loop {
            items.push(self.value(depth)?);
            if self.takes(b']') {
                return Some(Json::List(items));
            }
            if !self.takes(b',') {
                return None;
            }
        }
    }

    fn word(&mut self) -> Option<Json> {
        let rest = self.text.get(self.at..)?;
        let words = [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))];
        let (word, value) = words.into_iter().find(|(word, _)| rest.starts_with(word))?;
        self.at += word.len();
        Some(value)
    }

    fn number(&mut self) -> Option<Json> {
        let from = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.at += 1;
        }
        self.since(from)?.parse().ok().map(Json::Number)
    }

    fn string(&mut self) -> Option<String> {
        if self.peek()? != b'"' {
            return None;
        }
        self.at += 1;
        let mut text = String::new();
        loop {
            let from = self.at;
            while !matches!(self.peek()?, b'"' | b'\\') {
                self.at += 1;
            }
            text.push_str(self.since(from)?);
            let ends = self.peek()? == b'"';
            self.at += 1;
            if ends {
                return Some(text);
            }
            text.push(self.escape()?);
        }
    }

    /// The sign of what follows a backslash.
    fn escape(&mut self) -> Option<char> {
        let sign = self.peek()?;
        self.at += 1;
        Some(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let first = self.code_unit()?;
                if !(0xD800..0xDC00).contains(&first) {
                    return char::from_u32(first);
                }
                // A sign beyond the first plane is written as two.
                if self.text.get(self.at..self.at + 2)? != "\\u" {
                    return None;
                }
                self.at += 2;
                let second = self.code_unit()?.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
                return char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + second);
            }
            _ => return None,
        })
    }

    fn code_unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str) -> Option<String> {
        Json::parse(json).and_then(|value| value.as_text().map(str::to_owned))
    }

    #[test]
    fn an_answer_is_read_as_the_server_writes_it() {
        let value = Json::parse(r#" { "a" : [1, -20, true, false, null], "空" : {}, "b":"" , "c":[] } "#);
        let list = vec![Json::Number(1), Json::Number(-20), Json::Bool(true), Json::Bool(false), Json::Null];
        let members = vec![
            ("a".to_owned(), Json::List(list)),
            ("空".to_owned(), Json::Object(Vec::new())),
            ("b".to_owned(), Json::Text(String::new())),
            ("c".to_owned(), Json::List(Vec::new())),
        ];
        assert_eq!(value, Some(Json::Object(members)));
    }

    #[test]
    fn escapes_stand_for_their_signs() {
        assert_eq!(text(r#""a\"b\\c\/d\n\t\u6c5f\ud83c\udf0a""#).as_deref(), Some("a\"b\\c/d\n\t江🌊"));
        assert_eq!(text(r#""\ud83c""#), None);
        assert_eq!(text(r#""\ud83c\u0041""#), None);
        assert_eq!(text(r#""\x""#), None);
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for wrong in [
            "",
            "{",
            "[1,]",
            "{\"a\"}",
            "{\"a\":1,}",
            "nul",
            "1.5",
            "1e3",
            "99999999999999999999",
            "\"a",
            "1 2",
            "<html>",
        ] {
            assert_eq!(Json::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Json::parse(&"[".repeat(100_000)), None);
    }

    #[test]
    fn a_library_reads_the_same() {
        let written = serde_json::json!({ "名": ["甲\u{1}\"\\\n", "🌊"], "n": i64::MIN, "o": { "p": [[], {}] } });
        let read = Json::parse(&written.to_string()).expect("JSON");
        let name = read.get("名").and_then(|list| list.as_list()?.first()?.as_text());
        assert_eq!(name, Some("甲\u{1}\"\\\n"));
        assert_eq!(read.get("n"), Some(&Json::Number(i64::MIN)));
        assert_eq!(Json::parse(&serde_json::to_string_pretty(&written).expect("text")), Some(read));
    }
}
