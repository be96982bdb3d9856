//! Which posts the people of a branch hold, in their own branch and in the organizations that it leads.
use entity::{BranchForm, OrganizationKind, OrganizationLevel, PostTitle, Sector};

use super::{
    plan::{Node, Plan},
    seed::Seed,
};

/// A post to be filled.
#[derive(Clone, Copy)]
pub(super) struct Duty {
    /// Place of the organization in the plan.
    pub(super) organization: usize,
    /// The post.
    pub(super) title: PostTitle,
    /// Whether it is full-time work.
    pub(super) full_time: bool,
}

/// The posts that the people of each branch hold, the own secretary first. A few posts stay vacant.
pub(super) fn duties(plan: &Plan, seed: &Seed) -> Vec<Vec<Duty>> {
    let leading = plan.leading_branches();
    let mut duties: Vec<Vec<(usize, Duty)>> = vec![Vec::new(); plan.nodes().len()];
    for ((place, node), branch) in plan.nodes().iter().enumerate().zip(leading) {
        let Some(list) = branch.filter(|_| node.archived_on.is_none()).and_then(|branch| duties.get_mut(branch)) else {
            continue;
        };
        for (rank, title) in titles(node).iter().enumerate() {
            let secretary = *title == PostTitle::Secretary;
            let vacant = node.place.is_none() && seed.chance(if secretary { 20 } else { 60 });
            let full_time = secretary && full_time(node, seed);
            let rank = match (branch == Some(place), secretary) {
                (true, true) => 0,
                (false, _) if node.statutory() => 1 + rank,
                _ => 10 + rank,
            };
            if !vacant {
                list.push((rank, Duty { organization: place, title: *title, full_time }));
            }
        }
    }
    duties
        .into_iter()
        .map(|mut list| {
            list.sort_by_key(|(rank, duty)| (*rank, duty.organization));
            list.into_iter().map(|(_, duty)| duty).collect()
        })
        .collect()
}

fn titles(node: &Node) -> &'static [PostTitle] {
    use PostTitle::{
        CommitteeMember, DeputySecretary, DisciplineMember, GroupLeader, OrganizationMember, Organizer,
        PublicityMember, Secretary,
    };
    match (node.kind, node.level) {
        (OrganizationKind::Group | OrganizationKind::MemberHousehold, _) => &[GroupLeader],
        (OrganizationKind::Branch, _) if node.weight >= 10 => &[Secretary, OrganizationMember, PublicityMember],
        (OrganizationKind::Branch, _) => &[Secretary],
        (OrganizationKind::GeneralBranch, _) | (_, OrganizationLevel::Community) => &[Secretary, DeputySecretary],
        (_, OrganizationLevel::City | OrganizationLevel::County) => {
            &[Secretary, DeputySecretary, OrganizationMember, DisciplineMember, PublicityMember, Organizer]
        }
        (OrganizationKind::Committee, OrganizationLevel::Town) => {
            &[Secretary, DeputySecretary, OrganizationMember, DisciplineMember, CommitteeMember]
        }
        _ => &[Secretary, DeputySecretary, OrganizationMember, DisciplineMember],
    }
}

fn full_time(node: &Node, seed: &Seed) -> bool {
    match (node.level, node.sector) {
        (OrganizationLevel::Community, _) => true,
        (OrganizationLevel::Unit, Sector::PrivateEnterprise | Sector::SocialOrganization) => {
            seed.chance(if node.form == Some(BranchForm::Regional) { 400 } else { 100 })
        }
        _ => false,
    }
}
