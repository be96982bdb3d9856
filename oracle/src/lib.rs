//! Nothing but tests and measurements: `tests/evaluator.rs` compares who may what with what Cedar says, and
//! `benches/authority.rs` says what a check costs.
