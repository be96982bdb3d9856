//! What happens when somebody else saved first: both versions side by side, and a choice.

use std::rc::Rc;

use yew::prelude::*;

use super::button::Button;
use super::dialog::Dialog;
use super::form::Values;
use crate::api::fragments::UserError;
use crate::api::types::UserErrorCode;
use crate::i18n::t;

/// Label, own text, other text, ready to read.
pub type ConflictRow = (String, String, String);

/// What a form knows of changes by others: the version that it began with, and whether the server refused that.
#[derive(Clone, PartialEq)]
pub struct ConflictHandle {
    seen: UseStateHandle<i32>,
    met: UseStateHandle<bool>,
    now: i32,
}

/// Follows the version of the record that a form edits. The record is fetched anew after a conflict.
#[hook]
pub fn use_conflict(now: i32) -> ConflictHandle {
    ConflictHandle { seen: use_state(|| now), met: use_state(|| false), now }
}

impl ConflictHandle {
    /// The version to hand back with the change.
    pub fn version(&self) -> i32 {
        *self.seen
    }

    /// Takes what the server refused.
    pub fn refused(&self) -> Callback<Rc<Vec<UserError>>> {
        let met = self.met.clone();
        Callback::from(move |errors: Rc<Vec<UserError>>| {
            met.set(errors.iter().any(|error| error.code == UserErrorCode::Conflict));
        })
    }

    /// The dialog, as soon as the other version is there: `ontheirs` takes it, `onmine` saves over the version it gets.
    pub fn dialog(
        &self,
        rows: impl FnOnce() -> Vec<ConflictRow>,
        ontheirs: &Callback<()>,
        onmine: &Callback<i32>,
    ) -> Option<Html> {
        if !*self.met || self.now == *self.seen {
            return None;
        }
        let onclose = {
            let met = self.met.clone();
            Callback::from(move |()| met.set(false))
        };
        let settle = |then: Callback<()>| {
            let (seen, now, close) = (self.seen.clone(), self.now, onclose.clone());
            Callback::from(move |()| {
                seen.set(now);
                close.emit(());
                then.emit(());
            })
        };
        let now = self.now;
        let onmine = settle(onmine.reform(move |()| now));
        let ontheirs = settle(ontheirs.clone());
        Some(html! { <ConflictDialog rows={rows()} {ontheirs} {onmine} {onclose} /> })
    }
}

/// One field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Name of the field.
    pub name: &'static str,
    /// As typed here.
    pub mine: String,
    /// As saved by somebody else.
    pub theirs: String,
}

/// The fields in which two versions of a form differ.
pub fn differences(mine: &Values, theirs: &Values) -> Vec<Difference> {
    let differs = |(name, theirs): (&&'static str, &String)| {
        let mine = mine.get(*name).cloned().unwrap_or_default();
        (mine != *theirs).then(|| Difference { name, mine, theirs: theirs.clone() })
    };
    theirs.iter().filter_map(differs).collect()
}

#[derive(Properties, PartialEq)]
struct ConflictDialogProps {
    rows: Vec<ConflictRow>,
    /// Takes the other version.
    ontheirs: Callback<()>,
    /// Saves the own version over it.
    onmine: Callback<()>,
    /// Goes back to the form.
    onclose: Callback<()>,
}

/// Shows both versions and takes a decision.
#[component]
fn ConflictDialog(props: &ConflictDialogProps) -> Html {
    let row = |(label, mine, theirs): &ConflictRow| {
        let or_empty = |text: &String| if text.is_empty() { t("空", "empty").to_owned() } else { text.clone() };
        html! { <tr><th scope="row">{ label.clone() }</th><td>{ or_empty(mine) }</td><td>{ or_empty(theirs) }</td></tr> }
    };
    html! {
        <Dialog title={t("有别人刚改过这条记录", "Somebody else has just changed this record")} onclose={props.onclose.clone()}>
            <div class="dialog__body stack">
                if props.rows.is_empty() {
                    <p>{ t("两边的内容相同，可以直接采用新版本。", "Both versions say the same; take the new one.") }</p>
                } else {
                    <div class="table-wrap"><table class="table table--compact">
                        <caption class="visually-hidden">{ t("两个版本的不同", "Differences of the two versions") }</caption>
                        <thead><tr><th scope="col">{ t("字段", "Field") }</th><th scope="col">{ t("我的内容", "Mine") }</th><th scope="col">{ t("已保存的内容", "Saved") }</th></tr></thead>
                        <tbody>{ for props.rows.iter().map(row) }</tbody>
                    </table></div>
                }
            </div>
            <div class="dialog__foot">
                <Button label={t("采用已保存的内容", "Take the saved version")} onclick={props.ontheirs.clone()} />
                <Button class="button--primary" label={t("用我的内容覆盖", "Save mine over it")} onclick={props.onmine.clone()} />
            </div>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fields_that_differ_are_shown() {
        let mine = Values::from([("name", "甲".to_owned()), ("code", "1".to_owned())]);
        let theirs = Values::from([("name", "乙".to_owned()), ("code", "1".to_owned())]);
        assert_eq!(
            differences(&mine, &theirs),
            vec![Difference { name: "name", mine: "甲".into(), theirs: "乙".into() }]
        );
    }
}
