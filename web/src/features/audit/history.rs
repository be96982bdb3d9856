//! Changes as a list beside a record and as rows of a table.

use yew::prelude::*;

use super::model::{action_label, address_of, field_label};
use super::operations::{AuditChange, AuditItem, AuditRow};
use crate::i18n::{format, t};
use crate::routes::{Link, organization};
use crate::ui::notice::empty_state;
use crate::ui::table::Row;

/// The recent changes of one record.
pub fn history_list(items: &[AuditItem], name_objects: bool) -> Html {
    if items.is_empty() {
        return empty_state(t("还没有变动", "No changes yet"), "", Html::default());
    }
    html! { <ul class="list list--tight">{ for items.iter().map(|item| entry(item, name_objects)) }</ul> }
}

fn entry(item: &AuditItem, name_object: bool) -> Html {
    html! {
        <li key={item.id.inner().to_owned()}>
            <div class="spread">
                <span>{ actor(item) }{ " " }{ action(item) }if name_object { <>{ " " }{ object(item) }</> }</span>
                <span class="meta nowrap">{ format::time(&item.at.0) }</span>
            </div>
            if let Some(reason) = &item.reason { <p class="meta">{ t("原因：", "Reason: ") }{ reason.clone() }</p> }
            { changes(&item.changes) }
        </li>
    }
}

fn actor(item: &AuditItem) -> String {
    item.actor.clone().unwrap_or_else(|| t("系统", "The system").to_owned())
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

fn changes(changes: &[AuditChange]) -> Html {
    let line = |change: &AuditChange| {
        let label = html! { <dt>{ field_label(&change.field) }</dt> };
        match (&change.before, &change.after) {
            (None, None) => html! { <>{ label }<dd>{ t("已变更", "changed") }</dd></> },
            (Some(before), None) => html! { <>{ label }<dd><del>{ before.clone() }</del></dd></> },
            (None, Some(after)) => html! { <>{ label }<dd><ins>{ after.clone() }</ins></dd></> },
            (Some(before), Some(after)) => {
                html! { <>{ label }<dd><del>{ before.clone() }</del>{ " → " }<ins>{ after.clone() }</ins></dd></> }
            }
        }
    };
    if changes.is_empty() {
        Html::default()
    } else {
        html! { <dl class="diff">{ for changes.iter().map(line) }</dl> }
    }
}

/// Changes as rows of a table: time, who, what, object, place, fields.
pub fn audit_rows(rows: &[AuditRow]) -> Vec<Row> {
    let row = |row: &AuditRow| Row {
        key: row.item.id.inner().to_owned(),
        cells: vec![
            html! { <span class="nowrap num">{ format::time(&row.item.at.0) }</span> },
            html! { { actor(&row.item) } },
            html! { { action(&row.item) } },
            object(&row.item),
            row.organization.as_ref().map_or_else(
                Html::default,
                |place| html! { <Link class="quiet-link" to={organization(&place.id)}>{ place.name.clone() }</Link> },
            ),
            changes(&row.item.changes),
        ],
    };
    rows.iter().map(row).collect()
}
