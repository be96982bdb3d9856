//! GraphQL types of divisions.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use entity::division;

use super::loader;
use crate::graphql::{Result, ids};

/// Level of an administrative division.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::DivisionLevel")]
pub enum DivisionLevel {
    /// 市
    City,
    /// 县、区
    County,
    /// 镇、街道
    Town,
    /// 村、社区
    Village,
}

/// An administrative division (行政区划).
#[derive(Clone)]
pub struct Division(pub Arc<division::Model>);

/// An administrative division (行政区划).
#[Object]
impl Division {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// Official code.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Official name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Level.
    async fn level(&self) -> DivisionLevel {
        self.0.level.into()
    }

    /// Names from the county down to this one, since names occur more than once.
    async fn path(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let mut path = vec![self.0.name.clone()];
        let mut above = self.0.parent_id;
        while let Some(division) = match above {
            Some(id) => loader::division(ctx, id).await?,
            None => None,
        } {
            above = division.0.parent_id;
            if above.is_some() {
                path.insert(0, division.0.name.clone());
            }
        }
        Ok(path)
    }
}
