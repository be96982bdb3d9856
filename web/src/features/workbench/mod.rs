//! Stub.
use yew::prelude::*;
#[derive(Properties,PartialEq)]
pub struct IdProps{pub id:String}
#[derive(Properties,PartialEq)]
pub struct OidProps{pub id:Option<String>}
#[component]
pub fn AdministratorWorkbench()->Html{html!{{"x"}}}
#[component]
pub fn OrganizerWorkbench()->Html{html!{{"x"}}}
#[component]
pub fn SecretaryWorkbench()->Html{html!{{"x"}}}
