//! The people of a branch: memberships, periods, contact persons, posts and affiliations.
use std::collections::HashMap;

use entity::{
    AffiliationKind, Date, MemberId, MemberStage, OrganizationId, OrganizationKind, OrganizationLevel, PersonId,
    Sector, affiliation, member, member_contact, member_home, member_stage, organization_count, organization_post,
    person,
};

use super::{
    accounts::Chosen,
    batch::Batch,
    duties::Duty,
    life::{Ages, Life, soon_after},
    obligations,
    organizations::Loaded,
    person::{Draft, Register},
    plan::Node,
    script::script,
    seed::{Seed, days_before},
};
use crate::db::seal::Unsealable;

/// Where people may be tied to beside their home, by place in the plan.
pub(super) struct Directory<'a> {
    /// Keys and terms.
    pub(super) loaded: &'a Loaded,
    /// Posts by branch.
    pub(super) duties: Vec<Vec<Duty>>,
    /// Places of the organizations of communities.
    pub(super) communities: Vec<usize>,
    /// Places of branches where people are at home.
    pub(super) branches: Vec<usize>,
}

impl Directory<'_> {
    fn id(&self, place: usize) -> Option<OrganizationId> {
        self.loaded.ids.get(place).copied()
    }
}

/// Writes the people of one branch after another.
pub(super) struct People<'a> {
    pub(super) register: Register<'a>,
    pub(super) directory: Directory<'a>,
    /// The persons behind the demonstration accounts.
    pub(super) chosen: Chosen,
}

/// What was written of one member.
struct Written {
    person: PersonId,
    full_since: Option<Date>,
}

