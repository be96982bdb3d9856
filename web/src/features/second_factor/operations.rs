//! Reading and changing the own second factor.

use crate::api::fragments::{UserError, changed, fragment, mutation};
use crate::api::schema;
use crate::api::use_mutation::Mutation;

changed! {
    /// The account whose second factor changed.
    ChangedAccount "Account",
}

fragment! {
    /// Whether the viewer has a second factor.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query")]
    pub struct SecondFactorQuery {
        /// Null when nobody is signed in.
        pub viewer: Option<Holder>,
    }

    /// The viewer.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Viewer")]
    pub struct Holder {
        /// Whether a role waits for it.
        pub lacks_second_factor: bool,
        /// The account.
        pub account: Option<HolderAccount>,
    }

    /// The viewer's account.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Account")]
    pub struct HolderAccount {
        /// Whether it has one.
        pub second_factor: Option<bool>,
    }

    /// What an app takes over.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SecondFactorSetup {
        /// The seed as letters.
        pub secret: String,
        /// A link for an app on this device.
        pub uri: String,
        /// The dots of the picture.
        pub picture: String,
        /// Its width and height.
        pub picture_size: i32,
    }
}

/// The password.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct SecondFactorBeginInput {
    /// It shows that it is oneself.
    pub password: String,
}

/// The first code.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct SecondFactorConfirmInput {
    /// As the app shows it.
    pub code: String,
}

/// Password and code.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct SecondFactorDisableInput {
    /// It shows that it is oneself.
    pub password: String,
    /// Of the app, or a recovery code.
    pub code: String,
}

mutation!($
    /// Makes a seed.
    SecondFactorBegin = second_factor_begin(SecondFactorBeginInput) -> "SecondFactorBeginPayload" { setup: SecondFactorSetup }
);
/// Variables of the operation below.
#[derive(cynic::QueryVariables)]
pub struct SecondFactorConfirmVariables {
    input: SecondFactorConfirmInput,
}

fragment! {
    /// Payload of the operation below; a list, which `mutation!` does not write.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SecondFactorConfirmPayload {
        recovery_codes: Option<Vec<String>>,
        user_errors: Vec<UserError>,
    }

    /// Switches it on.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Mutation", variables = "SecondFactorConfirmVariables")]
    pub struct SecondFactorConfirm {
        #[arguments(input: $input)]
        second_factor_confirm: SecondFactorConfirmPayload,
    }
}

impl Mutation for SecondFactorConfirm {
    type Input = SecondFactorConfirmInput;
    type Variables = SecondFactorConfirmVariables;
    type Object = Vec<String>;

    fn variables(input: SecondFactorConfirmInput) -> SecondFactorConfirmVariables {
        SecondFactorConfirmVariables { input }
    }

    fn outcome(self) -> (Option<Vec<String>>, Vec<UserError>) {
        (self.second_factor_confirm.recovery_codes, self.second_factor_confirm.user_errors)
    }
}

mutation!($
    /// Switches it off.
    SecondFactorDisable = second_factor_disable(SecondFactorDisableInput) -> "SecondFactorDisablePayload" { account: ChangedAccount }
);
