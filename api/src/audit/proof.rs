//! Whether the trail is still the one that was written: every row agrees with its text and its hash, every link follows
//! from the one before, nothing is missing. Read in batches, so that memory does not grow with the trail.
use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use entity::{AuditId, audit, audit_pending, audit_seal};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use serde_json::{Value, json};

use super::{
    root::Root,
    seal::{self, BEGINNING, Head, link},
};
use crate::{
    db::{Database, seal::sha256},
    job::Sentence,
};

/// Rows that are read at a time.
const BATCH: u64 = 500;
/// Faults that are named; the others are counted.
const NAMED: usize = 20;

/// What is wrong with one row or one link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The text of the row is not the one it was written with.
    Text,
    /// A column of the row says something else than its text.
    Column(&'static str),
    /// The row was written anew, with a hash that fits, after it was sealed.
    Rewritten,
    /// The row is gone.
    RowGone,
    /// The link is gone; this is the next one that is there.
    LinkGone(i64),
    /// The link does not follow from the one before.
    Unlinked,
    /// The newest links are gone: the chain once reached this position.
    EndGone(i64),
    /// The newest link has another hash than the sealer noted.
    End,
    /// The row waits for no seal and has none.
    Forgotten,
}

impl Fault {
    /// The same in Chinese.
    fn zh(&self) -> String {
        match self {
            Self::Text => "内容不是写入时的内容".to_owned(),
            Self::Column(column) => format!("{column} 列与内容不符"),
            Self::Rewritten => "封存后被重写".to_owned(),
            Self::RowGone => "已不存在".to_owned(),
            Self::LinkGone(next) => format!("这一环已不存在，下一环是第 {next} 位"),
            Self::Unlinked => "与前一环接不上".to_owned(),
            Self::EndGone(position) => format!("末尾几环已不存在，链条曾到第 {position} 位"),
            Self::End => "最后一环不是封存时记下的那一环".to_owned(),
            Self::Forgotten => "没有封存，也不在等待封存".to_owned(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => write!(f, "its text is not the one it was written with"),
            Self::Column(column) => write!(f, "its column {column} says something else than its text"),
            Self::Rewritten => write!(f, "it was written anew after it was sealed"),
            Self::RowGone => write!(f, "it is gone"),
            Self::LinkGone(next) => write!(f, "the link is gone; the next one has position {next}"),
            Self::Unlinked => write!(f, "the link does not follow from the one before"),
            Self::EndGone(position) => write!(f, "the newest links are gone; the chain reached position {position}"),
            Self::End => write!(f, "the newest link is not the one that the sealer noted"),
            Self::Forgotten => write!(f, "it has no seal and waits for none"),
        }
    }
}

/// Where a fault lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Place in the chain; none for a row that is not sealed.
    pub position: Option<i64>,
    /// The audit row; none where the link itself is gone.
    pub row: Option<AuditId>,
    /// What is wrong.
    pub fault: Fault,
}

