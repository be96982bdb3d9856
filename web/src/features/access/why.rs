//! The button on every record that says why the viewer sees it.

use cynic::Id;
use yew::prelude::*;

use super::about_object;
use super::answer::answer;
use super::operations::{ExplainAccessQuery, ExplainAccessVariables};
use super::who::WhoCanSee;
use crate::api::types::PermissionCode;
use crate::api::use_query::use_query;
use crate::i18n::t;
use crate::routes::Link;
use crate::session::can::Can;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::notice::empty_line;

/// A record.
#[derive(Properties, Clone, PartialEq)]
pub struct WhyProps {
    /// Its id.
    pub object: Id,
    /// Its name.
    pub name: AttrValue,
    /// The permission that lets it be read.
    pub action: PermissionCode,
}

/// Opens the explanation.
#[component]
pub fn WhyButton(props: &WhyProps) -> Html {
    let open = use_state(|| false);
    let set = {
        let open = open.clone();
        Callback::from(move |shown: bool| open.set(shown))
    };
    html! {
        <>
            <Button class="button--quiet" icon="why" label={t("为什么能看到？", "Why?")} onclick={set.reform(|()| true)} />
            if *open { <WhyDialog ..WhyDialogProps { record: props.clone(), onclose: set.reform(|()| false) } /> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct WhyDialogProps {
    record: WhyProps,
    onclose: Callback<()>,
}

#[component]
fn WhyDialog(props: &WhyDialogProps) -> Html {
    let WhyProps { object, name, action } = &props.record;
    let variables = ExplainAccessVariables { subject: None, action: *action, object: object.clone() };
    let query = use_query::<ExplainAccessQuery, _>(variables);
    let content = async_view(&query, t("原因", "the reason"), 3, |data| match &data.explain_access {
        Some(explanation) => answer(explanation, &|_| Html::default()),
        None => empty_line(t("当前账号已经看不到这条记录。", "This account can no longer see the record.")),
    });
    html! {
        <Dialog title={t("为什么能看到？", "Why?")} loading={query.data.is_none()} onclose={props.onclose.clone()}>
            <div class="dialog__body stack">
                <p class="muted">{ name.clone() }</p>
                { content }
                <Can permission={PermissionCode::AccessExplain}>
                    if *action == PermissionCode::PersonRead { <WhoCanSee person={object.clone()} /> }
                    <p><Link to={about_object(object, name)}>{ t("问其他账号或其他权限", "Ask about other accounts or permissions") }</Link></p>
                </Can>
            </div>
        </Dialog>
    }
}
