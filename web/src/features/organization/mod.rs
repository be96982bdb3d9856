//! Stub.
use yew::prelude::*;
#[derive(Properties,PartialEq)]
pub struct IdProps{pub id:String}
#[derive(Properties,PartialEq)]
pub struct OidProps{pub id:Option<String>}
#[component]
pub fn OrganizationEditPage(_p:&IdProps)->Html{html!{{"x"}}}
#[component]
pub fn OrganizationNewPage()->Html{html!{{"x"}}}
#[component]
pub fn OrganizationPage(_p:&OidProps)->Html{html!{{"x"}}}
