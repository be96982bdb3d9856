//! The rows of divisions and organizations.
use std::collections::HashMap;

use entity::{
    Date, DivisionId, DivisionLevel, OrganizationId, OrganizationKind, OrganizationLevel, OrganizationStatus,
    SearchSubject, Timestamp, division, obligation, organization, organization_closure, organization_parent,
    organization_status_period, organization_term, search_token,
};
use sea_orm::{ConnectionTrait, DbErr};

use super::{
    batch::write,
    divisions::DivisionRow,
    obligations,
    plan::{Node, Place, Plan},
    seed::{Seed, days_after, days_before, moment, years_after, years_before},
};
use crate::db::search::{sort_key, tokens};

/// Rows of divisions, parents first.
fn divisions(rows: &[DivisionRow], seed: &Seed) -> (Vec<division::Model>, HashMap<String, DivisionId>) {
    let mut sorted: Vec<&DivisionRow> = rows.iter().collect();
    sorted.sort_by_key(|row| match row.level {
        DivisionLevel::City => 0,
        DivisionLevel::County => 1,
        DivisionLevel::Town => 2,
        DivisionLevel::Village => 3,
    });
    let mut ids: HashMap<String, DivisionId> = HashMap::new();
    let mut models = Vec::new();
    for row in sorted {
        let id: DivisionId = seed.id();
        let parent_id = row.parent.as_ref().and_then(|parent| ids.get(parent).copied());
        models.push(division::Model {
            id,
            code: row.code.clone(),
            name: row.name.clone(),
            level: row.level,
            parent_id,
        });
        ids.insert(row.code.clone(), id);
    }
    (models, ids)
}

/// What the people need to know of the organizations they are put into, by place in the plan.
#[derive(Default)]
pub(super) struct Loaded {
    /// Keys.
    pub(super) ids: Vec<OrganizationId>,
    /// Beginning of the running term; none where there is no term.
    pub(super) terms: Vec<Option<Date>>,
}

/// Writes divisions and organizations with everything that follows from the tree.
pub(super) async fn load(
    conn: &impl ConnectionTrait,
    rows: &[DivisionRow],
    plan: &Plan,
    seed: &Seed,
) -> Result<Loaded, DbErr> {
    let (models, division_ids) = divisions(rows, seed);
    write(conn, models).await?;
    let ids: Vec<OrganizationId> = plan.nodes().iter().map(|_| seed.id()).collect();
    let id_of = |place: usize| ids.get(place).copied();
    let mut tables = Tables::default();
    let mut terms = Vec::new();
    for (place, (node, id)) in plan.nodes().iter().zip(ids.iter().copied()).enumerate() {
        let parent = node.parent.and_then(id_of);
        let model = model(node, id, parent, division_ids.get(&node.division).copied(), seed);
        let found = tokens(&model.name, &model.sort_key, &[&model.code]);
        tables.tokens.extend(found.into_iter().map(|token| search_token::Model {
            subject: SearchSubject::Organization,
            token,
            subject_id: id.0,
        }));
        tables.organizations.push(model);
        let line = std::iter::once(place).chain(plan.ancestors(place)).filter_map(id_of);
        tables.closure.extend((0..).zip(line).map(|(depth, ancestor_id)| organization_closure::Model {
            ancestor_id,
            descendant_id: id,
            depth,
            since: Timestamp(0),
        }));
        tables.periods(node, id, parent, seed);
        let running = term_start(node, seed);
        if let Some((from, years)) = running {
            tables.terms(node, id, from, years, seed);
        }
        terms.push(running.map(|(from, _)| from));
    }
    tables.write(conn).await?;
    Ok(Loaded { ids, terms })
}

