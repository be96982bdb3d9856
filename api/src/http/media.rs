//! Negotiating the media type of a GraphQL answer.
use actix_web::{HttpRequest, http::header::ACCEPT};

/// In which form an answer is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/graphql-response+json`: the status tells what came of it.
    Graphql,
    /// `application/json`: well-formed requests answer 200.
    Json,
}

impl Media {
    /// The header value.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Graphql => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// The form that `request` accepts with the highest weight; none where it accepts neither.
    /// A request that does not care gets `application/json`.
    pub(super) fn negotiate(request: &HttpRequest) -> Option<Self> {
        let values: Vec<&str> = request.headers().get_all(ACCEPT).filter_map(|value| value.to_str().ok()).collect();
        if values.is_empty() { Some(Self::Json) } else { Self::from_accept(&values.join(",")) }
    }

    fn from_accept(accept: &str) -> Option<Self> {
        let mut graphql = Weight::default();
        let mut json = Weight::default();
        for range in accept.split(',') {
            let mut parts = range.split(';').map(|part| part.trim().to_ascii_lowercase());
            let essence = parts.next().unwrap_or_default();
            let mut weight = 1.0_f32;
            let mut utf8 = true;
            for parameter in parts {
                match parameter.split_once('=') {
                    Some(("q", value)) => weight = value.trim().parse().unwrap_or(0.0),
                    Some(("charset", charset)) => utf8 = matches!(charset.trim_matches('"'), "utf-8" | "utf8"),
                    _ => {}
                }
            }
            let weight = if utf8 { weight } else { 0.0 };
            match essence.as_str() {
                "application/graphql-response+json" => graphql.set(2, weight),
                "application/json" => json.set(2, weight),
                "application/*" => [&mut graphql, &mut json].into_iter().for_each(|either| either.set(1, weight)),
                "*/*" | "" => [&mut graphql, &mut json].into_iter().for_each(|either| either.set(0, weight)),
                _ => {}
            }
        }
        let accepted = |weight: &Weight| weight.value > 0.0;
        // Named types go before those that a wildcard covers; of two named ones the one that tells more.
        let named = graphql.rank == Some(2);
        match (accepted(&graphql), accepted(&json)) {
            (false, false) => None,
            (true, false) => Some(Self::Graphql),
            (true, true) if graphql.value > json.value => Some(Self::Graphql),
            (true, true) if graphql.value.total_cmp(&json.value).is_eq() && named => Some(Self::Graphql),
            (_, true) => Some(Self::Json),
        }
    }
}

/// The weight that the most specific range gives to a type.
#[derive(Default)]
struct Weight {
    rank: Option<u8>,
    value: f32,
}

impl Weight {
    fn set(&mut self, rank: u8, value: f32) {
        if self.rank.is_none_or(|known| known <= rank) {
            *self = Self { rank: Some(rank), value };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_type_wins_and_a_wildcard_means_json() {
        for (accept, expected) in [
            ("application/graphql-response+json", Some(Media::Graphql)),
            ("application/json", Some(Media::Json)),
            ("application/json; charset=utf-8", Some(Media::Json)),
            ("application/json; charset=latin1", None),
            ("*/*", Some(Media::Json)),
            ("application/*", Some(Media::Json)),
            ("application/graphql-response+json, application/json", Some(Media::Graphql)),
            ("application/json, application/graphql-response+json", Some(Media::Graphql)),
            ("application/json, application/graphql-response+json;q=0.9", Some(Media::Json)),
            ("application/graphql-response+json;q=0.5, */*;q=0.1", Some(Media::Graphql)),
            ("application/graphql-response+json;q=0, */*", Some(Media::Json)),
            ("application/json;q=0, */*", Some(Media::Graphql)),
            ("text/html, */*;q=0.8", Some(Media::Json)),
            ("text/html", None),
            ("application/json;q=0", None),
            ("APPLICATION/JSON", Some(Media::Json)),
        ] {
            assert_eq!(Media::from_accept(accept), expected, "{accept}");
        }
    }
}
