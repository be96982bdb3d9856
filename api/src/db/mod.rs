//! The database: connections, transactions, constraint names, pages, the tree, scopes, search tokens, sealing.
//!
//! Two engines, one code. `SQLite` has one writer and several readers; `PostgreSQL` one pool.
//! What only one engine can do hides behind one function here.

mod closure;
mod connect;
mod constraint;
pub mod document_list;
mod dump;
mod filling;
mod keys;
mod migrations;
pub mod page;
mod postgres_tools;
pub mod scope;
pub mod seal;
pub mod search;
mod tree;
mod tx;

pub use closure::{attach, detach_and_attach};
pub use connect::{ConnectError, Database, Engine};
pub use constraint::{CONSTRAINTS, violated};
pub use dump::{Contents, DumpError, contents, dump, file_contents};
pub use filling::{FillError, Filling, restore_unfinished};
pub use keys::{KeyFit, KnownKeys};
pub use migrations::{MigrationState, known_migrations, migrate, migration_state};
pub use postgres_tools::{PostgresTools, ToolError};
pub use tree::{Tree, TreeNode};
pub use tx::Tx;
