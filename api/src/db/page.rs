//! Keyset pages: a sort key and the row id decide the place; nothing is ever skipped by counting.
use std::{borrow::Cow, collections::HashMap, hash::Hash};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    TryGetable,
    sea_query::{
        Alias, Asterisk, Expr, ExprTrait, Func, Order, OverStatement, Query, SimpleExpr, Value, WindowStatement,
    },
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::seal::Vault;

/// Most rows of one page.
pub const LARGEST: u64 = 100;
/// Rows of a page that asks for no number.
pub const USUAL: u64 = 50;
/// `totalCount` stops here.
pub const COUNT_CAP: u64 = 10_000;

/// Columns that [`read_first`] adds: whose list a row is in, and its number there.
const OWNER: &str = "page_owner";
const RANK: &str = "page_rank";

/// A page that cannot be served, by the caller's mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// Both directions were asked for.
    #[error("`first` and `last` exclude each other")]
    BothDirections,
    /// The number of rows is out of range.
    #[error("a page has 1 to 100 rows")]
    Size,
    /// The cursor is not one of this list.
    #[error("the cursor does not belong to this list; begin again without it")]
    Cursor,
}

/// Why a page was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The caller's mistake.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The database's failure.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// The four arguments of a connection field.
#[derive(Clone, Debug, Default)]
pub struct PageArgs {
    /// Rows from the front.
    pub first: Option<i32>,
    /// Cursor after which the page begins.
    pub after: Option<String>,
    /// Rows from the back.
    pub last: Option<i32>,
    /// Cursor before which the page ends.
    pub before: Option<String>,
}

/// The value of a sort key in one row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Key {
    /// Text in byte order.
    Text(String),
    /// A number.
    Number(i64),
    /// A date.
    Date(entity::Date),
    /// Only the row id counts.
    None,
}

impl Key {
    fn value(&self) -> Option<Value> {
        match self {
            Self::Text(text) => Some(text.clone().into()),
            Self::Number(number) => Some((*number).into()),
            Self::Date(date) => Some((*date).into()),
            Self::None => None,
        }
    }
}

/// How a list is sorted.
pub struct Sort {
    /// Name of the order, part of the cursor so that another list refuses it.
    pub name: &'static str,
    /// The sorted expression, never null; none where the id alone decides.
    pub key: Option<SimpleExpr>,
    /// The unique id.
    pub id: SimpleExpr,
    /// From large to small.
    pub descending: bool,
}

/// What a row says for a sort, and its id.
pub type Place<M> = fn(&M) -> (Key, Uuid);

/// Rows of a page with their places.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Rows in list order, each with its place.
    pub rows: Vec<(Cursor, T)>,
    /// Whether rows follow.
    pub has_next: bool,
    /// Whether rows precede.
    pub has_previous: bool,
}

impl<T> Page<T> {
    /// The same page of other rows.
    pub fn map<U>(self, mut row: impl FnMut(T) -> U) -> Page<U> {
        let Self { rows, has_next, has_previous } = self;
        Page { rows: rows.into_iter().map(|(place, one)| (place, row(one))).collect(), has_next, has_previous }
    }

    /// A page of a list without rows.
    pub fn empty() -> Self {
        Self { rows: Vec::new(), has_next: false, has_previous: false }
    }
}

/// The place of a row in a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cursor {
    order: Cow<'static, str>,
    descending: bool,
    key: Key,
    id: Uuid,
}

impl Cursor {
    /// The cursor as it is handed out. Sealing costs more than reading the row, so it waits until somebody asks for it.
    pub fn seal(&self, vault: &Vault) -> String {
        URL_SAFE_NO_PAD.encode(vault.seal_cursor(&serde_json::to_vec(self).unwrap_or_default()))
    }
}

/// Reads one page of `select`, whose filters are complete. A row `M` is the table's own, or one with the sort key of
/// a joined table beside it.
pub async fn read<E, M>(
    conn: &impl ConnectionTrait,
    vault: &Vault,
    mut select: Select<E>,
    sort: Sort,
    args: &PageArgs,
    place: impl Fn(&M) -> (Key, Uuid),
) -> Result<Page<M>, ReadError>
where
    E: EntityTrait,
    M: FromQueryResult + Send + Sync,
{
    let (size, backward) = match (args.first, args.last) {
        (Some(_), Some(_)) => return Err(PageError::BothDirections.into()),
        (None, Some(last)) => (u64::try_from(last).unwrap_or(0), true),
        (Some(first), None) => (u64::try_from(first).unwrap_or(0), false),
        (None, None) => (USUAL, false),
    };
    if !(1..=LARGEST).contains(&size) {
        return Err(PageError::Size.into());
    }
    for (cursor, follows) in [(&args.after, true), (&args.before, false)] {
        let Some(cursor) = cursor else { continue };
        let cursor = open(vault, cursor, &sort)?;
        select = select.filter(beyond(&sort, &cursor, follows != sort.descending));
    }
    let order = if sort.descending == backward { Order::Asc } else { Order::Desc };
    if let Some(key) = &sort.key {
        select = select.order_by(key.clone(), order.clone());
    }
    let mut found = select.order_by(sort.id.clone(), order).limit(size + 1).into_model::<M>().all(conn).await?;
    let more = u64::try_from(found.len()).unwrap_or(u64::MAX) > size;
    found.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    if backward {
        found.reverse();
    }
    let rows = placed(found, &sort, place);
    Ok(if backward {
        Page { rows, has_next: args.before.is_some(), has_previous: more }
    } else {
        Page { rows, has_next: more, has_previous: args.after.is_some() }
    })
}

