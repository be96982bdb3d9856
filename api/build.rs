//! Makes cargo build the binary again when the web app that is embedded in it has changed.

fn main() {
    println!("cargo::rerun-if-changed=../web/dist");
    println!("cargo::rerun-if-changed=../web/operations.json");
    println!("cargo::rustc-check-cfg=cfg(trusted_documents)");
    if std::path::Path::new("../web/operations.json").exists() {
        println!("cargo::rustc-cfg=trusted_documents");
    }
}
