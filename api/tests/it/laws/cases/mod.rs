//! One case for every mutation: an input that works, who may, who may not. One file a feature.
mod access;
mod account;
mod affiliation;
mod attachment;
pub(crate) mod credentials;
mod erasure;
mod grant;
mod job;
mod member;
mod notification;
mod obligation;
mod organization;
mod person;
mod post;
mod problem_report;
mod role;
mod role_design;
mod rule_set;

use jianghai::{graphql::ids, testing::TestApp};

use super::mutations::Prepared;

pub(super) use erasure::proposed;
pub(super) use role::{grant, grant_of};
pub(super) use rule_set::SHIPPED_RULES;

/// A mutation with an input that works.
pub(super) struct Case {
    pub field: &'static str,
    pub selection: &'static str,
    /// Makes the input, with whatever must exist before.
    pub input: for<'a> fn(&'a TestApp) -> Prepared<'a>,
    /// Who may do it.
    pub right: &'static str,
    /// Accounts that may not, beside nobody, `nobody` and `expired`.
    pub wrong: &'static [&'static str],
    /// The field of the input whose object says in `viewerCan` whether one may, and the permission.
    pub guarded: Option<(&'static str, &'static str)>,
}

pub(super) fn person(app: &TestApp, name: &str) -> String {
    ids::encode(app.human(name).person).to_string()
}

pub(super) fn member(app: &TestApp, name: &str) -> String {
    ids::encode(app.human(name).member).to_string()
}

pub(crate) fn account(app: &TestApp, name: &str) -> String {
    ids::encode(app.account(name)).to_string()
}

/// The table.
pub(super) fn cases() -> Vec<Case> {
    [
        organization::cases(),
        post::cases(),
        person::cases(),
        credentials::cases(),
        erasure::cases(),
        member::cases(),
        affiliation::cases(),
        access::cases(),
        account::cases(),
        role::cases(),
        grant::cases(),
        role_design::cases(),
        obligation::cases(),
        job::cases(),
        attachment::cases(),
        rule_set::cases(),
        notification::cases(),
        problem_report::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
