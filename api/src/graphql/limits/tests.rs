//! What is counted, and that counting is bounded work.
use async_graphql_parser::parse_query;

use super::*;

fn measured(text: &str) -> Result<Measure, TooLarge> {
    check_brackets(text)?;
    let document = parse_query(text).unwrap();
    let (_, operation) = document.operations.iter().next().unwrap();
    check(&document, &operation.node, &Variables::default(), &Limits::default())
}

#[test]
fn no_string_and_no_comment_hides_a_bracket() {
    let deep = format!("{}{}", "[".repeat(400), "]".repeat(400));
    let hidden = ["", "\"a\"\"\"\" \n \"\"\" ", "\"\"\" x \"", "\"\"\"\\\\\"\"\"", "#\u{2028}", "\"\\\""];
    for prefix in hidden {
        assert_eq!(check_brackets(&format!("{{a(x:[{prefix}{deep} ])}}")), Err(TooLarge::Brackets), "{prefix}");
    }
    for (open, close) in [("[#]\n", "]"), ("[\"]\"", "]"), ("{a:#}\n", "}")] {
        let text = format!("{{a(x:{}1{})}}", open.repeat(300), close.repeat(300));
        assert_eq!(check_brackets(&text), Err(TooLarge::Brackets), "{open}");
    }
}

#[test]
fn the_parser_survives_what_is_let_through() {
    let text = format!("{{a(x:{}{})}}", "[".repeat(198), "]".repeat(198));
    assert_eq!(check_brackets(&text), Ok(()));
    assert!(parse_query(&text).is_ok());
}

#[test]
fn many_operations_are_limited_by_their_sum() {
    let fields = "__typename ".repeat(200);
    let operations: String = ["a", "b", "c", "d", "e", "f"].map(|name| format!("query {name} {{ ...F }} ")).concat();
    let text = format!("{operations} fragment F on Query {{ {fields} }}");
    assert!(matches!(measured(&text), Err(TooLarge::Fields(..))));
}

#[test]
fn the_schema_is_read_once_but_not_in_circles() {
    let types = "{ __schema { types { name fields { name args { name type { name ofType { name } } } type { name } }
        inputFields { name type { name } } enumValues { name } possibleTypes { name } interfaces { name } } } }";
    assert!(measured(types).is_ok());
    let circle = "{ __type(name: \"Node\") { possibleTypes { interfaces { possibleTypes { interfaces { possibleTypes
        { interfaces { possibleTypes { interfaces { name } } } } } } } } } }";
    assert!(matches!(measured(circle), Err(TooLarge::Cost(..))));
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
    let chain = (0..150).map(link).fold(String::new(), |chain, next| chain + &next);
    assert!(matches!(measured(&format!("{{ ...f0 }}{chain}")), Err(TooLarge::Depth(..))));
}

#[test]
fn page_sizes_count_where_they_are_left_out_or_come_from_a_default() {
    let nested = |size: &str| {
        format!("organizations{size} {{ nodes {{ members{size} {{ nodes {{ id person {{ id }} }} }} }} }}")
    };
    assert_eq!(measured(&format!("{{ {} }}", nested(""))).map(|measure| measure.cost), Ok(2_500));
    assert_eq!(measured(&format!("query($n: Int = 100) {{ {} }}", nested("(first: $n)"))).map(|m| m.cost), Ok(10_000));
    let deep = "query($n: Int = 100) { organizations(first: $n) { nodes { children(first: $n) { nodes { members(first: $n) { nodes { id } } } } } } }";
    assert!(matches!(measured(deep), Err(TooLarge::Cost(..))));
}
