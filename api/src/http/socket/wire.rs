//! The frames of one WebSocket, over the transport that was handed over.
//!
//! A connection of which nothing is on its way holds no memory for it in either direction.
use std::{future::poll_fn, mem, pin::Pin, task::ready};

use actix_codec::{Decoder, Encoder};
use actix_http::ws::{Codec, Frame, Item, Message, ProtocolError};
use actix_web::web::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};

use crate::http::transport::Duplex;

/// Most bytes that are read at once.
const PIECE: usize = 4_096;

/// What a client says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A whole message of text, which may not be UTF-8.
    Text(Bytes),
    /// A message of bytes, or its beginning.
    Binary,
    /// Asks for a sign of life.
    Ping(Bytes),
    /// A sign of life.
    Pong,
}

/// Why nothing more is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unheard {
    /// The client has closed its side, or is gone.
    Gone,
    /// A message is too large.
    TooLarge,
    /// What came is no WebSocket.
    Malformed,
}

impl From<ProtocolError> for Unheard {
    fn from(error: ProtocolError) -> Self {
        if matches!(error, ProtocolError::Overflow) { Self::TooLarge } else { Self::Malformed }
    }
}

/// Both directions of one connection.
pub(super) struct Wire {
    io: Box<dyn Duplex>,
    codec: Codec,
    largest: usize,
    /// What was read and is no whole frame yet.
    read: BytesMut,
    /// The frames of a message whose last one has not come yet.
    gathered: BytesMut,
    /// What the client has not taken yet.
    unsent: BytesMut,
}

impl Wire {
    /// The frames on `io`, of which `read` was read already. A message has at most `largest` bytes.
    pub(super) fn new(io: Box<dyn Duplex>, read: BytesMut, largest: usize) -> Self {
        let codec = Codec::new().max_size(largest);
        Self { io, codec, largest, read, gathered: BytesMut::new(), unsent: BytesMut::new() }
    }

    /// The next message. Nothing is lost where it is not waited for to the end.
    pub(super) async fn next(&mut self) -> Result<Heard, Unheard> {
        loop {
            while let Some(frame) = self.codec.decode(&mut self.read)? {
                if let Some(heard) = self.whole(frame)? {
                    return Ok(heard);
                }
            }
            if self.read.is_empty() {
                self.read = BytesMut::new();
            }
            self.read_more().await?;
        }
    }

    async fn read_more(&mut self) -> Result<(), Unheard> {
        let Self { io, read, .. } = self;
        let count = poll_fn(|cx| {
            let mut room = [0; PIECE];
            let mut piece = ReadBuf::new(&mut room);
            let done = ready!(Pin::new(&mut *io).poll_read(cx, &mut piece));
            read.extend_from_slice(piece.filled());
            done.map(|()| piece.filled().len()).into()
        });
        match count.await {
            Ok(1..) => Ok(()),
            Ok(0) | Err(_) => Err(Unheard::Gone),
        }
    }

    /// The message that `frame` completes.
    fn whole(&mut self, frame: Frame) -> Result<Option<Heard>, Unheard> {
        let (piece, last) = match frame {
            Frame::Text(text) => return Ok(Some(Heard::Text(text))),
            Frame::Binary(_) | Frame::Continuation(Item::FirstBinary(_)) => return Ok(Some(Heard::Binary)),
            Frame::Ping(bytes) => return Ok(Some(Heard::Ping(bytes))),
            Frame::Pong(_) => return Ok(Some(Heard::Pong)),
            Frame::Close(_) => return Err(Unheard::Gone),
            Frame::Continuation(Item::FirstText(piece) | Item::Continue(piece)) => (piece, false),
            Frame::Continuation(Item::Last(piece)) => (piece, true),
        };
        if self.gathered.len().saturating_add(piece.len()) > self.largest {
            return Err(Unheard::TooLarge);
        }
        self.gathered.extend_from_slice(&piece);
        Ok(last.then(|| Heard::Text(mem::take(&mut self.gathered).freeze())))
    }

