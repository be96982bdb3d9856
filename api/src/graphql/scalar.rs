//! Scalars of the contract.
use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime as ChronoDateTime, Datelike, SecondsFormat};
use entity::Timestamp;

/// Years that dates may lie in.
const YEARS: std::ops::Range<i32> = 1900..2200;

/// Calendar date, `YYYY-MM-DD`, local to the city.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(pub entity::Date);

/// Calendar date, `YYYY-MM-DD`, local to the city.
#[Scalar(name = "Date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            // The library also reads blanks, signs and short forms, and years that no column compares rightly.
            Value::String(text) => match text.parse::<entity::Date>() {
                Ok(day) if day.to_string() == *text && YEARS.contains(&day.year()) => Ok(Self(day)),
                Ok(_) | Err(_) => {
                    Err(InputValueError::custom("a date is written YYYY-MM-DD, between 1900-01-01 and 2199-12-31"))
                }
            },
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// Point in time, RFC 3339 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub Timestamp);

/// Point in time, RFC 3339 in UTC.
#[Scalar(name = "DateTime")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => ChronoDateTime::parse_from_rfc3339(text)
                .map(|at| Self(at.to_utc().into()))
                .map_err(|_| InputValueError::custom("a point in time is written as RFC 3339 has it")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}
