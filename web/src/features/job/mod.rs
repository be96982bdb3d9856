//! Background work: a drawer that shows what runs, which can be left and found again.

mod drawer;
mod model;
pub mod operations;
mod runs;

pub use drawer::{JobsButton, JobsHost, progress_bar};
pub use model::is_open as can_be_waited_for;
pub use runs::Runs;

use cynic::Id;
use operations::{ObligationRecompute, ObligationRecomputeInput};
use yew::prelude::*;

use crate::api::use_mutation::use_mutation;

/// Opens the drawer from wherever something was set going.
#[derive(Clone, PartialEq)]
pub struct OpenJobs(pub Callback<()>);

/// Opens the jobs drawer.
#[hook]
pub fn use_open_jobs() -> Callback<()> {
    use_context::<OpenJobs>().map(|open| open.0).unwrap_or_default()
}

/// Has the obligations of an organization and everything below it worked out again, and shows how that goes.
#[hook]
pub fn use_recompute(organization: Id) -> Callback<()> {
    let open = use_open_jobs();
    let recompute = use_mutation::<ObligationRecompute>();
    Callback::from(move |()| {
        let input = ObligationRecomputeInput { organization: organization.clone() };
        recompute.run(input, open.reform(|_| ()));
    })
}
