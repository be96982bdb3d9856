//! The page for administrators: choose an account, a permission and an object, and read why.

use yew::prelude::*;

use super::answer::{answer, role_name};
use super::ask::{Ask, chosen};
use super::effect::EffectDialog;
use super::operations::{AccessGrant, ExplainAccessQuery, ExplainAccessVariables, PermissionWords, PermissionsQuery};
use super::preview::PreviewPanel;
use crate::api::types::PermissionCode;
use crate::api::use_query::{use_query, use_query_when};
use crate::i18n::t;
use crate::routes::use_url;
use crate::session::actor::use_actor;
use crate::session::can::Can;
use crate::shell::stop::Forbidden;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::form::{FormHandle, Values, use_form};
use crate::ui::notice::empty_line;
use crate::ui::page::{PageHead, Panel};

/// Question, answer, preview.
#[component]
pub fn AccessPage() -> Html {
    let url = use_url();
    let text = |name: &str| url.get(name).unwrap_or_default().to_owned();
    let form = use_form("ask", || {
        Values::from([
            ("account", text("account")),
            ("action", "organization:read".to_owned()),
            ("object", text("object")),
            ("kind", "organization".to_owned()),
        ])
    });
    let catalogue = use_query::<PermissionsQuery, ()>(());
    if !use_actor().is_some_and(|actor| actor.may(PermissionCode::AccessExplain)) {
        return html! { <Forbidden /> };
    }
    let words = catalogue.data.as_ref().map(|data| data.permissions.clone()).unwrap_or_default();
    let meta = html! { { t("由实际执行判定的同一段程序回答。", "Answered by the same code that decides.") } };
    html! {
        <>
            <PageHead title={t("解释权限", "Explain access")} {meta} />
            <div class="stack">
                <Panel id="ask" title={t("某账号能否做某事", "May an account do it?")}>
                    <Ask form={form.clone()} words={words.clone()} who={text("who")} what={text("what")} />
                    <Explained {form} {words} />
                </Panel>
                <Can permission={PermissionCode::AccessPreview}><PreviewPanel /></Can>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ExplainedProps {
    form: FormHandle,
    words: Vec<PermissionWords>,
}

/// The answer, as soon as the question is whole.
#[component]
fn Explained(props: &ExplainedProps) -> Html {
    let effect = use_state(|| None::<AccessGrant>);
    let (subject, object) = (chosen(&props.form, "account"), chosen(&props.form, "object"));
    let action = props.form.get("action");
    let action = props.words.iter().find(|words| words.name == action).map(|words| words.code);
    let question = subject.zip(object).zip(action);
    let variables =
        question.map(|((subject, object), action)| ExplainAccessVariables { subject: Some(subject), action, object });
    let asked = variables.is_some();
    let query = use_query_when::<ExplainAccessQuery, _>(variables);
    if !asked {
        return empty_line(t(
            "选好账号、权限和对象，这里给出原因。",
            "Choose an account, a permission and an object; the reason appears here.",
        ));
    }
    let show = {
        let effect = effect.clone();
        Callback::from(move |grant: Option<AccessGrant>| effect.set(grant))
    };
    let more = |grant: &AccessGrant| {
        let onclick = {
            let (show, grant) = (show.clone(), grant.clone());
            Callback::from(move |()| show.emit(Some(grant.clone())))
        };
        html! { <Button class="button--sm button--quiet" label={t("结束后失去什么", "What ends with it")} subject={role_name(grant)} {onclick} /> }
    };
    html! {
        <>
            { async_view(&query, t("原因", "the reason"), 3, |data| match &data.explain_access {
                Some(explanation) => answer(explanation, &more),
                None => empty_line(t("没有这个账号或对象，或当前账号看不到它。", "There is no such account or object, or this account cannot see it.")),
            }) }
            if let Some(grant) = &*effect { <EffectDialog grant={grant.clone()} words={props.words.clone()} onclose={show.reform(|()| None)} /> }
        </>
    }
}
