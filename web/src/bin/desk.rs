//! The desk: accounts, audit, problem reports.

fn main() {
    web::desk();
}
