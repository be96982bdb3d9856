//! SQL for two engines: types, periods that do not overlap, rows that cannot change.
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// Runs `statements`, with `{uuid}`, `{bytes}`, `{sorted}` (text in byte order) and `{counter}` (an integer key that the
/// database counts up) in the engine's words.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let postgres = manager.get_database_backend() == DbBackend::Postgres;
    let (uuid, bytes, sorted, date) =
        if postgres { ("uuid", "bytea", "text COLLATE \"C\"", "date") } else { ("blob", "blob", "text", "date_text") };
    let counter = if postgres { "bigint GENERATED ALWAYS AS IDENTITY" } else { "integer" };
    for statement in statements {
        let statement = statement
            .replace("{uuid}", uuid)
            .replace("{bytes}", bytes)
            .replace("{sorted}", sorted)
            .replace("{date}", date)
            .replace("{counter}", counter);
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Refuses two rows of `table` with the same `owner` columns and overlapping `from`–`until`.
/// The constraint is named `no_overlap_<table>`.
pub(crate) async fn no_overlap(manager: &SchemaManager<'_>, table: &str, owner: &[&str]) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let name = format!("no_overlap_{table}");
    if manager.get_database_backend() == DbBackend::Postgres {
        let owner = owner.iter().fold(String::new(), |sql, column| sql + column + " WITH =, ");
        let range = "daterange(\"from\", \"until\") WITH &&";
        connection.execute_unprepared("CREATE EXTENSION IF NOT EXISTS btree_gist").await?;
        connection
            .execute_unprepared(&format!(
                "ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist ({owner}{range})"
            ))
            .await?;
        return Ok(());
    }
    let same = owner.iter().fold(String::new(), |sql, column| format!("{sql} AND other.{column} = NEW.{column}"));
    for (event, suffix) in [("INSERT", "insert"), ("UPDATE", "update")] {
        connection
            .execute_unprepared(&format!(
                "CREATE TRIGGER {name}_{suffix} BEFORE {event} ON {table}
                 WHEN EXISTS (SELECT 1 FROM {table} other WHERE other.id <> NEW.id{same}
                   AND other.\"from\" < COALESCE(NEW.\"until\", '9999-12-31')
                   AND NEW.\"from\" < COALESCE(other.\"until\", '9999-12-31'))
                 BEGIN SELECT RAISE(ABORT, '{name}'); END"
            ))
            .await?;
    }
    Ok(())
}

/// Refuses UPDATE and DELETE (and TRUNCATE on `PostgreSQL`) on `table`.
pub(crate) async fn append_only(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        connection
            .execute_unprepared(
                "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN RAISE EXCEPTION 'append_only_%', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$",
            )
            .await?;
        connection
            .execute_unprepared(&format!(
                "CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                 FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            ))
            .await?;
        return Ok(());
    }
    for (event, suffix) in [("UPDATE", "update"), ("DELETE", "delete")] {
        connection
            .execute_unprepared(&format!(
                "CREATE TRIGGER append_only_{table}_{suffix} BEFORE {event} ON {table}
                 BEGIN SELECT RAISE(ABORT, 'append_only_{table}'); END"
            ))
            .await?;
    }
    Ok(())
}

/// Refuses UPDATE and DELETE on rows of `table` for which `when` holds, in which `OLD` is the row. Both triggers are
/// named after `name`, which is also what the refusal says.
pub(crate) async fn refuse(manager: &SchemaManager<'_>, name: &str, table: &str, when: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let postgres = manager.get_database_backend() == DbBackend::Postgres;
    if postgres {
        connection
            .execute_unprepared(&format!(
                "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN RAISE EXCEPTION '{name}' USING ERRCODE = 'restrict_violation'; END $$"
            ))
            .await?;
    }
    let body = if postgres {
        format!("EXECUTE FUNCTION {name}()")
    } else {
        format!("BEGIN SELECT RAISE(ABORT, '{name}'); END")
    };
    for (event, suffix) in [("UPDATE", "update"), ("DELETE", "delete")] {
        connection
            .execute_unprepared(&format!(
                "CREATE TRIGGER {name}_{suffix} BEFORE {event} ON {table} FOR EACH ROW WHEN ({when}) {body}"
            ))
            .await?;
    }
    Ok(())
}

/// Runs `statement`, in which `NEW` is the row, after each row inserted into `table`. The trigger is named `name`.
pub(crate) async fn after_insert(
    manager: &SchemaManager<'_>,
    table: &str,
    name: &str,
    statement: &str,
) -> Result<(), DbErr> {
    after(manager, "INSERT", table, name, statement).await
}

/// Runs `statement` after each `event` (`INSERT`, `UPDATE`, `UPDATE OF column, …`) of a row of `table`; `NEW` is the row
/// and `OLD` what it was. The trigger is named `name`.
pub(crate) async fn after(
    manager: &SchemaManager<'_>,
    event: &str,
    table: &str,
    name: &str,
    statement: &str,
) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let body = if manager.get_database_backend() == DbBackend::Postgres {
        connection
            .execute_unprepared(&format!(
                "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN {statement}; RETURN NULL; END $$"
            ))
            .await?;
        format!("FOR EACH ROW EXECUTE FUNCTION {name}()")
    } else {
        format!("BEGIN {statement}; END")
    };
    connection.execute_unprepared(&format!("CREATE TRIGGER {name} AFTER {event} ON {table} {body}")).await.map(|_| ())
}

/// Takes the trigger `name` of `table` away that [`after`] made.
pub(crate) async fn drop_after(manager: &SchemaManager<'_>, table: &str, name: &str) -> Result<(), DbErr> {
    let postgres = manager.get_database_backend() == DbBackend::Postgres;
    let statement = if postgres {
        format!("DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}()")
    } else {
        format!("DROP TRIGGER {name}")
    };
    manager.get_connection().execute_unprepared(&statement).await.map(|_| ())
}