fn model(
    node: &Node,
    id: OrganizationId,
    parent_id: Option<OrganizationId>,
    division_id: Option<DivisionId>,
    seed: &Seed,
) -> organization::Model {
    let at = moment(years_before(seed.today(), 5), seed.between(0, 480));
    let archived = node.archived_on.map(|day| moment(day, seed.between(0, 480)));
    let office = node.level != OrganizationLevel::Grid && node.statutory();
    organization::Model {
        id,
        parent_id,
        code: node.code.clone(),
        name: node.name.clone(),
        sort_key: sort_key(&node.name),
        kind: node.kind,
        level: node.level,
        branch_form: node.form,
        sector: node.sector,
        division_id,
        statutory: node.statutory(),
        status: status(node),
        founded_on: Some(node.founded_on),
        // Numbers that begin with 0000 are assigned to nobody.
        office_phone: office.then(|| format!("0513-0000 {:04}", seed.below(10_000))),
        office_address: office.then(|| format!("示例路{}号", seed.between(1, 400))),
        created_at: at,
        updated_at: archived.unwrap_or(at),
        version: if archived.is_some() { 2 } else { 1 },
    }
}

fn status(node: &Node) -> OrganizationStatus {
    if node.archived_on.is_some() { OrganizationStatus::Archived } else { OrganizationStatus::Active }
}

/// The day the running term began and its length in years. Working committees are appointed and have none.
fn term_start(node: &Node, seed: &Seed) -> Option<(Date, u32)> {
    let years: u32 = match node.kind {
        OrganizationKind::Committee => 5,
        OrganizationKind::GeneralBranch | OrganizationKind::Branch => 3,
        OrganizationKind::WorkingCommittee | OrganizationKind::Group | OrganizationKind::MemberHousehold => {
            return None;
        }
    };
    let today = seed.today();
    let length = i64::from(years) * 365;
    if let Some(archived) = node.archived_on {
        return Some((days_before(archived, seed.between(100, 300)), years));
    }
    let until = match node.place {
        Some(Place::StreetBranch) => days_after(today, 12),
        Some(Place::RugaoBranch) => days_before(today, 20),
        _ if seed.chance(30) => days_before(today, seed.between(1, 200)),
        _ if seed.chance(60) => days_after(today, seed.between(0, 60)),
        _ => days_after(today, seed.between(61, length)),
    };
    Some((years_before(until, years).max(node.founded_on).min(days_before(today, 1)), years))
}

#[derive(Default)]
struct Tables {
    organizations: Vec<organization::Model>,
    closure: Vec<organization_closure::Model>,
    parents: Vec<organization_parent::Model>,
    statuses: Vec<organization_status_period::Model>,
    terms: Vec<organization_term::Model>,
    obligations: Vec<obligation::Model>,
    tokens: Vec<search_token::Model>,
}

impl Tables {
    fn periods(&mut self, node: &Node, id: OrganizationId, parent_id: Option<OrganizationId>, seed: &Seed) {
        let from = node.founded_on;
        self.parents.push(organization_parent::Model {
            id: seed.id(),
            organization_id: id,
            parent_id,
            from,
            until: None,
        });
        let mut status = |status, from, until| {
            let id_of_period = seed.id();
            self.statuses.push(organization_status_period::Model {
                id: id_of_period,
                organization_id: id,
                status,
                from,
                until,
            });
        };
        status(OrganizationStatus::Active, from, node.archived_on);
        if let Some(archived) = node.archived_on {
            status(OrganizationStatus::Archived, archived, None);
        }
    }

    /// The running term, and the one before it where the organization is old enough.
    fn terms(&mut self, node: &Node, id: OrganizationId, from: Date, years: u32, seed: &Seed) {
        let before = years_before(from, years);
        if before >= node.founded_on {
            self.terms.push(organization_term::Model {
                id: seed.id(),
                organization_id: id,
                from: before,
                until: from,
                ended_on: Some(from),
            });
        }
        let until = years_after(from, years);
        let term =
            organization_term::Model { id: seed.id(), organization_id: id, from, until, ended_on: node.archived_on };
        self.obligations.extend(obligations::reelection(seed, &term));
        self.terms.push(term);
    }

    async fn write(self, conn: &impl ConnectionTrait) -> Result<(), DbErr> {
        write(conn, self.organizations).await?;
        write(conn, self.closure).await?;
        write(conn, self.parents).await?;
        write(conn, self.statuses).await?;
        write(conn, self.terms).await?;
        write(conn, self.obligations).await?;
        write(conn, self.tokens).await
    }
}
