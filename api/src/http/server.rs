//! The server: its connections, and the way out of HTTP for each that becomes a WebSocket.
//!
//! `HttpServer` of actix-web cannot hand a connection over, so the server is built from the same parts as that one.
use std::{
    io,
    net::{SocketAddr, TcpListener},
    pin::Pin,
    rc::Rc,
    sync::Arc,
    time::Duration,
};

use actix_codec::{Encoder, Framed, FramedParts};
use actix_http::{
    ConnectionType, HttpMessage, HttpService, Protocol, Request, Response,
    body::{BoxBody, MessageBody},
    error::DispatchError,
    h1,
};
use actix_server::GracefulShutdownSignal;
use actix_service::{IntoServiceFactory, Service, ServiceFactory, ServiceFactoryExt, map_config};
use actix_tls::accept::{
    TlsError,
    rustls_0_23::{Acceptor, TlsStream},
};
use actix_web::{
    Error,
    dev::{AppConfig, Server, ServiceResponse, fn_factory, fn_service},
    rt::net::TcpStream,
    web::BytesMut,
};
use rustls::ServerConfig;
use socket2::{Domain, SockRef, Socket, Type};
use tokio::io::AsyncWriteExt;

use super::{
    service,
    socket::{Handed, Upgradable},
    transport::Transport,
};
use crate::app::App;

/// Seconds that running requests have when the process is told to stop.
pub const DRAIN_SECONDS: u64 = 10;
/// Time for which a client may take nothing of what is sent to it before its connection is broken off. The server would
/// wait for it for ever, and for a WebSocket that is closed for that reason too.
const STUCK: Duration = Duration::from_mins(1);
/// Time that a client has to close its side of a connection that ends.
const FAREWELL: Duration = Duration::from_secs(1);
/// Connections that may wait to be taken.
const BACKLOG: i32 = 1_024;

/// Listens on `address`.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// A server of so many workers over `app`, encrypted where there is a certificate.
pub fn server(app: &Arc<App>, workers: usize, listener: TcpListener, tls: Option<ServerConfig>) -> io::Result<Server> {
    let limits = &app.config.limits;
    let connections = usize::try_from(limits.connections).unwrap_or(usize::MAX).div_ceil(workers);
    let patience = Duration::from_secs(limits.head_seconds);
    let builder = Server::build().workers(workers).max_concurrent_connections(connections);
    let builder = builder.shutdown_timeout(DRAIN_SECONDS).disable_signals();
    let (app, stop) = (Arc::clone(app), builder.graceful_shutdown_signal());
    let builder = match tls {
        None => builder.listen("http", listener, move || {
            let plain = move |io: TcpStream| async move {
                let peer = accepted(&io);
                Ok::<_, DispatchError>((Transport::http1(io, patience), Protocol::Http1, peer))
            };
            fn_service(plain).and_then(protocols(&app, &stop))
        }),
        Some(mut tls) => {
            tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
            builder.listen("https", listener, move || {
                let encrypted = move |io: TlsStream<TcpStream>| async move {
                    let (socket, session) = io.get_ref();
                    let peer = accepted(socket);
                    let http2 = session.alpn_protocol() == Some(b"h2".as_slice());
                    Ok(if http2 {
                        (Transport::http2(io), Protocol::Http2, peer)
                    } else {
                        (Transport::http1(io, patience), Protocol::Http1, peer)
                    })
                };
                Acceptor::new(tls.clone())
                    .map_err(TlsError::into_service_error)
                    .and_then(fn_service(encrypted))
                    .and_then(protocols(&app, &stop).map_err(TlsError::Service))
            })
        }
    };
    Ok(builder?.run())
}

/// Sets what is set for every connection, and says who is at its other end.
fn accepted(socket: &TcpStream) -> Option<SocketAddr> {
    if let Err(error) = SockRef::from(socket).set_tcp_user_timeout(Some(STUCK)) {
        tracing::warn!(%error, "a connection that gets stuck will not be broken off");
    }
    socket.peer_addr().ok()
}

