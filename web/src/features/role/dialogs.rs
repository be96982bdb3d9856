//! Dialogs that take a role out of use and into use again.

use std::rc::Rc;

use yew::prelude::*;

use super::operations::{Role, RoleArchive, RoleArchiveInput, RoleRestore, RoleRestoreInput};
use crate::api::use_mutation::use_mutation;
use crate::features::person::dialogs::use_done;
use crate::i18n::{fill, t};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;

/// Which role.
#[derive(Properties, PartialEq)]
pub struct RoleDialogProps {
    /// The role.
    pub role: Rc<Role>,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Takes a role out of use.
#[component]
pub fn ArchiveDialog(props: &RoleDialogProps) -> Html {
    let form = use_form("role-archive", Values::default);
    let archive = use_mutation::<RoleArchive>();
    let done = use_done(fill("已归档角色，{0}", "Role archived, {0}", &[&props.role.name]), &props.onclose);
    let onsubmit = {
        let (archive, role) = (archive.clone(), props.role.clone());
        Callback::from(move |()| {
            archive.run(RoleArchiveInput { role: role.id.clone(), version: role.version }, done.reform(|_| ()));
        })
    };
    html! {
        <FormDialog danger=true title={t("归档角色", "Archive role")} {form} state={archive.state()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("{0}不再能授予任何人。还有人持有它时不能归档；可以恢复。", "{0} can no longer be given to anybody. It is not archived while somebody has it, and can be restored.", &[&props.role.name]) }</p>
        </FormDialog>
    }
}

/// Takes a role into use again.
#[component]
pub fn RestoreDialog(props: &RoleDialogProps) -> Html {
    let form = use_form("role-restore", Values::default);
    let restore = use_mutation::<RoleRestore>();
    let done = use_done(fill("已恢复角色，{0}", "Role restored, {0}", &[&props.role.name]), &props.onclose);
    let onsubmit = {
        let (restore, role) = (restore.clone(), props.role.clone());
        Callback::from(move |()| {
            restore.run(RoleRestoreInput { role: role.id.clone(), version: role.version }, done.reform(|_| ()));
        })
    };
    html! {
        <FormDialog title={t("恢复角色", "Restore role")} {form} state={restore.state()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ fill("{0}可以重新授予。", "{0} can be given again.", &[&props.role.name]) }</p>
        </FormDialog>
    }
}
