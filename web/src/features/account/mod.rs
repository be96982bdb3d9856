//! Stub.
use yew::prelude::*;
#[derive(Properties,PartialEq)]
pub struct IdProps{pub id:String}
#[derive(Properties,PartialEq)]
pub struct OidProps{pub id:Option<String>}
#[component]
pub fn AccountPage(_p:&IdProps)->Html{html!{{"x"}}}
#[component]
pub fn AccountsPage()->Html{html!{{"x"}}}
#[component]
pub fn MePage()->Html{html!{{"x"}}}
