//! The domain-free kit: what pages are composed of.

pub mod async_view;
pub mod browser;
pub mod button;
pub mod chart;
pub mod combobox;
pub mod conflict;
pub mod dialog;
pub mod field;
pub mod form;
pub mod form_dialog;
pub mod icon;
pub mod menu;
pub mod notice;
pub mod page;
pub mod pagination;
pub mod qr;
pub mod table;
pub mod tabs;
pub mod toast;
pub mod tree;
