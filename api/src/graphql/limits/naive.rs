//! The count again, by walking through everything as often as it is spread: the same on every small document, and far
//! more work on a hostile one.
use async_graphql_parser::{
    parse_query,
    types::{ExecutableDocument, Selection, SelectionSet},
};
use async_graphql_value::ConstValue;
use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

/// Nothing is refused for its size.
const UNBOUNDED: Limits =
    Limits { depth: u32::MAX, fields: u32::MAX, aliases: u32::MAX, directives: u32::MAX, cost: u32::MAX, ..USUAL };

const USUAL: Limits = Limits {
    depth: 16,
    fields: 1_000,
    aliases: 50,
    directives: 50,
    cost: 20_000,
    cost_per_minute: 1,
    body_bytes: 1,
    seconds: 1,
    head_seconds: 1,
    body_seconds: 1,
    connections: 1,
    requests_running: None,
    requests_waiting: 1,
    sockets_per_account: 1,
    subscriptions_per_socket: 1,
    socket_init_seconds: 1,
    socket_send_seconds: 1,
};

#[derive(Default)]
struct Naive {
    depth: u64,
    fields: u64,
    aliases: u64,
    directives: u64,
    cost: u64,
}

impl Naive {
    /// What `set` asks for; none where a fragment on the way `through` to it is met again.
    fn of(document: &ExecutableDocument, set: &SelectionSet, through: &mut Vec<String>) -> Option<Self> {
        let mut total = Self::default();
        for item in &set.items {
            let (inner, directives) = match &item.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let mut inner = Self::of(document, &field.selection_set.node, through)?;
                    inner.depth += 1;
                    inner.aliases += u64::from(field.alias.is_some());
                    if !field.selection_set.node.items.is_empty() {
                        inner.cost = inner.cost.max(1) * pages(field);
                    }
                    (inner, field.directives.len())
                }
                Selection::InlineFragment(inline) => {
                    let inner = Self::of(document, &inline.node.selection_set.node, through)?;
                    (inner, inline.node.directives.len())
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.to_string();
                    if through.contains(&name) {
                        return None;
                    }
                    let inner = match document.fragments.get(name.as_str()) {
                        None => Self::default(),
                        Some(fragment) => {
                            through.push(name);
                            let inner = Self::of(document, &fragment.node.selection_set.node, through)?;
                            through.pop();
                            inner
                        }
                    };
                    (inner, spread.node.directives.len())
                }
            };
            total.depth = total.depth.max(inner.depth);
            total.fields += inner.fields + 1;
            total.aliases += inner.aliases;
            total.directives += inner.directives + u64::try_from(directives).unwrap();
            total.cost += inner.cost;
        }
        Some(total)
    }

    fn measure(&self) -> Measure {
        let capped = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        Measure {
            depth: capped(self.depth),
            fields: capped(self.fields),
            aliases: capped(self.aliases),
            directives: capped(self.directives),
            cost: capped(self.cost),
        }
    }
}

fn pages(field: &Field) -> u64 {
    let usual = USUAL_SIZES.iter().find(|(name, _)| *name == field.name.node.as_str()).map_or(1, |(_, size)| *size);
    let asked = field.arguments.iter().find(|(name, _)| name.node == "first");
    match asked.map(|(_, value)| value.node.clone().into_const()) {
        Some(Some(ConstValue::Number(number))) => number.as_u64().unwrap_or(1).max(1),
        _ => u64::from(usual),
    }
}

/// Selections written in a set, without spreading anything.
fn written(set: &SelectionSet) -> u64 {
    let inner = |item: &Selection| match item {
        Selection::Field(field) => written(&field.node.selection_set.node),
        Selection::InlineFragment(inline) => written(&inline.node.selection_set.node),
        Selection::FragmentSpread(_) => 0,
    };
    set.items.iter().map(|item| 1 + inner(&item.node)).sum()
}

