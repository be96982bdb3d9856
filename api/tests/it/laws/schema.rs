//! The contract in the repository is the contract that is served.
use std::path::Path;

use jianghai::graphql::schema;

#[test]
fn the_contract_in_the_repository_is_the_one_that_is_served() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let served = schema::sdl();
    if std::env::var_os("JIANGHAI_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, &served).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(
        kept == served,
        "api/schema.graphql differs from the schema of the code; run `JIANGHAI_WRITE_SCHEMA=1 cargo test -p api --features testing --test it the_contract` and review the difference"
    );
}

#[test]
fn every_item_of_the_contract_has_a_description() {
    let served = schema::sdl();
    let mut undescribed = Vec::new();
    let mut described = false;
    let mut inside_arguments = false;
    let mut in_description = false;
    for line in served.lines() {
        let text = line.trim();
        if text.starts_with('"') && !text.starts_with("\"\"\"") && !in_description {
            described = true;
            continue;
        }
        if text.starts_with("\"\"\"") || in_description {
            let quotes = text.matches("\"\"\"").count();
            in_description = if in_description { quotes == 0 } else { quotes == 1 };
            described = true;
            continue;
        }
        let is_item = !text.is_empty()
            && !text.starts_with(['}', ')', '#', '@'])
            && !text.starts_with("schema")
            && !text.starts_with("query:")
            && !text.starts_with("mutation:")
            && !text.starts_with("subscription:")
            && !text.starts_with("directive");
        if is_item && !described && !inside_arguments {
            undescribed.push(text.to_owned());
        }
        inside_arguments = text.ends_with('(') || (inside_arguments && !text.starts_with(')'));
        described = false;
    }
    assert_eq!(undescribed, Vec::<String>::new());
}

#[test]
fn every_connection_has_a_usual_size_by_which_its_cost_is_counted() {
    let known: Vec<&str> = jianghai::graphql::limits::USUAL_SIZES.iter().map(|(name, _)| *name).collect();
    let served = schema::sdl();
    let connections = served.lines().map(str::trim).filter(|line| line.ends_with("Connection!"));
    let names: Vec<&str> = connections.map(|line| line.split(['(', ':']).next().unwrap()).collect();
    assert!(names.len() > 5);
    let unknown: Vec<&&str> = names.iter().filter(|name| !name.starts_with(')') && !known.contains(name)).collect();
    assert_eq!(unknown, Vec::<&&str>::new());
}

/// Protected fields are masked whatever the role. A filter or sort by one would tell what the mask hides; one that is
/// added asks for the right in the whole scope and answers `FIELD_NOT_READABLE` without it.
#[test]
fn no_list_is_narrowed_or_sorted_by_a_protected_field() {
    let protected = ["phone", "identity", "address", "birth"];
    let served = schema::sdl();
    let (mut inside, mut seen) = (false, 0);
    for line in served.lines() {
        let named = |kind: &str, word: &str| line.starts_with(kind) && line.contains(word);
        inside = named("input ", "Filter") || named("enum ", "OrderField") || (inside && line != "}");
        let name = line.trim().split([':', ' ']).next().unwrap().to_lowercase();
        if inside && !name.starts_with('"') {
            seen += 1;
            assert!(protected.iter().all(|field| !name.replace('_', "").contains(field)), "{line}");
        }
    }
    assert!(seen > 40, "{seen}");
}
