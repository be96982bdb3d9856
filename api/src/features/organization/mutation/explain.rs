//! What each error of an organization's use cases reads like.
use entity::organization;

use crate::{
    features::organization::service,
    graphql::{Explain, Explained, Problem, UserErrorCode},
};

fn fault(fault: service::Fault) -> Problem {
    use UserErrorCode::{Invalid, OutOfRange};
    use service::Fault;
    match fault {
        Fault::NameEmpty => Problem::required(&["name"], "名称", "The name"),
        Fault::NameTooLong => Problem::too_long(&["name"], 100, "名称", "The name"),
        Fault::CodeEmpty => Problem::required(&["code"], "代码", "The code"),
        Fault::CodeTooLong => Problem::too_long(&["code"], 32, "代码", "The code"),
        Fault::CodeSigns => Problem::new(
            &["code"],
            Invalid,
            "代码只能用字母、数字和连字符，例如 A-01。",
            "A code has letters, digits and hyphens only, such as A-01.",
        ),
        Fault::SortKeySigns => Problem::new(
            &["sortKey"],
            Invalid,
            "排序拼音只能用小写字母、数字和空格，例如 hong qiao。",
            "A sort key has lower-case letters, digits and blanks only, such as hong qiao.",
        ),
        Fault::FormWithoutBranch => Problem::new(
            &["branchForm"],
            Invalid,
            "只有党支部有设置方式，去掉它或改选党支部。",
            "Only a branch has a form; leave it out or choose the kind branch.",
        ),
        Fault::FoundedLater => Problem::new(
            &["foundedOn"],
            OutOfRange,
            "成立日期不能晚于今天。",
            "The day of founding cannot lie in the future.",
        ),
        Fault::PhoneSigns => Problem::new(
            &["officePhone"],
            Invalid,
            "办公电话只能用数字、空格和连字符，例如 0513-0000 0000。",
            "A telephone number has digits, blanks and hyphens only, such as 0513-0000 0000.",
        ),
        Fault::PhoneTooLong => Problem::too_long(&["officePhone"], 40, "办公电话", "The telephone number"),
        Fault::AddressTooLong => Problem::too_long(&["officeAddress"], 200, "办公地址", "The address"),
    }
}

fn code_taken() -> Problem {
    let code = UserErrorCode::Duplicate;
    Problem::new(
        &["code"],
        code,
        "同一上级下已有组织用了这个代码，换一个代码。",
        "Another organization below the same one has this code; choose another.",
    )
}

fn archived() -> Problem {
    let code = UserErrorCode::Archived;
    Problem::new(
        &["organization"],
        code,
        "这个组织已归档，先恢复再修改。",
        "This organization is archived; restore it first.",
    )
}

fn day_out_of_range() -> Problem {
    let code = UserErrorCode::OutOfRange;
    Problem::new(
        &["effectiveOn"],
        code,
        "生效日期不能晚于今天，也不能早于现在这段关系的开始。",
        "The day cannot lie in the future, nor before the present relation began.",
    )
}

fn reason_empty() -> Problem {
    Problem::required(&["reason"], "理由", "The reason")
}

fn not_containable(field: &'static [&'static str]) -> Problem {
    let code = UserErrorCode::NotContainable;
    Problem::new(
        field,
        code,
        "上级组织不能设这种类别的下级，换一个上级或类别。",
        "The organization above cannot contain this kind; choose another kind or place.",
    )
}

