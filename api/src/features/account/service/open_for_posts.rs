//! Accounts for those who hold posts, many at once. Each stands for itself: what can be opened is, and the others say
//! why not.
use std::collections::{HashMap, HashSet};

use entity::{AccountKind, Date, GrantScope, PersonId, PostId, RoleId, organization_post, role_grant};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;

use super::{
    REASON, Slip,
    create::{LONGEST, NameFault, check_name, created, new},
    make_link,
};
use crate::{
    audit::{self, Change},
    authz::{Actor, Denied, Permission},
    db::Tx,
    features::{
        account::{
            policy,
            repo::{self, candidate},
        },
        grant::service::{self as grants, RoleGrant, RoleGrantError},
    },
};

/// Most accounts at once.
pub const MOST: usize = 100;

/// Numbers that are tried behind a name that is taken before one is proposed unseen.
const NUMBERED: usize = 20;

/// Who gets which account and role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForPost {
    /// The post, whose holder gets the account.
    pub post: PostId,
    /// Sign-in name, as typed.
    pub name: String,
    /// The role, on the organization of the post and ending with the post.
    pub role: RoleId,
}

/// Accounts that are to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountOpenForPosts {
    /// One each.
    pub rows: Vec<ForPost>,
    /// First day after of the grants; none where they end with the posts alone.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

/// An account with its grant and its link, which nobody sees again.
#[derive(Clone, Debug)]
pub struct OpenedForPost {
    /// The account and the link to it.
    pub slip: Slip,
    /// The grant, in force or waiting.
    pub grant: role_grant::Model,
}

