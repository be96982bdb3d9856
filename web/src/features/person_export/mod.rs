//! The own data as a file: asked for, put together in the background, fetched for a week.

pub mod operations;
mod panel;

pub use panel::ExportPanel;
