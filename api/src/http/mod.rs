//! actix only: routes, the GraphQL endpoint, sign-in, SPA files, health.

pub mod tokens;
