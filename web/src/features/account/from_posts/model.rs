//! What the page of accounts for posts decides.

use std::collections::BTreeMap;

use cynic::Id;

use super::operations::{AccountCandidate, AccountForPost, AccountForPostInput, Outcome};
use crate::api::fragments::UserError;
use crate::i18n::t;

/// What was changed in a row before opening.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edit {
    /// Another name.
    pub name: Option<String>,
    /// Another role.
    pub role: Option<String>,
    /// Left out, or taken in again.
    pub out: bool,
}

/// Changes by the id of the post.
pub type Edits = BTreeMap<String, Edit>;

/// A row as it would be opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Whose.
    pub candidate: AccountCandidate,
    /// Sign-in name.
    pub name: String,
    /// Role; empty while none is chosen.
    pub role: String,
    /// Whether it is taken along. A row without role is not.
    pub taken: bool,
}

impl Planned {
    /// What the server is sent.
    pub fn input(&self) -> AccountForPostInput {
        AccountForPostInput { post: self.candidate.post.id.clone(), name: self.name.clone(), role: Id::new(&self.role) }
    }
}

/// The rows of a page with what was changed in them.
pub fn planned(rows: &[AccountCandidate], edits: &Edits) -> Vec<Planned> {
    let plan = |candidate: &AccountCandidate| {
        let edit = edits.get(candidate.post.id.inner()).cloned().unwrap_or_default();
        let proposed = || candidate.proposed_role.as_ref().map(|role| role.id.inner().to_owned());
        let role = edit.role.or_else(proposed).unwrap_or_default();
        let name = edit.name.unwrap_or_else(|| candidate.proposed_name.clone());
        Planned { taken: !edit.out && !role.is_empty(), candidate: candidate.clone(), name, role }
    };
    rows.iter().map(plan).collect()
}

/// For each row the account, or the error at `input.rows.N` or below it.
pub fn by_row(opened: Vec<Option<AccountForPost>>, errors: &[UserError]) -> Vec<Outcome> {
    let error = |row: usize| {
        let place = row.to_string();
        let found = errors.iter().find(|error| error.field.get(2) == Some(&place));
        let unsaid = t("没有开成，稍后再试。", "It was not opened; try again later.");
        found.map_or_else(|| unsaid.to_owned(), |error| error.message.clone())
    };
    opened.into_iter().enumerate().map(|(row, one)| one.ok_or_else(|| error(row))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::types::{PostTitle, UserErrorCode};
    use crate::features::account::operations::{HeldPost, RoleRef};

    fn candidate(id: &str, role: Option<&str>) -> AccountCandidate {
        AccountCandidate {
            post: HeldPost { id: Id::new(id), title: PostTitle::Secretary, organization: None },
            person_name: "王示例".into(),
            proposed_name: "wang".into(),
            proposed_role: role.map(|role| RoleRef { id: Id::new(role), name: role.into() }),
        }
    }

    #[test]
    fn a_row_is_taken_along_once_it_has_a_role_unless_it_is_left_out() {
        let rows = [candidate("a", Some("r")), candidate("b", None), candidate("c", Some("r")), candidate("d", None)];
        let edits = Edits::from([
            ("c".to_owned(), Edit { out: true, ..Edit::default() }),
            ("d".to_owned(), Edit { name: Some("li".into()), role: Some("s".into()), out: false }),
        ]);
        let planned = planned(&rows, &edits);
        assert_eq!(planned.iter().map(|row| row.taken).collect::<Vec<_>>(), [true, false, false, true]);
        let last = planned[3].input();
        assert_eq!((last.name.as_str(), last.role.inner()), ("li", "s"));
        assert_eq!(planned[0].name, "wang");
    }

    #[test]
    fn each_row_has_its_own_error() {
        let error = |path: &[&str]| UserError {
            field: path.iter().map(|&part| part.to_owned()).collect(),
            code: UserErrorCode::Invalid,
            message: path.join("."),
        };
        let errors = [error(&["input", "rows", "1", "name"]), error(&["input", "rows", "0"])];
        let rows = by_row(vec![None, None], &errors);
        assert_eq!(rows, [Err("input.rows.0".to_owned()), Err("input.rows.1.name".to_owned())]);
    }
}
