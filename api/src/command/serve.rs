//! `jianghai serve`: the API and the web app on one port.
use std::{
    num::NonZero,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::available_parallelism,
    time::Duration,
};

use actix_web::rt;
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::oneshot,
};

use super::{CommandError, demo, open::ready};
use crate::{
    app::App,
    audit::seal::Sealer,
    config::{Config, Tls},
    features::erasure,
    http::{self, DRAIN_SECONDS},
};

/// Jobs that one replica runs at a time.
const WORKERS: usize = 2;

/// Serves until the process is told to stop.
pub async fn serve(config: Config) -> Result<(), CommandError> {
    config.check_exposure()?;
    let tls = config.tls.as_ref().map(tls).transpose()?;
    let opened = ready(&config).await?;
    let address = config.listen;
    let db = opened.db.clone();
    let app = App::new(config, opened.db, opened.ambient, &opened.secrets);
    if !app.refresh_keys().await? {
        return Err(CommandError::WrongKey);
    }
    app.storage.check()?;
    app.refresh_authority().await?;
    app.trusted.publish(&app.db, app.ambient.now()).await?;
    erasure::log::keep(&app).await;
    let follower = rt::spawn(Arc::clone(&app).follow_authority());
    let (stop, stopped) = tokio::sync::watch::channel(false);
    app.outbox.look(&app.db, &app.ambient).await?;
    let feed = rt::spawn({
        let (app, stopped) = (Arc::clone(&app), stopped.clone());
        async move { app.outbox.follow(app.db.clone(), app.ambient.clone(), stopped).await }
    });
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let (app, stopped) = (Arc::clone(&app), stopped.clone());
            tokio::spawn(async move { app.jobs.work(Arc::clone(&app), stopped).await })
        })
        .collect();
    let (stop_sealing, told) = oneshot::channel();
    let sealer = rt::spawn(Sealer::new(app.db.clone(), app.ambient.clone()).run(told));

    let scheme = if tls.is_some() { "https" } else { "http" };
    let cores = available_parallelism().map_or(2, NonZero::get);
    let bound = http::listen(address).and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (bound, listener) = bound.map_err(|source| CommandError::Listen { address, source })?;
    let running = http::server(&app, cores, listener, tls).map_err(CommandError::Server)?;
    println!("jianghai serves {scheme}://{bound}");
    for line in demo::logins(&app).await? {
        println!("{line}");
    }
    let handle = running.handle();
    let without_key = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&without_key);
    let ending = rt::spawn(async move {
        tokio::select! {
            () = asked_to_stop() => {}
            () = Arc::clone(&app).follow_keys() => told.store(true, Ordering::Relaxed),
        }
        // Connections that stay open would otherwise hold the server until its patience ends.
        app.sockets.close();
        handle.stop(true).await;
    });
    running.await.map_err(CommandError::Server)?;
    ending.abort();
    follower.abort();
    // What runs stops at its next checkpoint; a worker that takes too long loses its lease and its step.
    stop.send_replace(true);
    let drained = futures_util::future::join_all(workers);
    if tokio::time::timeout(Duration::from_secs(DRAIN_SECONDS), drained).await.is_err() {
        tracing::warn!("a job did not reach its next checkpoint in time; it goes on there after the lease");
    }
    if let Err(error) = feed.await {
        tracing::error!(%error, "the reader of the outbox ended before it was told to");
    }
    // What the last requests and jobs have written is sealed before the database closes.
    drop(stop_sealing);
    if let Err(error) = sealer.await {
        tracing::error!(%error, "the sealer ended before it was told to");
    }
    db.close().await?;
    if without_key.load(Ordering::Relaxed) { Err(CommandError::WrongKey) } else { Ok(()) }
}

/// Returns when the process is told to stop.
async fn asked_to_stop() {
    let Ok(mut terminated) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = terminated.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
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
