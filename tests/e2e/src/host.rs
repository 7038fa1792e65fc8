//! A host of the site that a test has for itself: another address, another answer, another version, or no
//! answer at all. Serves the files below one directory and knows nothing about what is in them.

use std::fs;
use std::io::{BufRead, BufReader, Result, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::Done;

/// What is answered, from now on.
#[derive(Clone, Debug)]
struct Answers {
    dir: PathBuf,
    /// Whether pages of other origins may read the files.
    open: bool,
    /// Whether there is a network at all.
    connected: bool,
}

/// A host on this machine, for as long as the test program lives.
pub struct Host {
    port: u16,
    answers: Arc<Mutex<Answers>>,
}

impl Host {
    /// A host of the built site, whose files pages of any origin may read.
    ///
    /// # Errors
    ///
    /// When no port is free.
    pub fn of_site() -> Done<Host> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let answers = Arc::new(Mutex::new(Answers { dir: site(), open: true, connected: true }));
        let shared = Arc::clone(&answers);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answers = lock(&shared).clone();
                // A browser that has gone away does not matter.
                thread::spawn(move || answers.connected.then(|| answer(stream, &answers)));
            }
        });
        Ok(Host { port, answers })
    }

    /// The address of the site on this host, under a name of this machine (`"app.localhost"`).
    #[must_use]
    pub fn address(&self, name: &str) -> String {
        format!("http://{name}:{}/", self.port)
    }

    /// Serves another directory from now on.
    pub fn serve(&self, dir: &Path) {
        lock(&self.answers).dir = dir.to_owned();
    }

    /// Whether pages of other origins may read the files from now on.
    pub fn permit(&self, open: bool) {
        lock(&self.answers).open = open;
    }

    /// Answers nobody from now on, or everybody again.
    pub fn connect(&self, connected: bool) {
        lock(&self.answers).connected = connected;
    }
}

/// The built site on this machine's disk.
#[must_use]
pub fn site() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist")
}

fn lock(answers: &Mutex<Answers>) -> MutexGuard<'_, Answers> {
    answers.lock().unwrap_or_else(PoisonError::into_inner)
}

fn answer(mut stream: TcpStream, answers: &Answers) -> Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let path = request.split(' ').nth(1).unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    let mut file = answers.dir.join(path.trim_start_matches('/'));
    if file.is_dir() {
        file.push("index.html");
    }
    let open = if answers.open { "Access-Control-Allow-Origin: *\r\n" } else { "" };
    let (status, kind, body) = match fs::read(&file) {
        Ok(body) => ("200 OK", kind(&file), body),
        Err(_) => ("404 Not Found", "text/plain", Vec::new()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{open}Connection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