/// What is spoken on a connection.
fn protocols(
    app: &Arc<App>,
    stop: &GracefulShutdownSignal,
) -> impl ServiceFactory<
    (Transport, Protocol, Option<SocketAddr>),
    Config = (),
    Response = (),
    Error = DispatchError,
    InitError = (),
> + use<> {
    let (app, stop) = (Arc::clone(app), stop.clone());
    let patience = Duration::from_secs(app.config.limits.head_seconds);
    let requests = routes(&app);
    let upgrades = fn_factory(move || {
        let (app, routes) = (Arc::clone(&app), routes(&app).new_service(()));
        async move {
            let routes = Rc::new(routes.await?);
            Ok::<_, ()>(fn_service(move |(request, framed)| {
                upgrade(Arc::clone(&app), Rc::clone(&routes), request, framed)
            }))
        }
    });
    HttpService::build()
        .graceful_shutdown_signal(move || {
            let stop = stop.clone();
            async move { stop.notified().await }
        })
        .client_request_timeout(patience)
        .client_disconnect_timeout(FAREWELL)
        .on_connect_ext(|transport: &Transport, shared| {
            if let Some(heads) = transport.heads() {
                shared.insert(Rc::clone(heads));
            }
        })
        .upgrade(upgrades)
        .finish(requests)
}

/// All routes, as actix-http calls them.
fn routes(
    app: &Arc<App>,
) -> impl ServiceFactory<
    Request,
    Config = (),
    Response = ServiceResponse<BoxBody>,
    Error = Error,
    InitError = (),
    Future: 'static,
    Service: Service<Request, Response = ServiceResponse<BoxBody>, Error = Error, Future: 'static> + 'static,
> + use<> {
    let routes =
        service(Arc::clone(app)).into_factory().map(|response: ServiceResponse<_>| response.map_into_boxed_body());
    map_config(routes, |()| AppConfig::default())
}

/// Answers a request to leave HTTP as any other request; where the answer agrees, the connection goes on as a WebSocket.
async fn upgrade(
    app: Arc<App>,
    routes: Rc<impl Service<Request, Response = ServiceResponse<BoxBody>, Error = Error>>,
    request: Request,
    framed: Framed<Transport, h1::Codec>,
) -> Result<(), Error> {
    // The answer needs room that an idle connection must not hold.
    if let Some((handed, transport, read)) = Box::pin(answer(routes, request, framed)).await? {
        handed.run(app, transport, read).await;
    }
    Ok(())
}

async fn answer(
    routes: Rc<impl Service<Request, Response = ServiceResponse<BoxBody>, Error = Error>>,
    request: Request,
    framed: Framed<Transport, h1::Codec>,
) -> Result<Option<(Handed, Transport, BytesMut)>, Error> {
    let FramedParts { mut io, mut codec, read_buf, write_buf: mut unsent, .. } = framed.into_parts();
    request.extensions_mut().insert(Upgradable);
    let mut response = routes.call(request).await?;
    let handed = response.response_mut().extensions_mut().remove::<Handed>();
    let mut response = Response::from(response);
    if handed.is_none() {
        response.head_mut().set_connection_type(ConnectionType::Close);
    }
    let (response, mut body) = response.into_parts();
    codec.encode(h1::Message::Item((response, body.size())), &mut unsent)?;
    io.write_all_buf(&mut unsent).await?;
    if let Some(handed) = handed {
        return Ok(Some((handed, io, read_buf)));
    }
    while let Some(piece) = std::future::poll_fn(|cx| Pin::new(&mut body).poll_next(cx)).await {
        codec.encode(h1::Message::Chunk(Some(piece?)), &mut unsent)?;
        io.write_all_buf(&mut unsent).await?;
    }
    codec.encode(h1::Message::Chunk(None), &mut unsent)?;
    io.write_all_buf(&mut unsent).await?;
    io.shutdown().await?;
    Ok(None)
}
