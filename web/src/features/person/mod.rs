//! Stub.
use yew::prelude::*;
#[derive(Properties,PartialEq)]
pub struct IdProps{pub id:String}
#[derive(Properties,PartialEq)]
pub struct OidProps{pub id:Option<String>}
#[component]
pub fn MemberNewPage()->Html{html!{{"x"}}}
#[component]
pub fn MembersPage()->Html{html!{{"x"}}}
#[component]
pub fn PersonEditPage(_p:&IdProps)->Html{html!{{"x"}}}
#[component]
pub fn PersonPage(_p:&IdProps)->Html{html!{{"x"}}}
