//! Asks for a list as fast as the server answers, then twice as fast as that, and says what becomes of the requests.
//!
//! `overload ADDRESS ACCOUNT PASSWORD [SECONDS]`: ends with an error where 1 of 100 requests that were admitted under
//! twice the load took longer than [`MOST`], or where health was not told in that time.
use std::{error::Error, process::ExitCode, time::Duration};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::{Instant, sleep_until},
};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Longest time for 99 of 100 admitted requests.
const MOST: Duration = Duration::from_millis(50);
/// Connections that find out how much the server can do: as many as it works on at a time.
const STEADY: u32 = 16;
/// Connections that ask for twice as much.
const MANY: u32 = 256;
const LIST: &str = "{ organizations(first: 20) { nodes { id name parent { name } } } }";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("overload: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<bool> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |name: &str| arguments.next().ok_or_else(|| format!("{name} is missing"));
    let (address, account, password) = (next("ADDRESS")?, next("ACCOUNT")?, next("PASSWORD")?);
    let seconds = Duration::from_secs(arguments.next().map_or(Ok(10), |seconds| seconds.parse())?);
    let body = json!({ "name": account, "password": password }).to_string();
    let (status, text) = Connection::open(&address).await?.post("/auth/sign-in", "", &body).await?;
    let token = serde_json::from_slice::<Value>(&text)?.get("accessToken").and_then(Value::as_str).map(str::to_owned);
    let token = token.ok_or_else(|| format!("the sign-in was refused with {status}"))?;

    load(&address, &token, STEADY, None, Duration::from_secs(2)).await?;
    let steady = load(&address, &token, STEADY, None, seconds).await?;
    let rate = f64::from(steady.admitted()) / seconds.as_secs_f64();
    steady.print("as fast as it answers", rate);
    let health = tokio::spawn(health(address.clone(), seconds));
    let double = load(&address, &token, MANY, Some(2.0 * rate), seconds).await?;
    double.print("twice as fast", 2.0 * rate);
    let health = health.await??;
    println!("health meanwhile: {:.1} ms at most", millis(health));
    Ok(double.at(99) <= MOST && health <= MOST && double.other == 0)
}

/// What became of requests.
#[derive(Default)]
struct Outcome {
    /// How long those took that were admitted.
    took: Vec<Duration>,
    sent_away: u32,
    other: u32,
}

impl Outcome {
    fn admitted(&self) -> u32 {
        u32::try_from(self.took.len()).unwrap_or(u32::MAX)
    }

    /// The time within which so many of 100 admitted requests were answered.
    fn at(&self, percent: usize) -> Duration {
        let place = (self.took.len() * percent / 100).min(self.took.len().saturating_sub(1));
        self.took.get(place).copied().unwrap_or_default()
    }

    fn print(&self, what: &str, rate: f64) {
        let [half, most, last] = [50, 99, 100].map(|percent| millis(self.at(percent)));
        println!(
            "{what}: {rate:.0} a second; {} admitted ({half:.1} ms, p99 {most:.1} ms, at most {last:.1} ms), {} sent away, {} failed",
            self.admitted(),
            self.sent_away,
            self.other
        );
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// Asks over so many connections for a while: as fast as answers come, or `rate` times a second.
async fn load(address: &str, token: &str, connections: u32, rate: Option<f64>, time: Duration) -> Result<Outcome> {
    let begun = Instant::now();
    let pause = rate.map_or(Duration::ZERO, |rate| Duration::from_secs_f64(f64::from(connections) / rate));
    let mut asking = Vec::new();
    for place in 0..connections {
        let (address, token) = (address.to_owned(), token.to_owned());
        let first = begun + pause * place / connections;
        asking.push(tokio::spawn(async move { ask(&address, &token, first, pause, begun + time).await }));
    }
    let mut whole = Outcome::default();
    for asked in asking {
        let part = asked.await??;
        whole.took.extend(part.took);
        (whole.sent_away, whole.other) = (whole.sent_away + part.sent_away, whole.other + part.other);
    }
    whole.took.sort_unstable();
    Ok(whole)
}

async fn ask(address: &str, token: &str, mut due: Instant, pause: Duration, end: Instant) -> Result<Outcome> {
    let mut connection = Connection::open(address).await?;
    let (body, bearer) = (json!({ "query": LIST }).to_string(), format!("authorization: Bearer {token}\r\n"));
    let mut outcome = Outcome::default();
    while due < end && Instant::now() < end {
        sleep_until(due).await;
        let sent = Instant::now();
        match connection.post("/graphql", &bearer, &body).await?.0 {
            200 => outcome.took.push(sent.elapsed()),
            503 => outcome.sent_away += 1,
            _ => outcome.other += 1,
        }
        due = (due + pause).max(Instant::now());
    }
    Ok(outcome)
}

/// The longest that the server took to say that it lives.
async fn health(address: String, time: Duration) -> Result<Duration> {
    let (end, mut longest) = (Instant::now() + time, Duration::ZERO);
    while Instant::now() < end {
        let sent = Instant::now();
        let (status, _) = Connection::open(&address).await?.send("GET /healthz", "", "").await?;
        if status != 200 {
            return Err(format!("health is answered with {status}").into());
        }
        longest = longest.max(sent.elapsed());
        sleep_until(sent + Duration::from_millis(200)).await;
    }
    Ok(longest)
}

struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
    /// Whether the server takes another request on it.
    stays: bool,
}

impl Connection {
    async fn open(address: &str) -> Result<Self> {
        let stream = BufReader::new(TcpStream::connect(address).await?);
        Ok(Self { stream, host: address.to_owned(), stays: true })
    }

    async fn post(&mut self, path: &str, headers: &str, body: &str) -> Result<(u16, Vec<u8>)> {
        let headers = format!("{headers}x-jianghai: 1\r\ncontent-type: application/json\r\n");
        self.send(&format!("POST {path}"), &headers, body).await
    }

    async fn send(&mut self, what: &str, headers: &str, body: &str) -> Result<(u16, Vec<u8>)> {
        if !self.stays {
            *self = Self::open(&self.host).await?;
        }
        let (host, length) = (&self.host, body.len());
        let request = format!("{what} HTTP/1.1\r\nhost: {host}\r\n{headers}content-length: {length}\r\n\r\n{body}");
        self.stream.get_mut().write_all(request.as_bytes()).await?;
        let mut line = String::new();
        self.stream.read_line(&mut line).await?;
        let status = line.split(' ').nth(1).ok_or("the connection broke off")?.parse()?;
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line).await?;
            match line.trim_end().split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse()?,
                Some((name, "close")) if name.eq_ignore_ascii_case("connection") => self.stays = false,
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok((status, body))
    }
}
