//! Search tokens: what an organization or a person is found by, and the sort key of a name.
use std::collections::BTreeSet;

use entity::{SearchSubject, search_token};
use pinyin::ToPinyin;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use uuid::Uuid;

/// Longest token that is kept; longer input matches by its beginning.
const LONGEST: usize = 24;

/// The ASCII key by which `name` is sorted: pinyin for Chinese, lower case for Latin.
/// Ambiguous surnames (单, 曾, 解 …) get their reading as a surname where the name is a person's.
pub fn sort_key(name: &str) -> String {
    let mut key = String::new();
    for character in name.chars() {
        match character.to_pinyin() {
            Some(reading) => {
                key.push_str(reading.plain());
                key.push(' ');
            }
            None if character.is_ascii_alphanumeric() => key.push(character.to_ascii_lowercase()),
            None => {}
        }
    }
    key.trim_end().replace('ü', "v")
}

/// The sort key of a person's name, with the usual readings of ambiguous surnames.
pub fn person_sort_key(name: &str) -> String {
    let surname = match name.chars().next() {
        Some('单') => Some("shan"),
        Some('曾') => Some("zeng"),
        Some('解') => Some("xie"),
        Some('仇') => Some("qiu"),
        Some('查') => Some("zha"),
        Some('区') => Some("ou"),
        Some('任') => Some("ren"),
        Some('华') => Some("hua"),
        _ => None,
    };
    match surname {
        Some(reading) => format!("{reading} {}", sort_key(name.get(3..).unwrap_or_default())).trim_end().to_owned(),
        None => sort_key(name),
    }
}

/// All tokens of a record with this name, sort key and codes.
pub fn tokens(name: &str, sort_key: &str, codes: &[&str]) -> BTreeSet<String> {
    let mut tokens = BTreeSet::new();
    let name: Vec<char> = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let mut add_suffixes = |letters: &[char]| {
        for start in 0..letters.len() {
            tokens.insert(letters.iter().skip(start).take(LONGEST).collect::<String>());
        }
    };
    add_suffixes(&name);
    let initials: Vec<char> = sort_key.split(' ').filter_map(|syllable| syllable.chars().next()).collect();
    add_suffixes(&initials);
    tokens.insert(sort_key.replace(' ', "").chars().take(LONGEST).collect());
    tokens.extend(codes.iter().map(|code| code.to_lowercase().chars().take(LONGEST).collect::<String>()));
    tokens.remove("");
    tokens
}

/// Replaces the tokens of `id`.
pub async fn replace_tokens(
    conn: &impl ConnectionTrait,
    subject: SearchSubject,
    id: Uuid,
    tokens: BTreeSet<String>,
) -> Result<(), DbErr> {
    search_token::Entity::delete_many().filter(search_token::Column::SubjectId.eq(id)).exec(conn).await?;
    if tokens.is_empty() {
        return Ok(());
    }
    let rows = tokens.into_iter().map(|token| search_token::ActiveModel {
        subject: Set(subject),
        token: Set(token),
        subject_id: Set(id),
    });
    search_token::Entity::insert_many(rows).exec_without_returning(conn).await.map(|_| ())
}

/// What somebody typed, in the form of a token; none where nothing searchable was typed.
pub fn normalize(text: &str) -> Option<String> {
    let typed: String = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(LONGEST).collect();
    (!typed.is_empty()).then_some(typed)
}

/// Keys of the records that `text` finds, by the beginning of a token.
pub fn matching(subject: SearchSubject, text: &str) -> Option<SelectStatement> {
    let low = normalize(text)?;
    // Byte order makes the range `[low, low + U+10FFFF)` a prefix match on both engines.
    let high = format!("{low}\u{10FFFF}");
    Some(
        search_token::Entity::find()
            .select_only()
            .column(search_token::Column::SubjectId)
            .filter(search_token::Column::Subject.eq(subject))
            .filter(search_token::Column::Token.gte(low))
            .filter(search_token::Column::Token.lt(high))
            .into_query(),
    )
}
