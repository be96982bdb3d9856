//! Shows its content only to those who may act.

use yew::prelude::*;

use super::actor::use_actor;
use crate::api::types::PermissionCode;

/// What is needed, and where it must be held.
#[derive(Properties, PartialEq)]
pub struct CanProps {
    /// The permission.
    pub permission: PermissionCode,
    /// The rights on the object in question; where left out, holding it anywhere is enough.
    #[prop_or_default]
    pub of: Option<Vec<PermissionCode>>,
    /// What is shown.
    pub children: Html,
}

/// A button that a reader may not press is left out.
#[component]
pub fn Can(props: &CanProps) -> Html {
    let actor = use_actor();
    let allowed = match &props.of {
        Some(rights) => rights.contains(&props.permission),
        None => actor.is_some_and(|actor| actor.may(props.permission)),
    };
    if allowed { props.children.clone() } else { Html::default() }
}
