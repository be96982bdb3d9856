//! Settings of an instance.

/// Limits on what a caller may ask for.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Deepest nesting of fields.
    pub depth: u32,
    /// Most fields after all fragments are spread.
    pub fields: u32,
    /// Most aliases after all fragments are spread.
    pub aliases: u32,
    /// Most directives after all fragments are spread.
    pub directives: u32,
    /// Most objects that one request may ask for, page sizes multiplied.
    pub cost: u32,
    /// Objects that one account may ask for in a minute.
    pub cost_per_minute: u32,
    /// Largest request body in bytes.
    pub body_bytes: usize,
    /// Seconds after which a request is given up.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 16,
            fields: 1_000,
            aliases: 50,
            directives: 50,
            cost: 20_000,
            cost_per_minute: 400_000,
            body_bytes: 100_000,
            seconds: 20,
        }
    }
}

/// All settings.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Limits on requests.
    pub limits: Limits,
}
