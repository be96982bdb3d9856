//! Registers the API's schema, so that every operation is checked against it while compiling.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    cynic_codegen::register_schema("jianghai").from_sdl_file("../api/schema.graphql")?.as_default()?;
    Ok(())
}
