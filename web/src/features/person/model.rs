//! Decisions about people and members.

use yew::prelude::*;

use super::operations::{MemberFilter, MemberOrder, MembersVariables, Membership, Person, SensitiveText};
use super::protected::PROTECTED;
use crate::api::types::{
    AgeBand, Education, Labelled, MemberOrderField, MemberStage, OrderDirection, PermissionCode, RecordStatus, Sector,
    SensitiveField, Sex,
};
use crate::routes::Url;
use crate::ui::form::Values;
use crate::ui::pagination::PageArguments;

/// The stages of development in their order.
pub const ACTIVE_STAGES: [MemberStage; 5] = [
    MemberStage::Applicant,
    MemberStage::Activist,
    MemberStage::Candidate,
    MemberStage::Probationary,
    MemberStage::Full,
];

/// Rows of a page.
pub const PAGE_SIZE: i32 = 20;

/// The water level that stands for a stage; endings are a struck square.
pub fn stage_class(stage: MemberStage) -> &'static str {
    match stage {
        MemberStage::Applicant => "stage",
        MemberStage::Activist => "stage stage--activist",
        MemberStage::Candidate => "stage stage--candidate",
        MemberStage::Probationary => "stage stage--probationary",
        MemberStage::Full => "stage stage--full",
        _ => "stage stage--ended",
    }
}

/// A stage as text with its glyph.
pub fn stage_badge(stage: MemberStage, extra: &'static str) -> Html {
    html! { <span class={classes!(extra, stage_class(stage))}>{ stage.label() }</span> }
}

fn one<T: Labelled>(url: &Url, name: &str) -> Option<T> {
    T::from_code(url.get(name)?)
}

fn several<T: Labelled>(url: &Url, name: &str) -> Option<Vec<T>> {
    let values: Vec<T> = url.get(name)?.split(',').filter_map(T::from_code).collect();
    (!values.is_empty()).then_some(values)
}

/// The list that an address asks for. Without a status the archived are left out.
pub fn variables(url: &Url) -> MembersVariables {
    let PageArguments { first, after, last, before } = PageArguments::of(url, PAGE_SIZE);
    let filter = MemberFilter {
        text: url.get("text").map(str::to_owned),
        stage: several::<MemberStage>(url, "stage"),
        organization: url.get("organization").map(cynic::Id::new),
        sector: several::<Sector>(url, "sector"),
        sex: one::<Sex>(url, "sex"),
        education: several::<Education>(url, "education"),
        age_band: several::<AgeBand>(url, "ageBand"),
        status: several::<RecordStatus>(url, "status"),
        without_contact: (url.get("withoutContact") == Some("true")).then_some(true),
    };
    let order_by = order(url).map(|(field, descending)| MemberOrder {
        field,
        direction: if descending { OrderDirection::Desc } else { OrderDirection::Asc },
    });
    MembersVariables { first, after, last, before, filter: Some(filter), order_by }
}

/// The order that an address asks for: `NAME` ascending, `-NAME` descending.
pub fn order(url: &Url) -> Option<(MemberOrderField, bool)> {
    let text = url.get("order")?;
    let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
    MemberOrderField::from_code(name).map(|field| (field, descending))
}

/// Where a stage stands in a person's development.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The stage.
    pub stage: MemberStage,
    /// The day it began.
    pub since: Option<String>,
    /// Whether it is over.
    pub done: bool,
    /// Whether it is the present one.
    pub current: bool,
}

/// The steps of a membership: past ones with their days, then the present, then those to come.
pub fn steps(membership: &Membership) -> Vec<Step> {
    let position = ACTIVE_STAGES.iter().position(|stage| *stage == membership.stage);
    let step = |(index, stage): (usize, &MemberStage)| {
        let since =
            membership.stage_periods.iter().find(|period| period.stage == *stage).map(|period| period.from.0.clone());
        let reached = position.map_or(since.is_some(), |position| index < position);
        Step { stage: *stage, since, done: reached, current: Some(index) == position }
    };
    ACTIVE_STAGES.iter().enumerate().map(step).collect()
}

/// What the form shows of a record. Protected fields that are masked begin empty: they cannot be edited, only replaced or cleared.
pub fn values_of(person: &Person) -> Values {
    let code = |value: Option<&'static str>| value.unwrap_or_default().to_owned();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let open = |value: Option<&SensitiveText>| {
        value.filter(|value| !value.masked).map(|value| value.display.clone()).unwrap_or_default()
    };
    let mut values = Values::from([
        ("name", person.name.clone()),
        ("sortKey", person.sort_key.clone()),
        ("sex", code(person.sex.map(Labelled::code))),
        ("ethnicity", text(&person.ethnicity)),
        ("nativePlace", text(&person.native_place)),
        ("education", code(person.education.map(Labelled::code))),
        ("employer", text(&person.employer)),
        ("occupationGroup", code(person.occupation_group.map(Labelled::code))),
    ]);
    for protected in PROTECTED {
        values.insert(protected.name, open(protected.stored(person)));
        values.insert(protected.fate, String::new());
    }
    values
}

