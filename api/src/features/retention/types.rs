//! GraphQL types of the register.
use async_graphql::{Context, Enum, Object};

use super::{Entry, Rule};
use crate::graphql::request;

/// For how long rows of a table are kept.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetentionKind {
    /// As long as the record of the person, which two people may erase.
    WithPerson,
    /// Some days after the row came to its end.
    AfterEnd,
    /// Some days after the row was made.
    AfterCreation,
    /// For ever.
    ForEver,
}

/// What the product keeps in one table, for what and for how long.
#[derive(Clone, Copy)]
pub struct RetentionRule(pub &'static Entry);

/// What the product keeps in one table, for what and for how long.
#[Object]
impl RetentionRule {
    /// Name of the table in the database.
    async fn table(&self) -> &'static str {
        self.0.table
    }

    /// What people call its rows, in the language of the request.
    async fn name(&self, ctx: &Context<'_>) -> &'static str {
        request(ctx).locale.pick(self.0.name.0, self.0.name.1)
    }

    /// For what they are kept, in the language of the request.
    async fn purpose(&self, ctx: &Context<'_>) -> &'static str {
        request(ctx).locale.pick(self.0.purpose.0, self.0.purpose.1)
    }

    /// Whether they say something about a person.
    async fn personal(&self) -> bool {
        self.0.personal
    }

    /// The kind of the rule.
    async fn kind(&self) -> RetentionKind {
        match self.0.rule {
            Rule::WithPerson => RetentionKind::WithPerson,
            Rule::AfterEnd { .. } => RetentionKind::AfterEnd,
            Rule::AfterCreation { .. } => RetentionKind::AfterCreation,
            Rule::ForEver(_) => RetentionKind::ForEver,
        }
    }

    /// Days for which they are kept from their end or making on; null for the other kinds.
    async fn days(&self) -> Option<i32> {
        self.0.end().map(|(_, days)| i32::from(days))
    }

    /// The rule as a sentence, in the language of the request.
    async fn sentence(&self, ctx: &Context<'_>) -> String {
        let (zh, en) = self.0.sentence();
        request(ctx).locale.pick(zh, en)
    }
}
