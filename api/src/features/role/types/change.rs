//! Inputs and payloads of changes to roles.
use async_graphql::{ID, InputObject, SimpleObject};

use super::{Role, Workbench};
use crate::{authz::Permission, graphql::UserError};

/// A new role. What is left out comes from the role to copy.
#[derive(InputObject)]
pub struct RoleCreateInput {
    /// The role to copy, shipped or own.
    pub from: Option<ID>,
    /// Name in Chinese, at most 40 characters; no other role has it.
    pub name: String,
    /// Name in English; that in Chinese where it is left out.
    pub name_en: Option<String>,
    /// What it is for, in Chinese, at most 200 characters.
    pub sentence: Option<String>,
    /// What it is for, in English, at most 200 characters.
    pub sentence_en: Option<String>,
    /// What the app opens to; needed where no role is copied.
    pub workbench: Option<Workbench>,
    /// Permissions that the holder uses.
    pub permissions: Option<Vec<Permission>>,
    /// Permissions that the holder hands on.
    pub pass_on: Option<Vec<Permission>>,
    /// Makes a repeated call work once.
    pub idempotency_key: Option<String>,
}

/// What became of `roleCreate`.
#[derive(SimpleObject)]
pub struct RoleCreatePayload {
    /// The new role; null where there are user errors.
    pub role: Option<Role>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// What a role shall be. What is left out stays.
#[derive(InputObject)]
pub struct RoleUpdateInput {
    /// The role.
    pub role: ID,
    /// Name in Chinese, at most 40 characters; no other role has it.
    pub name: Option<String>,
    /// Name in English; that in Chinese where it is empty.
    pub name_en: Option<String>,
    /// What it is for, in Chinese, at most 200 characters.
    pub sentence: Option<String>,
    /// What it is for, in English, at most 200 characters.
    pub sentence_en: Option<String>,
    /// What the app opens to.
    pub workbench: Option<Workbench>,
    /// All permissions that the holder uses.
    pub permissions: Option<Vec<Permission>>,
    /// All permissions that the holder hands on.
    pub pass_on: Option<Vec<Permission>>,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `roleUpdate`.
#[derive(SimpleObject)]
pub struct RoleUpdatePayload {
    /// The changed role; its current state on a conflict.
    pub role: Option<Role>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// A role that shall no longer be given.
#[derive(InputObject)]
pub struct RoleArchiveInput {
    /// The role.
    pub role: ID,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `roleArchive`.
#[derive(SimpleObject)]
pub struct RoleArchivePayload {
    /// The archived role; its current state on a conflict.
    pub role: Option<Role>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An archived role that shall be given again.
#[derive(InputObject)]
pub struct RoleRestoreInput {
    /// The role.
    pub role: ID,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `roleRestore`.
#[derive(SimpleObject)]
pub struct RoleRestorePayload {
    /// The restored role; its current state on a conflict.
    pub role: Option<Role>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
