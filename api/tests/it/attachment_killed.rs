//! A server that is killed in the middle of an upload, as a process of its own.
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use chrono::FixedOffset;
use entity::SessionId;
use jianghai::{clock::Ambient, http::tokens::Bearer, testing::TestApp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Bytes of one chunk.
const CHUNK: usize = 300_000;

struct Server {
    child: Child,
    address: String,
    token: String,
}

impl Server {
    /// Serves the database and the files of `app` until it is killed.
    fn start(app: &TestApp) -> Self {
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
    fn open(&self, method: &str, path: &str, headers: &str, length: usize, body: &[u8]) -> TcpStream {
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
    fn ask(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> String {
        let mut answer = Vec::new();
        self.open(method, path, headers, body.len(), body).read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn graphql(&self, query: &str, input: &Value) -> Value {
        let body = json!({ "query": query, "variables": { "input": input } }).to_string();
        let answer = self.ask("POST", "/graphql", "Content-Type: application/json\r\n", body.as_bytes());
        let text = answer.split_once("\r\n\r\n").unwrap().1;
        let json = text.get(text.find('{').unwrap()..=text.rfind('}').unwrap()).unwrap();
        serde_json::from_str::<Value>(json).unwrap()["data"].clone()
    }

    /// Where the upload goes on.
    fn offset(&self, path: &str) -> usize {
        let answer = self.ask("HEAD", path, "", b"");
        let line = answer.lines().find_map(|line| line.strip_prefix("upload-offset: ").map(str::to_owned));
        line.unwrap_or_else(|| panic!("no offset: {answer}")).parse().unwrap()
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn patch(offset: usize) -> String {
    format!("Content-Type: application/offset+octet-stream\r\nUpload-Offset: {offset}\r\n")
}

#[tokio::test]
async fn a_server_killed_in_mid_upload_loses_nothing_and_does_nothing_twice() {
    let app = TestApp::start().await;
    let file: Vec<u8> = (0..6 * CHUNK).map(|n| b"0123456789abcdef\n"[n % 17]).collect();
    let mut server = Server::start(&app);
    let begin =
        "mutation($input: AttachmentUploadBeginInput!) { attachmentUploadBegin(input: $input) { upload { id url } } }";
    let input = json!({ "owner": app.organization_id("grid1"), "name": "记录.txt", "size": file.len() });
    let upload = server.graphql(begin, &input)["attachmentUploadBegin"]["upload"].clone();
    let url = upload["url"].as_str().unwrap().to_owned();
    let answer = server.ask("PATCH", &url, &patch(0), &file[..CHUNK]);
    assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    // Half of a chunk has come.
    let stream = server.open("PATCH", &url, &patch(CHUNK), CHUNK, &file[CHUNK..CHUNK + CHUNK / 2]);
    std::thread::sleep(Duration::from_millis(50));
    server.kill();
    drop(stream);
    server = Server::start(&app);
    assert_eq!(server.offset(&url), CHUNK);
    // A whole chunk has come, and the server dies somewhere on the way to acknowledging it.
    for wait in [0, 1, 3, 8] {
        let at = server.offset(&url);
        let end = (at + CHUNK).min(file.len());
        let stream = server.open("PATCH", &url, &patch(at), end - at, &file[at..end]);
        std::thread::sleep(Duration::from_millis(wait));
        server.kill();
        drop(stream);
        server = Server::start(&app);
        let now = server.offset(&url);
        assert!(now == at || now == end, "{now} is neither {at} nor {end}");
    }
    while server.offset(&url) < file.len() {
        let at = server.offset(&url);
        let end = (at + CHUNK).min(file.len());
        let answer = server.ask("PATCH", &url, &patch(at), &file[at..end]);
        assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    }
    // It dies while the file is put together, and is asked again.
    let finish = "mutation($input: AttachmentUploadFinishInput!) { attachmentUploadFinish(input: $input) {
        attachment { size sha256 } userErrors { code } } }";
    let input = json!({ "upload": upload["id"] });
    let body = json!({ "query": finish, "variables": { "input": input } }).to_string();
    let stream = server.open("POST", "/graphql", "Content-Type: application/json\r\n", body.len(), body.as_bytes());
    std::thread::sleep(Duration::from_millis(4));
    server.kill();
    drop(stream);
    server = Server::start(&app);
    let done = server.graphql(finish, &input)["attachmentUploadFinish"].clone();
    let sha256 = hex::encode(Sha256::digest(&file));
    assert_eq!(done, json!({ "attachment": { "size": file.len(), "sha256": sha256 }, "userErrors": [] }));
    server.kill();
    assert_eq!(app.number("SELECT COUNT(*) FROM attachment").await, 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM attachment_upload").await, 0);
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'attachmentUploadFinish'").await, 1);
    // What the deaths left behind belongs to nobody, and is collected; the keys were made by today's clock.
    app.clock.advance(400 * 86_400);
    super::attachment::collect(&app).await;
    assert_eq!(super::attachment::objects(&app), 1);
}
