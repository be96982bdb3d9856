//! Beginning a preview.

use yew::prelude::*;

use super::ask::chosen;
use super::operations::{AccessPreview, PreviewBegin, PreviewBeginInput};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::features::account::operations::RolesQuery;
use crate::features::search::OrganizationPicker;
use crate::i18n::t;
use crate::session::preview::{self, Preview};
use crate::ui::button::Button;
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::error_summary;
use crate::ui::page::Panel;

/// Chooses a role and an organization.
#[component]
pub fn PreviewPanel() -> Html {
    let form = use_form("preview", Values::default);
    let roles = use_query::<RolesQuery, ()>(());
    let begin = use_mutation::<PreviewBegin>();
    let options = roles.data.iter().flat_map(|data| &data.roles);
    let options: Vec<_> = options.map(|role| (role.id.inner().to_owned(), role.name.clone())).collect();
    let chosen = chosen(&form, "role").zip(chosen(&form, "organization"));
    let incomplete = chosen.is_none();
    let onsubmit = {
        let begin = begin.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some((role, organization)) = chosen.clone() else { return };
            begin.run(PreviewBeginInput { role, organization }, Callback::from(|begun: AccessPreview| enter(begun)));
        })
    };
    let state = begin.state();
    html! {
        <Panel id="preview" title={t("以角色预览", "Preview a role")}>
            <form class="panel__body stack" {onsubmit} novalidate={true}>
                { error_summary(&state, &form) }
                <p class="muted">{ t("只读，半小时后自动结束。只显示这个角色和您自己都能看到的，并记入审计。", "Read-only, for half an hour at most. It shows what both the role and you may see, and is written to the trail.") }</p>
                <div class="form-grid">
                    <Field form={form.clone()} name="role" kind={Kind::Select} label={t("角色", "Role")} required=true {options} errors={state.errors.clone()} />
                    <OrganizationPicker form={form.clone()} name="organization" label={t("组织", "Organization")} errors={state.errors.clone()} />
                </div>
                <div><Button submit=true class="button--primary" icon="eye" busy={state.busy} disabled={incomplete} label={t("开始预览", "Begin preview")} /></div>
            </form>
        </Panel>
    }
}

fn enter(begun: AccessPreview) {
    preview::begin(&Preview {
        token: begun.token,
        role: begun.role.map(|role| role.name).unwrap_or_default(),
        organization: begun.organization.map(|organization| organization.name).unwrap_or_default(),
        until: begun.until.0,
    });
}
