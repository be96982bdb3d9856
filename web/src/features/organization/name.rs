//! The name of an organization of which only the id is known.

use cynic::Id;
use yew::prelude::*;

use super::operations::{OrganizationNameQuery, OrganizationVariables};
use crate::api::use_query::use_query_when;

/// The name; none while it is fetched or where it may not be seen.
#[hook]
pub fn use_organization_name(id: Option<String>) -> Option<AttrValue> {
    let query =
        use_query_when::<OrganizationNameQuery, _>(id.clone().map(|id| OrganizationVariables { id: Id::new(id) }));
    id.and(query.data).and_then(|data| data.organization.as_ref().map(|organization| organization.name.clone().into()))
}
