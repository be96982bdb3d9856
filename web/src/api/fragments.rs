//! Fragments that several features read.

use cynic::Id;

use super::schema;
use super::types::{OrganizationKind, UserErrorCode};

/// Declares fragments, and how they are read from an answer.
///
/// Each writes its derives itself: what they generate sees only names from where they stand.
macro_rules! fragment {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident $fields:tt)+) => {
        $(
            $(#[$meta])*
            #[cynic(no_deserialize)]
            $vis struct $name $fields

            $crate::api::fragments::fragment!(@read $name $fields);
        )+
    };
    (@read $name:ident { $($(#[$meta:meta])* $vis:vis $field:ident: $type:ty,)+ }) => {
        impl $crate::api::read::Read for $name {
            fn read(part: $crate::api::read::Part<'_>) -> Self {
                Self { $($field: part.field(stringify!($field)),)+ }
            }
        }
    };
}

fragment! {
    /// What is wrong with one part of a mutation's input.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct UserError {
        /// Path of the input field; the last part names the form field.
        pub field: Vec<String>,
        /// The business fact.
        pub code: UserErrorCode,
        /// A sentence in the reader's language.
        pub message: String,
    }

    /// Where a page of a list stands.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PageInfo {
        /// Whether rows follow.
        pub has_next_page: bool,
        /// Whether rows come before.
        pub has_previous_page: bool,
        /// Cursor of the first row.
        pub start_cursor: Option<String>,
        /// Cursor of the last row.
        pub end_cursor: Option<String>,
    }

    /// An organization as other records name it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    pub struct OrganizationRef {
        /// Opaque.
        pub id: Id,
        /// Full name.
        pub name: String,
    }

    /// An organization with its kind, for pickers and switches.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    pub struct OrganizationItem {
        /// Opaque.
        pub id: Id,
        /// Full name.
        pub name: String,
        /// Legal kind.
        pub kind: OrganizationKind,
        /// The organization above.
        pub parent: Option<OrganizationRef>,
    }

    /// A person as other records name him.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Person")]
    pub struct PersonRef {
        /// Opaque.
        pub id: Id,
        /// Name.
        pub name: String,
    }
}

/// A changed object of which only the presence counts.
macro_rules! changed {
    ($($(#[$doc:meta])* $name:ident $graphql:literal,)+) => {
        $crate::api::fragments::fragment! {
            $(
                $(#[$doc])*
                #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
                #[cynic(graphql_type = $graphql)]
                pub struct $name {
                    /// Asked for so that the payload holds the object; only its presence counts.
                    id: cynic::Id,
                }
            )+
        }
    };
}

/// Declares a mutation: variables, payload and operation, in a module named after its field.
///
/// The first argument is a dollar sign, since a macro cannot write one that stays.
macro_rules! mutation {
    ($d:tt $(#[$doc:meta])* $name:ident = $field:ident($input:ident) -> $payload_name:literal { $object_field:ident: $object:ident }) => {
        mod $field {
            use crate::api::fragments::UserError;
            use crate::api::schema;

            type Input = super::$input;
            type Object = super::$object;

            /// Variables of the operation below.
            #[derive(cynic::QueryVariables)]
            pub struct Variables {
                input: Input,
            }

            crate::api::fragments::fragment! {
                /// Payload of the operation below.
                #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
                #[cynic(graphql_type = $payload_name)]
                pub struct Payload {
                    $object_field: Option<Object>,
                    user_errors: Vec<UserError>,
                }

                $(#[$doc])*
                #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
                #[cynic(graphql_type = "Mutation", variables = "Variables")]
                pub struct $name {
                    #[arguments(input: $d input)]
                    $field: Payload,
                }
            }

            impl crate::api::use_mutation::Mutation for $name {
                type Input = Input;
                type Variables = Variables;
                type Object = Object;

                fn variables(input: Input) -> Variables {
                    Variables { input }
                }

                fn outcome(self) -> (Option<Object>, Vec<UserError>) {
                    (self.$field.$object_field, self.$field.user_errors)
                }
            }
        }
        pub use $field::$name;
    };
}

pub(crate) use {changed, fragment, mutation};
