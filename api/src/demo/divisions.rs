//! Strict reading of a division file: `code,name,level,parent_code`. Every error names the line.
use std::collections::HashMap;

use entity::DivisionLevel;

/// The columns, in their order.
const COLUMNS: [&str; 4] = ["code", "name", "level", "parent_code"];

/// One division of a division file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DivisionRow {
    /// Official code.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Level.
    pub level: DivisionLevel,
    /// Code of the division above; none for the city.
    pub parent: Option<String>,
}

impl DivisionRow {
    /// Whether the row only stands in for villages that a unit does not have. It makes no organization.
    pub fn is_placeholder(&self) -> bool {
        self.level == DivisionLevel::Village && self.name.contains("虚拟")
    }
}

/// Why a division file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DivisionFileError {
    /// Bytes that are not UTF-8.
    #[error("line {line}: the text is not UTF-8; save the file as UTF-8 and try again")]
    Encoding {
        /// The line.
        line: u64,
    },
    /// The file holds no row.
    #[error("line 1: the file is empty; it must begin with the line code,name,level,parent_code")]
    Empty,
    /// The first line is not the expected header.
    #[error("line 1: the header must be code,name,level,parent_code, not {found}")]
    Header {
        /// What stands there.
        found: String,
    },
    /// A row with too few or too many columns.
    #[error("line {line}: 4 columns are expected (code,name,level,parent_code), {found} were found")]
    Columns {
        /// The line.
        line: u64,
        /// Number of columns found.
        found: usize,
    },
    /// Quotes that do not match, or the like.
    #[error("line {line}: the line is not valid CSV: {reason}")]
    Syntax {
        /// The line.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A code that is not made of digits.
    #[error("line {line}: the code {code:?} must consist of digits")]
    Code {
        /// The line.
        line: u64,
        /// The code.
        code: String,
    },
    /// A row without a name.
    #[error("line {line}: the division {code} has no name")]
    EmptyName {
        /// The line.
        line: u64,
        /// Its code.
        code: String,
    },
    /// A level that does not exist.
    #[error("line {line}: the level {level:?} does not exist; it must be city, county, town or village")]
    Level {
        /// The line.
        line: u64,
        /// The level.
        level: String,
    },
    /// A code that stands on two lines.
    #[error("line {line}: the code {code} is already on line {first}")]
    DuplicateCode {
        /// The line.
        line: u64,
        /// The code.
        code: String,
        /// The line that has it already.
        first: u64,
    },
    /// A division below the city without a parent.
    #[error("line {line}: the division {code} names no parent; only the city has none")]
    MissingParent {
        /// The line.
        line: u64,
        /// Its code.
        code: String,
    },
    /// A parent that is not in the file.
    #[error("line {line}: the parent {parent} of {code} is not in the file")]
    UnknownParent {
        /// The line.
        line: u64,
        /// The code.
        code: String,
        /// The parent that is missing.
        parent: String,
    },
    /// A parent that is not one level above.
    #[error("line {line}: the parent {parent} of {code} is not one level above it")]
    ParentLevel {
        /// The line.
        line: u64,
        /// The code.
        code: String,
        /// Its parent.
        parent: String,
    },
    /// A second city, or a city with a parent.
    #[error("line {line}: there must be exactly one city, and it has no parent")]
    SecondCity {
        /// The line.
        line: u64,
    },
    /// No city at all.
    #[error("line 1: there is no city in the file")]
    NoCity,
}

/// Reads a division file. Parents may stand after their children.
pub fn read_divisions(bytes: &[u8]) -> Result<Vec<DivisionRow>, DivisionFileError> {
    // Spreadsheets write a byte order mark before UTF-8.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    check_encoding(bytes)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut records = reader.records();
    let header = records.next().ok_or(DivisionFileError::Empty)?.map_err(|error| syntax(&error))?;
    if header.iter().map(str::trim).ne(COLUMNS) {
        let found = header.iter().collect::<Vec<_>>().join(",");
        return Err(DivisionFileError::Header { found });
    }
    let mut rows = Vec::new();
    let mut places: HashMap<String, (u64, DivisionLevel)> = HashMap::new();
    let mut lines = Vec::new();
    for record in records {
        let record = record.map_err(|error| syntax(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = read_row(line, &record)?;
        if let Some((first, _)) = places.insert(row.code.clone(), (line, row.level)) {
            return Err(DivisionFileError::DuplicateCode { line, code: row.code, first });
        }
        rows.push(row);
        lines.push(line);
    }
    check_parents(&rows, &lines, &places)?;
    Ok(rows)
}

fn check_encoding(bytes: &[u8]) -> Result<(), DivisionFileError> {
    for (line, text) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        // A NUL byte is valid UTF-8 and the mark of UTF-16.
        if text.contains(&0) || std::str::from_utf8(text).is_err() {
            return Err(DivisionFileError::Encoding { line });
        }
    }
    Ok(())
}

fn syntax(error: &csv::Error) -> DivisionFileError {
    let line = error.position().map_or(0, csv::Position::line);
    DivisionFileError::Syntax { line, reason: error.to_string() }
}

fn read_row(line: u64, record: &csv::StringRecord) -> Result<DivisionRow, DivisionFileError> {
    let columns: Vec<&str> = record.iter().map(str::trim).collect();
    let [code, name, level, parent] = columns.as_slice() else {
        return Err(DivisionFileError::Columns { line, found: columns.len() });
    };
    let code = (*code).to_owned();
    if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DivisionFileError::Code { line, code });
    }
    if name.is_empty() {
        return Err(DivisionFileError::EmptyName { line, code });
    }
    let level = match *level {
        "city" => DivisionLevel::City,
        "county" => DivisionLevel::County,
        "town" => DivisionLevel::Town,
        "village" => DivisionLevel::Village,
        other => return Err(DivisionFileError::Level { line, level: other.to_owned() }),
    };
    let parent = (!parent.is_empty()).then(|| (*parent).to_owned());
    Ok(DivisionRow { code, name: (*name).to_owned(), level, parent })
}