/// Whether the viewer may look at a protected value: looking at all, and at this field.
pub fn may_unmask(person: &Person, field: SensitiveField) -> bool {
    let right = PROTECTED.iter().find(|protected| protected.field == field).map(|protected| protected.right);
    [Some(PermissionCode::PersonUnmask), right]
        .into_iter()
        .all(|right| right.is_some_and(|right| person.viewer_can.contains(&right)))
}

/// Whether contact persons are a question at all: on the way to full membership, or where some are named.
pub fn is_accompanied(membership: &Membership) -> bool {
    let on_the_way = ACTIVE_STAGES.contains(&membership.stage) && membership.stage != MemberStage::Full;
    on_the_way || !membership.contacts.is_empty()
}

/// Whether the viewer may know who looked at protected values: the person, and who may look and read the audit trail.
pub fn sees_looks(person: &Person, own: bool) -> bool {
    let may = |permission| person.viewer_can.contains(&permission);
    own || (may(PermissionCode::PersonUnmask) && may(PermissionCode::AuditRead))
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::api::types::Date;
    use crate::features::person::operations::StagePeriod;

    #[test]
    fn filters_of_an_address_reach_the_server_and_unknown_values_do_not() {
        let asked = variables(&Url::parse("/members?stage=FULL,NONSENSE&sex=FEMALE&withoutContact=true&order=-STAGE"));
        let filter = asked.filter.unwrap_or_default();
        assert_eq!(filter.stage, Some(vec![MemberStage::Full]));
        assert_eq!(filter.sex, Some(Sex::Female));
        assert_eq!(filter.without_contact, Some(true));
        assert_eq!(
            asked.order_by,
            Some(MemberOrder { field: MemberOrderField::Stage, direction: OrderDirection::Desc })
        );
        assert_eq!(variables(&Url::parse("/members?stage=NONSENSE")).filter.unwrap_or_default().stage, None);
    }

    /// A person of whom only the name is known, with no right to anything.
    pub fn person() -> Person {
        Person {
            erased: false,
            erasure_proposal: None,
            id: cynic::Id::new("p"),
            name: "示例".into(),
            sort_key: "shi li".into(),
            sex: None,
            ethnicity: None,
            native_place: None,
            education: None,
            employer: None,
            occupation_group: None,
            age_band: None,
            birth_date: None,
            phone: None,
            identity_number: None,
            address: None,
            status: RecordStatus::Active,
            affiliations: Vec::new(),
            posts: Vec::new(),
            membership: None,
            missing_fields: Vec::new(),
            unmask_events: Vec::new(),
            history: Vec::new(),
            version: 1,
            viewer_can: Vec::new(),
        }
    }

    #[test]
    fn a_field_is_looked_at_with_the_right_to_look_and_the_right_to_the_field() {
        let mut person = person();
        person.viewer_can = vec![PermissionCode::PersonUnmask, PermissionCode::PersonReadContact];
        assert!(may_unmask(&person, SensitiveField::Phone));
        assert!(may_unmask(&person, SensitiveField::Address));
        assert!(!may_unmask(&person, SensitiveField::IdentityNumber));
        person.viewer_can = vec![PermissionCode::PersonReadContact];
        assert!(!may_unmask(&person, SensitiveField::Phone));
    }

    #[test]
    fn looks_are_known_to_the_person_and_to_those_who_may_look_and_read_the_trail() {
        let mut person = person();
        assert!(sees_looks(&person, true));
        person.viewer_can = vec![PermissionCode::PersonUnmask];
        assert!(!sees_looks(&person, false));
        person.viewer_can.push(PermissionCode::AuditRead);
        assert!(sees_looks(&person, false));
    }

    fn membership(stage: MemberStage, periods: &[(MemberStage, &str)]) -> Membership {
        let period = |(stage, from): &(MemberStage, &str)| StagePeriod {
            stage: *stage,
            from: Date((*from).to_owned()),
            until: None,
        };
        Membership {
            id: cynic::Id::new("m"),
            stage,
            applied_on: None,
            stage_periods: periods.iter().map(period).collect(),
            home_organization: None,
            home_periods: Vec::new(),
            contacts: Vec::new(),
            party_age: None,
            version: 1,
            viewer_can: Vec::new(),
        }
    }

    #[test]
    fn the_present_stage_stands_between_what_is_done_and_what_is_to_come() {
        let steps = steps(&membership(
            MemberStage::Activist,
            &[(MemberStage::Applicant, "2025-03-02"), (MemberStage::Activist, "2025-09-01")],
        ));
        let states: Vec<_> = steps.iter().map(|step| (step.done, step.current)).collect();
        assert_eq!(states, vec![(true, false), (false, true), (false, false), (false, false), (false, false)]);
        assert_eq!(steps.first().and_then(|step| step.since.clone()), Some("2025-03-02".to_owned()));
    }

    #[test]
    fn an_ended_development_has_no_present_stage() {
        let steps = steps(&membership(MemberStage::Withdrawn, &[(MemberStage::Applicant, "2025-03-02")]));
        assert!(steps.iter().all(|step| !step.current));
        assert_eq!(steps.iter().filter(|step| step.done).count(), 1);
    }
}
