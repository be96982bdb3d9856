//! The daily half of the app: workbenches, organizations, persons.

fn main() {
    web::daily();
}
