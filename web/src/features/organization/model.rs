//! Decisions about organizations.

use super::operations::{Organization, OrganizationTreeRow, StageCount};
use crate::api::types::{Labelled, OrganizationKind};
use crate::features::person::ACTIVE_STAGES;
use crate::i18n::{fill, format, t};
use crate::ui::form::Values;

/// People by stage in the order of the stages. None is a number under 5 that the viewer may not know.
pub type Counts = [Option<i32>; 5];

/// Counts in the order of the stages; stages without people are zero, endings are left out.
pub fn counts_of(counts: &[StageCount]) -> Counts {
    ACTIVE_STAGES.map(|stage| counts.iter().filter(|count| count.stage == stage).map(|count| count.count).sum())
}

/// What is known of the counts; what is hidden is drawn as nothing.
pub fn known(counts: Counts) -> [i32; 5] {
    counts.map(Option::unwrap_or_default)
}

/// A count as people read it.
pub fn figure(count: Option<i32>) -> String {
    count.map_or_else(|| t("少于 5", "under 5").to_owned(), format::number)
}

/// All people; says where hidden ones are missing in the sum.
pub fn total(counts: Counts) -> String {
    let sum = format::number(known(counts).iter().sum());
    if counts.contains(&None) { fill("至少 {0}", "at least {0}", &[&sum]) } else { sum }
}

/// Counts as a sentence for those who do not see the chart.
pub fn sentence(counts: &[Option<i32>]) -> String {
    let parts: Vec<_> = ACTIVE_STAGES
        .iter()
        .zip(counts)
        .map(|(stage, count)| format!("{} {}", stage.label(), figure(*count)))
        .collect();
    parts.join(t("，", ", "))
}

/// The rows directly below a row, or the roots.
pub fn below<'a>(rows: &'a [OrganizationTreeRow], parent: Option<&str>) -> Vec<&'a OrganizationTreeRow> {
    rows.iter()
        .filter(|row| row.parent_id.as_ref().map(cynic::Id::inner) == parent && Some(row.id.inner()) != parent)
        .collect()
}

/// Whether a kind has a term; a working committee is appointed, and what is no organization in law has none.
pub fn has_term(organization: &Organization) -> bool {
    organization.statutory && organization.kind != OrganizationKind::WorkingCommittee
}

/// What the form shows of a record.
pub fn values_of(organization: &Organization) -> Values {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Values::from([
        ("name", organization.name.clone()),
        ("code", organization.code.clone()),
        ("branchForm", organization.branch_form.map(Labelled::code).unwrap_or_default().to_owned()),
        ("sector", organization.sector.code().to_owned()),
        ("division", organization.division.as_ref().map(|division| division.id.inner().to_owned()).unwrap_or_default()),
        ("foundedOn", organization.founded_on.as_ref().map(|day| day.0.clone()).unwrap_or_default()),
        ("officePhone", text(&organization.office_phone)),
        ("officeAddress", text(&organization.office_address)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::types::MemberStage;

    fn row(id: &str, parent: Option<&str>) -> OrganizationTreeRow {
        OrganizationTreeRow {
            id: cynic::Id::new(id),
            parent_id: parent.map(cynic::Id::new),
            name: id.to_owned(),
            sort_key: String::new(),
            member_count: None,
            child_count: 0,
        }
    }

    #[test]
    fn stages_without_people_count_zero_and_hidden_ones_stay_hidden() {
        let count = |stage, count| StageCount { stage, count };
        let counts = [
            count(MemberStage::Full, Some(29)),
            count(MemberStage::Candidate, None),
            count(MemberStage::Deceased, Some(3)),
        ];
        assert_eq!(counts_of(&counts), [Some(0), Some(0), None, Some(0), Some(29)]);
        assert_eq!(known(counts_of(&counts)), [0, 0, 0, 0, 29]);
    }

    #[test]
    fn a_branch_holds_its_children_and_not_itself() {
        let rows = [row("a", None), row("b", Some("a")), row("c", Some("b"))];
        let ids =
            |rows: Vec<&OrganizationTreeRow>| rows.iter().map(|row| row.id.inner().to_owned()).collect::<Vec<_>>();
        assert_eq!(ids(below(&rows, None)), ["a"]);
        assert_eq!(ids(below(&rows, Some("a"))), ["b"]);
    }
}
