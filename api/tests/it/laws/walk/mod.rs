//! Walkers over the contract: what is added to it is covered the day it is written.
mod contract;
mod furnish;
mod nodes;
mod oracle;
mod questions;
