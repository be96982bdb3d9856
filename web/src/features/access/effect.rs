//! What an account could not do any more without a grant.

use yew::prelude::*;

use super::answer::grant_words;
use super::operations::{AccessGrant, GrantEffectQuery, GrantEffectVariables, GrantLoss, PermissionWords};
use crate::api::use_query::use_query;
use crate::i18n::{fill, t};
use crate::ui::async_view::async_view;
use crate::ui::dialog::Dialog;
use crate::ui::notice::empty_line;

/// Which grant.
#[derive(Properties, PartialEq)]
pub struct EffectDialogProps {
    /// The grant.
    pub grant: AccessGrant,
    /// Permissions in words.
    pub words: Vec<PermissionWords>,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Permission by permission.
#[component]
pub fn EffectDialog(props: &EffectDialogProps) -> Html {
    let query = use_query::<GrantEffectQuery, _>(GrantEffectVariables { grant: props.grant.id.clone() });
    let title = t("结束后失去什么", "What ends with it");
    let content = async_view(&query, title, 4, |data| match &data.grant_effect {
        Some(effect) if !effect.in_force => empty_line(t(
            "这项授权今天不在生效，结束它不改变什么。",
            "The grant is not in force today; ending it changes nothing.",
        )),
        Some(effect) if effect.losses.is_empty() => {
            empty_line(t("其他授权给出同样的权限，不失去什么。", "Other grants give the same; nothing is lost."))
        }
        Some(effect) => {
            html! { <ul class="list list--tight">{ for effect.losses.iter().map(|loss| line(loss, &props.words)) }</ul> }
        }
        None => empty_line(t("当前账号看不到这项授权。", "This account cannot see the grant.")),
    });
    html! {
        <Dialog {title} loading={query.data.is_none()} onclose={props.onclose.clone()}>
            <div class="dialog__body stack"><p>{ grant_words(&props.grant) }</p>{ content }</div>
        </Dialog>
    }
}

fn line(loss: &GrantLoss, words: &[PermissionWords]) -> Html {
    let label = words.iter().find(|words| words.code == loss.permission).map(|words| words.label.clone());
    let place = loss.organization.as_ref().map_or_else(|| t("本人", "Oneself").to_owned(), |place| place.name.clone());
    let kept: Vec<&str> = loss.kept.iter().map(|place| place.name.as_str()).collect();
    html! {
        <li><b>{ label }</b>{ " · " }{ place }
            if !kept.is_empty() { <><br /><span class="meta">{ fill("在{0}仍有", "stays on {0}", &[&kept.join(t("、", ", "))]) }</span></> }
        </li>
    }
}
