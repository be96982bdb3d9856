//! Relay connections with a count that is worked out only when asked for.
use async_graphql::SimpleObject;

/// Where a page lies in its list.
#[derive(SimpleObject, Clone, Debug)]
pub struct PageInfo {
    /// Whether rows follow.
    pub has_next_page: bool,
    /// Whether rows precede.
    pub has_previous_page: bool,
    /// Cursor of the first row.
    pub start_cursor: Option<String>,
    /// Cursor of the last row.
    pub end_cursor: Option<String>,
}

/// Defines `$connection` and `$edge` over `$node`, whose rows come from `Select<$entity>`.
#[macro_export]
macro_rules! connection {
    ($connection:ident, $edge:ident, $node:ident, $entity:ty, $model:ty) => {
        #[doc = concat!("A page of a list of `", stringify!($node), "`.")]
        pub struct $connection {
            rows: Vec<($crate::db::page::Cursor, $node)>,
            has_next: bool,
            has_previous: bool,
            all: Box<dyn Fn() -> sea_orm::Select<$entity> + Send + Sync>,
        }

        #[doc = concat!("A `", stringify!($node), "` and its place in the list.")]
        #[derive(async_graphql::SimpleObject)]
        pub struct $edge {
            /// The place of this row in the list.
            pub cursor: String,
            /// The row.
            pub node: $node,
        }

        impl $connection {
            /// The page `page` of what `all` makes when it is counted.
            pub fn new(
                page: $crate::db::page::Page<$model>,
                all: impl Fn() -> sea_orm::Select<$entity> + Send + Sync + 'static,
            ) -> Self {
                let rows = page.rows.into_iter().map(|(cursor, row)| (cursor, row.into())).collect();
                Self { rows, has_next: page.has_next, has_previous: page.has_previous, all: Box::new(all) }
            }

            fn cursor(ctx: &async_graphql::Context<'_>, place: &$crate::db::page::Cursor) -> String {
                place.seal(&$crate::graphql::request(ctx).app.vault)
            }

            async fn count(&self, ctx: &async_graphql::Context<'_>) -> $crate::graphql::Result<(u64, bool)> {
                let request = $crate::graphql::request(ctx);
                Ok($crate::db::page::count(request.app.db.read(), (self.all)()).await?)
            }
        }

        #[doc = concat!("A page of a list of `", stringify!($node), "`.")]
        #[async_graphql::Object]
        impl $connection {
            /// The rows with their places.
            async fn edges(&self, ctx: &async_graphql::Context<'_>) -> Vec<$edge> {
                let edge = |(place, node): &($crate::db::page::Cursor, $node)| $edge {
                    cursor: Self::cursor(ctx, place),
                    node: node.clone(),
                };
                self.rows.iter().map(edge).collect()
            }

            /// The rows.
            async fn nodes(&self) -> Vec<$node> {
                self.rows.iter().map(|(_, node)| node.clone()).collect()
            }

            /// Where this page lies in the list.
            async fn page_info(&self, ctx: &async_graphql::Context<'_>) -> $crate::graphql::connection::PageInfo {
                $crate::graphql::connection::PageInfo {
                    has_next_page: self.has_next,
                    has_previous_page: self.has_previous,
                    start_cursor: self.rows.first().map(|(place, _)| Self::cursor(ctx, place)),
                    end_cursor: self.rows.last().map(|(place, _)| Self::cursor(ctx, place)),
                }
            }

            /// Number of rows that match and that the viewer may see, up to 10,000; computed only when asked for.
            async fn total_count(&self, ctx: &async_graphql::Context<'_>) -> $crate::graphql::Result<i32> {
                Ok(i32::try_from(self.count(ctx).await?.0).unwrap_or(i32::MAX))
            }

            /// Whether there are more rows than `totalCount` says.
            async fn total_count_is_capped(&self, ctx: &async_graphql::Context<'_>) -> $crate::graphql::Result<bool> {
                Ok(self.count(ctx).await?.1)
            }
        }
    };
}
