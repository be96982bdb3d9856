//! Making up the people, branch by branch, on a thread of its own.
use entity::{OrganizationKind, OrganizationLevel, Sector};
use tokio::sync::mpsc::Sender;

use super::{
    accounts::Chosen,
    batch::Batch,
    duties::duties,
    names::Registry,
    organizations::Loaded,
    people::{Directory, People},
    person::Register,
    plan::{Node, Plan},
    script::fixed_number,
    seed::Seed,
};
use crate::db::seal::{Unsealable, Vault};

/// People of the whole tree at scale 1.
const PEOPLE: usize = 60_000;
/// People of one batch; each batch is one transaction.
const BATCH: usize = 2_000;
/// Least number of people of a branch with demonstration accounts.
const LEAST: usize = 30;

/// How much of the whole tree is loaded.
#[derive(Clone, Copy)]
pub(super) struct Share {
    pub(super) nodes: usize,
    pub(super) of: usize,
}

/// Numbers of people by place in the plan.
pub(super) struct Numbers {
    members: Vec<usize>,
    outsiders: Vec<usize>,
}

impl Numbers {
    /// Gives each branch people by its weight.
    pub(super) fn share_out(plan: &Plan, scale: u32, share: Share) -> Self {
        let people = PEOPLE * usize::try_from(scale).unwrap_or(1) * share.nodes / share.of.max(1);
        let outsiders = people / 100;
        let open = |sector| matches!(sector, Sector::NewEmployment | Sector::IndustryChain);
        let weights = |filter: &dyn Fn(&Node) -> bool| {
            plan.nodes().iter().map(|node| if filter(node) { node.weight as usize } else { 0 }).collect::<Vec<_>>()
        };
        let chosen = Chosen::new(plan);
        let mut members = apportion(people - outsiders, &weights(&|node| fixed_number(node.place).is_none()));
        for ((place, number), node) in members.iter_mut().enumerate().zip(plan.nodes()) {
            if let Some(fixed) = fixed_number(node.place) {
                *number = fixed;
            } else if chosen.wants(place) {
                *number = (*number).max(LEAST);
            }
        }
        Self { members, outsiders: apportion(outsiders, &weights(&|node| open(node.sector))) }
    }

    /// All of them.
    pub(super) fn total(&self) -> usize {
        self.members.iter().chain(&self.outsiders).sum()
    }
}

/// Divides `total` by `weights` without losing any to rounding.
fn apportion(total: usize, weights: &[usize]) -> Vec<usize> {
    let sum = weights.iter().sum::<usize>().max(1);
    let (mut passed, mut given) = (0, 0);
    weights
        .iter()
        .map(|weight| {
            passed += weight;
            let number = total * passed / sum - given;
            given += number;
            number
        })
        .collect()
}

/// What the thread that makes up people needs.
pub(super) struct Work {
    pub(super) seed: Seed,
    pub(super) plan: Plan,
    pub(super) loaded: Loaded,
    pub(super) numbers: Numbers,
    pub(super) vault: Vault,
}

impl Work {
    /// Sends the people of all branches, and returns those behind the demonstration accounts. Only the batches
    /// in the channel are held in memory.
    pub(super) fn generate(&self, sender: &Sender<Batch>) -> Result<Chosen, Unsealable> {
        let places = |wanted: &dyn Fn(&Node) -> bool| {
            let nodes = self.plan.nodes().iter().enumerate();
            nodes.filter(|(_, node)| wanted(node)).map(|(place, _)| place).collect::<Vec<_>>()
        };
        let directory = Directory {
            loaded: &self.loaded,
            duties: duties(&self.plan, &self.seed),
            communities: places(&|node| node.level == OrganizationLevel::Community && node.statutory()),
            branches: places(&|node| node.kind == OrganizationKind::Branch && node.weight > 0),
        };
        let numbers = Registry::new();
        let register = Register { seed: &self.seed, vault: &self.vault, plan: &self.plan, numbers };
        let mut people = People { register, directory, chosen: Chosen::new(&self.plan) };
        let mut batch = Batch::default();
        let numbers = self.numbers.members.iter().copied().zip(self.numbers.outsiders.iter().copied());
        for (place, (members, outsiders)) in numbers.enumerate() {
            people.members(place, members, &mut batch)?;
            for _ in 0..outsiders {
                people.outsider(place, &mut batch)?;
            }
            if batch.persons.len() >= BATCH && sender.blocking_send(std::mem::take(&mut batch)).is_err() {
                // Writing has failed and says why.
                break;
            }
        }
        let _ = sender.blocking_send(batch);
        Ok(people.chosen)
    }
}
