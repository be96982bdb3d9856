//! Mutations on grants that go on.

use cynic::Id;

use crate::api::fragments::{UserError, changed, fragment, mutation};
use crate::api::schema;
use crate::api::types::Date;
use crate::api::use_mutation::Mutation;

changed! {
    /// An extended grant.
    ExtendedGrant "Grant",
}

/// Extends a grant.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct RoleGrantExtendInput {
    /// Which.
    pub grant: Id,
    /// Until which day; none to leave it open.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

mutation!($
    /// Extends a grant.
    RoleGrantExtend = role_grant_extend(RoleGrantExtendInput) -> "RoleGrantExtendPayload" { grant: ExtendedGrant }
);

/// Extends many grants.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct RoleGrantRenewInput {
    /// Which.
    pub grants: Vec<Id>,
    /// Until which day; none to leave them open.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

/// Variables of the operation below.
#[derive(cynic::QueryVariables)]
pub struct RoleGrantRenewVariables {
    input: RoleGrantRenewInput,
}

fragment! {
    /// What became of each grant.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RoleGrantRenewPayload {
        /// By place in the input; none where it was not extended. Nothing at all where nothing was tried.
        pub grants: Option<Vec<Option<ExtendedGrant>>>,
        /// What stood in the way.
        pub user_errors: Vec<UserError>,
    }

    /// Extends many grants, each by itself.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Mutation", variables = "RoleGrantRenewVariables")]
    pub struct RoleGrantRenew {
        #[arguments(input: $input)]
        role_grant_renew: RoleGrantRenewPayload,
    }
}

/// For each grant why it was not extended; none where it was.
pub type Renewed = Vec<Option<String>>;

impl Mutation for RoleGrantRenew {
    type Input = RoleGrantRenewInput;
    type Variables = RoleGrantRenewVariables;
    type Object = Renewed;

    fn variables(input: Self::Input) -> Self::Variables {
        RoleGrantRenewVariables { input }
    }

    /// Some rows refused are no reason to stand still: the others are done.
    fn outcome(self) -> (Option<Renewed>, Vec<UserError>) {
        let RoleGrantRenewPayload { grants, user_errors } = self.role_grant_renew;
        match grants {
            Some(grants) => (Some(super::model::by_row(grants.len(), &user_errors)), Vec::new()),
            None => (None, user_errors),
        }
    }
}
