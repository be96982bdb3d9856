//! How large a document is, counted through its fragments before anything else looks at it.
//!
//! Every fragment is measured once; sums saturate. A document of nested spreads that would expand to millions of
//! fields is refused in microseconds.
use std::collections::HashMap;

use async_graphql::Variables;
use async_graphql_parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet};
use async_graphql_value::{ConstValue, Name, Value};

use crate::config::Limits;

/// Most opening brackets in the text, checked before the recursive parser sees it. The parser survives 300 nested ones
/// on the stack of a worker in a debug build.
const BRACKETS: u32 = 200;

/// Most variables of all operations together.
const VARIABLES: u32 = 100;

/// Deepest nesting of fields and fragments in each other, so that walking them cannot exhaust the stack.
const NESTING: u32 = 64;

/// Objects that a list answers where the caller says no number.
pub const USUAL_SIZES: &[(&str, u32)] = &[
    ("accountCandidates", 50),
    ("accounts", 50),
    ("attachments", 20),
    ("auditEntries", 50),
    ("children", 50),
    ("members", 50),
    ("notifications", 50),
    ("notificationSettings", 10),
    ("obligations", 50),
    ("organizations", 50),
    ("problemReports", 50),
    ("signInEvents", 50),
    ("signInSessions", 50),
    ("jobs", 50),
    ("retentionRules", 50),
    ("history", 10),
    ("ancestors", 6),
    ("posts", 6),
    ("obligationCountByKind", 4),
    ("affiliations", 4),
    ("findings", 4),
    ("losses", 20),
    ("kept", 2),
    ("counts", 6),
    ("grants", 4),
    ("apiTokens", 4),
    ("tokenPermissions", 8),
    ("sessions", 4),
    ("contacts", 2),
    // The schema about itself, whose lists have no page size.
    ("types", 100),
    ("fields", 15),
    ("possibleTypes", 15),
    ("enumValues", 10),
    ("inputFields", 8),
    ("directives", 5),
    ("args", 4),
    ("interfaces", 2),
];

/// What a document asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Nesting of fields.
    pub depth: u32,
    /// Fields, spreads and inline fragments after spreading fragments: all that validation walks.
    pub fields: u32,
    /// Aliases after spreading fragments.
    pub aliases: u32,
    /// Directives after spreading fragments.
    pub directives: u32,
    /// Objects asked for, page sizes multiplied.
    pub cost: u32,
}

/// Why a document is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooLarge {
    /// So many brackets that they may nest too deep to be parsed.
    #[error("a document has at most {BRACKETS} opening brackets; send values as variables")]
    Brackets,
    /// Fields nest too deep.
    #[error("fields are nested {0} deep; at most {1} are allowed")]
    Depth(u32, u32),
    /// Too many fields.
    #[error("{0} fields are asked for; at most {1} are allowed")]
    Fields(u32, u32),
    /// Too many aliases.
    #[error("{0} aliases are used; at most {1} are allowed")]
    Aliases(u32, u32),
    /// Too many directives.
    #[error("{0} directives are used; at most {1} are allowed")]
    Directives(u32, u32),
    /// Too many objects.
    #[error("about {0} objects are asked for; at most {1} are allowed; ask for smaller pages")]
    Cost(u32, u32),
    /// Too many variables.
    #[error("{0} variables are declared; at most {VARIABLES} are allowed")]
    Variables(u32),
    /// A fragment spreads itself.
    #[error("a fragment spreads itself")]
    FragmentCycle,
}

/// Refuses text with so many opening brackets that nesting them all would exhaust the parser's stack.
///
/// They are counted wherever they stand, in strings and comments too: a rule that skips those would have to read text
/// exactly as the parser does, and whatever it reads differently hides brackets from it.
pub fn check_brackets(text: &str) -> Result<(), TooLarge> {
    let opening = text.bytes().filter(|byte| matches!(byte, b'{' | b'[' | b'(')).count();
    if count(opening) > BRACKETS { Err(TooLarge::Brackets) } else { Ok(()) }
}

/// Measures `operation` of `document` and refuses it where it exceeds `limits`.
///
/// The other operations and the unused fragments are measured too: validation will walk all of them.
pub fn check(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    limits: &Limits,
) -> Result<Measure, TooLarge> {
    let defaults = document
        .operations
        .iter()
        .flat_map(|(_, operation)| &operation.node.variable_definitions)
        .filter_map(|definition| Some((&definition.node.name.node, &definition.node.default_value.as_ref()?.node)))
        .collect();
    let declared = document.operations.iter().map(|(_, operation)| operation.node.variable_definitions.len()).sum();
    if count(declared) > VARIABLES {
        return Err(TooLarge::Variables(count(declared)));
    }
    Walk::new(document, variables, defaults).check(operation, limits)
}