/// Why one account was not opened.
#[derive(Debug)]
pub enum ForPostError {
    /// The post is missing, hidden or over.
    PostNotFound,
    /// Its holder has an account.
    PersonTaken,
    /// The name cannot be taken.
    Name(NameFault),
    /// Another account has this name.
    NameTaken,
    /// The role cannot be given.
    Grant(RoleGrantError),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for ForPostError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// What became of one post.
pub type Outcome = Result<OpenedForPost, ForPostError>;

/// Why nothing was opened at all.
#[derive(Debug)]
pub enum AccountOpenForPostsError {
    /// The right is missing for all of them.
    Denied(Denied),
    /// No post was named.
    Empty,
    /// Too many were named.
    TooMany,
    /// No reason was given.
    ReasonEmpty,
    /// The reason is too long.
    ReasonTooLong,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for AccountOpenForPostsError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// What stands before the first row, and changes with each. Nobody else changes accounts meanwhile, under the lock on tree
/// and rights.
struct Known {
    posts: HashMap<PostId, organization_post::Model>,
    persons: HashSet<PersonId>,
    names: HashSet<String>,
}

impl Known {
    async fn read(tx: &Tx, actor: &Actor, rows: &[ForPost]) -> Result<Self, DbErr> {
        let posts: Vec<PostId> = rows.iter().map(|row| row.post).collect();
        let posts = candidate::posts(tx.conn(), actor, &posts).await?;
        let persons: Vec<PersonId> = posts.iter().map(|post| post.person_id).collect();
        let names: Vec<String> = rows.iter().filter_map(|row| check_name(&row.name).ok()).collect();
        Ok(Self {
            persons: candidate::with_account(tx.conn(), &persons).await?,
            names: candidate::taken(tx.conn(), &names).await?,
            posts: posts.into_iter().map(|post| (post.id, post)).collect(),
        })
    }
}

/// Opens each of the accounts, in their order, with a grant that ends with the post and a one-time link.
pub async fn open_for_posts(
    tx: &Tx,
    actor: &Actor,
    command: AccountOpenForPosts,
) -> Result<Vec<Outcome>, AccountOpenForPostsError> {
    use AccountOpenForPostsError as Error;
    policy::can_create(actor, actor.may_somewhere(Permission::AccountCreate)).map_err(Error::Denied)?;
    let AccountOpenForPosts { rows, until, reason } = command;
    let reason = reason.trim();
    match () {
        () if rows.is_empty() => return Err(Error::Empty),
        () if rows.len() > MOST => return Err(Error::TooMany),
        () if reason.is_empty() => return Err(Error::ReasonEmpty),
        () if reason.chars().count() > REASON => return Err(Error::ReasonTooLong),
        () => {}
    }
    let mut known = Known::read(tx, actor, &rows).await?;
    let mut outcomes = Vec::with_capacity(rows.len());
    for row in rows {
        match open(tx, actor, &mut known, row, (until, reason)).await {
            Err(ForPostError::Db(error) | ForPostError::Grant(RoleGrantError::Db(error))) => return Err(error.into()),
            outcome => outcomes.push(outcome),
        }
    }
    let denied = |outcome: &Outcome| match outcome {
        Err(ForPostError::Grant(RoleGrantError::Denied(denied))) => Some(*denied),
        _ => None,
    };
    match outcomes.iter().map(denied).collect::<Option<Vec<Denied>>>() {
        Some(all) => Err(all.first().map_or(Error::Empty, |denied| Error::Denied(*denied))),
        None => Ok(outcomes),
    }
}

/// Nothing is written before everything about the row was found right, so that a refused one leaves nothing behind.
async fn open(
    tx: &Tx,
    actor: &Actor,
    known: &mut Known,
    row: ForPost,
    (until, reason): (Option<Date>, &str),
) -> Outcome {
    use ForPostError as Error;
    let post = known.posts.get(&row.post).ok_or(Error::PostNotFound)?;
    if known.persons.contains(&post.person_id) {
        return Err(Error::PersonTaken);
    }
    let name = check_name(&row.name).map_err(Error::Name)?;
    if known.names.contains(&name) {
        return Err(Error::NameTaken);
    }
    let account = new(tx, name, AccountKind::Person, Some(post.person_id), String::new());
    let wish = RoleGrant {
        account: account.id,
        role: row.role,
        scope: GrantScope::Subtree,
        organization: Some(post.organization_id),
        from: tx.today(),
        until,
        post: Some(post.id),
        reason: reason.to_owned(),
    };
    let grant = grants::prepare(tx, actor, &account, wish).await.map_err(Error::Grant)?;
    known.persons.insert(post.person_id);
    known.names.insert(account.name.clone());
    let account = repo::insert(tx, account).await?;
    let slip = make_link(tx, actor.account(), account).await?;
    audit::record(tx, Some(actor.account()), opened(&slip, reason)).await?;
    let grant = grants::put(tx, actor, &slip.account, grant).await?;
    Ok(OpenedForPost { slip, grant })
}

fn opened(slip: &Slip, reason: &str) -> Change {
    let mut change =
        Change { action: "accountOpenForPosts", reason: Some(reason.to_owned()), ..created(&slip.account) };
    change.after.insert("linkValidUntil", json!(slip.valid_until.to_utc()));
    change
}

/// A sign-in name for each of `keys`, which are names in pinyin: letters alone, with a number where the name is taken by an
/// account that `actor` may see or by one before it.
pub async fn propose(conn: &impl ConnectionTrait, actor: &Actor, keys: &[&str]) -> Result<Vec<String>, DbErr> {
    let stems: Vec<String> = keys.iter().map(|key| stem(key)).collect();
    let tried: HashSet<String> =
        stems.iter().flat_map(|stem| (1..=NUMBERED).map(move |number| numbered(stem, number))).collect();
    let tried: Vec<String> = tried.into_iter().collect();
    let mut taken =
        if tried.is_empty() { HashSet::new() } else { candidate::taken_visibly(conn, actor, &tried).await? };
    let propose = |stem: &String| {
        let name = (1..=taken.len() + 1).map(|number| numbered(stem, number)).find(|name| !taken.contains(name));
        let name = name.unwrap_or_default();
        taken.insert(name.clone());
        name
    };
    Ok(stems.iter().map(propose).collect())
}

/// The letters and digits of `key`, with room for a number.
fn stem(key: &str) -> String {
    let stem: String = key.chars().filter(char::is_ascii_alphanumeric).take(LONGEST - 5).collect();
    if stem.chars().count() < 2 { "account".to_owned() } else { stem.to_ascii_lowercase() }
}

fn numbered(stem: &str, number: usize) -> String {
    if number == 1 { stem.to_owned() } else { format!("{stem}{number}") }
}
