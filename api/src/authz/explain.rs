//! Why a right is there or not, grant by grant, from the predicates that enforcement is made of.
use entity::{Date, OrganizationId, PersonId};

use super::{Actor, Authority, GrantInfo, Permission};

/// Where an object lies for one permission, and whose it is: a right at one of the organizations is enough, or one to
/// oneself where the object is oneself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Organizations that answer for it.
    pub organizations: Vec<OrganizationId>,
    /// The person that it is or belongs to, where a right to oneself counts.
    pub person: Option<PersonId>,
}

impl Actor {
    /// The grants that let `permission` be used at `place`.
    pub fn giving(&self, permission: Permission, place: &Place) -> impl Iterator<Item = &GrantInfo> {
        let bid = Bid {
            holder: self.person(),
            second_factor: self.has_second_factor(),
            permission,
            place,
            today: self.today(),
        };
        self.holders(permission).filter(move |grant| bid.is_reached(self.authority(), grant))
    }

    /// Whether `permission` may be used at `place`.
    pub fn may_at(&self, permission: Permission, place: &Place) -> bool {
        self.giving(permission, place).next().is_some()
    }
}

/// What somebody asks for.
#[derive(Clone, Copy, Debug)]
pub struct Bid<'a> {
    /// The person behind the account.
    pub holder: Option<PersonId>,
    /// Whether the account signs in with a second factor, which a role may demand.
    pub second_factor: bool,
    /// The permission.
    pub permission: Permission,
    /// Where.
    pub place: &'a Place,
    /// On which day.
    pub today: Date,
}

impl Bid<'_> {
    /// Whether `grant`, where its role carries the permission, reaches the place.
    fn is_reached(&self, authority: &Authority, grant: &GrantInfo) -> bool {
        let Self { holder, permission, place, .. } = *self;
        place.person.is_some_and(|person| grant.is_own(holder, person))
            || place.organizations.iter().any(|at| authority.reaches(holder, grant, permission, *at))
    }
}

/// What one grant says to a bid; the later in this list, the nearer to a yes.
#[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[graphql(name = "AccessOutcome")]
pub enum Finding {
    /// The role does not carry the permission.
    NotCarried,
    /// The role carries it, but the grant reaches the person behind the account alone.
    NotOneself,
    /// The role carries it, but in another subtree.
    Elsewhere,
    /// It would, but it has ended.
    Ended,
    /// It will, but its first day is to come.
    NotBegun,
    /// It would, but it waits for a second holder.
    Waiting,
    /// It would, but the role demands a second factor, which the account has not set up.
    SecondFactorMissing,
    /// It gives the permission.
    Gives,
}

/// What `grant` says to `bid`. A grant that is not in force in the database says so by `waits` and `ended`.
pub fn examine(authority: &Authority, bid: Bid<'_>, grant: &GrantInfo, waits: bool, ended: bool) -> Finding {
    let role = authority.roles.get(&grant.role);
    let carried = role.is_some_and(|role| role.uses.contains(bid.permission));
    let works = role.is_some_and(|role| role.works(bid.second_factor));
    let there = bid.is_reached(authority, grant);
    match () {
        () if !carried => Finding::NotCarried,
        () if !there && grant.organization.is_none() => Finding::NotOneself,
        () if !there => Finding::Elsewhere,
        () if ended || grant.has_ended(bid.today) => Finding::Ended,
        () if waits => Finding::Waiting,
        () if !grant.has_begun(bid.today) => Finding::NotBegun,
        () if !works => Finding::SecondFactorMissing,
        () => Finding::Gives,
    }
}

/// What decided.
#[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(name = "AccessCause")]
pub enum Cause {
    /// A grant gives it.
    Granted,
    /// It is given, by being oneself or by a grant that the viewer may not see.
    Unseen,
    /// The account is disabled.
    AccountDisabled,
    /// A grant gives the permission, but another rule stands against it.
    Rule,
    /// A grant would give it, but its role demands a second factor, which the account has not set up.
    SecondFactorMissing,
    /// A grant would give it, but waits for a second holder.
    Waiting,
    /// A grant will give it, but its first day is to come.
    NotBegun,
    /// A grant gave it, but has ended.
    Ended,
    /// A role carries it, but in another subtree.
    Elsewhere,
    /// A role carries it, but for the person behind the account alone.
    NotOneself,
    /// No role carries it.
    NotCarried,
    /// There is no grant that the viewer may see.
    NoGrant,
}

/// What decided, where enforcement says `allowed` and the grants say `findings`.
pub fn cause(active: bool, allowed: bool, findings: impl Iterator<Item = Finding>) -> Cause {
    let nearest = findings.max();
    match (active, allowed, nearest) {
        (false, ..) => Cause::AccountDisabled,
        (true, true, Some(Finding::Gives)) => Cause::Granted,
        (true, true, _) => Cause::Unseen,
        (true, false, None) => Cause::NoGrant,
        (true, false, Some(finding)) => match finding {
            Finding::Gives => Cause::Rule,
            Finding::SecondFactorMissing => Cause::SecondFactorMissing,
            Finding::Waiting => Cause::Waiting,
            Finding::NotBegun => Cause::NotBegun,
            Finding::Ended => Cause::Ended,
            Finding::Elsewhere => Cause::Elsewhere,
            Finding::NotOneself => Cause::NotOneself,
            Finding::NotCarried => Cause::NotCarried,
        },
    }
}
