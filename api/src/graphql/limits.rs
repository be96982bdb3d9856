//! How large a document is, counted through its fragments before anything else looks at it.
//!
//! Every fragment is measured once; sums saturate. A document of nested spreads that would expand to millions of
//! fields is refused in microseconds.
use std::collections::HashMap;

use async_graphql::Variables;
use async_graphql_parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet};
use async_graphql_value::{Name, Value};

use crate::config::Limits;

/// Deepest nesting of brackets in the text, checked before the recursive parser sees it.
const BRACKETS: u32 = 64;

/// What a document asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Nesting of fields.
    pub depth: u32,
    /// Fields after spreading fragments.
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
    /// Brackets nest too deep to be parsed.
    #[error("brackets are nested more than {BRACKETS} deep")]
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
    /// A fragment spreads itself.
    #[error("a fragment spreads itself")]
    FragmentCycle,
}

/// Refuses text whose brackets nest so deep that the parser's recursion would hurt.
pub fn check_brackets(text: &str) -> Result<(), TooLarge> {
    let mut depth = 0u32;
    for byte in text.bytes() {
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > BRACKETS {
            return Err(TooLarge::Brackets);
        }
    }
    Ok(())
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
    let mut walk = Walk { document, variables, fragments: HashMap::new() };
    for (_, other) in document.operations.iter() {
        refuse(walk.operation(&other.node)?, limits)?;
    }
    for name in document.fragments.keys() {
        refuse(walk.fragment(name)?, limits)?;
    }
    walk.operation(operation)
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
    /// Measured fragments; `None` while one is being measured.
    fragments: HashMap<&'a Name, Option<Measure>>,
}

impl<'a> Walk<'a> {
    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<Measure, TooLarge> {
        let mut measure = self.selections(&operation.selection_set.node)?;
        measure.directives = measure.directives.saturating_add(count(operation.directives.len()));
        Ok(measure)
    }

    fn selections(&mut self, set: &'a SelectionSet) -> Result<Measure, TooLarge> {
        let mut total = Measure::default();
        for item in &set.items {
            let (inner, directives) = match &item.node {
                Selection::Field(field) => (self.field(&field.node)?, field.node.directives.len()),
                Selection::FragmentSpread(spread) => {
                    (self.fragment(&spread.node.fragment_name.node)?, spread.node.directives.len())
                }
                Selection::InlineFragment(inline) => {
                    (self.selections(&inline.node.selection_set.node)?, inline.node.directives.len())
                }
            };
            total.depth = total.depth.max(inner.depth);
            total.fields = total.fields.saturating_add(inner.fields);
            total.aliases = total.aliases.saturating_add(inner.aliases);
            total.directives = total.directives.saturating_add(inner.directives).saturating_add(count(directives));
            total.cost = total.cost.saturating_add(inner.cost);
        }
        Ok(total)
    }

    fn field(&mut self, field: &'a Field) -> Result<Measure, TooLarge> {
        let mut measure = self.selections(&field.selection_set.node)?;
        measure.depth = measure.depth.saturating_add(1);
        measure.fields = measure.fields.saturating_add(1);
        measure.aliases = measure.aliases.saturating_add(u32::from(field.alias.is_some()));
        if !field.selection_set.node.items.is_empty() {
            let size = self.page_size(field);
            measure.cost = measure.cost.max(1).saturating_mul(size);
        }
        Ok(measure)
    }

    fn fragment(&mut self, name: &'a Name) -> Result<Measure, TooLarge> {
        if let Some(known) = self.fragments.get(name) {
            return known.ok_or(TooLarge::FragmentCycle);
        }
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Measure::default()) };
        self.fragments.insert(name, None);
        let measure = self.selections(&fragment.node.selection_set.node)?;
        self.fragments.insert(name, Some(measure));
        Ok(measure)
    }

    /// The number of objects that a field may answer: its page size, or the length of its `ids`.
    fn page_size(&self, field: &Field) -> u32 {
        let mut size = 1;
        for (name, value) in &field.arguments {
            let counted = matches!(name.node.as_str(), "first" | "last" | "ids");
            let value = match &value.node {
                Value::Variable(variable) if counted => self.variables.get(variable).cloned().map(Value::from),
                value if counted => Some(value.clone()),
                _ => None,
            };
            size = match value {
                Some(Value::Number(number)) => number.as_u64().map_or(1, |n| u32::try_from(n).unwrap_or(u32::MAX)),
                Some(Value::List(list)) => count(list.len()),
                _ => continue,
            };
        }
        size.max(1)
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
