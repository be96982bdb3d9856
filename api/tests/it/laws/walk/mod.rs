//! Walkers over the contract: what is added to it is covered the day it is written.
mod budget;
mod contract;
mod furnish;
mod inputs;
mod mutations;
mod nodes;
mod oracle;
mod questions;
mod subscriptions;
