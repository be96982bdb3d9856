//! Registers the API's schema, so that every operation is checked against it while compiling, and lists the ids of the documents.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

const OPERATIONS: &str = "operations.json";

fn main() -> Result<(), Box<dyn Error>> {
    cynic_codegen::register_schema("jianghai").from_sdl_file("../api/schema.graphql")?.as_default()?;
    println!("cargo::rerun-if-changed={OPERATIONS}");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("documents.rs"), documents()?)?;
    Ok(())
}

/// The source of a list of operation names with the ids of their documents.
fn documents() -> Result<String, Box<dyn Error>> {
    let operations: BTreeMap<String, String> = serde_json::from_str(&fs::read_to_string(OPERATIONS)?)?;
    let pairs: Vec<_> = operations.iter().filter_map(|(id, text)| Some((operation_name(text)?, id))).collect();
    Ok(format!("&{pairs:?}"))
}

/// The name in a document such as `query MembersQuery($first: Int) { …`.
fn operation_name(document: &str) -> Option<&str> {
    document.split(|letter: char| !letter.is_alphanumeric()).nth(1)
}