impl People<'_> {
    fn seed(&self) -> &Seed {
        self.register.seed
    }

    /// Adds `number` members of the branch at `place`.
    pub(super) fn members(&mut self, place: usize, number: usize, batch: &mut Batch) -> Result<(), Unsealable> {
        let Some(node) = self.register.plan.nodes().get(place) else { return Ok(()) };
        let Some(home) = self.directory.id(place) else { return Ok(()) };
        let mut counts: HashMap<MemberStage, i64> = HashMap::new();
        let mut full: Vec<Written> = Vec::new();
        let first = batch.members.len();
        let mut alone = Vec::new();
        for index in 0..number {
            let script = script(self.seed(), node, index, number);
            let life = Life::draw(self.seed(), script.stage, script.days, ages(node, index));
            let known_since = life.applied_on.max(node.founded_on);
            let draft = Draft { birth: life.birth, node, known_since, entered: script.entered, gap: script.gap };
            let person = self.register.person(&draft, &mut batch.tokens)?;
            let written = self.member(node, home, &life, &person, batch);
            *counts.entry(script.stage).or_default() += 1;
            if script.stage == MemberStage::Full {
                self.ties(node, place, &written, batch);
                full.push(written);
            }
            alone.push((script.accompanied, life.entered()));
            batch.persons.push(person);
        }
        let members: Vec<member::Model> = batch.members.get(first..).unwrap_or_default().to_vec();
        for (member, (accompanied, since)) in members.iter().zip(alone) {
            let accompanied = accompanied && self.contacts(member, since, &full, batch);
            batch.obligations.extend(obligations::contact(self.seed(), member, since, accompanied));
        }
        self.posts(place, &full, batch);
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_unstable();
        batch.counts.extend(counts.into_iter().map(|(stage, n)| organization_count::Model {
            organization_id: home,
            stage,
            n,
        }));
        Ok(())
    }

    fn member(
        &mut self,
        node: &Node,
        home: OrganizationId,
        life: &Life,
        person: &person::Model,
        batch: &mut Batch,
    ) -> Written {
        let seed = self.register.seed;
        let id: MemberId = seed.id();
        let (stage, _, _) = life.stages.last().copied().unwrap_or((MemberStage::Applicant, life.applied_on, None));
        let model = member::Model {
            id,
            person_id: person.id,
            stage,
            home_organization_id: home,
            applied_on: Some(life.applied_on),
            admitted_on: life.admitted_on,
            full_on: life.full_on,
            created_at: person.created_at,
            updated_at: person.updated_at,
            version: 1,
        };
        batch.obligations.extend(obligations::record(seed, &model, person));
        batch.members.push(model);
        batch.stages.extend(life.stages.iter().map(|(stage, from, until)| member_stage::Model {
            id: seed.id(),
            member_id: id,
            stage: *stage,
            from: *from,
            until: *until,
        }));
        let begun = life.stages.first().map_or(life.applied_on, |(_, from, _)| *from);
        self.homes(id, home, begun.max(node.founded_on), batch);
        Written { person: person.id, full_since: life.full_on }
    }

    /// The home periods: mostly one, for a few an earlier one elsewhere.
    fn homes(&self, member_id: MemberId, home: OrganizationId, from: Date, batch: &mut Batch) {
        let seed = self.seed();
        let mut push = |organization_id, from, until| {
            let id = seed.id();
            batch.homes.push(member_home::Model { id, member_id, organization_id, from, until });
        };
        let moved = days_before(seed.today(), seed.between(10, 1_700));
        let earlier = self.directory.branches.get(seed.below(self.directory.branches.len())).copied();
        let founded = earlier.and_then(|place| self.register.plan.nodes().get(place)).map(|node| node.founded_on);
        match earlier.and_then(|place| self.directory.id(place)) {
            Some(earlier) if earlier != home && seed.chance(40) && from < moved && founded <= Some(from) => {
                push(earlier, from, Some(moved));
                push(home, moved, None);
            }
            _ => push(home, from, None),
        }
    }

    /// Gives a member contact persons where the stage asks for them, and says whether it did.
    fn contacts(&self, member: &member::Model, since: Date, full: &[Written], batch: &mut Batch) -> bool {
        let seed = self.seed();
        let wants = matches!(member.stage, MemberStage::Activist | MemberStage::Candidate | MemberStage::Probationary);
        if !wants || full.is_empty() {
            return false;
        }
        let first = seed.below(full.len());
        let number = if full.len() > 1 && seed.chance(500) { 2 } else { 1 };
        for contact in full.iter().cycle().skip(first).take(number) {
            let from = soon_after(seed, since, 6).max(contact.full_since.unwrap_or(since));
            batch.contacts.push(member_contact::Model {
                id: seed.id(),
                member_id: member.id,
                person_id: contact.person,
                from,
                until: None,
            });
        }
        true
    }

    /// Fills the posts of the branch and of the organizations that it leads, and picks the persons of accounts.
    fn posts(&mut self, place: usize, full: &[Written], batch: &mut Batch) {
        let seed = self.register.seed;
        let mut holders = full.iter();
        for duty in self.directory.duties.get(place).into_iter().flatten() {
            // Where the branch has too few full members, the rest of the posts is vacant.
            let (Some(holder), Some(organization_id)) = (holders.next(), self.directory.id(duty.organization)) else {
                break;
            };
            let term = self.directory.loaded.terms.get(duty.organization).copied().flatten();
            let from = term.unwrap_or_else(|| days_before(seed.today(), seed.between(60, 1_500)));
            if duty.title == entity::PostTitle::Secretary && duty.organization == place {
                self.chosen.secretary(place, holder.person);
            }
            batch.posts.push(organization_post::Model {
                id: seed.id(),
                organization_id,
                person_id: holder.person,
                title: duty.title,
                full_time: duty.full_time,
                from: from.max(holder.full_since.unwrap_or(from)),
                until: None,
                version: 1,
            });
        }
        self.chosen.others(place, holders.map(|holder| holder.person));
    }

    /// Ties of a full member beside the home organization.
    fn ties(&self, node: &Node, place: usize, member: &Written, batch: &mut Batch) {
        let seed = self.seed();
        let unit = node.level == OrganizationLevel::Unit;
        let community = self.directory.communities.get(seed.below(self.directory.communities.len())).copied();
        let (kind, target) = match node.sector {
            Sector::Government | Sector::StateEnterprise | Sector::PublicHospital if unit && seed.chance(300) => {
                (AffiliationKind::CommunityReportIn, community)
            }
            Sector::Village | Sector::Community if seed.chance(8) => (AffiliationKind::Temporary, community),
            Sector::NewEmployment if seed.chance(100) => (AffiliationKind::Station, Some(place)),
            Sector::IndustryChain if seed.chance(150) => (AffiliationKind::Alliance, node.parent),
            _ => return,
        };
        let since = member.full_since.unwrap_or_else(|| seed.today());
        self.tie(member.person, target, kind, since, batch);
    }

    fn tie(&self, person_id: PersonId, place: Option<usize>, kind: AffiliationKind, since: Date, batch: &mut Batch) {
        let seed = self.seed();
        let Some(organization_id) = place.and_then(|place| self.directory.id(place)) else { return };
        let from = days_before(seed.today(), seed.between(1, 1_500)).max(since);
        batch.affiliations.push(affiliation::Model {
            id: seed.id(),
            person_id,
            organization_id,
            kind,
            from,
            until: None,
            version: 1,
        });
    }

    /// Adds a person without membership: a courier at a station, an owner in an alliance.
    pub(super) fn outsider(&mut self, place: usize, batch: &mut Batch) -> Result<(), Unsealable> {
        let Some(node) = self.register.plan.nodes().get(place) else { return Ok(()) };
        let seed = self.register.seed;
        let birth = days_before(seed.today(), seed.between(20 * 365, 55 * 365));
        let known_since = days_before(seed.today(), seed.between(5, 1_200));
        let draft = Draft { birth, node, known_since, entered: None, gap: None };
        let person = self.register.person(&draft, &mut batch.tokens)?;
        let (kind, target) = match node.sector {
            Sector::IndustryChain => (AffiliationKind::Alliance, node.parent),
            _ => (AffiliationKind::Station, Some(place)),
        };
        self.tie(person.id, target, kind, known_since, batch);
        batch.persons.push(person);
        Ok(())
    }
}

/// The ages that fit a branch. The first of it lead it and are in service.
fn ages(node: &Node, index: usize) -> Ages {
    if node.name.contains("学生") && index > 2 {
        return Ages { oldest: 27, longest: 3 };
    }
    let civil = node.level != OrganizationLevel::Unit && node.kind == OrganizationKind::Branch;
    if index >= 8 && (civil || node.name.contains("离退休")) {
        return Ages { oldest: 90, longest: 55 };
    }
    Ages { oldest: 58, longest: 30 }
}
