//! The binary as a process of its own over the database of a test, to be killed.
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

use chrono::FixedOffset;
use entity::SessionId;
use jianghai::{clock::Ambient, http::tokens::Bearer, testing::TestApp};
use serde_json::{Value, json};

/// A server that nobody asks before it dies.
pub(crate) struct Server {
    child: Child,
    address: String,
    token: String,
}

impl Server {
    /// Serves the database and the files of `app` until it is killed.
    pub(crate) fn start(app: &TestApp) -> Self {
        let config = &app.app.config;
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianghai"));
        command.env_clear().envs(std::env::vars().filter(|(name, _)| !name.starts_with("JIANGHAI_")));
        command
            .arg("serve")
            .current_dir(std::env::temp_dir())
            .env("JIANGHAI_DATABASE_URL", &config.database_url)
            .env("JIANGHAI_DATA_SECRET", config.data_secret.as_ref().unwrap())
            .env("JIANGHAI_TOKEN_KEY", config.token_key.as_ref().unwrap())
            .env("JIANGHAI_STORAGE_DIRECTORY", config.storage_directory().unwrap())
            .env("JIANGHAI_BACKUP_KEEP", "0")
            .env("JIANGHAI_FREE_FORM", "everyone")
            .env("JIANGHAI_LISTEN", "127.0.0.1:0")
            .env("JIANGHAI_LOG", "error")
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.find_map(|line| Some(line.unwrap().split_once("serves http://")?.1.to_owned())).unwrap();
        let now = Ambient::system(FixedOffset::east_opt(8 * 3_600).unwrap()).now();
        let bearer = Bearer { account: app.account("secretary"), session: SessionId(uuid::Uuid::from_u128(7)) };
        let token = app.app.tokens.sign(bearer, now, now.plus_seconds(300)).unwrap().text;
        Self { child, address, token }
    }

    /// Begins a request with a body of `length` bytes and sends `body`.
    pub(crate) fn open(&self, method: &str, path: &str, headers: &str, length: usize, body: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let Self { address, token, .. } = self;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
             Connection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        stream
    }

    /// Status, headers and body of the answer to a whole request.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> String {
        let mut answer = Vec::new();
        self.open(method, path, headers, body.len(), body).read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub(crate) fn graphql(&self, query: &str, input: &Value) -> Value {
        let body = json!({ "query": query, "variables": { "input": input } }).to_string();
        let answer = self.ask("POST", "/graphql", "Content-Type: application/json\r\n", body.as_bytes());
        let text = answer.split_once("\r\n\r\n").unwrap().1;
        let json = text.get(text.find('{').unwrap()..=text.rfind('}').unwrap()).unwrap();
        serde_json::from_str::<Value>(json).unwrap()["data"].clone()
    }

    /// Ends it at once, by SIGKILL.
    pub(crate) fn kill(self) {
        drop(self);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A test that fails leaves no process behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