fn check_parents(
    rows: &[DivisionRow],
    lines: &[u64],
    places: &HashMap<String, (u64, DivisionLevel)>,
) -> Result<(), DivisionFileError> {
    let mut cities = 0;
    for (row, line) in rows.iter().zip(lines.iter().copied()) {
        let code = row.code.clone();
        let above = match row.level {
            DivisionLevel::City => {
                cities += 1;
                if cities > 1 || row.parent.is_some() {
                    return Err(DivisionFileError::SecondCity { line });
                }
                continue;
            }
            DivisionLevel::County => DivisionLevel::City,
            DivisionLevel::Town => DivisionLevel::County,
            DivisionLevel::Village => DivisionLevel::Town,
        };
        let parent = row.parent.clone().ok_or(DivisionFileError::MissingParent { line, code: code.clone() })?;
        match places.get(&parent) {
            None => return Err(DivisionFileError::UnknownParent { line, code, parent }),
            Some((_, level)) if *level != above => return Err(DivisionFileError::ParentLevel { line, code, parent }),
            Some(_) => {}
        }
    }
    if cities == 0 { Err(DivisionFileError::NoCity) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "code,name,level,parent_code\n32,市,city,\n3201,区,county,32\n320101,镇,town,3201\n";

    fn error(text: &str) -> DivisionFileError {
        read_divisions(text.as_bytes()).expect_err(text)
    }

    #[test]
    fn the_file_of_the_city_is_read_whole() {
        let rows = read_divisions(crate::demo::DIVISIONS.as_bytes()).expect("the embedded file is good");
        let count = |level| rows.iter().filter(|row| row.level == level).count();
        let counts = [DivisionLevel::City, DivisionLevel::County, DivisionLevel::Town, DivisionLevel::Village];
        assert_eq!(counts.map(count), [1, 8, 136, 2005]);
        assert_eq!(rows.iter().filter(|row| row.is_placeholder()).count(), 32);
    }

    #[test]
    fn a_byte_order_mark_windows_lines_and_late_parents_are_fine() {
        let text = "\u{FEFF}code,name,level,parent_code\r\n3201,区,county,32\r\n32,市,city,\r\n";
        assert_eq!(read_divisions(text.as_bytes()).map(|rows| rows.len()), Ok(2));
    }

    #[test]
    fn every_mistake_names_its_line() {
        let line = 5;
        let text = |row: &str| format!("{GOOD}{row}\n");
        let owned = str::to_owned;
        let table = [
            ("320102,村,town,3299", {
                DivisionFileError::UnknownParent { line, code: owned("320102"), parent: owned("3299") }
            }),
            ("320102,村,town,32", {
                DivisionFileError::ParentLevel { line, code: owned("320102"), parent: owned("32") }
            }),
            ("320102,村,town,", DivisionFileError::MissingParent { line, code: owned("320102") }),
            ("320101,村,town,3201", DivisionFileError::DuplicateCode { line, code: owned("320101"), first: 4 }),
            ("320102,村,hamlet,3201", DivisionFileError::Level { line, level: owned("hamlet") }),
            ("320102,村,town", DivisionFileError::Columns { line, found: 3 }),
            ("320102,村,town,3201,x", DivisionFileError::Columns { line, found: 5 }),
            ("320102, ,town,3201", DivisionFileError::EmptyName { line, code: owned("320102") }),
            ("32O102,村,town,3201", DivisionFileError::Code { line, code: owned("32O102") }),
            ("33,市,city,", DivisionFileError::SecondCity { line }),
        ];
        for (row, expected) in table {
            let found = error(&text(row));
            assert_eq!(found, expected, "{row}");
            assert!(found.to_string().starts_with("line 5: "), "{found}");
        }
    }

    #[test]
    fn a_wrong_header_an_empty_file_and_a_file_without_city_are_refused() {
        let header = "code,name,parent_code,level";
        assert_eq!(error(&format!("{header}\n")), DivisionFileError::Header { found: header.to_owned() });
        assert_eq!(error(""), DivisionFileError::Empty);
        assert_eq!(error("code,name,level,parent_code\n"), DivisionFileError::NoCity);
    }

    #[test]
    fn other_encodings_name_the_first_line_that_is_not_utf8() {
        let mut gbk = b"code,name,level,parent_code\n32,".to_vec();
        gbk.extend([0xCA, 0xD0]); // 市
        gbk.extend(b",city,\n");
        assert_eq!(read_divisions(&gbk), Err(DivisionFileError::Encoding { line: 2 }));
        let utf16: Vec<u8> = GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read_divisions(&utf16), Err(DivisionFileError::Encoding { line: 1 }));
    }
}