fn placed<M>(found: Vec<M>, sort: &Sort, place: impl Fn(&M) -> (Key, Uuid)) -> Vec<(Cursor, M)> {
    let cursor = |row: &M| {
        let (key, id) = place(row);
        Cursor { order: Cow::Borrowed(sort.name), descending: sort.descending, key, id }
    };
    found.into_iter().map(|row| (cursor(&row), row)).collect()
}

/// Reads the first page of many lists in one statement: of each value that `owner` has in the rows of `select`, which
/// are few. A list without rows is left out.
pub async fn read_first<E, M, O>(
    conn: &impl ConnectionTrait,
    select: Select<E>,
    owner: SimpleExpr,
    sort: Sort,
    first: Option<i32>,
    place: impl Fn(&M) -> (Key, Uuid),
) -> Result<HashMap<O, Page<M>>, ReadError>
where
    E: EntityTrait,
    M: FromQueryResult + Send + Sync,
    O: TryGetable + Eq + Hash,
{
    let size = first.map_or(USUAL, |first| u64::try_from(first).unwrap_or(0));
    if !(1..=LARGEST).contains(&size) {
        return Err(PageError::Size.into());
    }
    let order = if sort.descending { Order::Desc } else { Order::Asc };
    let mut window = WindowStatement::new();
    window.add_partition_by(owner.clone());
    for expression in sort.key.iter().chain([&sort.id]) {
        window.order_by_expr(expression.clone(), order.clone());
    }
    let mut ranked = select.into_query();
    ranked.expr_as(owner, Alias::new(OWNER)).expr_window_as(Func::cust("ROW_NUMBER"), window, Alias::new(RANK));
    let mut query = Query::select();
    query
        .column(Asterisk)
        .from_subquery(ranked, Alias::new("ranked"))
        .and_where(Expr::col(Alias::new(RANK)).lte(size + 1))
        .order_by(Alias::new(RANK), Order::Asc);
    let mut lists: HashMap<O, Vec<M>> = HashMap::new();
    for row in conn.query_all(&query).await? {
        lists.entry(row.try_get("", OWNER)?).or_default().push(M::from_query_result(&row, "")?);
    }
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let page = |mut found: Vec<M>| {
        let has_next = found.len() > most;
        found.truncate(most);
        Page { rows: placed(found, &sort, &place), has_next, has_previous: false }
    };
    Ok(lists.into_iter().map(|(owner, found)| (owner, page(found))).collect())
}

/// Counts the rows of `select`, up to [`COUNT_CAP`]; true where there are more.
pub async fn count<E: EntityTrait>(conn: &impl ConnectionTrait, select: Select<E>) -> Result<(u64, bool), DbErr> {
    let inner = select.select_only().expr_as(Expr::value(1), "one").limit(COUNT_CAP + 1).into_query();
    let query = Query::select()
        .expr_as(Expr::col(Alias::new("one")).count(), Alias::new("n"))
        .from_subquery(inner, Alias::new("counted"))
        .to_owned();
    let row = conn.query_one(&query).await?;
    let n: i64 = row.map(|row| row.try_get("", "n")).transpose()?.unwrap_or(0);
    let n = u64::try_from(n).unwrap_or(0);
    Ok((Ord::min(n, COUNT_CAP), n > COUNT_CAP))
}

fn beyond(sort: &Sort, cursor: &Cursor, greater: bool) -> SimpleExpr {
    let compare = |left: SimpleExpr, right: SimpleExpr| {
        if greater { left.gt(right) } else { left.lt(right) }
    };
    let id = Expr::value(cursor.id);
    match (&sort.key, cursor.key.value()) {
        (Some(key), Some(value)) => compare(key.clone(), Expr::value(value.clone()))
            .or(key.clone().eq(Expr::value(value)).and(compare(sort.id.clone(), id))),
        _ => compare(sort.id.clone(), id),
    }
}

fn open(vault: &Vault, text: &str, sort: &Sort) -> Result<Cursor, PageError> {
    let sealed = URL_SAFE_NO_PAD.decode(text).map_err(|_| PageError::Cursor)?;
    let opened = vault.open_cursor(&sealed).map_err(|_| PageError::Cursor)?;
    let cursor: Cursor = serde_json::from_slice(&opened).map_err(|_| PageError::Cursor)?;
    if cursor.order == sort.name && cursor.descending == sort.descending { Ok(cursor) } else { Err(PageError::Cursor) }
}
