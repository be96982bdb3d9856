//! The transport of one connection, plain or encrypted, with a deadline for the head of every request.
//!
//! actix-http gives only the first head of a connection a deadline: a client that has sent one request could let the
//! next one drip for ever.
use std::{
    cell::Cell,
    io,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};

/// Bytes in both directions.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Unpin {}

impl<T: AsyncRead + AsyncWrite + Unpin> Duplex for T {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing is asked.
    Idle,
    /// A head is arriving, and nothing was sent since this moment.
    Arriving(Instant),
    /// A request is being answered.
    Answering,
}

/// Where a connection stands between two requests. The transport sees bytes, the first middleware sees heads.
#[derive(Debug)]
pub(super) struct Heads(Cell<State>);

impl Heads {
    /// A whole head has arrived.
    pub(super) fn arrived(&self) {
        self.0.set(State::Answering);
    }
}

/// The transport of one connection.
pub(super) struct Transport {
    io: Box<dyn Duplex>,
    /// Longest time that a head may take to arrive.
    patience: Duration,
    heads: Option<Rc<Heads>>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Transport {
    /// A connection that speaks HTTP/1, whose heads have to arrive within `patience`.
    pub(super) fn http1(io: impl Duplex + 'static, patience: Duration) -> Self {
        let heads = Rc::new(Heads(Cell::new(State::Idle)));
        Self { io: Box::new(io), patience, heads: Some(heads), timer: None }
    }

    /// A connection that speaks HTTP/2, whose frames have deadlines of their own.
    pub(super) fn http2(io: impl Duplex + 'static) -> Self {
        Self { io: Box::new(io), patience: Duration::MAX, heads: None, timer: None }
    }

    /// What has to be told of heads.
    pub(super) fn heads(&self) -> Option<&Rc<Heads>> {
        self.heads.as_ref()
    }

    /// The bytes alone.
    pub(super) fn into_inner(self) -> Box<dyn Duplex> {
        self.io
    }

    fn state(&self) -> State {
        self.heads.as_ref().map_or(State::Idle, |heads| heads.0.get())
    }

    fn stands(&self, state: State) {
        if let Some(heads) = &self.heads {
            heads.0.set(state);
        }
    }

    /// Waits for more of a head as long as there is time; then the client is taken for gone.
    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let State::Arriving(since) = self.state() else { return Poll::Pending };
        let deadline = since + self.patience;
        // Set once in a while and not for each request: where it is over too early, it is set again.
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        while timer.as_mut().poll(cx).is_ready() {
            if Instant::now() >= deadline {
                return Poll::Ready(Ok(()));
            }
            timer.as_mut().reset(deadline);
        }
        Poll::Pending
    }
}

impl AsyncRead for Transport {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let Poll::Ready(done) = Pin::new(&mut self.io).poll_read(cx, into) else { return self.wait(cx) };
        if into.filled().len() > before && self.state() == State::Idle {
            self.stands(State::Arriving(Instant::now()));
        }
        Poll::Ready(done)
    }
}

impl AsyncWrite for Transport {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = std::task::ready!(Pin::new(&mut self.io).poll_write(cx, bytes));
        match self.state() {
            State::Idle => {}
            // The next head waits behind an answer that is still being sent.
            State::Arriving(_) => self.stands(State::Arriving(Instant::now())),
            State::Answering => self.stands(State::Idle),
        }
        Poll::Ready(written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
