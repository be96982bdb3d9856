//! What a role carries while it is edited, how the matrix is walked, and what an effect reads like.

use super::operations::{Permission, Role, RoleEffect};
use crate::api::types::{PermissionCode, RolePart};
use crate::i18n::{fill, t};
use crate::ui::form::Values;

/// What a role carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    /// To use.
    pub permissions: Vec<PermissionCode>,
    /// To hand on.
    pub pass_on: Vec<PermissionCode>,
}

impl Content {
    /// What `role` carries as saved.
    pub fn of(role: &Role) -> Self {
        Self { permissions: role.permissions.clone(), pass_on: role.pass_on.clone() }
    }

    fn part(&self, part: RolePart) -> &[PermissionCode] {
        match part {
            RolePart::Use => &self.permissions,
            RolePart::PassOn => &self.pass_on,
        }
    }

    /// Whether `code` is carried in this way.
    pub fn has(&self, part: RolePart, code: PermissionCode) -> bool {
        self.part(part).contains(&code)
    }

    /// The same with `code` carried where it was not, and the other way round.
    pub fn toggled(&self, part: RolePart, code: PermissionCode) -> Self {
        let mut next = self.clone();
        let list = match part {
            RolePart::Use => &mut next.permissions,
            RolePart::PassOn => &mut next.pass_on,
        };
        match list.iter().position(|held| *held == code) {
            Some(index) => {
                list.remove(index);
            }
            None => list.push(code),
        }
        next
    }

    /// How many permissions differ from those of `other`, to use and to hand on.
    pub fn differences(&self, other: &Self) -> usize {
        let apart = |these: &[PermissionCode], those: &[PermissionCode]| {
            these.iter().filter(|code| !those.contains(code)).count()
        };
        [RolePart::Use, RolePart::PassOn]
            .into_iter()
            .map(|part| apart(self.part(part), other.part(part)) + apart(other.part(part), self.part(part)))
            .sum()
    }
}

/// The catalogue by what its permissions are about.
pub fn groups(catalogue: &[Permission]) -> Vec<(&str, Vec<&Permission>)> {
    let mut groups: Vec<(&str, Vec<&Permission>)> = Vec::new();
    for permission in catalogue {
        match groups.last_mut() {
            Some((label, group)) if *label == permission.resource_label => group.push(permission),
            _ => groups.push((&permission.resource_label, vec![permission])),
        }
    }
    groups
}

/// Rows that a page key leaps.
const PAGE: usize = 8;

/// The row and column that a key leads to from `(row, column)`, in a grid of `(rows, columns)`; none for other keys.
pub fn moved(
    (row, column): (usize, usize),
    key: &str,
    far: bool,
    (rows, columns): (usize, usize),
) -> Option<(usize, usize)> {
    let (last_row, last_column) = (rows.saturating_sub(1), columns.saturating_sub(1));
    Some(match key {
        "ArrowUp" => (row.saturating_sub(1), column),
        "ArrowDown" => ((row + 1).min(last_row), column),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "ArrowRight" => (row, (column + 1).min(last_column)),
        "PageUp" => (row.saturating_sub(PAGE), column),
        "PageDown" => ((row + PAGE).min(last_row), column),
        "Home" => (if far { 0 } else { row }, 0),
        "End" => (if far { last_row } else { row }, last_column),
        _ => return None,
    })
}

/// What an effect means for how many accounts.
pub fn effect_sentence(effect: &RoleEffect) -> String {
    let count = effect.account_count.to_string();
    let parts = [count.as_str()];
    match (effect.part, effect.gained, effect.account_count) {
        (_, _, 0) => t("目前没有账号受影响。", "No account is concerned now.").to_owned(),
        (RolePart::Use, true, 1) => t("1 个账号得到它。", "1 account gains it.").to_owned(),
        (RolePart::Use, false, 1) => t("1 个账号失去它。", "1 account loses it.").to_owned(),
        (RolePart::PassOn, true, 1) => t("1 个账号可以转授它。", "1 account can pass it on.").to_owned(),
        (RolePart::PassOn, false, 1) => t("1 个账号不能再转授它。", "1 account can no longer pass it on.").to_owned(),
        (RolePart::Use, true, _) => fill("{0} 个账号得到它。", "{0} accounts gain it.", &parts),
        (RolePart::Use, false, _) => fill("{0} 个账号失去它。", "{0} accounts lose it.", &parts),
        (RolePart::PassOn, true, _) => fill("{0} 个账号可以转授它。", "{0} accounts can pass it on.", &parts),
        (RolePart::PassOn, false, _) => {
            fill("{0} 个账号不能再转授它。", "{0} accounts can no longer pass it on.", &parts)
        }
    }
}

