//! Opens many sockets of one account, one subscription each, leaves them idle and says what the server holds for them.
//!
//! `idle_sockets ADDRESS PID ACCOUNT PASSWORD [CONNECTIONS]`: the server at ADDRESS runs as the process PID on this
//! machine, and its `limits.sockets_per_account` is at least CONNECTIONS. Ends with an error above [`MOST`].
use std::{error::Error, fs, process::ExitCode, time::Duration};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::sleep,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue},
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Most kB that the server may grow by for 5,000 connections.
const MOST: u64 = 60 * 1024;
/// Connections where none are named.
const CONNECTIONS: u64 = 5_000;
/// Longer than the time between two signs of life, so that what those leave behind is counted too.
const IDLE: Duration = Duration::from_secs(40);

/// Connections that come and go before anything is measured.
const WARMING: u64 = 100;
/// Until they have gone, and the process has given back what the sign-in needed.
const SETTLED: Duration = Duration::from_secs(40);

const ORGANIZATION: &str = "{ organizations(first: 1) { nodes { id } } }";
const FOLLOW: &str = "subscription($id: ID!) { organizationChanged(id: $id) { name } }";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("idle_sockets: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<bool> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |name: &str| arguments.next().ok_or_else(|| format!("{name} is missing"));
    let (address, process) = (next("ADDRESS")?, next("PID")?);
    let token = sign_in(&address, &next("ACCOUNT")?, &next("PASSWORD")?).await?;
    let count = arguments.next().map_or(Ok(CONNECTIONS), |count| count.parse())?;

    let mut first = Client::open(&address, &token).await?;
    let found = first.ask(ORGANIZATION, Value::Null).await?;
    let organization = found.pointer("/organizations/nodes/0/id").ok_or("the account sees no organization")?.clone();
    // What the first subscription of a process makes once is nothing that a connection holds.
    first.ask(FOLLOW, json!({ "id": organization })).await?;
    // Nor is what the sign-in needed, which the process keeps for a while: others come and go until it is given back.
    for _ in 0..WARMING {
        Client::open(&address, &token).await?.ask(FOLLOW, json!({ "id": organization })).await?;
    }
    sleep(SETTLED).await;
    let before = resident(&process)?;
    for _ in 0..count {
        let mut client = Client::open(&address, &token).await?;
        client.ask(FOLLOW, json!({ "id": organization })).await?;
        tokio::spawn(client.listen());
    }
    let opened = resident(&process)?;
    sleep(IDLE).await;
    let idle = resident(&process)?;
    let (grown, most) = (idle.saturating_sub(before), MOST * count / CONNECTIONS);
    println!("{count} idle subscribers: {before} kB before, {opened} kB opened, {idle} kB after {} s", IDLE.as_secs());
    println!("{grown} kB of at most {most} kB, {} bytes a connection", grown * 1024 / count.max(1));
    Ok(grown <= most)
}

/// One end of a WebSocket.
struct Client(WebSocketStream<TcpStream>);

impl Client {
    async fn open(address: &str, token: &str) -> Result<Self> {
        let mut request = format!("ws://{address}/graphql").into_client_request()?;
        request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("graphql-transport-ws"));
        let mut client = Self(client_async(request, TcpStream::connect(address).await?).await?.0);
        client.say(&json!({ "type": "connection_init", "payload": { "accessToken": token } })).await?;
        client.hear().await?;
        Ok(client)
    }

    async fn say(&mut self, message: &Value) -> Result<()> {
        Ok(self.0.send(Message::text(message.to_string())).await?)
    }

    async fn hear(&mut self) -> Result<Value> {
        loop {
            match self.0.next().await.ok_or("the connection broke off")?? {
                Message::Text(text) => return Ok(serde_json::from_str(&text)?),
                Message::Close(frame) => return Err(format!("the server closed the connection: {frame:?}").into()),
                _ => {}
            }
        }
    }

    /// The first answer to an operation.
    async fn ask(&mut self, document: &str, variables: Value) -> Result<Value> {
        let payload = json!({ "query": document, "variables": variables });
        self.say(&json!({ "id": document, "type": "subscribe", "payload": payload })).await?;
        loop {
            let message = self.hear().await?;
            match message.get("type").and_then(Value::as_str) {
                Some("next") => return Ok(message.pointer("/payload/data").cloned().unwrap_or_default()),
                Some("error") => return Err(format!("the server refuses: {message}").into()),
                _ => {}
            }
        }
    }

    /// Answers the signs of life that are asked for.
    async fn listen(mut self) {
        while let Some(Ok(_)) = self.0.next().await {}
    }
}

/// An access token.
async fn sign_in(address: &str, name: &str, password: &str) -> Result<String> {
    let body = json!({ "name": name, "password": password }).to_string();
    let head = format!(
        "POST /auth/sign-in HTTP/1.1\r\nhost: {address}\r\nx-jianghai: 1\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all((head + &body).as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (_, body) = answer.split_once("\r\n\r\n").ok_or("no answer to the sign-in")?;
    let token =
        serde_json::from_str::<Value>(body).ok().and_then(|body| Some(body.get("accessToken")?.as_str()?.to_owned()));
    token.ok_or_else(|| format!("the sign-in was refused: {body}").into())
}

/// Resident memory of a process in kB.
fn resident(process: &str) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}
