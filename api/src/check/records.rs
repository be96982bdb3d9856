//! What the records say in one place follows from what they say in another.
use std::collections::HashMap;

use entity::{
    MemberStage, OrganizationId, PersonId, erasure, member, organization, organization_closure, organization_count,
    person,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::{
    db::{Database, seal::Vault},
    job::Sentence,
    outbox,
};

/// Rows that are read at a time.
const BATCH: u64 = 2_000;
/// Problems of one kind that are listed; the rest is only counted.
const LISTED: usize = 20;

/// Looks at tree, head counts, data keys and erasures as they are at one moment; says what is wrong, one sentence each.
pub async fn records(db: &Database, vault: &Vault) -> Result<Vec<Sentence>, DbErr> {
    let moment = db.snapshot().await?;
    let mut wrong = tree(&moment).await?;
    wrong.extend(counts(&moment).await?);
    wrong.extend(keys(&moment, vault).await?);
    wrong.extend(erasures(&moment).await?);
    wrong.extend(outbox::disorder(&moment).await?);
    moment.rollback().await?;
    Ok(wrong)
}

/// The tree has one root and no cycle, and the closure table is what follows from the parents.
async fn tree(conn: &impl ConnectionTrait) -> Result<Vec<Sentence>, DbErr> {
    let parents: HashMap<OrganizationId, Option<OrganizationId>> = organization::Entity::find()
        .select_only()
        .columns([organization::Column::Id, organization::Column::ParentId])
        .into_tuple()
        .all(conn)
        .await?
        .into_iter()
        .collect();
    let mut wrong = Vec::new();
    let roots = parents.values().filter(|parent| parent.is_none()).count();
    if roots != 1 && !parents.is_empty() {
        wrong.push(Sentence::new(
            format!("组织树有 {roots} 个根，应当只有一个"),
            format!("the organization tree has {roots} roots instead of one"),
        ));
    }
    let mut expected: HashMap<(OrganizationId, OrganizationId), i32> = HashMap::new();
    for id in parents.keys() {
        let mut above = Some(*id);
        let mut depth = 0;
        while let Some(ancestor) = above {
            if expected.insert((ancestor, *id), depth).is_some() {
                let id = id.0;
                wrong.push(Sentence::new(
                    format!("组织 {id} 在自己之下"),
                    format!("organization {id} lies below itself"),
                ));
                break;
            }
            depth += 1;
            above = parents.get(&ancestor).copied().flatten();
        }
    }
    let mut differing = Vec::new();
    for row in organization_closure::Entity::find().all(conn).await? {
        let (above, below) = (row.ancestor_id, row.descendant_id);
        match expected.remove(&(above, below)) {
            Some(depth) if depth == row.depth => {}
            Some(depth) => differing.push(misplaced(below, above, row.depth, depth)),
            None => differing.push(Sentence::new(
                format!("隶属表说 {} 在 {} 之下，上级关系里没有", below.0, above.0),
                format!("the closure has {} below {}, the parents have not", below.0, above.0),
            )),
        }
    }
    differing.extend(expected.keys().map(|(above, below)| {
        Sentence::new(
            format!("隶属表缺少 {} 在 {} 之下", below.0, above.0),
            format!("the closure lacks {} below {}", below.0, above.0),
        )
    }));
    wrong.extend(cut(differing));
    Ok(wrong)
}

fn misplaced(below: OrganizationId, above: OrganizationId, is: i32, should: i32) -> Sentence {
    let (below, above) = (below.0, above.0);
    Sentence::new(
        format!("隶属表说 {below} 在 {above} 之下 {is} 层，应为 {should} 层"),
        format!("the closure puts {below} {is} below {above} instead of {should}"),
    )
}

/// The head counts are the numbers of members.
async fn counts(conn: &impl ConnectionTrait) -> Result<Vec<Sentence>, DbErr> {
    let counted: Vec<(OrganizationId, MemberStage, i64)> = member::Entity::find()
        .select_only()
        .columns([member::Column::HomeOrganizationId, member::Column::Stage])
        .column_as(member::Column::Id.count(), "n")
        .group_by(member::Column::HomeOrganizationId)
        .group_by(member::Column::Stage)
        .into_tuple()
        .all(conn)
        .await?;
    let mut members: HashMap<(OrganizationId, MemberStage), i64> =
        counted.into_iter().map(|(organization, stage, n)| ((organization, stage), n)).collect();
    let mut differing = Vec::new();
    for row in organization_count::Entity::find().all(conn).await? {
        let n = members.remove(&(row.organization_id, row.stage)).unwrap_or(0);
        if n != row.n {
            differing.push(miscounted(row.organization_id, row.stage, row.n, n));
        }
    }
    differing.extend(members.iter().map(|((id, stage), n)| miscounted(*id, *stage, 0, *n)));
    Ok(cut(differing))
}

fn miscounted(organization: OrganizationId, stage: MemberStage, is: i64, should: i64) -> Sentence {
    let id = organization.0;
    Sentence::new(
        format!("组织 {id} 的 {stage:?} 人数记为 {is}，实有 {should}"),
        format!("organization {id} counts {is} members in stage {stage:?} and has {should}"),
    )
}

/// The data key of every person opens.
async fn keys(conn: &impl ConnectionTrait, vault: &Vault) -> Result<Vec<Sentence>, DbErr> {
    let mut last: Option<PersonId> = None;
    let mut lost = Vec::new();
    loop {
        let mut select = person::Entity::find().select_only().columns([person::Column::Id, person::Column::DataKey]);
        if let Some(last) = last {
            select = select.filter(person::Column::Id.gt(last));
        }
        let select = select.order_by_asc(person::Column::Id).limit(BATCH).into_tuple();
        let rows: Vec<(PersonId, Option<Vec<u8>>)> = select.all(conn).await?;
        let Some((end, _)) = rows.last() else { return Ok(cut(lost)) };
        last = Some(*end);
        for (id, wrapped) in &rows {
            if wrapped.as_deref().is_some_and(|wrapped| vault.open_data_key(id.0, wrapped).is_err()) {
                let id = id.0;
                lost.push(Sentence::new(
                    format!("人员 {id} 的敏感信息用现有密钥打不开"),
                    format!("the protected fields of person {id} open with no secret at hand"),
                ));
            }
        }
    }
}

/// Who was erased stays erased.
async fn erasures(conn: &impl ConnectionTrait) -> Result<Vec<Sentence>, DbErr> {
    let erased = erasure::Entity::find().select_only().column(erasure::Column::PersonId).into_query();
    let back = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::Id.in_subquery(erased))
        .filter(person::Column::DataKey.is_not_null());
    let back: Vec<PersonId> = back.into_tuple().all(conn).await?;
    let again = |PersonId(id)| {
        Sentence::new(
            format!("人员 {id} 的信息已清除，却又有了内容"),
            format!("person {id} was erased and has data again"),
        )
    };
    Ok(cut(back.into_iter().map(again).collect()))
}

fn cut(mut lines: Vec<Sentence>) -> Vec<Sentence> {
    lines.sort_by(|one, other| one.en.cmp(&other.en));
    let more = lines.len().saturating_sub(LISTED);
    lines.truncate(LISTED);
    if more > 0 {
        lines.push(Sentence::new(format!("同类问题还有 {more} 处"), format!("and {more} more of this kind")));
    }
    lines
}
