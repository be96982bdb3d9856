//! How large a document is, counted through its fragments before anything else looks at it.
//!
//! Every fragment is measured once; sums saturate. A document of nested spreads that would expand to millions of
//! fields is refused in microseconds.
use std::collections::HashMap;

use async_graphql::Variables;
use async_graphql_parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet};
use async_graphql_value::{ConstValue, Name, Value};

use crate::config::Limits;

/// Deepest nesting of brackets in the text, checked before the recursive parser sees it.
const BRACKETS: u32 = 64;

/// Deepest nesting of fields and fragments in each other, so that walking them cannot exhaust the stack.
const NESTING: u32 = 64;

/// Objects that a list answers where the caller says no number.
pub const USUAL_SIZES: &[(&str, u32)] = &[
    ("accounts", 50),
    ("auditEntries", 50),
    ("children", 50),
    ("members", 50),
    ("obligations", 50),
    ("organizations", 50),
    ("problemReports", 50),
    ("history", 10),
    ("ancestors", 6),
    ("posts", 6),
    ("affiliations", 4),
    ("grants", 4),
    ("sessions", 4),
    ("contacts", 2),
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

/// Refuses text whose brackets nest so deep that the parser's recursion would hurt. Brackets in strings and comments
/// are none: a closing one there would hide an opening one elsewhere.
pub fn check_brackets(text: &str) -> Result<(), TooLarge> {
    let mut depth = 0u32;
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            b'#' => rest = skip_until(after, |rest| matches!(rest.first(), Some(b'\n' | b'\r'))),
            b'"' if after.starts_with(b"\"\"") => rest = skip_until(after.get(2..).unwrap_or_default(), closes_block),
            b'"' => rest = skip_until(after, |rest| matches!(rest.first(), Some(b'"' | b'\n' | b'\r'))),
            _ => {}
        }
        if depth > BRACKETS {
            return Err(TooLarge::Brackets);
        }
    }
    Ok(())
}

/// What follows the first place that `ends`; a backslash takes the sign behind it along.
fn skip_until(mut rest: &[u8], ends: impl Fn(&[u8]) -> bool) -> &[u8] {
    while !rest.is_empty() {
        if ends(rest) {
            let length = if closes_block(rest) { 3 } else { 1 };
            return rest.get(length..).unwrap_or_default();
        }
        let escaped = rest.first() == Some(&b'\\') && !rest.get(1).is_some_and(|next| matches!(next, b'\n' | b'\r'));
        rest = rest.get(if escaped { 2 } else { 1 }..).unwrap_or_default();
    }
    rest
}

fn closes_block(rest: &[u8]) -> bool {
    rest.starts_with(b"\"\"\"")
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
    let mut walk = Walk { document, variables, defaults, fragments: HashMap::new() };
    for (_, other) in document.operations.iter() {
        refuse(walk.operation(&other.node)?, limits)?;
    }
    for name in document.fragments.keys() {
        refuse(walk.fragment(name, 0)?, limits)?;
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
    /// Values of variables that the caller leaves out.
    defaults: HashMap<&'a Name, &'a ConstValue>,
    /// Measured fragments; `None` while one is being measured.
    fragments: HashMap<&'a Name, Option<Measure>>,
}

impl<'a> Walk<'a> {
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
mod tests {
    use async_graphql_parser::parse_query;

    use super::*;

    fn measured(text: &str) -> Result<Measure, TooLarge> {
        check_brackets(text)?;
        let document = parse_query(text).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        check(&document, &operation.node, &Variables::default(), &Limits::default())
    }

    #[test]
    fn a_closing_bracket_in_a_comment_or_a_string_hides_nothing() {
        for (open, close) in
            [("[#]\n", "]"), ("[\"]\"", "]"), ("{a:#}\n", "}"), ("[\"\"\"]\"\"\"", "]"), ("[\"\\\"]\"", "]")]
        {
            let text = format!("{{a(x:{}1{})}}", open.repeat(200), close.repeat(200));
            assert_eq!(check_brackets(&text), Err(TooLarge::Brackets), "{open}");
        }
        assert_eq!(check_brackets("{ a(x: \"[[[[\", y: \"\"\"{{{{\"\"\") # [[[[[\n }"), Ok(()));
    }

    #[test]
    fn fragments_that_spread_nothing_are_counted_as_well() {
        let spread = |n: i32| format!(" fragment f{n} on Query {{ ...f{} ...f{} }}", n + 1, n + 1);
        let mut text = (0..28).map(spread).fold("{ ...f0 }".to_owned(), |text, next| text + &next);
        text += " fragment f28 on Query { ...nothing }";
        assert!(matches!(measured(&text), Err(TooLarge::Fields(..))));
    }

    #[test]
    fn a_long_chain_of_fragments_is_refused_before_it_is_climbed() {
        let link = |n: i32| format!(" fragment f{n} on Query {{ ...f{} }}", n + 1);
        let chain = (0..4_000).map(link).fold(String::new(), |chain, next| chain + &next);
        assert!(matches!(measured(&format!("{{ ...f0 }}{chain}")), Err(TooLarge::Depth(..))));
    }

    #[test]
    fn page_sizes_count_where_they_are_left_out_or_come_from_a_default() {
        let nested = |size: &str| {
            format!("organizations{size} {{ nodes {{ members{size} {{ nodes {{ id person {{ id }} }} }} }} }}")
        };
        assert_eq!(measured(&format!("{{ {} }}", nested(""))).map(|measure| measure.cost), Ok(2_500));
        assert_eq!(
            measured(&format!("query($n: Int = 100) {{ {} }}", nested("(first: $n)"))).map(|m| m.cost),
            Ok(10_000)
        );
        let deep = "query($n: Int = 100) { organizations(first: $n) { nodes { children(first: $n) { nodes { members(first: $n) { nodes { id } } } } } } }";
        assert!(matches!(measured(deep), Err(TooLarge::Cost(..))));
    }
}
