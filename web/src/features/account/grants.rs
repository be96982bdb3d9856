//! Roles of an account.

use yew::prelude::*;

use super::operations::Grant;
use crate::api::types::Labelled;
use crate::features::person::period;
use crate::i18n::{fill, t};
use crate::routes::{Link, organization};
use crate::ui::button::Button;
use crate::ui::notice::empty_state;

/// Roles with scope, period and reason; a button ends one where allowed.
pub fn grants_list(grants: &[Grant], may_end: bool, onend: &Callback<Grant>) -> Html {
    if grants.is_empty() {
        return empty_state(
            t("没有授权", "No roles"),
            t("没有角色的账号只能看到公开内容。", "Without a role, an account sees only what is public."),
            Html::default(),
        );
    }
    let entry = |grant: &Grant| {
        let onclick = {
            let (onend, grant) = (onend.clone(), grant.clone());
            Callback::from(move |()| onend.emit(grant.clone()))
        };
        let scope = match &grant.organization {
            Some(place) => html! { <Link to={organization(&place.id)}>{ place.name.clone() }</Link> },
            None => html! { { grant.scope.label() } },
        };
        let period = period(&grant.from.0, grant.until.as_ref().map(|day| day.0.as_str()));
        let by = grant.granted_by.as_ref().map(|by| fill("，{0}授予", ", granted by {0}", &[by])).unwrap_or_default();
        html! {
            <li class="spread" key={grant.id.inner().to_owned()}>
                <span><b>{ grant.role_name() }</b>{ " · " }{ scope }<br /><span class="meta">{ period }{ by }{ t("：", ": ") }{ grant.reason.clone() }</span></span>
                if may_end && grant.until.is_none() { <Button class="button--sm" label={t("结束授权", "End grant")} subject={grant.role_name()} {onclick} /> }
            </li>
        }
    };
    html! { <ul class="list list--tight">{ for grants.iter().map(entry) }</ul> }
}
