//! Makes cargo build the binary again when what is embedded in it has changed.
use std::{fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Cargo takes a path that does not exist for changed, every time; so the folder of the web app always exists.
    let app = Path::new("../web/dist");
    if fs::create_dir_all(app).is_ok() {
        println!("cargo::rerun-if-changed={}", app.display());
    }
    println!("cargo::rustc-check-cfg=cfg(trusted_documents)");
    let documents = Path::new("../web/operations.json");
    if documents.exists() {
        println!("cargo::rerun-if-changed={}", documents.display());
        println!("cargo::rustc-cfg=trusted_documents");
    }
}
