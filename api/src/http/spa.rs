//! The web app: files that were built into the binary, or lie in a folder.
use std::{borrow::Cow, path::Path};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{
            ACCEPT_ENCODING, ALLOW, AcceptEncoding, CACHE_CONTROL, CONTENT_ENCODING, ETAG, Encoding, Header,
            IF_NONE_MATCH, Preference, Quality, VARY,
        },
    },
    web,
};

use crate::{app::App, db::seal::sha256};

/// Empty where the web app was not built before the binary.
#[derive(rust_embed::RustEmbed)]
#[folder = "../web/dist"]
#[allow_missing = true]
struct Embedded;

/// How the build has packed each file beside the plain one, the smallest first: the name and the ending.
const PACKED: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

const INDEX: &str = "index.html";
const DESK: &str = "desk/index.html";

struct File {
    bytes: Cow<'static, [u8]>,
    hash: [u8; 32],
}

/// Any path that no other route answers.
pub(super) async fn get(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return HttpResponse::MethodNotAllowed().insert_header((ALLOW, "GET, HEAD")).finish();
    }
    let Some(path) = clean(request.path()) else { return HttpResponse::NotFound().finish() };
    let folder = app.config.web_dist.as_path();
    if let Some(response) = respond(&request, folder, &path).await {
        return response;
    }
    // A page of the app has no dot in its last part; a file that is missing is missing.
    let reserved = ["graphql", "auth", "files", "metrics", "healthz", "readyz"];
    let first = path.split('/').next().unwrap_or_default();
    if path.rsplit('/').next().is_some_and(|last| last.contains('.')) || reserved.contains(&first) {
        return HttpResponse::NotFound().finish();
    }
    // The app is loaded in halves: the desk is a folder of its own, every other page belongs to the daily half.
    let page = if first == "desk" { DESK } else { INDEX };
    match respond(&request, folder, page).await {
        Some(response) => response,
        None => HttpResponse::NotFound()
            .content_type("text/plain; charset=utf-8")
            .body("The web app is not built. Run `make build`, or set web_dist to its folder.\n"),
    }
}

/// The parts of `path` without a leading slash; none where one of them could leave the folder.
fn clean(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let safe = |part: &&str| {
        !part.starts_with('.') && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte))
    };
    parts.iter().all(safe).then(|| parts.join("/"))
}

async fn respond(request: &HttpRequest, folder: &Path, path: &str) -> Option<HttpResponse> {
    if path.is_empty() {
        return None;
    }
    let mut packed = None;
    for (coding, ending) in accepted(request) {
        if packed.is_none() {
            packed = load(folder, &format!("{path}.{ending}")).await.map(|file| (file, coding));
        }
    }
    let (file, coding) = match packed {
        Some((file, coding)) => (file, Some(coding)),
        None => (load(folder, path).await?, None),
    };
    let tag = format!("\"{}\"", hex::encode(file.hash.get(..12).unwrap_or_default()));
    let caching = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut builder = if known.is_some_and(|known| known.split(',').any(|known| known.trim() == tag)) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    builder.insert_header((ETAG, tag)).insert_header((CACHE_CONTROL, caching));
    builder.insert_header((VARY, ACCEPT_ENCODING.as_str())).content_type(content_type(path));
    if let Some(coding) = coding {
        builder.insert_header((CONTENT_ENCODING, coding));
    }
    let response = builder.finish();
    Some(if response.status().is_success() { response.set_body(file.bytes).map_into_boxed_body() } else { response })
}

/// The codings of [`PACKED`] that the client takes.
fn accepted(request: &HttpRequest) -> impl Iterator<Item = (&'static str, &'static str)> {
    let header = AcceptEncoding::parse(request).ok();
    PACKED.into_iter().filter(move |(coding, _)| {
        let wanted = coding.parse::<Encoding>().map(Preference::Specific).ok();
        let takes = |header: &AcceptEncoding| {
            header.iter().any(|range| range.quality > Quality::ZERO && Some(&range.item) == wanted.as_ref())
        };
        header.as_ref().is_some_and(takes)
    })
}

async fn load(folder: &Path, path: &str) -> Option<File> {
    if let Some(file) = Embedded::get(path) {
        return Some(File { bytes: file.data, hash: file.metadata.sha256_hash() });
    }
    // A binary that carries an app does not mix it with files of another build.
    if Embedded::iter().next().is_some() {
        return None;
    }
    let bytes = tokio::fs::read(folder.join(path)).await.ok()?;
    Some(File { hash: sha256(&bytes), bytes: Cow::Owned(bytes) })
}

/// Whether the name carries a hash of the content, such as `app-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((stem, _)) = name.split_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        for (name, hashed) in [
            ("web-0123456789abcdef.js", true),
            ("assets/web-0123456789abcdef_bg.wasm", true),
            ("index.html", false),
            ("theme.js", false),
            ("sign-in.js", false),
            ("web-012345z7.js", false),
        ] {
            assert_eq!(is_hashed(name), hashed, "{name}");
        }
    }

    #[test]
    fn no_path_leaves_the_folder() {
        for path in ["/../etc/passwd", "/a/../../b", "/.env", "/a\\b", "/a\0b", "/a b"] {
            assert_eq!(clean(path), None, "{path}");
        }
        assert_eq!(clean("/organizations//abc").as_deref(), Some("organizations/abc"));
        assert_eq!(clean("/").as_deref(), Some(""));
    }
}
