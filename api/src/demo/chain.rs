//! The organization chain along the divisions: city → county → street, town or zone → community → grid branch,
//! and in two pilot districts group and member household.
use std::collections::HashMap;

use entity::{DivisionLevel, OrganizationKind, OrganizationLevel, Sector};

use super::{
    MappingError, bodies,
    divisions::DivisionRow,
    mapping::Mapping,
    names::numeral,
    plan::{Node, Place, Plan},
    seed::{Seed, years_before},
};

/// Divisions with groups and member households: 崇川区, 如皋市.
const PILOTS: [&str; 2] = ["320613", "320682"];
/// Where the demonstration accounts of the chain belong.
const PLACES: [(&str, Place); 4] =
    [("320613", Place::Chongchuan), ("320682", Place::Rugao), ("320613005", Place::Street), ("3206", Place::City)];
/// Communities whose first grid branch has a demonstration account: 虹桥社区, 迎新社区.
const BRANCH_PLACES: [(&str, Place); 2] = [("320613005001", Place::StreetBranch), ("320682001001", Place::RugaoBranch)];

/// The divisions and what they become.
pub(super) struct Divisions<'a> {
    /// Rows by the code of their parent; the city by the empty one.
    below: HashMap<&'a str, Vec<&'a DivisionRow>>,
    mapping: Mapping,
}

impl<'a> Divisions<'a> {
    /// Arranges `rows`.
    pub(super) fn new(rows: &'a [DivisionRow], mapping: Mapping) -> Self {
        let mut below: HashMap<&str, Vec<&DivisionRow>> = HashMap::new();
        for row in rows {
            below.entry(row.parent.as_deref().unwrap_or_default()).or_default().push(row);
        }
        Self { below, mapping }
    }

    fn below(&self, code: &str) -> &[&'a DivisionRow] {
        self.below.get(code).map_or(&[], Vec::as_slice)
    }
}

/// Adds the committee of the city.
pub(super) fn root(plan: &mut Plan, divisions: &Divisions<'_>, seed: &Seed) -> Result<usize, MappingError> {
    let Some(city) = divisions.below("").first() else {
        return Err(MappingError::Unmapped { code: String::new(), name: String::new() });
    };
    Ok(plan.add(Node {
        parent: None,
        code: city.code.clone(),
        name: format!("中共{}委", city.name),
        kind: OrganizationKind::Committee,
        level: OrganizationLevel::City,
        form: None,
        sector: Sector::Government,
        division: city.code.clone(),
        founded_on: years_before(seed.today(), 77),
        archived_on: None,
        seat: false,
        weight: 0,
        place: place_of(&city.code),
    }))
}

/// Adds everything along the divisions below the city, and the bodies of each county, street, town and zone.
pub(super) fn counties(
    plan: &mut Plan,
    root: usize,
    divisions: &Divisions<'_>,
    seed: &Seed,
) -> Result<(), MappingError> {
    let city = plan.nodes().get(root).map(|node| node.division.clone()).unwrap_or_default();
    for county in divisions.below(&city) {
        let place = unit(plan, root, county, divisions, seed)?;
        bodies::of_county(plan, place, county, seed);
        for town in divisions.below(&county.code) {
            let place = unit(plan, place, town, divisions, seed)?;
            let communities = divisions.below(&town.code);
            bodies::of_town(plan, place, town, seed);
            for row in communities.iter().filter(|row| !row.is_placeholder()) {
                community(plan, place, row, seed);
            }
        }
    }
    Ok(())
}

fn place_of(code: &str) -> Option<Place> {
    PLACES.iter().find(|(known, _)| *known == code).map(|(_, place)| *place)
}

fn unit(
    plan: &mut Plan,
    parent: usize,
    row: &DivisionRow,
    divisions: &Divisions<'_>,
    seed: &Seed,
) -> Result<usize, MappingError> {
    let placement = divisions.mapping.placement(row)?;
    let node = plan.child(parent, row.code.clone(), placement.name, seed);
    Ok(plan.add(Node {
        kind: placement.kind,
        level: placement.level,
        sector: placement.sector,
        form: (placement.kind == OrganizationKind::Branch).then_some(entity::BranchForm::Ordinary),
        weight: if placement.kind == OrganizationKind::Branch { 14 } else { 0 },
        division: row.code.clone(),
        founded_on: if row.level == DivisionLevel::County { years_before(seed.today(), 76) } else { node.founded_on },
        place: place_of(&row.code),
        ..node
    }))
}

