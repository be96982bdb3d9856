//! Searching.
use async_graphql::{Context, Object};

use super::SearchResult;
use crate::{
    db::search,
    features::{member, organization, person},
    graphql::Result,
};

/// Matches of each kind where no number is asked for.
const USUAL: i32 = 8;
/// Most matches of each kind.
const MOST: i32 = 20;

/// The search over everything.
#[derive(Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Best matches by name, initials or code, from the start of a word; at most `first` of each kind.
    async fn search(
        &self,
        ctx: &Context<'_>,
        text: String,
        #[graphql(desc = "8 where left out, at most 20.")] first: Option<i32>,
    ) -> Result<SearchResult> {
        if search::normalize(&text).is_none() {
            return Ok(SearchResult::default());
        }
        let most = u64::try_from(first.unwrap_or(USUAL).clamp(1, MOST)).unwrap_or_default();
        Ok(SearchResult {
            organizations: organization::matching(ctx, &text, most).await?,
            members: member::matching(ctx, &text, most).await?,
            persons: person::matching(ctx, &text, most).await?,
        })
    }
}