impl Broken {
    /// The same in Chinese.
    fn zh(&self) -> String {
        let fault = self.fault.zh();
        match (self.position, self.row) {
            (Some(position), Some(row)) => format!("变动记录 {}（第 {position} 位）：{fault}", row.0),
            (Some(position), None) => format!("封存链第 {position} 位：{fault}"),
            (None, Some(row)) => format!("未封存的变动记录 {}：{fault}", row.0),
            (None, None) => format!("封存链：{fault}"),
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.position, self.row) {
            (Some(position), Some(row)) => write!(f, "audit row {} at position {position}: {}", row.0, self.fault),
            (Some(position), None) => write!(f, "position {position} of the audit chain: {}", self.fault),
            (None, Some(row)) => write!(f, "audit row {}, not sealed: {}", row.0, self.fault),
            (None, None) => write!(f, "the audit chain: {}", self.fault),
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Links that were looked at.
    pub sealed: u64,
    /// Rows that wait to be sealed.
    pub waiting: u64,
    /// The first faults, in the order of the chain; rows that are not sealed come last.
    pub broken: Vec<Broken>,
    /// Further faults.
    pub more: u64,
}

impl Proof {
    fn add(&mut self, position: Option<i64>, row: Option<AuditId>, fault: Fault) {
        if self.broken.len() < NAMED {
            self.broken.push(Broken { position, row, fault });
        } else {
            self.more += 1;
        }
    }

    /// What is wrong, one sentence each; the first names the first broken row.
    pub fn findings(&self) -> Vec<Sentence> {
        let mut findings: Vec<Sentence> =
            self.broken.iter().map(|broken| Sentence::new(broken.zh(), broken.to_string())).collect();
        if let Some(first) = findings.first_mut() {
            first.zh.insert_str(0, "最先断在：");
            first.en.insert_str(0, "first broken: ");
        }
        if self.more > 0 {
            let more = self.more;
            findings.push(Sentence::new(format!("同类问题还有 {more} 处"), format!("and {more} more of this kind")));
        }
        findings
    }
}

/// Looks at the whole trail.
pub async fn prove(db: &Database) -> Result<Proof, DbErr> {
    let conn = db.read();
    // Read first: what is sealed meanwhile only makes the chain longer.
    let noted = seal::head(conn).await?;
    let mut proof = Proof::default();
    let ends = walk(conn, &mut proof, &noted, None).await?;
    if ends.position < noted.position {
        proof.add(Some(ends.position + 1), None, Fault::EndGone(noted.position));
    }
    loose(conn, &mut proof).await?;
    Ok(proof)
}

/// Looks at the chain up to `root`; true where it still has the hash that the root says.
pub async fn verify(db: &Database, root: &Root) -> Result<(Proof, bool), DbErr> {
    let conn = db.read();
    let noted = seal::head(conn).await?;
    let mut proof = Proof::default();
    let ends = walk(conn, &mut proof, &noted, Some(root.position)).await?;
    let same = ends.position == root.position && hex::encode(ends.hash) == root.hash.to_ascii_lowercase();
    Ok((proof, same))
}

/// Goes along the chain up to `until`; answers where it ends.
async fn walk(conn: &impl ConnectionTrait, proof: &mut Proof, noted: &Head, until: Option<i64>) -> Result<Head, DbErr> {
    use audit_seal::Column;
    let mut head = Head { position: 0, hash: BEGINNING };
    loop {
        let mut select = audit_seal::Entity::find().filter(Column::Position.gt(head.position));
        if let Some(until) = until {
            select = select.filter(Column::Position.lte(until));
        }
        let links = select.order_by_asc(Column::Position).limit(BATCH).all(conn).await?;
        if links.is_empty() {
            return Ok(head);
        }
        let sealed = links.iter().map(|link| link.audit_id);
        let rows = audit::Entity::find().filter(audit::Column::Id.is_in(sealed)).all(conn).await?;
        let rows: HashMap<AuditId, audit::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
        for link in links {
            proof.sealed += 1;
            if let Some(fault) = link_fault(&head, &link, rows.get(&link.audit_id)) {
                let row = (!matches!(fault, Fault::LinkGone(_))).then_some(link.audit_id);
                let position = if row.is_some() { link.position } else { head.position + 1 };
                proof.add(Some(position), row, fault);
            } else if link.position == noted.position && link.hash != noted.hash {
                proof.add(Some(link.position), Some(link.audit_id), Fault::End);
            }
            head = Head { position: link.position, hash: link.hash.try_into().unwrap_or(BEGINNING) };
        }
    }
}

fn link_fault(head: &Head, seal: &audit_seal::Model, row: Option<&audit::Model>) -> Option<Fault> {
    if seal.position != head.position + 1 {
        return Some(Fault::LinkGone(seal.position));
    }
    let Some(row) = row else { return Some(Fault::RowGone) };
    if let Some(fault) = row_fault(row) {
        return Some(fault);
    }
    if row.hash != seal.row_hash {
        return Some(Fault::Rewritten);
    }
    let hash = link(&head.hash, seal.position, seal.audit_id, &seal.row_hash, seal.at);
    (seal.hash != hash).then_some(Fault::Unlinked)
}

/// What is wrong with a row by itself.
fn row_fault(row: &audit::Model) -> Option<Fault> {
    if row.hash != sha256(row.body.as_bytes()) {
        return Some(Fault::Text);
    }
    let body: Value = serde_json::from_str(&row.body).unwrap_or_default();
    let columns = [
        ("id", "id", json!(row.id)),
        ("at", "at", json!(row.at)),
        ("actor_id", "actor", json!(row.actor_id)),
        ("action", "action", json!(row.action)),
        ("object_type", "objectType", json!(row.object_type)),
        ("object_id", "objectId", json!(row.object_id)),
        ("organization_id", "organization", json!(row.organization_id)),
        ("person_id", "person", json!(row.person_id)),
        ("request_id", "requestId", json!(row.request_id)),
    ];
    columns
        .into_iter()
        .find(|(_, field, value)| body.get(field) != Some(value))
        .map(|(column, ..)| Fault::Column(column))
}

/// Rows that are not sealed: they must agree with themselves, and wait for the sealer.
async fn loose(conn: &impl ConnectionTrait, proof: &mut Proof) -> Result<(), DbErr> {
    use audit::Column;
    let sealed = audit_seal::Entity::find()
        .select_only()
        .column(audit_seal::Column::Position)
        .filter(Expr::col((audit_seal::Entity, audit_seal::Column::AuditId)).equals((audit::Entity, Column::Id)))
        .into_query();
    let sealed = Expr::exists(sealed);
    let mut last: Option<AuditId> = None;
    loop {
        let mut select = audit::Entity::find().filter(sealed.clone().not()).order_by_asc(Column::Id).limit(BATCH);
        if let Some(last) = last {
            select = select.filter(Column::Id.gt(last));
        }
        let rows = select.all(conn).await?;
        let Some(end) = rows.last() else { break };
        last = Some(end.id);
        let waiting = waiting(conn, rows.iter().map(|row| row.id)).await?;
        proof.waiting += u64::try_from(waiting.len()).unwrap_or(u64::MAX);
        // What was sealed since it was read waits no longer, and is not forgotten.
        let others: Vec<AuditId> = rows.iter().map(|row| row.id).filter(|id| !waiting.contains(id)).collect();
        let done = if others.is_empty() { HashSet::new() } else { sealed_among(conn, others).await? };
        for row in rows {
            if let Some(fault) = row_fault(&row) {
                proof.add(None, Some(row.id), fault);
            } else if !waiting.contains(&row.id) && !done.contains(&row.id) {
                proof.add(None, Some(row.id), Fault::Forgotten);
            }
        }
    }
    let present = audit::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Expr::col((audit::Entity, Column::Id)).equals((audit_pending::Entity, audit_pending::Column::AuditId)))
        .into_query();
    let gone = audit_pending::Entity::find().filter(Expr::exists(present).not());
    for row in gone.limit(BATCH).all(conn).await? {
        proof.add(None, Some(row.audit_id), Fault::RowGone);
    }
    Ok(())
}

/// Those of `rows` that wait to be sealed.
async fn waiting(
    conn: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = AuditId>,
) -> Result<HashSet<AuditId>, DbErr> {
    let found = audit_pending::Entity::find().filter(audit_pending::Column::AuditId.is_in(rows)).all(conn).await?;
    Ok(found.into_iter().map(|row| row.audit_id).collect())
}

/// Those of `rows` that are sealed.
pub async fn sealed_among(
    conn: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = AuditId>,
) -> Result<HashSet<AuditId>, DbErr> {
    let found: Vec<AuditId> = audit_seal::Entity::find()
        .select_only()
        .column(audit_seal::Column::AuditId)
        .filter(audit_seal::Column::AuditId.is_in(rows))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(found.into_iter().collect())
}
