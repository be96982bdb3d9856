//! Tables that become cards on phones. The roles are written out, since `display` drops them.

use yew::prelude::*;

use crate::i18n::t;

/// One column.
#[derive(Clone, Default, PartialEq)]
pub struct Column {
    label: AttrValue,
    number: bool,
    wide: bool,
    action: bool,
    sort: Option<&'static str>,
}

impl Column {
    /// A column of text.
    pub fn new(label: impl Into<AttrValue>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// Holds numbers.
    #[must_use]
    pub fn number(self) -> Self {
        Self { number: true, ..self }
    }

    /// Left out on phones.
    #[must_use]
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    /// Holds what can be done to the row; on phones it stands in the card's corner.
    #[must_use]
    pub fn action(self) -> Self {
        Self { action: true, ..self }
    }

    fn classes(&self) -> Classes {
        classes!(self.number.then_some("num"), self.wide.then_some("only-wide"), self.action.then_some("table__act"))
    }

    /// Can be sorted under this name.
    #[must_use]
    pub fn sort(self, name: &'static str) -> Self {
        Self { sort: Some(name), ..self }
    }
}

/// One row: its key and a cell for each column; the first is the card's title.
#[derive(Clone, PartialEq)]
pub struct Row {
    /// Tells rows apart.
    pub key: String,
    /// Contents by column.
    pub cells: Vec<Html>,
}

/// A table's columns and rows.
#[derive(Properties, PartialEq)]
pub struct TableProps {
    /// Says what the table holds; read aloud only.
    pub caption: AttrValue,
    /// Columns in order.
    pub columns: Vec<Column>,
    /// Rows in order.
    pub rows: Vec<Row>,
    /// Narrow rows.
    #[prop_or_default]
    pub compact: bool,
    /// The sorted column and whether it descends.
    #[prop_or_default]
    pub sorted: Option<(AttrValue, bool)>,
    /// Called with the column to sort by.
    #[prop_or_default]
    pub onsort: Callback<&'static str>,
}

/// A table with sortable heads.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let head = |column: &Column| {
        let class = column.classes();
        let sort = column
            .sort
            .and_then(|name| props.sorted.as_ref().filter(|(sorted, _)| *sorted == name))
            .map(|(_, descending)| if *descending { "descending" } else { "ascending" });
        let content = match column.sort {
            Some(name) => {
                let onclick = props.onsort.reform(move |_: MouseEvent| name);
                html! { <button class="table__sort" type="button" {onclick}>{ column.label.clone() }</button> }
            }
            None => html! { { column.label.clone() } },
        };
        html! { <th role="columnheader" scope="col" {class} aria-sort={sort}>{ content }</th> }
    };
    // A card of many figures shows all of them, so that each stands in the same place on every card.
    let figures = props.columns.iter().filter(|column| column.number).count() > 2;
    let cell = |(index, content): (usize, &Html)| {
        let Some(column) = props.columns.get(index) else { return Html::default() };
        // A card leaves out what is empty.
        let empty = *content == nothing() || (*content == zero() && !figures);
        let class = classes!(column.classes(), empty.then_some("only-wide"));
        if index == 0 {
            html! { <th role="rowheader" scope="row" class="table__lead">{ content.clone() }</th> }
        } else {
            html! { <td role="cell" {class} data-label={(!column.action).then(|| column.label.clone())}>{ content.clone() }</td> }
        }
    };
    let acts = props.columns.iter().any(|column| column.action);
    html! {
        <div class="table-wrap" tabindex="0" role="region" aria-label={format!("{}{}", props.caption, t("，可左右滚动", ", scrolls sideways"))}>
            <table role="table" class={classes!("table", "table--cards", props.compact.then_some("table--compact"), acts.then_some("table--acts"), figures.then_some("table--figures"))}>
                <caption class="visually-hidden">{ props.caption.clone() }</caption>
                <thead role="rowgroup"><tr role="row">{ for props.columns.iter().map(head) }</tr></thead>
                <tbody role="rowgroup">
                    { for props.rows.iter().map(|row| html! { <tr role="row" key={row.key.clone()}>{ for row.cells.iter().enumerate().map(cell) }</tr> }) }
                </tbody>
            </table>
        </div>
    }
}

/// What a cell without a value shows.
pub fn nothing() -> Html {
    html! { <span class="table__empty">{ "—" }</span> }
}

/// A count of none, which asks for no attention.
pub fn zero() -> Html {
    html! { <span class="table__empty">{ "0" }</span> }
}

/// The next order after a press on a column's head: ascending first, then descending.
pub fn next_order(current: Option<(&str, bool)>, pressed: &str) -> bool {
    current.is_some_and(|(name, descending)| name == pressed && !descending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_press_on_the_same_head_turns_the_order_round() {
        assert!(!next_order(None, "NAME"));
        assert!(next_order(Some(("NAME", false)), "NAME"));
        assert!(!next_order(Some(("NAME", true)), "NAME"));
        assert!(!next_order(Some(("STAGE", false)), "NAME"));
    }
}