    /// Sends `message` behind everything that was not taken yet. Where it is not waited for to the end, the rest goes
    /// first with the next one.
    pub(super) async fn send(&mut self, message: Message) -> Result<(), Unheard> {
        self.codec.encode(message, &mut self.unsent)?;
        self.io.write_all_buf(&mut self.unsent).await.map_err(|_| Unheard::Gone)?;
        self.unsent = BytesMut::new();
        self.io.flush().await.map_err(|_| Unheard::Gone)
    }

    /// Says that nothing more will be sent.
    pub(super) async fn shut(&mut self) {
        // Whoever is gone already does not hear it.
        let _ = self.io.shutdown().await;
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::duplex;

    use super::*;

    /// Messages as a client sends them.
    fn frames(messages: Vec<Message>) -> BytesMut {
        let mut bytes = BytesMut::new();
        let mut codec = Codec::new().client_mode();
        for message in messages {
            codec.encode(message, &mut bytes).unwrap();
        }
        bytes
    }

    fn piece(text: &'static str) -> Bytes {
        Bytes::from_static(text.as_bytes())
    }

    #[tokio::test]
    async fn what_comes_byte_by_byte_or_in_frames_is_whole_again_and_leaves_no_memory() {
        let sent = frames(vec![
            Message::Continuation(Item::FirstText(piece("a"))),
            Message::Ping(piece("?")),
            Message::Continuation(Item::Continue(piece("b"))),
            Message::Continuation(Item::Last(piece("c"))),
            Message::Text("d".into()),
        ]);
        let (mut client, server) = duplex(1);
        let mut wire = Wire::new(Box::new(server), BytesMut::from(&sent[..3]), 8);
        tokio::spawn(async move {
            client.write_all(&sent[3..]).await.unwrap();
        });
        for heard in [Heard::Ping(piece("?")), Heard::Text(piece("abc")), Heard::Text(piece("d"))] {
            assert_eq!(wire.next().await, Ok(heard));
        }
        assert_eq!(wire.next().await, Err(Unheard::Gone));
        assert_eq!((wire.read.capacity(), wire.gathered.capacity(), wire.unsent.capacity()), (0, 0, 0));
    }

    #[tokio::test]
    async fn frames_that_are_too_large_together_or_make_no_sense_are_refused() {
        let large = vec![
            Message::Continuation(Item::FirstText(piece("12345"))),
            Message::Continuation(Item::Continue(piece("6789"))),
        ];
        let cases = [
            (frames(large), Unheard::TooLarge),
            (frames(vec![Message::Text("123456789".into())]), Unheard::TooLarge),
            (frames(vec![Message::Close(None)]), Unheard::Gone),
            (BytesMut::from(&b"GET / HTTP/1.1"[..]), Unheard::Malformed),
        ];
        for (bytes, refused) in cases {
            let mut wire = Wire::new(Box::new(tokio::io::empty()), bytes, 8);
            assert_eq!(wire.next().await, Err(refused));
        }
    }

    #[tokio::test]
    async fn what_was_not_taken_is_sent_before_what_comes_next() {
        let (client, server) = duplex(4);
        let mut wire = Wire::new(Box::new(server), BytesMut::new(), 100);
        let patience = std::time::Duration::from_millis(1);
        assert!(tokio::time::timeout(patience, wire.send(Message::Text("not taken".into()))).await.is_err());
        let (sent, ()) = tokio::join!(
            async {
                wire.send(Message::Text("next".into())).await.unwrap();
                drop(wire);
            },
            async {
                let mut client = Wire::new(Box::new(client), BytesMut::new(), 100);
                client.codec = Codec::new().client_mode();
                for text in ["not taken", "next"] {
                    assert_eq!(client.next().await, Ok(Heard::Text(piece(text))));
                }
            }
        );
        assert_eq!(sent, ());
    }
}
