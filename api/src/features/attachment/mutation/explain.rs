//! What each error of attachments reads like.
use entity::{attachment, attachment_upload};

use crate::{
    features::attachment::{
        content::FileType,
        service::{
            AttachmentArchiveError, AttachmentUploadBeginError, AttachmentUploadFinishError, Fault, NAME, UNFINISHED,
        },
    },
    graphql::{Explain, Explained, Problem, UserErrorCode},
    storage::StorageError,
};

/// A file that is not what its name claims.
pub fn refused(field: &'static [&'static str], claimed: FileType) -> Problem {
    let (zh, en) = claimed.label();
    Problem::new(
        field,
        UserErrorCode::Invalid,
        format!("文件内容不是{zh}，和文件名不符，没有保存；请换成对的文件。"),
        format!("The content of this file is not {en}, as its name says; nothing was kept. Choose the right file."),
    )
}

/// Bytes are missing.
fn incomplete(field: &'static [&'static str], received: i64) -> Problem {
    Problem::new(
        field,
        UserErrorCode::Invalid,
        format!("文件只传到第 {received} 字节，接着传完再提交。"),
        format!("Only {received} bytes of this file have arrived; send the rest and try again."),
    )
}

fn too_many(field: &'static [&'static str], most: u32) -> Problem {
    Problem::new(
        field,
        UserErrorCode::OutOfRange,
        format!("附件已有 {most} 个，先归档不用的再添加。"),
        format!("There are {most} files already; archive those that are no longer needed."),
    )
}

fn archived_owner(field: &'static [&'static str]) -> Problem {
    Problem::new(
        field,
        UserErrorCode::Archived,
        "这条记录已归档，先恢复再添加附件。",
        "This record is archived; restore it before attaching files.",
    )
}

fn no_storage(field: &'static [&'static str]) -> Problem {
    Problem::new(
        field,
        UserErrorCode::Invalid,
        "系统还没有配置存放附件的地方，请告诉管理员设置 storage.directory 或 storage.s3_bucket。",
        "No place for files is configured; ask your administrator to set storage.directory or storage.s3_bucket.",
    )
}

/// A number of bytes as people read it: whole megabytes where it is that large.
fn bytes(n: u32) -> String {
    if n >= 1_000_000 { format!("{} MB", n / 1_000_000) } else { format!("{} KB", n.div_ceil(1_000)) }
}

fn fault(fault: Fault) -> Problem {
    use UserErrorCode::{Invalid, OutOfRange, Required, TooLong};
    match fault {
        Fault::NameEmpty => Problem::new(&["name"], Required, "文件没有名字，命名后再传。", "The file has no name."),
        Fault::NameTooLong => Problem::new(
            &["name"],
            TooLong,
            format!("文件名超过 {NAME} 个字，改短后再传。"),
            format!("The file name is longer than {NAME} characters; shorten it."),
        ),
        Fault::NameInvalid => Problem::new(
            &["name"],
            Invalid,
            "文件名不能以点开头，也不能有 / \\ : * ? \" < > |，改名后再传。",
            "A file name does not begin with a dot and has none of / \\ : * ? \" < > |; rename the file.",
        ),
        Fault::TypeUnknown => Problem::new(
            &["name"],
            Invalid,
            "只能添加 pdf、png、jpg、webp、docx、xlsx、txt、csv 文件，转换格式后再传。",
            "Only pdf, png, jpg, webp, docx, xlsx, txt and csv files can be attached; convert the file.",
        ),
        Fault::Empty => {
            Problem::new(&["size"], OutOfRange, "文件是空的，换一个文件。", "The file is empty; choose another one.")
        }
        Fault::TooLarge(most) => Problem::new(
            &["size"],
            OutOfRange,
            format!("文件超过 {}，压缩或拆分后再传。", bytes(most)),
            format!("The file is larger than {}; make it smaller or split it.", bytes(most)),
        ),
    }
}

impl Explain<attachment_upload::Model> for AttachmentUploadBeginError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["owner"], "记录", "record").into(),
            Self::UploadNotFound => Problem::not_found(&["upload"], "上传", "upload").into(),
            Self::Archived => archived_owner(&["owner"]).into(),
            Self::Faults(faults) => Explained::Problems(faults.into_iter().map(fault).collect()),
            Self::TooMany(most) => too_many(&["owner"], most).into(),
            Self::TooManyUnfinished => Problem::new(
                &[],
                UserErrorCode::OutOfRange,
                format!("有 {UNFINISHED} 个文件还没传完，先传完或取消它们。"),
                format!("{UNFINISHED} uploads of yours are not finished; finish or cancel them first."),
            )
            .into(),
            Self::NoStorage => no_storage(&[]).into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<attachment::Model> for AttachmentUploadFinishError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["upload"], "上传", "upload").into(),
            Self::Archived => archived_owner(&["upload"]).into(),
            Self::Incomplete(received) => incomplete(&["upload"], received).into(),
            Self::Refused(claimed) => refused(&["upload"], claimed).into(),
            Self::TooMany(most) => too_many(&["upload"], most).into(),
            Self::Storage(StorageError::Unconfigured) => no_storage(&["upload"]).into(),
            Self::Storage(error @ (StorageError::Missing(_) | StorageError::Failed(_))) => error.into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<attachment::Model> for AttachmentArchiveError {
    fn current(&mut self) -> Option<attachment::Model> {
        match self {
            Self::Conflict(current) => Some((**current).clone()),
            _ => None,
        }
    }

    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["attachment"], "附件", "attachment").into(),
            Self::Archived => Problem::new(
                &["attachment"],
                UserErrorCode::Archived,
                "这个附件已归档，刷新后再看。",
                "This attachment is archived already; reload the page.",
            )
            .into(),
            Self::NotArchived => Problem::new(
                &["attachment"],
                UserErrorCode::NotArchived,
                "这个附件没有归档，刷新后再看。",
                "This attachment is not archived; reload the page.",
            )
            .into(),
            Self::TooMany(most) => too_many(&["attachment"], most).into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}
