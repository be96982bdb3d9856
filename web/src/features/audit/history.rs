//! Changes as a list beside a record and as rows of a table.

use yew::prelude::*;

use super::model::address_of;
use super::operations::{AuditChange, AuditItem, AuditRow};
use super::words::{action_label, field_label, object_word, value_label};
use crate::i18n::{format, t};
use crate::routes::{Link, address, organization};
use crate::session::actor::use_actor;
use crate::ui::notice::empty_line;
use crate::ui::table::Row;

/// The recent changes of one record.
pub fn history_list(items: &[AuditItem], name_objects: bool) -> Html {
    if items.is_empty() {
        return empty_line(t("还没有变动。", "No changes yet."));
    }
    html! { <ul class="list list--tight">{ for items.iter().map(|item| entry(item, name_objects)) }</ul> }
}

fn entry(item: &AuditItem, name_object: bool) -> Html {
    html! {
        <li key={item.id.inner().to_owned()}>
            <div class="spread">
                <span><Who account={item.actor.clone()} />{ " " }{ action(item) }if name_object { <>{ " " }{ object(item) }</> }</span>
                <span class="meta nowrap">{ format::time(&item.at.0) }</span>
            </div>
            { details(item, name_object) }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct WhoProps {
    /// Sign-in name; none for the command line.
    account: Option<String>,
}

/// Who acted: by the sign-in name, and the reader himself by his own name.
#[component]
fn Who(props: &WhoProps) -> Html {
    let reader = use_actor();
    let Some(account) = &props.account else { return html! { { t("系统", "The system") } } };
    let own = reader.filter(|reader| reader.viewer.account.as_ref().is_some_and(|own| own.name == *account));
    match own {
        Some(reader) => html! { <span title={account.clone()}>{ reader.name() }</span> },
        None => html! { { account.clone() } },
    }
}

fn action(item: &AuditItem) -> String {
    action_label(&item.action).map_or_else(|| item.action.clone(), str::to_owned)
}

fn object(item: &AuditItem) -> Html {
    let Some(label) = item.object_label.clone() else { return Html::default() };
    match address_of(&item.object_type, item.object_id.inner()) {
        Some(to) => html! { <Link {to}>{ label }</Link> },
        None => html! { { label } },
    }
}

/// The object by its name; where it has none to show, by its type, which leads to all of its changes.
fn object_cell(item: &AuditItem) -> Html {
    if item.object_label.is_some() {
        return object(item);
    }
    if item.object_type == "Setting" {
        // There is only one set of them.
        return html! { { object_word(&item.object_type).to_owned() } };
    }
    let to = address("/desk/audit", &[("object", item.object_id.inner())]);
    html! { <Link class="quiet-link" {to}>{ object_word(&item.object_type).to_owned() }</Link> }
}

/// Why, and field by field what was before and after; what stands there as the object's name is not said again.
fn details(item: &AuditItem, named: bool) -> Html {
    let word = |change: &AuditChange, value: &str| value_label(&item.object_type, &change.field, value).to_owned();
    let line = |change: &AuditChange| {
        let value = match (&change.before, &change.after) {
            (None, None) => html! { { t("已变更", "changed") } },
            (Some(before), None) => html! { <del>{ word(change, before) }</del> },
            (None, Some(after)) => html! { <ins>{ word(change, after) }</ins> },
            (Some(before), Some(after)) => {
                html! { <><del>{ word(change, before) }</del>{ " → " }<ins>{ word(change, after) }</ins></> }
            }
        };
        html! { <div><dt>{ field_label(&change.field).to_owned() }</dt><dd>{ value }</dd></div> }
    };
    let created = item.action.ends_with("Create");
    // A grant keeps its reason as a field too; it is said once. Of what is new, hidden values say nothing.
    let told = |change: &&AuditChange| {
        (item.reason.is_some() && change.field == "reason")
            || (created && change.after.as_deref() == Some("changed"))
            || (named && change.before.is_none() && change.after.is_some() && change.after == item.object_label)
    };
    let lines: Vec<Html> = item.changes.iter().filter(|change| !told(change)).map(line).collect();
    html! {
        <>
            if let Some(reason) = &item.reason { <p class="meta">{ t("原因：", "Reason: ") }{ reason.clone() }</p> }
            if !lines.is_empty() { <dl class="diff">{ lines }</dl> }
        </>
    }
}

/// The mark of a sealed row; opened, it says what that means and by which number support finds the request.
fn seal(row: &AuditRow) -> Html {
    let (class, mark, sentence) = if row.sealed {
        (
            "status status--success",
            t("已封存", "Sealed"),
            t(
                "已与此前全部变动连成一链，改动或删除都会被查出。",
                "Chained to all changes before it; altering or removing it would be found out.",
            ),
        )
    } else {
        (
            "status status--info",
            t("等待封存", "To be sealed"),
            t("通常一秒内封存，刷新后可见。", "Sealed within a second as a rule; reload to see it."),
        )
    };
    html! {
        <details class="seal">
            <summary {class} title={sentence}>{ mark }</summary>
            <p class="meta">{ sentence }</p>
            <p class="meta">{ t("请求号 ", "Request ") }<code>{ row.request_id.clone() }</code></p>
        </details>
    }
}

/// Changes as rows of a table: time, who, what, object, place, fields, seal.
pub fn audit_rows(rows: &[AuditRow]) -> Vec<Row> {
    let row = |row: &AuditRow| Row {
        key: row.item.id.inner().to_owned(),
        cells: vec![
            html! { <span class="nowrap num">{ format::time(&row.item.at.0) }</span> },
            html! { <Who account={row.item.actor.clone()} /> },
            html! { { action(&row.item) } },
            object_cell(&row.item),
            row.organization.as_ref().map_or_else(
                Html::default,
                |place| html! { <Link class="quiet-link" to={organization(&place.id)}>{ place.name.clone() }</Link> },
            ),
            html! { <div class="diff-cell">{ details(&row.item, true) }</div> },
            seal(row),
        ],
    };
    rows.iter().map(row).collect()
}
