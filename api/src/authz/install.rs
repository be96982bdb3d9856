//! Putting the role templates into the database.
use std::collections::{BTreeMap, HashMap};

use entity::{RoleId, role, role_permission};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use super::{Permission, Permissions, RoleTemplate, TEMPLATES};
use crate::clock::Ambient;

/// Brings the role templates of the database to those of this binary. Says whether anything changed; the caller then
/// tells the replicas by the epoch. Roles that are no templates stay as they are.
pub async fn install_templates(conn: &impl ConnectionTrait, ambient: &Ambient) -> Result<bool, DbErr> {
    let known: HashMap<String, role::Model> =
        role::Entity::find().all(conn).await?.into_iter().map(|role| (role.code.clone(), role)).collect();
    let mut permissions: HashMap<RoleId, BTreeMap<String, (bool, bool)>> = HashMap::new();
    for row in role_permission::Entity::find().all(conn).await? {
        permissions.entry(row.role_id).or_default().insert(row.permission, (row.uses, row.passes_on));
    }
    let mut changed = false;
    for template in TEMPLATES {
        let found = known.get(template.code);
        let id = found.map_or_else(|| ambient.uuid().into(), |role| role.id);
        if found.is_none_or(|role| differs(role, template)) {
            write_role(conn, id, found, template).await?;
            changed = true;
        }
        let set = |permissions: &[Permission]| permissions.iter().copied().collect::<Permissions>();
        let (uses, passes_on) = (set(template.uses), set(template.passes_on));
        if permissions.remove(&id).unwrap_or_default() != written(uses, passes_on) {
            replace_permissions(conn, id, uses, passes_on).await?;
            changed = true;
        }
    }
    Ok(changed)
}

fn differs(role: &role::Model, template: &RoleTemplate) -> bool {
    (role.name.as_str(), role.name_en.as_str()) != template.name
        || (role.sentence.as_str(), role.sentence_en.as_str()) != template.sentence
        || role.workbench != template.workbench
        || !role.template
}

async fn write_role(
    conn: &impl ConnectionTrait,
    id: RoleId,
    found: Option<&role::Model>,
    template: &RoleTemplate,
) -> Result<(), DbErr> {
    if found.is_some() {
        return role::Entity::update_many()
            .col_expr(role::Column::Name, Expr::value(template.name.0))
            .col_expr(role::Column::NameEn, Expr::value(template.name.1))
            .col_expr(role::Column::Sentence, Expr::value(template.sentence.0))
            .col_expr(role::Column::SentenceEn, Expr::value(template.sentence.1))
            .col_expr(role::Column::Workbench, Expr::value(template.workbench))
            .col_expr(role::Column::Template, Expr::value(true))
            .col_expr(role::Column::Version, Expr::col(role::Column::Version).add(1))
            .filter(role::Column::Id.eq(id))
            .exec(conn)
            .await
            .map(|_| ());
    }
    let row = role::ActiveModel {
        id: Set(id),
        code: Set(template.code.to_owned()),
        name: Set(template.name.0.to_owned()),
        name_en: Set(template.name.1.to_owned()),
        sentence: Set(template.sentence.0.to_owned()),
        sentence_en: Set(template.sentence.1.to_owned()),
        workbench: Set(template.workbench),
        template: Set(true),
        requires_second_factor: Set(false),
        archived_at: Set(None),
        version: Set(1),
    };
    role::Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Each permission as it is written, with whether it is used and passed on.
fn written(uses: Permissions, passes_on: Permissions) -> BTreeMap<String, (bool, bool)> {
    let part = |permission| (uses.contains(permission), passes_on.contains(permission));
    uses.union(passes_on).iter().map(|permission| (permission.code().to_owned(), part(permission))).collect()
}

/// Lets the role `role_id` carry these permissions, of which there must be some, and no others.
pub async fn replace_permissions(
    conn: &impl ConnectionTrait,
    role_id: RoleId,
    uses: Permissions,
    passes_on: Permissions,
) -> Result<(), DbErr> {
    role_permission::Entity::delete_many().filter(role_permission::Column::RoleId.eq(role_id)).exec(conn).await?;
    let rows =
        written(uses, passes_on).into_iter().map(|(permission, (uses, passes_on))| role_permission::ActiveModel {
            role_id: Set(role_id),
            permission: Set(permission),
            uses: Set(uses),
            passes_on: Set(passes_on),
        });
    role_permission::Entity::insert_many(rows).exec_without_returning(conn).await.map(|_| ())
}
