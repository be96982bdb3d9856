//! Decisions of the inbox: what a notification says and where it leads.

use super::operations::{DailyDigest, DigestDuty, Notification, ToldGrant, ToldObligation};
use crate::api::types::{Labelled, NotificationKind};
use crate::i18n::{fill, format, t};
use crate::routes::{address, person};

/// What a notification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub title: String,
    /// More about it.
    pub lines: Vec<String>,
    /// Where it leads.
    pub to: Option<String>,
}

/// The number on the bell.
pub fn badge(unread: i32) -> String {
    if unread > 99 { "99+".to_owned() } else { unread.to_string() }
}

/// The name of the bell.
pub fn bell_label(unread: i32) -> String {
    match unread {
        0 => t("通知", "Notifications").to_owned(),
        _ => fill("通知，{0} 条未读", "Notifications, {0} unread", &[&format::number(unread)]),
    }
}

/// What `row` says. Of what may no longer be seen it says so.
pub fn told(row: &Notification) -> Told {
    let kind = row.kind.label();
    let hidden = || Told {
        title: kind.to_owned(),
        lines: vec![t("相关内容已看不到了。", "What it is about can no longer be seen.").to_owned()],
        to: None,
    };
    match row.kind {
        NotificationKind::DutyNew | NotificationKind::DutyOverdue => {
            row.obligation.as_ref().map_or_else(hidden, |obligation| duty(kind, obligation))
        }
        NotificationKind::GrantBegins | NotificationKind::GrantEnds => {
            row.grant.as_ref().map_or_else(hidden, |grant| role(kind, grant, "/me?tab=roles"))
        }
        NotificationKind::GrantWaiting => row.grant.as_ref().map_or_else(hidden, |grant| role(kind, grant, "/desk")),
        NotificationKind::ErasureWaiting => row.person.as_ref().map_or_else(hidden, |who| Told {
            title: kind.to_owned(),
            lines: vec![who.name.clone()],
            to: Some(person(&who.id)),
        }),
        NotificationKind::ReportAnswered => row.report.as_ref().map_or_else(hidden, |report| Told {
            title: kind.to_owned(),
            lines: [Some(report.text.clone()), report.answer.as_ref().map(|text| said(text))]
                .into_iter()
                .flatten()
                .collect(),
            to: None,
        }),
        NotificationKind::JobDone | NotificationKind::JobParked => row.job.as_ref().map_or_else(hidden, |job| Told {
            title: format!("{kind}{}{}", t("：", ": "), job.label),
            lines: job.result.iter().chain(&job.reason).cloned().collect(),
            to: None,
        }),
        NotificationKind::DailyDigest => row.digest.as_ref().map_or_else(hidden, digest),
    }
}

fn said(answer: &str) -> String {
    fill("答复：{0}", "Answer: {0}", &[answer])
}

fn duty(kind: &str, obligation: &ToldObligation) -> Told {
    let place = obligation.organization.as_ref();
    let subject = obligation.person.as_ref().map(|who| who.name.as_str()).or(place.map(|place| place.name.as_str()));
    let due = fill("期限 {0}", "due {0}", &[&format::day(&obligation.due_on.0)]);
    Told {
        title: format!("{kind}{}{}", t("：", ": "), obligation.kind.label()),
        lines: vec![format!("{}{}{due}", subject.unwrap_or_default(), t("，", ", "))],
        to: place.map(|place| {
            address("/workbench/secretary", &[("organization", place.id.inner()), ("kind", obligation.kind.code())])
        }),
    }
}

fn role(kind: &str, grant: &ToldGrant, to: &str) -> Told {
    let name = grant.role.as_ref().map_or(t("某角色", "a role"), |role| role.name.as_str());
    let place = grant.organization.as_ref().map_or(t("本人", "oneself"), |place| place.name.as_str());
    let period = match &grant.until {
        Some(until) => {
            fill("{0} 起，{1} 止", "from {0} until {1}", &[&format::day(&grant.from.0), &format::day(&until.0)])
        }
        None => fill("{0} 起", "from {0}", &[&format::day(&grant.from.0)]),
    };
    Told {
        title: format!("{kind}{}{name}", t("：", ": ")),
        lines: vec![format!("{place}{}{period}", t("，", ", "))],
        to: Some(to.to_owned()),
    }
}

/// Open and overdue duties of all kinds.
fn sums(duties: &[DigestDuty]) -> (i32, i32) {
    duties.iter().fold((0, 0), |(open, overdue), duty| (open + duty.open, overdue + duty.overdue))
}

fn digest(digest: &DailyDigest) -> Told {
    let (open, overdue) = sums(&digest.duties);
    let title = fill(
        "今日汇总：待办 {0} 件，逾期 {1} 件",
        "Today: {0} to do, {1} overdue",
        &[&format::number(open), &format::number(overdue)],
    );
    let duties = digest.duties.iter().map(|duty| {
        fill(
            "{0} {1} 件，逾期 {2} 件",
            "{0}: {1}, {2} overdue",
            &[duty.kind.label(), &format::number(duty.open), &format::number(duty.overdue)],
        )
    });
    let unread = digest.unread.iter().map(|unread| {
        fill("未读通知：{0} {1} 条", "Unread: {0}, {1}", &[unread.kind.label(), &format::number(unread.count)])
    });
    Told { title, lines: duties.chain(unread).collect(), to: Some("/".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::types::{DateTime, ObligationKind};

    fn row(kind: NotificationKind) -> Notification {
        Notification {
            id: cynic::Id::new("n"),
            kind,
            made_at: DateTime("2026-09-09T00:00:00Z".to_owned()),
            read_at: None,
            obligation: None,
            grant: None,
            person: None,
            report: None,
            job: None,
            digest: None,
        }
    }

    #[test]
    fn what_may_no_longer_be_seen_says_so_and_leads_nowhere() {
        for kind in NotificationKind::ALL {
            let told = told(&row(*kind));
            assert_eq!((told.lines.len(), told.to), (1, None), "{kind:?}");
        }
    }

    #[test]
    fn a_digest_sums_up_all_kinds() {
        let duty = |open, overdue| DigestDuty { kind: ObligationKind::ReelectionDue, open, overdue };
        assert_eq!(sums(&[duty(3, 1), duty(2, 0)]), (5, 1));
        assert_eq!(sums(&[]), (0, 0));
    }

    #[test]
    fn the_bell_counts_to_99() {
        assert_eq!((badge(99), badge(100)), ("99".to_owned(), "99+".to_owned()));
    }
}
