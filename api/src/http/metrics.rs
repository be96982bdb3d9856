//! What is counted, in the format of Prometheus.
use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder};

use super::client::Client;
use crate::{app::App, db::Engine, graphql::execute::Verdict};

/// Upper ends of the duration buckets in seconds.
const BUCKETS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// The counters of one process.
pub struct Metrics {
    registry: Registry,
    instruments: Option<Instruments>,
}

struct Instruments {
    requests: IntCounterVec,
    seconds: HistogramVec,
    operations: IntCounterVec,
    sockets: IntGauge,
    closed: IntCounterVec,
}

impl Metrics {
    /// Counters that stand at zero.
    pub fn new(engine: Engine) -> Self {
        let registry = Registry::new();
        // Registering fails only on a name that is wrong or used twice; a test looks at the names.
        let instruments = Instruments::register(&registry, engine).ok();
        Self { registry, instruments }
    }

    /// Counts an answered request.
    pub fn request(&self, route: &str, status: u16, took: Duration) {
        if let Some(instruments) = &self.instruments {
            instruments.requests.with_label_values(&[route, &status.to_string()]).inc();
            instruments.seconds.with_label_values(&[route]).observe(took.as_secs_f64());
        }
    }

    /// Counts a GraphQL operation.
    pub fn operation(&self, verdict: Verdict, failed: bool) {
        if let Some(instruments) = &self.instruments {
            let outcome = if failed && verdict == Verdict::Answered { "partial" } else { verdict.label() };
            instruments.operations.with_label_values(&[outcome]).inc();
        }
    }

    /// Counts an operation that was sent away because there were too many.
    pub fn overloaded(&self) {
        if let Some(instruments) = &self.instruments {
            instruments.operations.with_label_values(&["overloaded"]).inc();
        }
    }

    /// Counts a WebSocket whose client has said who it is.
    pub fn socket_opened(&self) {
        if let Some(instruments) = &self.instruments {
            instruments.sockets.inc();
        }
    }

    /// The end of such a one.
    pub fn socket_left(&self) {
        if let Some(instruments) = &self.instruments {
            instruments.sockets.dec();
        }
    }

    /// Counts a WebSocket that was closed from here.
    pub fn socket_closed(&self, code: u16) {
        if let Some(instruments) = &self.instruments {
            instruments.closed.with_label_values(&[&code.to_string()]).inc();
        }
    }

    /// All counters as text.
    pub fn text(&self) -> String {
        TextEncoder::new().encode_to_string(&self.registry.gather()).unwrap_or_default()
    }
}

impl Instruments {
    fn register(registry: &Registry, engine: Engine) -> prometheus::Result<Self> {
        let requests = IntCounterVec::new(
            Opts::new("jianghai_http_requests_total", "Answered requests by route and status."),
            &["route", "status"],
        )?;
        let seconds = HistogramVec::new(
            HistogramOpts::new("jianghai_http_request_seconds", "Time to answer by route.").buckets(BUCKETS.to_vec()),
            &["route"],
        )?;
        let operations = IntCounterVec::new(
            Opts::new("jianghai_graphql_operations_total", "GraphQL operations by outcome."),
            &["outcome"],
        )?;
        let sockets = IntGauge::new("jianghai_sockets_open", "WebSockets whose clients are signed in.")?;
        let closed = IntCounterVec::new(
            Opts::new("jianghai_sockets_closed_total", "WebSockets closed by the server, by code."),
            &["code"],
        )?;
        let info = IntGaugeVec::new(
            Opts::new("jianghai_info", "Always 1; the labels tell version and database engine."),
            &["version", "engine"],
        )?;
        let engine = match engine {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        };
        info.with_label_values(&[env!("CARGO_PKG_VERSION"), engine]).set(1);
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(seconds.clone()))?;
        registry.register(Box::new(operations.clone()))?;
        registry.register(Box::new(sockets.clone()))?;
        registry.register(Box::new(closed.clone()))?;
        registry.register(Box::new(info))?;
        Ok(Self { requests, seconds, operations, sockets, closed })
    }
}

/// `GET /metrics`, for this machine and the trusted proxies alone.
pub(super) async fn get(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if !Client::of(&request, &app.config).is_trusted(&app.config) {
        return HttpResponse::NotFound().finish();
    }
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(app.metrics.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_counters_are_shown() {
        let metrics = Metrics::new(Engine::Sqlite);
        metrics.request("/graphql", 200, Duration::from_millis(3));
        metrics.operation(Verdict::Answered, false);
        metrics.operation(Verdict::Answered, true);
        metrics.socket_opened();
        metrics.socket_closed(4408);
        let text = metrics.text();
        for line in [
            "jianghai_http_requests_total{route=\"/graphql\",status=\"200\"} 1",
            "jianghai_http_request_seconds_bucket{route=\"/graphql\",le=\"0.005\"} 1",
            "jianghai_graphql_operations_total{outcome=\"answered\"} 1",
            "jianghai_graphql_operations_total{outcome=\"partial\"} 1",
            "jianghai_sockets_open 1",
            "jianghai_sockets_closed_total{code=\"4408\"} 1",
            "engine=\"sqlite\"",
        ] {
            assert!(text.contains(line), "{line} is missing in\n{text}");
        }
    }
}
