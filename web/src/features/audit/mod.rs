//! Stub.
use yew::prelude::*;
#[derive(Properties,PartialEq)]
pub struct IdProps{pub id:String}
#[derive(Properties,PartialEq)]
pub struct OidProps{pub id:Option<String>}
#[component]
pub fn AuditPage()->Html{html!{{"x"}}}
