//! `jianghai check`: whether the database still says one thing in every place.
use std::collections::HashMap;

use entity::{
    MemberStage, OrganizationId, PersonId, erasure, member, organization, organization_closure, organization_count,
    person,
};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::{
    CommandError,
    open::{Opened, demand_current, demand_key, open},
};
use crate::{
    audit::proof,
    config::Config,
    db::{Database, seal::Vault},
    outbox,
};

/// Rows that are read at a time.
const BATCH: u64 = 2_000;
/// Problems of one kind that are listed; the rest is only counted.
const LISTED: usize = 20;

/// What a look at everything brought.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong, one line each.
    pub wrong: Vec<String>,
    /// What is worth knowing, one line each.
    pub notes: Vec<String>,
}

/// Looks at everything.
pub async fn check(config: &Config) -> Result<Report, CommandError> {
    let opened = open(config).await?;
    let report = check_opened(&opened).await?;
    opened.db.close().await?;
    Ok(report)
}

/// The same for a database that is open already.
pub(super) async fn check_opened(opened: &Opened) -> Result<Report, CommandError> {
    demand_current(&opened.db).await?;
    demand_key(&opened.db, &opened.vault).await?;
    let mut wrong = check_tree(&opened.db).await?;
    wrong.extend(check_counts(&opened.db).await?);
    let proof = proof::prove(&opened.db).await?;
    wrong.extend(proof.lines());
    wrong.extend(check_keys(&opened.db, &opened.vault).await?);
    wrong.extend(check_erasures(&opened.db).await?);
    wrong.extend(outbox::disorder(opened.db.read()).await?);
    let notes = vec![
        format!("audit: changes sealed: {}", proof.sealed),
        format!("audit: changes that wait to be sealed: {}", proof.waiting),
    ];
    Ok(Report { wrong, notes })
}

/// The tree has one root and no cycle, and the closure table is what follows from the parents.
async fn check_tree(db: &Database) -> Result<Vec<String>, DbErr> {
    let parents: HashMap<OrganizationId, Option<OrganizationId>> = organization::Entity::find()
        .select_only()
        .columns([organization::Column::Id, organization::Column::ParentId])
        .into_tuple()
        .all(db.read())
        .await?
        .into_iter()
        .collect();
    let mut wrong = Vec::new();
    let roots = parents.values().filter(|parent| parent.is_none()).count();
    if roots != 1 && !parents.is_empty() {
        wrong.push(format!("the organization tree has {roots} roots instead of one"));
    }
    let mut expected: HashMap<(OrganizationId, OrganizationId), i32> = HashMap::new();
    for id in parents.keys() {
        let mut above = Some(*id);
        let mut depth = 0;
        while let Some(ancestor) = above {
            if expected.insert((ancestor, *id), depth).is_some() {
                wrong.push(format!("organization {} lies below itself", id.0));
                break;
            }
            depth += 1;
            above = parents.get(&ancestor).copied().flatten();
        }
    }
    let mut differing = Vec::new();
    for row in organization_closure::Entity::find().all(db.read()).await? {
        let (above, below) = (row.ancestor_id, row.descendant_id);
        match expected.remove(&(above, below)) {
            Some(depth) if depth == row.depth => {}
            Some(depth) => {
                let (above, below) = (above.0, below.0);
                differing.push(format!("the closure puts {below} {} below {above} instead of {depth}", row.depth));
            }
            None => differing.push(format!("the closure has {} below {}, the parents have not", below.0, above.0)),
        }
    }
    differing.extend(expected.keys().map(|(above, below)| format!("the closure lacks {} below {}", below.0, above.0)));
    wrong.extend(cut(differing));
    Ok(wrong)
}

/// The head counts are the numbers of members.
async fn check_counts(db: &Database) -> Result<Vec<String>, DbErr> {
    let counted: Vec<(OrganizationId, MemberStage, i64)> = member::Entity::find()
        .select_only()
        .columns([member::Column::HomeOrganizationId, member::Column::Stage])
        .column_as(member::Column::Id.count(), "n")
        .group_by(member::Column::HomeOrganizationId)
        .group_by(member::Column::Stage)
        .into_tuple()
        .all(db.read())
        .await?;
    let mut members: HashMap<(OrganizationId, MemberStage), i64> =
        counted.into_iter().map(|(organization, stage, n)| ((organization, stage), n)).collect();
    let mut differing = Vec::new();
    for row in organization_count::Entity::find().all(db.read()).await? {
        let n = members.remove(&(row.organization_id, row.stage)).unwrap_or(0);
        if n != row.n {
            let (id, stage) = (row.organization_id.0, row.stage);
            differing.push(format!("organization {id} counts {} members in stage {stage:?} and has {n}", row.n));
        }
    }
    differing.extend(
        members
            .iter()
            .map(|((id, stage), n)| format!("organization {} counts no member in stage {stage:?} and has {n}", id.0)),
    );
    Ok(cut(differing))
}

/// The data key of every person opens.
async fn check_keys(db: &Database, vault: &Vault) -> Result<Vec<String>, DbErr> {
    let mut last: Option<PersonId> = None;
    let mut lost = Vec::new();
    loop {
        let mut select = person::Entity::find().select_only().columns([person::Column::Id, person::Column::DataKey]);
        if let Some(last) = last {
            select = select.filter(person::Column::Id.gt(last));
        }
        let select = select.order_by_asc(person::Column::Id).limit(BATCH).into_tuple();
        let rows: Vec<(PersonId, Option<Vec<u8>>)> = select.all(db.read()).await?;
        let Some((end, _)) = rows.last() else { return Ok(cut(lost)) };
        last = Some(*end);
        for (id, wrapped) in &rows {
            if wrapped.as_deref().is_some_and(|wrapped| vault.open_data_key(id.0, wrapped).is_err()) {
                lost.push(format!("the protected fields of person {} open with no secret at hand", id.0));
            }
        }
    }
}

/// Who was erased stays erased.
async fn check_erasures(db: &Database) -> Result<Vec<String>, DbErr> {
    let erased = erasure::Entity::find().select_only().column(erasure::Column::PersonId).into_query();
    let back = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::Id.in_subquery(erased))
        .filter(person::Column::DataKey.is_not_null());
    let back: Vec<PersonId> = back.into_tuple().all(db.read()).await?;
    Ok(cut(back.into_iter().map(|id| format!("person {} was erased and has data again", id.0)).collect()))
}

fn cut(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    let more = lines.len().saturating_sub(LISTED);
    lines.truncate(LISTED);
    if more > 0 {
        lines.push(format!("and {more} more of this kind"));
    }
    lines
}