/// One to five selections, in braces.
fn selections() -> impl Strategy<Value = String> {
    let directive = select(vec!["", "", "", " @skip(if: true)", " @include(if: true) @skip(if: false)"]);
    let spread = (0..7_u32, directive.clone()).prop_map(|(n, directive)| format!("...f{n}{directive}"));
    let alias = select(vec!["", "", "x: "]);
    let leaf = (alias.clone(), directive.clone()).prop_map(|(alias, directive)| format!("{alias}name{directive}"));
    let braced = |items: Vec<String>| format!("{{ {} }}", items.join(" "));
    let one = prop_oneof![3 => leaf, 2 => spread];
    let nested = one.prop_recursive(3, 24, 4, move |inner| {
        let field = select(vec!["viewer", "members", "organizations(first: 7)", "children(first: -1)", "nodes"]);
        let set = vec(inner, 1..4).prop_map(braced);
        prop_oneof![
            (alias.clone(), field, directive.clone(), set.clone())
                .prop_map(|(alias, field, directive, set)| format!("{alias}{field}{directive} {set}")),
            (directive.clone(), set).prop_map(|(directive, set)| format!("... on Query{directive} {set}")),
        ]
    });
    vec(nested, 1..5).prop_map(braced)
}

/// Documents with up to three operations and up to six fragments, which spread each other and themselves.
fn documents() -> impl Strategy<Value = String> {
    (vec(selections(), 1..4), vec(selections(), 0..6)).prop_map(|(operations, fragments)| {
        let operations = operations.iter().enumerate().map(|(n, set)| format!("query q{n} {set} "));
        let fragments = fragments.iter().enumerate().map(|(n, set)| format!("fragment f{n} on Query {set} "));
        operations.chain(fragments).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_counted_once_is_what_walking_through_everything_counts_in_bounded_work(text in documents()) {
        let document = parse_query(&text).unwrap();
        let variables = Variables::default();
        let sets = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
        let sets = sets.chain(document.fragments.values().map(|fragment| &fragment.node.selection_set.node));
        let most = 2 * sets.clone().map(written).sum::<u64>();
        let whole: Option<Vec<Naive>> = sets.map(|set| Naive::of(&document, set, &mut Vec::new())).collect();
        for (_, operation) in document.operations.iter() {
            let mut walk = Walk::new(&document, &variables, HashMap::new());
            let counted = walk.check(&operation.node, &UNBOUNDED);
            prop_assert!(walk.steps <= most, "{} steps, at most {most}", walk.steps);
            let expected = whole.as_ref().map(|_| {
                Naive::of(&document, &operation.node.selection_set.node, &mut Vec::new()).unwrap().measure()
            });
            prop_assert_eq!(counted, expected.ok_or(TooLarge::FragmentCycle));
            let (limited, usual) = (check(&document, &operation.node, &variables, &USUAL), counted.ok());
            prop_assert!(limited.is_err() || limited.ok() == usual, "a limit changes what is counted");
        }
    }
}

#[test]
fn what_would_spread_to_a_million_fields_is_refused_in_as_many_steps_as_are_written() {
    let doubled = |n: u32| format!("fragment f{n} on Query {{ ...f{} ...f{} }} ", n + 1, n + 1);
    let text =
        (0..60).map(doubled).fold("{ ...f0 } fragment f60 on Query { name } ".to_owned(), |text, next| text + &next);
    let document = parse_query(&text).unwrap();
    let (_, operation) = document.operations.iter().next().unwrap();
    let variables = Variables::default();
    let mut walk = Walk::new(&document, &variables, HashMap::new());
    assert_eq!(walk.check(&operation.node, &USUAL), Err(TooLarge::Fields(u32::MAX, USUAL.fields)));
    assert_eq!(walk.steps, 122);
}

#[test]
fn a_number_that_is_none_is_one_page() {
    for (size, cost) in [("4294967296", u32::MAX), ("-1", 1), ("0", 1), ("1e30", 1), ("null", 50), ("99", 99)] {
        let document = parse_query(format!("{{ members(first: {size}) {{ name }} }}")).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let measured = check(&document, &operation.node, &Variables::default(), &UNBOUNDED);
        assert_eq!(measured.map(|measure| measure.cost), Ok(cost), "{size}");
    }
}
