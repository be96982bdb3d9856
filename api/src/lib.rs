//! Jianghai: grassroots Party-building work of a city. This file only wires.

pub mod authz;
pub mod clock;
pub mod db;
pub mod demo;
