//! Who sends a request, seen from the network.
use std::net::{IpAddr, Ipv4Addr};

use actix_web::{HttpMessage, HttpRequest, dev::ServiceRequest, http::header};

use crate::{config::Config, graphql::Locale};

/// The network address of the one who asks, behind proxies that are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Client(pub IpAddr);

impl Client {
    /// The client of `request`. `X-Forwarded-For` is read from its end, and only as far as trusted proxies wrote it.
    pub(super) fn of(request: &HttpRequest, config: &Config) -> Self {
        let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.ip().to_canonical());
        if !config.behind_proxy {
            return Self(peer);
        }
        let forwarded = request
            .headers()
            .get_all("x-forwarded-for")
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(|part| part.trim().trim_matches(['[', ']']).parse::<IpAddr>().ok())
            .collect::<Vec<_>>();
        let mut client = peer;
        for address in forwarded.into_iter().rev() {
            let Some(address) = address.filter(|_| trusted(config, client)) else { break };
            client = address.to_canonical();
        }
        Self(client)
    }

    /// Whether the client is this machine or a trusted proxy itself.
    pub(super) fn is_trusted(self, config: &Config) -> bool {
        self.0.is_loopback() || trusted(config, self.0)
    }
}

fn trusted(config: &Config, address: IpAddr) -> bool {
    config.trusted_proxies.iter().any(|network| network.contains(address))
}

/// The id under which a request is found in logs and errors.
#[derive(Clone, Debug)]
pub(super) struct RequestId(pub String);

impl RequestId {
    /// The id that the caller sends, where it is a plain one; else `fresh`.
    pub(super) fn of(request: &ServiceRequest, fresh: impl FnOnce() -> String) -> Self {
        let sent = request.headers().get("x-request-id").and_then(|value| value.to_str().ok());
        let plain = |id: &&str| {
            (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        Self(sent.filter(plain).map_or_else(fresh, str::to_owned))
    }

    /// The id of a request that passed the middleware.
    pub(super) fn get(request: &HttpRequest) -> String {
        request.extensions().get::<Self>().map(|id| id.0.clone()).unwrap_or_default()
    }
}

/// The language that `request` asks for.
pub(super) fn locale(request: &HttpRequest) -> Locale {
    Locale::from_header(request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()))
}

/// Whether a browser sends `request` for a page of another origin.
pub(super) fn is_foreign(request: &HttpRequest) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if text("sec-fetch-site")
        .is_some_and(|site| site.eq_ignore_ascii_case("cross-site") || site.eq_ignore_ascii_case("same-site"))
    {
        return true;
    }
    let host = text("host").map(str::to_owned).or_else(|| request.uri().authority().map(ToString::to_string));
    match request.headers().get(header::ORIGIN) {
        None => false,
        Some(origin) => {
            let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
            origin.map(|(_, host)| host.to_ascii_lowercase()) != host.map(|host| host.to_ascii_lowercase())
        }
    }
}
