//! A local web server for the built site: serves the files below a directory, under any prefix, uncached, and
//! nothing outside of it. CORS is open to all origins, as sandboxed frames need that.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::failure::{Failure, Outcome};

/// Browsers open connections ahead of need; idle ones are closed after this time.
const SILENCE: Duration = Duration::from_secs(60);
/// The maximum length of a request; nothing we serve needs more.
const LONGEST_REQUEST: u64 = 64 * 1024;

/// A listening port. Connections wait until [`serve`] is called.
pub struct Port(TcpListener);

impl Port {
    pub fn exactly(number: u16) -> Outcome<Self> {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, number)) {
            Ok(listener) => Ok(Self(listener)),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                Err(Failure::new(format!("Port {number} is taken by another program."))
                    .next("choose another with --port, or leave it out to get a free one"))
            }
            Err(error) => Err(Failure::new(format!("Cannot listen on port {number}: {error}."))
                .next("choose another with --port, above 1023")),
        }
    }

    /// This port, or the first free one of the hundred after it.
    pub fn from(number: u16) -> Outcome<Self> {
        (number..=number.saturating_add(100))
            .find_map(|number| Self::exactly(number).ok())
            .ok_or_else(|| {
                Failure::new(format!("The ports from {number} on are all taken."))
                    .next("name a free one with --port")
            })
    }

    pub fn any() -> Outcome<Self> {
        Self::exactly(0)
    }

    pub fn number(&self) -> u16 {
        // A bound listener has an address.
        self.0.local_addr().map_or(0, |address| address.port())
    }
}

/// Serves `dir` under `prefix` (which begins and ends with `/`) in the background, until the process exits.
pub fn serve(port: Port, dir: &Path, prefix: &str) {
    let site = Arc::new((dir.to_owned(), prefix.to_owned()));
    thread::spawn(move || {
        // One thread and one response per connection: a browser that keeps its six connections open must not
        // block a seventh.
        for stream in port.0.incoming().flatten() {
            let site = Arc::clone(&site);
            thread::spawn(move || {
                // The browser may have disconnected, which is fine.
                let _ = converse(stream, &site.0, &site.1);
            });
        }
    });
}

/// Reads a request and responds to it.
fn converse(stream: TcpStream, dir: &Path, prefix: &str) -> io::Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    let mut lines = BufReader::new(stream.try_clone()?.take(LONGEST_REQUEST)).lines();
    let Some(request) = lines.next().transpose()? else {
        return Ok(());
    };
    // The headers do not affect the response, but have to be read.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (method, url) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    answer(method, url, dir, prefix).send(stream, method != "HEAD")
}

struct Answer {
    status: &'static str,
    content_type: &'static str,
    /// An extra header line.
    extra: String,
    length: u64,
    body: Box<dyn Read>,
}

impl Answer {
    fn text(status: &'static str, extra: String, body: String) -> Self {
        Self {
            status,
            content_type: "text/plain; charset=utf-8",
            extra,
            length: body.len() as u64,
            body: Box::new(io::Cursor::new(body)),
        }
    }

    fn send(mut self, mut stream: TcpStream, with_body: bool) -> io::Result<()> {
        write!(
            stream,
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}\
             Cache-Control: no-store\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n",
            self.status, self.content_type, self.length, self.extra,
        )?;
        if with_body {
            io::copy(&mut self.body, &mut stream)?;
        }
        stream.flush()
    }
}

fn answer(method: &str, url: &str, dir: &Path, prefix: &str) -> Answer {
    if !matches!(method, "GET" | "HEAD") {
        let only = "Only GET and HEAD are answered here.\n".to_owned();
        return Answer::text("405 Method Not Allowed", "Allow: GET, HEAD\r\n".to_owned(), only);
    }
    let path = url.split(['?', '#']).next().unwrap_or(url);
    if !path.ends_with('/') && format!("{path}/") == prefix {
        let further = "The site begins one slash further.\n".to_owned();
        return Answer::text("308 Permanent Redirect", format!("Location: {prefix}\r\n"), further);
    }
    match file_below(path, prefix).map(|file| dir.join(file)).and_then(open) {
        Some((file, length, path)) => Answer {
            status: "200 OK",
            content_type: content_type(&path),
            extra: String::new(),
            length,
            body: Box::new(file.take(length)),
        },
        None => {
            let missing = format!("404: there is no {path} here. The site is at {prefix}\n");
            Answer::text("404 Not Found", String::new(), missing)
        }
    }
}

