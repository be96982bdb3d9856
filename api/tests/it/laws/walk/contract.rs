//! The contract as a walker reads it: types, fields and arguments, from the SDL that is served.
use std::collections::BTreeMap;

use async_graphql_parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition},
};

/// The type of a value: its name, whether it is a list, whether it must be there.
#[derive(Clone, Debug)]
pub struct Shape {
    pub name: String,
    pub list: bool,
    pub required: bool,
}

/// An argument, or a field of an input object.
#[derive(Clone, Debug)]
pub struct Argument {
    pub name: String,
    pub shape: Shape,
    /// Whether it can be left out.
    pub optional: bool,
}

/// A field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub shape: Shape,
    pub arguments: Vec<Argument>,
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum Kind {
    Scalar,
    Interface,
    Object { interfaces: Vec<String>, fields: Vec<Field> },
    Enum(Vec<String>),
    Input { fields: Vec<Argument>, one_of: bool },
}

/// All types by name.
pub struct Contract(pub BTreeMap<String, Kind>);

impl Contract {
    /// The contract that is served.
    pub fn served() -> Self {
        let document = parse_schema(jianghai::graphql::schema::sdl()).unwrap();
        let types = document.definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(found) => Some(found.node),
            TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
        });
        let kinds = types.map(|found| {
            let one_of = found.directives.iter().any(|directive| directive.node.name.node == "oneOf");
            let kind = match found.kind {
                TypeKind::Scalar => Kind::Scalar,
                TypeKind::Interface(_) => Kind::Interface,
                TypeKind::Union(_) => panic!("teach the walkers what a union is: {}", found.name.node),
                TypeKind::Object(object) => Kind::Object {
                    interfaces: object.implements.iter().map(|name| name.node.to_string()).collect(),
                    fields: object.fields.iter().map(|found| field(&found.node)).collect(),
                },
                TypeKind::Enum(values) => {
                    Kind::Enum(values.values.iter().map(|value| value.node.value.node.to_string()).collect())
                }
                TypeKind::InputObject(input) => {
                    Kind::Input { fields: input.fields.iter().map(|found| argument(&found.node)).collect(), one_of }
                }
            };
            (found.name.node.to_string(), kind)
        });
        Self(kinds.collect())
    }

    /// What `name` is; the scalars of the language are not declared.
    pub fn kind(&self, name: &str) -> &Kind {
        self.0.get(name).unwrap_or(&Kind::Scalar)
    }

    /// The fields of the object type `name`; none for other types.
    pub fn fields(&self, name: &str) -> &[Field] {
        match self.kind(name) {
            Kind::Object { fields, .. } => fields,
            _ => &[],
        }
    }

    /// The fields of the input type `name`; none for other types.
    pub fn inputs(&self, name: &str) -> &[Argument] {
        match self.kind(name) {
            Kind::Input { fields, .. } => fields,
            _ => &[],
        }
    }

    /// Whether `name` implements `Node`.
    pub fn is_node(&self, name: &str) -> bool {
        matches!(self.kind(name), Kind::Object { interfaces, .. } if interfaces.iter().any(|one| one == "Node"))
    }

    /// The types that implement `Node`.
    pub fn nodes(&self) -> Vec<&str> {
        let nodes: Vec<&str> = self.0.keys().map(String::as_str).filter(|name| self.is_node(name)).collect();
        assert!(nodes.len() > 10, "the contract is misread: {nodes:?}");
        nodes
    }
}

fn field(found: &FieldDefinition) -> Field {
    Field {
        name: found.name.node.to_string(),
        shape: shape(&found.ty.node),
        arguments: found.arguments.iter().map(|found| argument(&found.node)).collect(),
    }
}

fn argument(found: &InputValueDefinition) -> Argument {
    let shape = shape(&found.ty.node);
    Argument { name: found.name.node.to_string(), optional: !shape.required || found.default_value.is_some(), shape }
}

fn shape(found: &Type) -> Shape {
    let (list, name) = match &found.base {
        BaseType::Named(name) => (false, name.to_string()),
        BaseType::List(inner) => match &inner.base {
            BaseType::Named(name) => (true, name.to_string()),
            BaseType::List(_) => panic!("teach the walkers what a list of lists is"),
        },
    };
    Shape { name, list, required: !found.nullable }
}
