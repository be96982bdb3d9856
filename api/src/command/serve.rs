//! `jianghai serve`: the API and the web app on one port.
use std::sync::Arc;

use actix_web::{HttpServer, rt};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

use super::{CommandError, demo, open::ready};
use crate::{
    app::App,
    config::{Config, Tls},
    http,
};

/// Seconds that running requests have when the process is told to stop.
const DRAIN_SECONDS: u64 = 10;

/// Serves until the process is told to stop.
pub async fn serve(config: Config) -> Result<(), CommandError> {
    config.check_exposure()?;
    let tls = config.tls.as_ref().map(tls).transpose()?;
    let opened = ready(&config).await?;
    let address = config.listen;
    let db = opened.db.clone();
    let app = App::new(config, opened.db, opened.ambient, &opened.secrets);
    app.refresh_authority().await?;
    let follower = rt::spawn(Arc::clone(&app).follow_authority());

    let shared = Arc::clone(&app);
    let server = HttpServer::new(move || http::service(Arc::clone(&shared)))
        .shutdown_timeout(DRAIN_SECONDS)
        .client_request_timeout(std::time::Duration::from_secs(10));
    let (server, scheme) = match tls {
        Some(tls) => (server.bind_rustls_0_23(address, tls), "https"),
        None => (server.bind(address), "http"),
    };
    let server = server.map_err(|source| CommandError::Listen { address, source })?;
    for address in server.addrs() {
        println!("jianghai serves {scheme}://{address}");
    }
    for line in demo::logins(&app).await? {
        println!("{line}");
    }
    server.run().await.map_err(CommandError::Server)?;
    follower.abort();
    db.close().await?;
    Ok(())
}

fn tls(tls: &Tls) -> Result<ServerConfig, CommandError> {
    let wrong = |setting, path: &std::path::Path, message: String| CommandError::Tls {
        setting,
        path: path.display().to_string(),
        message,
    };
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(&tls.cert)
        .and_then(Iterator::collect)
        .map_err(|error| wrong("tls.cert", &tls.cert, error.to_string()))?;
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|error| wrong("tls.key", &tls.key, error.to_string()))?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong("tls.cert", &tls.cert, error.to_string()))?
        .with_no_client_auth();
    config.with_single_cert(chain, key).map_err(|error| wrong("tls.cert", &tls.cert, error.to_string()))
}