fn open(path: PathBuf) -> Option<(File, u64, PathBuf)> {
    let path = if path.is_dir() { path.join("index.html") } else { path };
    let file = File::open(&path).ok()?;
    let data = file.metadata().ok().filter(|data| data.is_file())?;
    Some((file, data.len(), path))
}

/// The file for a URL path, relative to the site; `None` outside of the prefix, and for paths that would
/// leave the directory.
fn file_below(path: &str, prefix: &str) -> Option<PathBuf> {
    let decoded = percent_decoded(path.strip_prefix(prefix)?)?;
    let clean = !decoded.contains(['\\', '\0', ':'])
        && Path::new(&decoded).components().all(|part| matches!(part, Component::Normal(_)));
    clean.then(|| PathBuf::from(decoded))
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&hex).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Browsers refuse modules and streamed Wasm with the wrong type.
fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(path: &str) -> Option<PathBuf> {
        file_below(path, "/some/where/")
    }

    #[test]
    fn a_path_below_the_prefix_is_a_file_of_the_site() {
        assert_eq!(below("/some/where/"), Some(PathBuf::new()));
        assert_eq!(below("/some/where/a/b%20c.js"), Some(PathBuf::from("a/b c.js")));
    }

    #[test]
    fn nothing_outside_of_the_prefix_or_the_directory_is_a_file() {
        for path in [
            "/",
            "/some/wherever",
            "/some/where/../secret",
            "/some/where/%2e%2e/secret",
            "/some/where/a/..%2f..%2fsecret",
            "/some/where//etc/passwd",
            "/some/where/%2fetc%2fpasswd",
            "/some/where/..\\secret",
            "/some/where/c:/secret",
            "/some/where/%00",
            "/some/where/%zz",
            "/some/where/%f",
        ] {
            assert_eq!(below(path), None, "{path} must not be served");
        }
    }

    #[test]
    fn wasm_and_modules_have_the_types_browsers_insist_on() {
        assert_eq!(content_type(Path::new("app_bg.wasm")), "application/wasm");
        assert!(content_type(Path::new("app.js")).starts_with("text/javascript"));
        assert_eq!(content_type(Path::new("LICENSE")), "application/octet-stream");
    }

    #[test]
    fn a_taken_port_is_refused_or_stepped_over() {
        let first = Port::any().expect("some port is free");
        assert!(Port::exactly(first.number()).is_err());
        let next = Port::from(first.number()).expect("one of a hundred ports is free");
        assert_ne!(next.number(), first.number());
    }

    #[test]
    fn the_server_answers_get_head_and_nothing_else() {
        let dir = std::env::temp_dir().join(format!("ackground-server-{}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("the temporary directory can be written");
        std::fs::write(dir.join("index.html"), "<p>hello").expect("a file can be written");
        let port = Port::any().expect("some port is free");
        let number = port.number();
        serve(port, &dir, "/a/");
        let ask = |request: &str| {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, number)).expect("it listens");
            write!(stream, "{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                .expect("it reads");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("it answers text");
            answer
        };

        let page = ask("GET /a/?x=1");
        assert!(page.starts_with("HTTP/1.1 200") && page.ends_with("<p>hello"), "{page}");
        assert!(page.contains("Cache-Control: no-store"), "{page}");
        assert!(page.contains("Access-Control-Allow-Origin: *"), "{page}");
        let head = ask("HEAD /a/index.html");
        assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "{head}");
        assert!(ask("GET /a").contains("Location: /a/"));
        assert!(ask("GET /a/none.js").starts_with("HTTP/1.1 404"));
        assert!(ask("GET /index.html").starts_with("HTTP/1.1 404"));
        assert!(ask("POST /a/").starts_with("HTTP/1.1 405"));
        let _ = std::fs::remove_dir_all(dir);
    }
}
