//! How jobs read.

use super::operations::Job;
use crate::api::types::{JobState, PermissionCode};
use crate::i18n::{fill, format, t};

/// Whether it waits or runs, so that the drawer looks again.
pub fn is_open(job: &Job) -> bool {
    matches!(job.state, JobState::Queued | JobState::Running)
}

/// Whether the viewer can end it now.
pub fn can_cancel(job: &Job) -> bool {
    is_open(job) && !job.cancelling && job.viewer_can.contains(&PermissionCode::JobManage)
}

/// Whether the viewer can let it go on.
pub fn can_retry(job: &Job) -> bool {
    matches!(job.state, JobState::Parked | JobState::Cancelled) && job.viewer_can.contains(&PermissionCode::JobManage)
}

/// Its state in a word, with the tone of its mark.
pub fn state(job: &Job) -> (&'static str, &'static str) {
    match job.state {
        _ if job.cancelling => (t("正在停止", "Stopping"), "status--warn"),
        JobState::Queued => (t("等待", "Waiting"), ""),
        JobState::Running => (t("进行中", "Running"), "status--info"),
        JobState::Done => (t("已完成", "Done"), "status--success"),
        JobState::Parked => (t("已搁置", "Parked"), "status--danger"),
        JobState::Cancelled => (t("已取消", "Cancelled"), "status--off"),
    }
}

/// How many parts are done, in words; none where there is nothing to count yet.
pub fn progress(job: &Job) -> Option<String> {
    let total = job.total.filter(|total| is_open(job) && *total > 0)?;
    Some(fill("{0} / {1}", "{0} of {1}", &[&format::number(job.done), &format::number(total)]))
}

#[cfg(test)]
mod tests {
    use cynic::Id;

    use super::*;
    use crate::api::types::DateTime;

    fn job(state: JobState) -> Job {
        Job {
            id: Id::new("j"),
            label: "核对".to_owned(),
            state,
            done: 2,
            total: Some(5),
            result: None,
            reason: None,
            requested_by: None,
            cancelling: false,
            created_at: DateTime("2026-09-09T08:00:00Z".to_owned()),
            viewer_can: vec![PermissionCode::JobManage],
        }
    }

    #[test]
    fn a_job_can_be_ended_while_it_is_open_and_retried_when_it_stopped() {
        let can = |state| (can_cancel(&job(state)), can_retry(&job(state)));
        assert_eq!(can(JobState::Queued), (true, false));
        assert_eq!(can(JobState::Running), (true, false));
        assert_eq!(can(JobState::Done), (false, false));
        assert_eq!(can(JobState::Parked), (false, true));
        assert_eq!(can(JobState::Cancelled), (false, true));
        let foreign = Job { viewer_can: Vec::new(), ..job(JobState::Running) };
        assert_eq!((can_cancel(&foreign), can_retry(&foreign)), (false, false));
        let stopping = Job { cancelling: true, ..job(JobState::Running) };
        assert!(!can_cancel(&stopping));
    }
}
