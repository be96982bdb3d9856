//! Background work that outlives the request, the process and the replica that began it.
//!
//! A [`Work`] is a kind of job. Its rows are claimed by lease: a worker that dies loses the lease, and another one goes
//! on at the last checkpoint. A step and its checkpoint are one transaction that only the holder of the lease can
//! commit, so that nothing is done twice. Failures are tried again with growing pauses and end parked, with the reason.
//! What runs by schedule is unique by kind and moment, so that several replicas run it once.

mod run;
mod schedule;
mod store;
#[cfg(test)]
mod tests;
mod work;
mod worker;

pub use run::{JobRun, Step};
pub use schedule::Daily;
pub use store::{NewJob, enqueue};
pub use work::{JobError, Listener, Sentence, Work};
pub use worker::Jobs;
