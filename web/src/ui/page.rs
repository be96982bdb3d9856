//! The frame of a page: title, crumbs, head and panels.

use yew::prelude::*;

use super::browser;
use crate::i18n::t;
use crate::routes::Link;

/// The head of a page.
#[derive(Properties, PartialEq)]
pub struct PageHeadProps {
    /// The page's name, also in the window's title.
    pub title: AttrValue,
    /// A line below it.
    #[prop_or_default]
    pub meta: Html,
    /// Buttons at its end.
    #[prop_or_default]
    pub actions: Html,
    /// The way here: text and address.
    #[prop_or_default]
    pub crumbs: Vec<(AttrValue, AttrValue)>,
}

/// Crumbs, title, meta line and buttons.
#[component]
pub fn PageHead(props: &PageHeadProps) -> Html {
    use_title(&props.title);
    html! {
        <>
            { crumbs(&props.crumbs, &props.title) }
            <header class="page-header">
                <div>
                    <h1 class="page-header__title">{ props.title.clone() }</h1>
                    if props.meta != Html::default() { <div class="page-header__meta">{ props.meta.clone() }</div> }
                </div>
                <div class="cluster">{ props.actions.clone() }</div>
            </header>
        </>
    }
}

/// The way to a page; nothing where there is no way above it.
pub fn crumbs(above: &[(AttrValue, AttrValue)], here: &AttrValue) -> Html {
    if above.is_empty() {
        return Html::default();
    }
    html! {
        <nav aria-label={t("位置", "Position")}>
            <ol class="crumbs">
                { for above.iter().map(|(text, to)| html! { <li><Link to={to.clone()}>{ text.clone() }</Link></li> }) }
                <li aria-current="page">{ here.clone() }</li>
            </ol>
        </nav>
    }
}

/// Names the window after the page.
#[hook]
pub fn use_title(title: &AttrValue) {
    use_effect_with(title.clone(), |title| browser::set_title(&format!("{title} · {}", t("江海", "Jianghai"))));
}

/// A panel with a title.
#[derive(Properties, PartialEq)]
pub struct PanelProps {
    /// Distinguishes the title's id on the page.
    pub id: AttrValue,
    /// The title.
    pub title: Html,
    /// What stands at the end of the head.
    #[prop_or_default]
    pub aside: Html,
    /// Whether its content is fetched again.
    #[prop_or_default]
    pub busy: bool,
    /// CSS classes beside `panel`.
    #[prop_or_default]
    pub class: Classes,
    /// The content.
    pub children: Html,
}

/// A section in a frame.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let title_id = format!("{}-title", props.id);
    html! {
        <section class={classes!("panel", props.class.clone())} aria-labelledby={title_id.clone()} aria-busy={props.busy.then_some("true")}>
            <div class="panel__head"><h2 class="panel__title" id={title_id}>{ props.title.clone() }</h2>{ props.aside.clone() }</div>
            <div>{ props.children.clone() }</div>
        </section>
    }
}
