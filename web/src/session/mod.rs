//! Who is signed in: the token, the actor and what he may do.

pub mod actor;
pub mod can;
pub mod preview;
pub mod token;
