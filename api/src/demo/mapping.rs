//! What a division becomes: a rule for streets and towns, one line of the mapping file for every other unit.
use std::collections::HashMap;

use entity::{DivisionLevel, OrganizationKind, OrganizationLevel, Sector};
use sea_orm::ActiveEnum;

use super::divisions::DivisionRow;

/// The organization that a division of county or town level becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Its kind.
    pub kind: OrganizationKind,
    /// Where it stands.
    pub level: OrganizationLevel,
    /// Its field of work.
    pub sector: Sector,
    /// Its name.
    pub name: String,
}

/// Why a mapping file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// A line that cannot be read.
    #[error("mapping file, line {line}: {reason}")]
    Line {
        /// The line.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A unit that no rule and no line covers.
    #[error("the division {code} {name} is neither a street nor a town; say in the mapping file what it becomes")]
    Unmapped {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
    },
}

/// The exceptions of a mapping file.
#[derive(Debug)]
pub struct Mapping(HashMap<String, Placement>);

impl Mapping {
    /// Reads `code,division,kind,level,sector,organization`. Each line must fit a division of `rows` by code and name.
    pub fn read(text: &str, rows: &[DivisionRow]) -> Result<Self, MappingError> {
        let names: HashMap<&str, &str> = rows.iter().map(|row| (row.code.as_str(), row.name.as_str())).collect();
        let mut placements = HashMap::new();
        for (line, text) in (1..).zip(text.lines()).skip(1) {
            let fail = |reason: String| MappingError::Line { line, reason };
            let columns: Vec<&str> = text.split(',').collect();
            let [code, division, kind, level, sector, name] = columns.as_slice() else {
                return Err(fail(format!("6 columns are expected, {} were found", columns.len())));
            };
            if names.get(code) != Some(division) {
                return Err(fail(format!("there is no division {code} {division}")));
            }
            let placement = Placement {
                kind: value(kind).map_err(fail)?,
                level: value(level).map_err(fail)?,
                sector: value(sector).map_err(fail)?,
                name: (*name).to_owned(),
            };
            if placements.insert((*code).to_owned(), placement).is_some() {
                return Err(fail(format!("the division {code} is mapped twice")));
            }
        }
        Ok(Self(placements))
    }

    /// What a division of county or town level becomes.
    pub fn placement(&self, row: &DivisionRow) -> Result<Placement, MappingError> {
        if let Some(placement) = self.0.get(&row.code) {
            return Ok(placement.clone());
        }
        let (kind, level, sector, name) = if row.level == DivisionLevel::County {
            let name = format!("中共{}委", row.name);
            (OrganizationKind::Committee, OrganizationLevel::County, Sector::Government, name)
        } else if row.name.ends_with("街道") {
            let name = format!("{}党工委", row.name);
            (OrganizationKind::WorkingCommittee, OrganizationLevel::Street, Sector::Community, name)
        } else if row.name.ends_with('镇') {
            let name = format!("{}党委", row.name);
            (OrganizationKind::Committee, OrganizationLevel::Town, Sector::Village, name)
        } else {
            return Err(MappingError::Unmapped { code: row.code.clone(), name: row.name.clone() });
        };
        Ok(Placement { kind, level, sector, name })
    }
}

fn value<E: ActiveEnum<Value = String>>(text: &str) -> Result<E, String> {
    E::try_from_value(&text.to_owned()).map_err(|_| format!("{text} is no {}", E::name()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{DIVISIONS, MAPPING, divisions::read_divisions};

    #[test]
    fn every_county_and_every_unit_of_town_level_has_a_place() {
        let rows = read_divisions(DIVISIONS.as_bytes()).expect("good");
        let mapping = Mapping::read(MAPPING, &rows).expect("good");
        let levels = [DivisionLevel::County, DivisionLevel::Town];
        let placed = rows.iter().filter(|row| levels.contains(&row.level)).map(|row| mapping.placement(row));
        assert_eq!(placed.collect::<Result<Vec<_>, _>>().expect("all are mapped").len(), 144);
    }

    #[test]
    fn a_line_without_its_division_or_with_an_unknown_word_names_itself() {
        let rows = read_divisions(DIVISIONS.as_bytes()).expect("good");
        for line in ["999,环本农场,BRANCH,UNIT,VILLAGE,x", "320612401,环本农场,CELL,UNIT,VILLAGE,x", "320612401,x"]
        {
            let error = Mapping::read(&format!("header\n{line}"), &rows).expect_err(line);
            assert!(error.to_string().starts_with("mapping file, line 2: "), "{error}");
        }
    }
}