impl Explain<organization::Model> for service::OrganizationCreateError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::ParentNotFound => Problem::not_found(&["parent"], "上级组织", "organization").into(),
            Self::ParentArchived => {
                let code = UserErrorCode::Archived;
                Problem::new(
                    &["parent"],
                    code,
                    "上级组织已归档，先恢复它。",
                    "The organization above is archived; restore it first.",
                )
                .into()
            }
            Self::NotContainable { parent: _ } => not_containable(&["kind"]).into(),
            Self::DivisionNotFound => Problem::not_found(&["division"], "行政区划", "division").into(),
            Self::Faults(faults) => Explained::Problems(faults.into_iter().map(fault).collect()),
            Self::CodeTaken => code_taken().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<organization::Model> for service::OrganizationUpdateError {
    fn current(&mut self) -> Option<organization::Model> {
        if let Self::Conflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["organization"], "组织", "organization").into(),
            Self::Archived => archived().into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::DivisionNotFound => Problem::not_found(&["division"], "行政区划", "division").into(),
            Self::Faults(faults) => Explained::Problems(faults.into_iter().map(fault).collect()),
            Self::CodeTaken => code_taken().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<organization::Model> for service::OrganizationMoveError {
    fn current(&mut self) -> Option<organization::Model> {
        if let Self::Conflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["organization"], "组织", "organization").into(),
            Self::TargetNotFound => Problem::not_found(&["to"], "上级组织", "organization").into(),
            Self::TargetArchived => {
                let code = UserErrorCode::Archived;
                Problem::new(
                    &["to"],
                    code,
                    "新的上级已归档，换一个上级。",
                    "The new organization above is archived; choose another.",
                )
                .into()
            }
            Self::Archived => archived().into(),
            Self::Root => {
                let code = UserErrorCode::Invalid;
                Problem::new(&["organization"], code, "最上级组织不能移动。", "The topmost organization cannot move.")
                    .into()
            }
            Self::Cycle => {
                let code = UserErrorCode::Cycle;
                Problem::new(
                    &["to"],
                    code,
                    "不能移到自己的下级之下，换一个上级。",
                    "An organization cannot move below itself; choose another place.",
                )
                .into()
            }
            Self::NotContainable { parent: _ } => not_containable(&["to"]).into(),
            Self::DayOutOfRange => day_out_of_range().into(),
            Self::ReasonEmpty => reason_empty().into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::CodeTaken => {
                let code = UserErrorCode::Duplicate;
                Problem::new(
                    &["to"],
                    code,
                    "新的上级之下已有组织用了同样的代码，先改代码再移动。",
                    "The new place already has an organization with this code; change the code first.",
                )
                .into()
            }
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<organization::Model> for service::OrganizationArchiveError {
    fn current(&mut self) -> Option<organization::Model> {
        if let Self::Conflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["organization"], "组织", "organization").into(),
            Self::Root => {
                let code = UserErrorCode::Invalid;
                Problem::new(
                    &["organization"],
                    code,
                    "最上级组织不能归档。",
                    "The topmost organization cannot be archived.",
                )
                .into()
            }
            Self::Already => {
                let code = UserErrorCode::NotArchived;
                Problem::new(
                    &["organization"],
                    code,
                    "这个组织已经是这个状态，刷新后再看。",
                    "This organization has that status already; reload the page.",
                )
                .into()
            }
            Self::NotEmpty { children, members } => Problem::new(
                &["organization"],
                UserErrorCode::NotEmpty,
                format!("这个组织还有 {children} 个下级和 {members} 名人员，先移走再归档。"),
                format!("{children} organizations and {members} people still belong here; move them first."),
            )
            .into(),
            Self::ParentArchived => {
                let code = UserErrorCode::Archived;
                Problem::new(
                    &["organization"],
                    code,
                    "上级组织已归档，先恢复上级。",
                    "The organization above is archived; restore it first.",
                )
                .into()
            }
            Self::ReasonEmpty => reason_empty().into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<organization::Model> for service::TermRecordError {
    fn current(&mut self) -> Option<organization::Model> {
        if let Self::Conflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        use UserErrorCode::{Invalid, OutOfRange};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["organization"], "组织", "organization").into(),
            Self::Archived => archived().into(),
            Self::NotElected => Problem::new(
                &["organization"],
                Invalid,
                "党工委由上级派出，没有换届；党小组和中心户也没有任期。",
                "Working committees are appointed; groups and households have no term.",
            )
            .into(),
            Self::FromOutOfRange => Problem::new(
                &["from"],
                OutOfRange,
                "选举日期不能晚于今天，并且要晚于上一届的开始。",
                "The election cannot lie in the future, and must follow the beginning of the running term.",
            )
            .into(),
            Self::UntilOutOfRange => Problem::new(
                &["until"],
                OutOfRange,
                "届满日期要晚于选举日期，最长六年。",
                "The term must end after the election and within six years.",
            )
            .into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<organization::Model> for service::OrganizationMergeError {
    fn current(&mut self) -> Option<organization::Model> {
        if let Self::SourceConflict(row) | Self::IntoConflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        use UserErrorCode::{Archived, Cycle, Duplicate, Invalid};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::SourceNotFound => Problem::not_found(&["source"], "组织", "organization").into(),
            Self::IntoNotFound => Problem::not_found(&["into"], "组织", "organization").into(),
            Self::Same => Problem::new(
                &["into"],
                Invalid,
                "不能并入自己，选另一个组织。",
                "An organization cannot be merged into itself; choose another.",
            )
            .into(),
            Self::Cycle => Problem::new(
                &["into"],
                Cycle,
                "不能并入自己的下级，先把那个下级移出来。",
                "An organization cannot be merged into one below itself; move that one out first.",
            )
            .into(),
            Self::SourceArchived => Problem::new(
                &["source"],
                Archived,
                "这个组织已归档，没有可合并的内容。",
                "This organization is archived; nothing is left to merge.",
            )
            .into(),
            Self::IntoArchived => Problem::new(
                &["into"],
                Archived,
                "接收的组织已归档，先恢复它。",
                "The organization that takes over is archived; restore it first.",
            )
            .into(),
            Self::NotContainable { child: _ } => not_containable(&["into"]).into(),
            Self::CannotHouse => Problem::new(
                &["into"],
                Invalid,
                "党员只能编入党支部，选一个党支部接收。",
                "Members belong to branches; choose a branch to take over.",
            )
            .into(),
            Self::DayOutOfRange => day_out_of_range().into(),
            Self::ReasonEmpty => reason_empty().into(),
            Self::CodeTaken => Problem::new(
                &["into"],
                Duplicate,
                "两个组织的下级有相同的代码，先改代码再合并。",
                "Children of both have the same code; change one first.",
            )
            .into(),
            Self::SourceConflict(_) => Problem::conflict_of(&["sourceVersion"]).into(),
            Self::IntoConflict(_) => Problem::conflict_of(&["intoVersion"]).into(),
            Self::Db(error) => error.into(),
        }
    }
}