/// What people call a community: 虹桥社区居委会 → 虹桥社区, 林启村委会 → 林启村, 迎新居委会 → 迎新社区.
pub(super) fn community_name(name: &str) -> String {
    let name = name.trim_end_matches("（新）");
    if let Some(stem) = name.strip_suffix("村委会") {
        return format!("{}村", stem.trim_end_matches('村'));
    }
    let stem = ["居民委员会", "居民委委会", "居委会"].iter().find_map(|suffix| name.strip_suffix(suffix));
    match stem {
        Some(stem) => format!("{}社区", stem.trim_end_matches("社区")),
        None => name.to_owned(),
    }
}

fn community(plan: &mut Plan, parent: usize, row: &DivisionRow, seed: &Seed) {
    let name = community_name(&row.name);
    let place = BRANCH_PLACES.iter().find(|(code, _)| *code == row.code).map(|(_, place)| *place);
    let rural = name.ends_with('村');
    // The size decides what the community is: 党支部, 党总支 or 党委.
    let (kind, suffix, grids) = if place.is_some() {
        (OrganizationKind::Committee, "党委", 3)
    } else if rural && seed.chance(200) {
        (OrganizationKind::Branch, "党支部", 0)
    } else if seed.chance(740) {
        (OrganizationKind::GeneralBranch, "党总支", 2)
    } else {
        (OrganizationKind::Committee, "党委", 3)
    };
    let node = plan.child(parent, row.code.clone(), format!("{name}{suffix}"), seed);
    let community = plan.add(Node {
        kind,
        level: OrganizationLevel::Community,
        sector: if rural { Sector::Village } else { Sector::Community },
        form: (kind == OrganizationKind::Branch).then_some(entity::BranchForm::Ordinary),
        weight: if grids == 0 { 20 } else { 0 },
        division: row.code.clone(),
        ..node
    });
    let pilot = PILOTS.iter().any(|code| row.code.starts_with(code)) && (place.is_some() || seed.chance(100));
    for number in 1..=grids {
        let name = format!("{name}第{}网格", numeral(number));
        let node = plan.child(community, format!("W{number}"), format!("{name}党支部"), seed);
        let grid = plan.add(Node {
            level: OrganizationLevel::Grid,
            form: Some(entity::BranchForm::Ordinary),
            seat: number == 1,
            weight: u32::try_from(seed.between(8, 16)).unwrap_or(10),
            place: place.filter(|_| number == 1),
            ..node
        });
        if pilot {
            groups(plan, grid, &name, seed);
        }
    }
}

fn groups(plan: &mut Plan, branch: usize, name: &str, seed: &Seed) {
    for number in 1..=2 {
        let node = plan.child(branch, format!("Z{number}"), format!("{name}第{}党小组", numeral(number)), seed);
        let group = plan.add(Node { kind: OrganizationKind::Group, level: OrganizationLevel::Grid, ..node });
        // The second household stands directly under its branch.
        let parent = if number == 1 { group } else { branch };
        if number == 1 || seed.chance(300) {
            let node = plan.child(parent, format!("H{number}"), format!("{name}{number}号党员中心户"), seed);
            plan.add(Node { kind: OrganizationKind::MemberHousehold, level: OrganizationLevel::Grid, ..node });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::community_name;

    #[test]
    fn communities_are_called_by_their_short_names() {
        let table = [
            ("虹桥社区居委会", "虹桥社区"),
            ("林启村委会", "林启村"),
            ("介云村村委会", "介云村"),
            ("迎新居委会", "迎新社区"),
            ("闸河村委会（新）", "闸河村"),
            ("碧林湾社区居民委员会", "碧林湾社区"),
            ("秦西社区居民委委会", "秦西社区"),
            ("洋口村", "洋口村"),
        ];
        for (official, short) in table {
            assert_eq!(community_name(official), short);
        }
    }
}
