//! The state of a form: texts by field name, what they were at first, and whether they changed.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use crate::api::fragments::UserError;
use crate::api::types::UserErrorCode;

/// Texts by field name.
pub type Values = BTreeMap<&'static str, String>;

enum Change {
    Set(&'static str, String),
    Reset(Values),
}

#[derive(Clone, Default, PartialEq)]
struct FormState {
    initial: Values,
    values: Values,
}

impl Reducible for FormState {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut next = (*self).clone();
        match change {
            Change::Set(name, value) => {
                next.values.insert(name, value);
            }
            Change::Reset(values) => next = Self { initial: values.clone(), values },
        }
        Rc::new(next)
    }
}

/// A form's state; its name keeps ids of several forms on one page apart.
#[derive(Clone, PartialEq)]
pub struct FormHandle {
    name: &'static str,
    state: UseReducerHandle<FormState>,
}

/// A form that begins with these texts.
#[hook]
pub fn use_form(name: &'static str, initial: impl FnOnce() -> Values) -> FormHandle {
    let state = use_reducer(|| {
        let values = initial();
        FormState { initial: values.clone(), values }
    });
    FormHandle { name, state }
}

impl FormHandle {
    /// The text of a field.
    pub fn get(&self, name: &str) -> String {
        self.state.values.get(name).cloned().unwrap_or_default()
    }

    /// The text of a field without spaces around it; none when empty.
    pub fn filled(&self, name: &str) -> Option<String> {
        Some(self.get(name).trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Changes a field.
    pub fn set(&self, name: &'static str, value: String) {
        self.state.dispatch(Change::Set(name, value));
    }

    /// Begins anew with other texts.
    pub fn reset(&self, values: Values) {
        self.state.dispatch(Change::Reset(values));
    }

    /// All texts.
    pub fn values(&self) -> Values {
        self.state.values.clone()
    }

    /// The texts at the beginning.
    pub fn initial(&self) -> Values {
        self.state.initial.clone()
    }

    /// Whether anything differs from the beginning.
    pub fn is_dirty(&self) -> bool {
        self.state.values != self.state.initial
    }

    /// What is missing of the fields that the contract cannot do without: name and sentence of each.
    pub fn missing(&self, asked: &[(&str, &str)]) -> Vec<UserError> {
        let empty = asked.iter().filter(|(name, _)| self.filled(name).is_none());
        empty
            .map(|(name, sentence)| UserError {
                field: vec![(*name).to_owned()],
                code: UserErrorCode::Required,
                message: (*sentence).to_owned(),
            })
            .collect()
    }

    /// The id of a field's control.
    pub fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.name)
    }
}
