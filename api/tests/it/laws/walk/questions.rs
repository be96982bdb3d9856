//! Every question that the contract allows: all fields of all types, every argument with every kind of value.
use std::collections::{BTreeMap, BTreeSet};

use super::{
    contract::{Argument, Contract, Field, Kind},
    furnish::Pair,
    nodes::missing,
};

/// Calls of a field that go into one document.
const CHUNK: usize = 12;

/// Fields that tell of the request itself, and those that the walker of nodes asks.
const ELSEWHERE: &[&str] = &["rateLimit", "node", "nodes"];

/// Arguments that say which part of a list is meant.
const PAGING: &[&str] = &["first", "after", "last", "before"];

/// Writes documents over a furnished world.
pub struct Questions<'a> {
    pub contract: &'a Contract,
    pub pairs: &'a [Pair],
}

/// One field that takes an id, and the document around a value of it.
pub struct ByReference {
    /// Such as `Query.members(filter.organization)`.
    pub about: String,
    /// The document, with `$$` where the literal of the id stands.
    pub document: String,
    /// Types whose ids may stand there.
    pub kinds: Vec<String>,
}

impl Questions<'_> {
    /// All of them.
    pub fn all(&self) -> Vec<String> {
        let mut documents = Vec::new();
        for pair in self.pairs {
            if !pair.others.is_empty() {
                let selection = self.selection(&pair.kind, true);
                documents.push(format!(
                    "{{ nodes(ids: {:?}) {{ __typename ... on {} {selection} }} }}",
                    pair.others, pair.kind
                ));
            }
            let (visible, hidden) = (&pair.visible.1, pair.hidden.as_ref().map(|(_, id)| id));
            for id in [visible].into_iter().chain(hidden) {
                documents.push(about_node(&pair.kind, id, &self.selection(&pair.kind, true)));
            }
            for calls in self.calls_of(&pair.kind) {
                documents.push(about_node(&pair.kind, visible, &format!("{{ {calls} }}")));
            }
        }
        let plain = self.contract.fields("Query").iter().filter(|field| !ELSEWHERE.contains(&field.name.as_str()));
        let plain = plain.filter(|field| field.arguments.iter().all(|argument| argument.optional));
        documents.extend(plain.map(|field| format!("{{ {} }}", self.plain(field))));
        documents.extend(self.calls_of("Query").into_iter().map(|calls| format!("{{ {calls} }}")));
        documents
    }

    /// Every place in which an id is a question of its own.
    pub fn by_reference(&self) -> Vec<ByReference> {
        let mut found = Vec::new();
        for field in self.contract.fields("Query").iter().filter(|field| field.name != "nodes") {
            found.extend(self.references(field).into_iter().map(|(path, call)| ByReference {
                about: format!("Query.{}({path})", field.name),
                document: format!("{{ {call} }}"),
                kinds: self.kinds(path.rsplit('.').next().unwrap(), &field.shape.name),
            }));
        }
        for pair in self.pairs {
            for field in self.contract.fields(&pair.kind) {
                found.extend(self.references(field).into_iter().map(|(path, call)| ByReference {
                    about: format!("{}.{}({path})", pair.kind, field.name),
                    document: about_node(&pair.kind, &pair.visible.1, &format!("{{ {call} }}")),
                    kinds: self.kinds(path.rsplit('.').next().unwrap(), &field.shape.name),
                }));
            }
        }
        found
    }

    /// The fields of all types that queries reach, as far as they are asked under their own names.
    pub fn asked(&self) -> BTreeSet<String> {
        let types = self.reachable();
        let mut fields = BTreeSet::new();
        for name in &types {
            let own = self.contract.fields(name).iter();
            let own = own.filter(|field| field.arguments.iter().all(|argument| argument.optional));
            fields.extend(own.map(|field| format!("{name}.{}", field.name)));
            fields.insert(format!("{name}.__typename"));
        }
        fields
    }

    fn reachable(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut waiting = vec!["Query".to_owned()];
        while let Some(name) = waiting.pop() {
            for field in self.contract.fields(&name) {
                if matches!(self.contract.kind(&field.shape.name), Kind::Object { .. })
                    && found.insert(field.shape.name.clone())
                {
                    waiting.push(field.shape.name.clone());
                }
            }
        }
        found.extend(self.contract.nodes().into_iter().map(ToOwned::to_owned));
        found.remove("RateLimit");
        found
    }

    /// All fields of `name`; of what it refers to only which it is.
    fn selection(&self, name: &str, top: bool) -> String {
        match self.contract.kind(name) {
            Kind::Interface => "{ __typename id }".to_owned(),
            Kind::Object { .. } if !top && self.contract.is_node(name) => "{ __typename id }".to_owned(),
            Kind::Object { fields, .. } => {
                let asked = fields.iter().filter(|field| field.arguments.iter().all(|argument| argument.optional));
                let asked: Vec<String> = asked.map(|field| self.plain(field)).collect();
                format!("{{ __typename {} }}", asked.join(" "))
            }
            Kind::Scalar | Kind::Enum(_) | Kind::Input { .. } => String::new(),
        }
    }

    /// `field` with the first two rows of it, where it is a list with pages.
    fn plain(&self, field: &Field) -> String {
        let page = if field.arguments.iter().any(|argument| argument.name == "first") { "(first: 2)" } else { "" };
        format!("{}{page} {}", field.name, self.selection(&field.shape.name, false))
    }

    /// The fields of `name` that take arguments, with every argument and value, in handy parts.
    fn calls_of(&self, name: &str) -> Vec<String> {
        let mut parts = Vec::new();
        let fields = self.contract.fields(name).iter().filter(|field| !ELSEWHERE.contains(&field.name.as_str()));
        for field in fields {
            let selection = self.selection(&field.shape.name, false);
            let calls = self.calls(field).into_iter().map(|(argument, call)| (argument, format!("{call} {selection}")));
            // A page that cannot be takes everything beside it away.
            let (paging, calls): (Vec<_>, Vec<_>) = calls.partition(|(argument, _)| PAGING.contains(argument));
            parts.extend(paging.into_iter().map(|(_, call)| call));
            for chunk in calls.chunks(CHUNK) {
                let aliased: Vec<String> =
                    chunk.iter().enumerate().map(|(number, (_, call))| format!("a{number}: {call}")).collect();
                parts.push(aliased.join(" "));
            }
        }
        parts
    }

    /// `field` once with every value of every argument, the others as they must be.
    fn calls<'f>(&self, field: &'f Field) -> Vec<(&'f str, String)> {
        let mut calls = Vec::new();
        for argument in &field.arguments {
            for value in self.values(argument, field) {
                calls.push((argument.name.as_str(), self.call(field, argument, &value)));
            }
        }
        calls
    }

    /// `field` with `value` for `argument`, the others as they must be.
    fn call(&self, field: &Field, argument: &Argument, value: &str) -> String {
        let others = field.arguments.iter().filter(|other| !other.optional && other.name != argument.name);
        let mut given: Vec<String> =
            others.map(|other| format!("{}: {}", other.name, self.values(other, field)[0])).collect();
        given.push(format!("{}: {value}", argument.name));
        if field.arguments.iter().any(|other| other.name == "first") && !PAGING.contains(&argument.name.as_str()) {
            given.push("first: 2".to_owned());
        }
        format!("{}({})", field.name, given.join(", "))
    }

    /// Literals that may stand for `argument`.
    fn values(&self, argument: &Argument, field: &Field) -> Vec<String> {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let mut values = match (self.contract.kind(&argument.shape.name), argument.shape.name.as_str()) {
            (Kind::Enum(values), _) => values.clone(),
            (Kind::Input { fields, .. }, name) => self.objects(name, fields, field),
            (_, "ID") => self.ids(&self.kinds(&argument.name, &field.shape.name)),
            (_, "Int") => words(&["1", "0", "-1"]),
            (_, "Boolean") => words(&["true", "false"]),
            (_, "String") => words(&["\"示例\"", "\"s\"", "\"\""]),
            (_, "Date") => words(&["\"2026-09-01\"", "\"2024-02-29\""]),
            (_, "DateTime") => words(&["\"2026-09-01T00:00:00Z\""]),
            (_, other) => panic!("no walker knows a value of {other}"),
        };
        if argument.shape.list {
            values = values.into_iter().map(|value| format!("[{value}]")).collect();
        }
        values
    }

    /// Literals of the input type `name`: every field with every value, the others as they must be.
    fn objects(&self, name: &str, inputs: &[Argument], field: &Field) -> Vec<String> {
        let must: BTreeMap<&str, String> = inputs
            .iter()
            .filter(|input| !input.optional)
            .map(|input| (input.name.as_str(), self.values(input, field)[0].clone()))
            .collect();
        let mut objects = Vec::new();
        for input in inputs {
            for value in self.values(input, field) {
                let mut given = must.clone();
                given.insert(&input.name, value);
                objects.push(written(&given));
            }
        }
        assert!(!objects.is_empty(), "{name} has no fields");
        objects
    }

    /// Visible, hidden and missing ids of `kinds`, and what is no id.
    fn ids(&self, kinds: &[String]) -> Vec<String> {
        let mut ids = Vec::new();
        for pair in self.pairs.iter().filter(|pair| kinds.contains(&pair.kind)) {
            ids.push(pair.visible.1.clone());
            ids.extend(pair.hidden.as_ref().map(|(_, id)| id.clone()));
            ids.push(missing(&pair.visible.1));
        }
        ids.push("x".to_owned());
        ids.into_iter().map(|id| format!("\"{id}\"")).collect()
    }

    /// Types whose ids may stand for the argument `name` of a field of the type `answer`: by the name of the one or
    /// the other, else all.
    fn kinds(&self, name: &str, answer: &str) -> Vec<String> {
        let all = || self.pairs.iter().map(|pair| pair.kind.clone());
        let named: Vec<String> = all().filter(|kind| kind.eq_ignore_ascii_case(name)).collect();
        if !named.is_empty() {
            return named;
        }
        // The longest name: `OrganizationPost` before `Organization`.
        let answered = all().filter(|kind| answer.starts_with(kind.as_str())).max_by_key(String::len);
        if name == "object" || answered.is_none() { all().collect() } else { answered.into_iter().collect() }
    }

    /// Where `field` takes an id: its path, and the call with `$$` in its place.
    fn references(&self, field: &Field) -> Vec<(String, String)> {
        let selection = self.selection(&field.shape.name, false);
        let mut found = Vec::new();
        let list = |argument: &Argument| if argument.shape.list { "[$$]" } else { "$$" };
        for argument in &field.arguments {
            if argument.shape.name == "ID" {
                let call = self.call(field, argument, list(argument));
                found.push((argument.name.clone(), format!("{call} {selection}")));
            }
            for input in self.contract.inputs(&argument.shape.name).iter().filter(|input| input.shape.name == "ID") {
                let value = written(&BTreeMap::from([(input.name.as_str(), list(input).to_owned())]));
                let call = self.call(field, argument, &value);
                found.push((format!("{}.{}", argument.name, input.name), format!("{call} {selection}")));
            }
        }
        found
    }
}

fn written(fields: &BTreeMap<&str, String>) -> String {
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    format!("{{ {} }}", fields.join(", "))
}

fn about_node(kind: &str, id: &str, selection: &str) -> String {
    format!("{{ node(id: \"{id}\") {{ __typename ... on {kind} {selection} }} }}")
}