/// The form's names of the words and of the workbench.
pub const NAME: &str = "name";
/// Name in English.
pub const NAME_EN: &str = "nameEn";
/// What it is for.
pub const SENTENCE: &str = "sentence";
/// What it is for, in English.
pub const SENTENCE_EN: &str = "sentenceEn";
/// The page that it opens.
pub const WORKBENCH: &str = "workbench";

/// The texts of the form for `role`; for a copy of it with an empty name, which no two roles share.
pub fn values_of(role: &Role, copy: bool) -> Values {
    use crate::api::types::Labelled;
    let name = |name: &String| if copy { String::new() } else { name.clone() };
    // A role without a name of its own in English is called the same there.
    let own_english = role.words.name_en != role.words.name;
    Values::from([
        (NAME, name(&role.words.name)),
        (NAME_EN, if own_english { name(&role.words.name_en) } else { String::new() }),
        (SENTENCE, role.words.sentence.clone()),
        (SENTENCE_EN, role.words.sentence_en.clone()),
        (WORKBENCH, role.workbench.code().to_owned()),
    ])
}

#[cfg(test)]
mod tests {
    use super::super::operations::PermissionRef;
    use super::*;

    fn content(permissions: &[PermissionCode], pass_on: &[PermissionCode]) -> Content {
        Content { permissions: permissions.to_vec(), pass_on: pass_on.to_vec() }
    }

    #[test]
    fn a_permission_is_taken_and_given_in_one_way_at_a_time() {
        let read = content(&[PermissionCode::PersonRead], &[]);
        let both = read.toggled(RolePart::PassOn, PermissionCode::PersonRead);
        assert_eq!(both, content(&[PermissionCode::PersonRead], &[PermissionCode::PersonRead]));
        assert_eq!(
            both.toggled(RolePart::Use, PermissionCode::PersonRead),
            content(&[], &[PermissionCode::PersonRead])
        );
        assert_eq!(both.toggled(RolePart::PassOn, PermissionCode::PersonRead), read);
    }

    #[test]
    fn differences_count_what_comes_and_what_goes_in_any_order() {
        use PermissionCode::{OrganizationRead, PersonRead, RoleRead};
        let old = content(&[OrganizationRead, PersonRead], &[RoleRead]);
        assert_eq!(old.differences(&content(&[PersonRead, OrganizationRead], &[RoleRead])), 0);
        assert_eq!(old.differences(&content(&[PersonRead, RoleRead], &[])), 3);
    }

    #[test]
    fn keys_walk_the_grid_and_stop_at_its_edges() {
        let size = (41, 5);
        for (from, key, far, to) in [
            ((0, 0), "ArrowUp", false, (0, 0)),
            ((0, 0), "ArrowDown", false, (1, 0)),
            ((40, 4), "ArrowDown", false, (40, 4)),
            ((3, 4), "ArrowRight", false, (3, 4)),
            ((3, 1), "ArrowLeft", false, (3, 0)),
            ((3, 1), "Home", false, (3, 0)),
            ((3, 1), "End", false, (3, 4)),
            ((3, 1), "Home", true, (0, 0)),
            ((3, 1), "End", true, (40, 4)),
            ((3, 1), "PageDown", false, (11, 1)),
            ((3, 1), "PageUp", false, (0, 1)),
        ] {
            assert_eq!(moved(from, key, far, size), Some(to), "{key}");
        }
        assert_eq!(moved((0, 0), "a", false, size), None);
    }

    #[test]
    fn an_effect_says_how_many_it_concerns() {
        let effect = |part, gained, account_count| RoleEffect {
            permission: PermissionRef { name: "person:read".into(), label: "看人员".into() },
            part,
            gained,
            account_count,
            accounts: Vec::new(),
        };
        assert_eq!(effect_sentence(&effect(RolePart::Use, false, 3)), "3 个账号失去它。");
        assert_eq!(effect_sentence(&effect(RolePart::PassOn, true, 1)), "1 个账号可以转授它。");
        assert_eq!(effect_sentence(&effect(RolePart::Use, true, 0)), "目前没有账号受影响。");
    }
}
