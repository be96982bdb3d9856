//! A field of a change that may be empty: kept as it is, cleared, or set anew.

use cynic::schema::IsScalar;
use serde::{Serialize, Serializer};

/// What becomes of a field. A kept one is left out of the input (`skip_serializing_if = "Patch::is_kept"`), since null clears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Patch<T> {
    /// Stays as it is.
    Keep,
    /// Becomes empty.
    Clear,
    /// Gets this value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the field stays as it is.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The same with another kind of value.
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(map(value)),
        }
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

impl<T, Marker> IsScalar<Marker> for Patch<T>
where
    T: IsScalar<Marker>,
{
    type SchemaType = T::SchemaType;
}
