//! One folder a concept.
