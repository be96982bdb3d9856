//! Rules about the source itself.
use std::{
    fs,
    path::{Path, PathBuf},
};

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(found.len() > 20, "the scan has lost its way: {} files in {folder}", found.len());
    found
}

fn is_repository(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_str().unwrap();
    let folder = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
    matches!(name, "repo.rs" | "tests.rs") || matches!(folder, "repo" | "tests")
}

#[test]
fn only_repositories_name_entities_so_no_finder_is_without_scope() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src/features") {
        if is_repository(&path) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let finder = ["::Entity::", "Entity::find", ".find_related(", "::find_by_id(", "EntityTrait"];
            if finder.iter().any(|word| line.contains(word)) {
                wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_feature_calls_no_repository_of_another() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src/features") {
        let own = path.components().skip_while(|part| part.as_os_str() != "features").nth(1).unwrap();
        let own = own.as_os_str().to_str().unwrap().to_owned();
        for (number, line) in text.lines().enumerate() {
            let Some(before) = line.split("::repo::").next().filter(|before| before.len() < line.len()) else {
                continue;
            };
            let owner = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap();
            let machinery = ["super", "crate", "self", &own];
            // What a history is about is a question to the audit trail, which has no service.
            if !machinery.contains(&owner) && owner != "audit" {
                wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn policies_neither_wait_nor_look_into_the_database() {
    for (path, text) in sources("src/features") {
        if path.file_name().unwrap() == "policy.rs" {
            assert!(!text.contains("async"), "{} waits", path.display());
            assert!(!text.contains("sea_orm"), "{} looks into the database", path.display());
        }
    }
}

#[test]
fn services_know_nothing_of_graphql() {
    for (path, text) in sources("src/features") {
        if path.to_str().unwrap().contains("service") {
            assert!(!text.contains("async_graphql"), "{} names async_graphql", path.display());
        }
    }
}
