//! Inputs of mutations, each with one value in the place of another.
use serde_json::{Map, Value, json};

use super::contract::{Argument, Contract, Kind, Shape};

/// An input, and the path whose value is another one.
#[derive(Clone, Debug)]
pub struct Variant {
    pub path: String,
    pub input: Value,
}

/// The input `current` of the type `name`, once with every value that `values` has for one of its leaves.
pub fn variants(
    contract: &Contract,
    name: &str,
    current: &Value,
    values: &dyn Fn(&Argument, &Value) -> Vec<Value>,
) -> Vec<Variant> {
    let mut found = Vec::new();
    for argument in contract.inputs(name) {
        let old = &current[&argument.name];
        let single = if argument.shape.list { &old[0] } else { old };
        let inner: Vec<(String, Value)> = match contract.kind(&argument.shape.name) {
            Kind::Input { .. } => {
                let bases = bases(contract, &argument.shape, single);
                let inner = bases.iter().flat_map(|base| variants(contract, &argument.shape.name, base, values));
                inner.map(|variant| (format!(".{}", variant.path), variant.input)).collect()
            }
            _ => values(argument, single).into_iter().map(|value| (String::new(), value)).collect(),
        };
        for (path, value) in inner {
            let mut input = if is_one_of(contract, name) { json!({}) } else { current.clone() };
            input[&argument.name] = if argument.shape.list { json!([value]) } else { value };
            found.push(Variant { path: format!("{}{path}", argument.name), input });
        }
    }
    found
}

fn is_one_of(contract: &Contract, name: &str) -> bool {
    matches!(contract.kind(name), Kind::Input { one_of: true, .. })
}

/// What is changed in a place for an input: what stands there, else the least that may; of several possibilities all.
fn bases(contract: &Contract, shape: &Shape, current: &Value) -> Vec<Value> {
    if !is_one_of(contract, &shape.name) {
        return vec![if current.is_null() { least(contract, shape) } else { current.clone() }];
    }
    let one = contract.inputs(&shape.name).iter().map(|argument| least(contract, &argument.shape));
    let mut whole = Map::new();
    for (argument, value) in contract.inputs(&shape.name).iter().zip(one) {
        whole.insert(argument.name.clone(), value);
    }
    vec![Value::Object(whole)]
}

/// The least that may stand for `shape`.
fn least(contract: &Contract, shape: &Shape) -> Value {
    let value = least_of(contract, &shape.name);
    if shape.list { json!([value]) } else { value }
}

/// The least that is of the type `name`.
pub fn least_of(contract: &Contract, name: &str) -> Value {
    match (contract.kind(name), name) {
        (Kind::Enum(values), _) => json!(values[0]),
        (Kind::Input { fields, .. }, _) => {
            let must = fields.iter().filter(|field| !field.optional);
            must.map(|field| (field.name.clone(), least(contract, &field.shape))).collect::<Map<_, _>>().into()
        }
        (_, "Int") => json!(1),
        (_, "Boolean") => json!(false),
        (_, "Date") => json!("2026-09-01"),
        _ => json!("x"),
    }
}

/// Values that no rule expects, for every kind of leaf but ids and closed sets.
pub fn extremes(argument: &Argument) -> Vec<Value> {
    match argument.shape.name.as_str() {
        "String" => vec![
            json!(""),
            json!("   "),
            json!("a\u{0}b"),
            json!("a\u{202e}b"),
            json!("\u{feff}"),
            json!("示".repeat(350_000)),
        ],
        "Int" => vec![json!(i32::MIN), json!(-1), json!(0), json!(i32::MAX), json!(i64::MAX), json!(1.5)],
        "Date" => vec![
            json!("0000-01-01"),
            json!("1900-01-01"),
            json!("2199-12-31"),
            json!("9999-12-31"),
            json!("2026-02-30"),
            json!("+262142-12-31"),
            json!(""),
        ],
        "DateTime" => vec![json!("0000-01-01T00:00:00Z"), json!("9999-12-31T23:59:60Z"), json!("")],
        _ => Vec::new(),
    }
}
