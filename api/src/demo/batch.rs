//! Rows on their way into the database, written in statements that both engines take.
use entity::{
    affiliation, member, member_contact, member_home, member_stage, obligation, organization_count, organization_post,
    person, search_token,
};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, Iterable, ModelTrait};

/// Most values of one statement: `SQLite` takes 32,766, `PostgreSQL` 65,535.
const VALUES: usize = 3_000;

/// The rows of some branches, whole.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) persons: Vec<person::Model>,
    pub(super) members: Vec<member::Model>,
    pub(super) stages: Vec<member_stage::Model>,
    pub(super) homes: Vec<member_home::Model>,
    pub(super) contacts: Vec<member_contact::Model>,
    pub(super) affiliations: Vec<affiliation::Model>,
    pub(super) posts: Vec<organization_post::Model>,
    pub(super) counts: Vec<organization_count::Model>,
    pub(super) tokens: Vec<search_token::Model>,
    pub(super) obligations: Vec<obligation::Model>,
}

impl Batch {
    /// Writes all rows, those that others refer to first.
    pub(super) async fn write(self, conn: &impl ConnectionTrait) -> Result<(), DbErr> {
        write(conn, self.persons).await?;
        write(conn, self.members).await?;
        write(conn, self.stages).await?;
        write(conn, self.homes).await?;
        write(conn, self.contacts).await?;
        write(conn, self.affiliations).await?;
        write(conn, self.posts).await?;
        write(conn, self.counts).await?;
        write(conn, self.tokens).await?;
        write(conn, self.obligations).await
    }
}

/// Inserts `rows`, many in a statement.
pub(super) async fn write<M>(conn: &impl ConnectionTrait, rows: Vec<M>) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
{
    let columns = <M::Entity as EntityTrait>::Column::iter().count().max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let statement = <M::Entity as EntityTrait>::insert_many(
            rows.by_ref().take(VALUES / columns).map(IntoActiveModel::into_active_model),
        );
        statement.exec_without_returning(conn).await?;
    }
    Ok(())
}