fn refuse(measure: Measure, limits: &Limits) -> Result<(), TooLarge> {
    let Measure { depth, fields, aliases, directives, cost } = measure;
    match () {
        () if depth > limits.depth => Err(TooLarge::Depth(depth, limits.depth)),
        () if fields > limits.fields => Err(TooLarge::Fields(fields, limits.fields)),
        () if aliases > limits.aliases => Err(TooLarge::Aliases(aliases, limits.aliases)),
        () if directives > limits.directives => Err(TooLarge::Directives(directives, limits.directives)),
        () if cost > limits.cost => Err(TooLarge::Cost(cost, limits.cost)),
        () => Ok(()),
    }
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    /// Values of variables that the caller leaves out.
    defaults: HashMap<&'a Name, &'a ConstValue>,
    /// Measured fragments; `None` while one is being measured.
    fragments: HashMap<&'a Name, Option<Measure>>,
    /// Selections that were looked at.
    steps: u64,
}

impl<'a> Walk<'a> {
    fn new(
        document: &'a ExecutableDocument,
        variables: &'a Variables,
        defaults: HashMap<&'a Name, &'a ConstValue>,
    ) -> Self {
        Self { document, variables, defaults, fragments: HashMap::new(), steps: 0 }
    }

    fn check(&mut self, operation: &'a OperationDefinition, limits: &Limits) -> Result<Measure, TooLarge> {
        // Validation walks every operation and every fragment, so it is their sum that is limited.
        let mut walked = 0u32;
        for (_, other) in self.document.operations.iter() {
            let measure = self.operation(&other.node)?;
            refuse(measure, limits)?;
            walked = walked.saturating_add(measure.fields);
        }
        for name in self.document.fragments.keys() {
            refuse(self.fragment(name, 0)?, limits)?;
        }
        if walked > limits.fields {
            return Err(TooLarge::Fields(walked, limits.fields));
        }
        self.operation(operation)
    }

    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<Measure, TooLarge> {
        let mut measure = self.selections(&operation.selection_set.node, 0)?;
        measure.directives = measure.directives.saturating_add(count(operation.directives.len()));
        Ok(measure)
    }

    fn selections(&mut self, set: &'a SelectionSet, nesting: u32) -> Result<Measure, TooLarge> {
        if nesting > NESTING {
            return Err(TooLarge::Depth(nesting, NESTING));
        }
        let mut total = Measure::default();
        for item in &set.items {
            self.steps += 1;
            let (inner, directives) = match &item.node {
                Selection::Field(field) => (self.field(&field.node, nesting)?, field.node.directives.len()),
                Selection::FragmentSpread(spread) => {
                    (self.fragment(&spread.node.fragment_name.node, nesting)?, spread.node.directives.len())
                }
                Selection::InlineFragment(inline) => {
                    let inner = self.selections(&inline.node.selection_set.node, nesting + 1)?;
                    (inner, inline.node.directives.len())
                }
            };
            total.depth = total.depth.max(inner.depth);
            total.fields = total.fields.saturating_add(inner.fields).saturating_add(1);
            total.aliases = total.aliases.saturating_add(inner.aliases);
            total.directives = total.directives.saturating_add(inner.directives).saturating_add(count(directives));
            total.cost = total.cost.saturating_add(inner.cost);
        }
        Ok(total)
    }

    fn field(&mut self, field: &'a Field, nesting: u32) -> Result<Measure, TooLarge> {
        let mut measure = self.selections(&field.selection_set.node, nesting + 1)?;
        measure.depth = measure.depth.saturating_add(1);
        measure.aliases = measure.aliases.saturating_add(u32::from(field.alias.is_some()));
        if !field.selection_set.node.items.is_empty() {
            measure.cost = measure.cost.max(1).saturating_mul(self.page_size(field));
        }
        Ok(measure)
    }

    fn fragment(&mut self, name: &'a Name, nesting: u32) -> Result<Measure, TooLarge> {
        if let Some(known) = self.fragments.get(name) {
            return known.ok_or(TooLarge::FragmentCycle);
        }
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Measure::default()) };
        self.fragments.insert(name, None);
        let measure = self.selections(&fragment.node.selection_set.node, nesting + 1)?;
        self.fragments.insert(name, Some(measure));
        Ok(measure)
    }

    /// The number of objects that a field may answer: its page size, the length of its `ids`, or what is usual.
    fn page_size(&self, field: &Field) -> u32 {
        let usual = USUAL_SIZES.iter().find(|(name, _)| *name == field.name.node.as_str()).map_or(1, |(_, size)| *size);
        let asked = field
            .arguments
            .iter()
            .filter(|(name, _)| matches!(name.node.as_str(), "first" | "last" | "ids"))
            .filter_map(|(_, value)| match &value.node {
                Value::Variable(variable) => {
                    size(self.variables.get(variable).or_else(|| self.defaults.get(variable).copied())?)
                }
                value => size(&value.clone().into_const()?),
            })
            .max();
        asked.unwrap_or(usual).max(1)
    }
}

/// The number that a page size or a list of ids stands for; none for null.
fn size(value: &ConstValue) -> Option<u32> {
    match value {
        ConstValue::Number(number) => Some(number.as_u64().map_or(1, |n| u32::try_from(n).unwrap_or(u32::MAX))),
        ConstValue::List(list) => Some(count(list.len())),
        _ => None,
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod naive;
#[cfg(test)]
mod tests;
