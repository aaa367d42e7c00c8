//! A browser without a screen: just enough HTTP to call the local page, also as a stranger would.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

/// Longest silence of a stream (seconds).
const SILENCE_S: u64 = 60;

/// The page at an address that a program printed.
#[derive(Clone)]
pub(crate) struct Page {
    /// `127.0.0.1:PORT`.
    pub(crate) host: String,
    /// What follows the `#`.
    pub(crate) secret: String,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Page {
    /// Reads an address `http://127.0.0.1:PORT/#SECRET`.
    pub(crate) fn at(address: &str) -> Self {
        let (host, secret) = address.strip_prefix("http://").unwrap().split_once("/#").unwrap();
        Self { host: host.to_owned(), secret: secret.to_owned() }
    }

    fn bearer(&self) -> String {
        format!("Authorization: Bearer {}", self.secret)
    }

    /// Calls with the secret.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.call("GET", path, &self.host, &[&self.bearer()], "")
    }

    /// Hands something over with the secret.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        let headers = [self.bearer(), String::from("Content-Type: application/json")];
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        self.call("POST", path, &self.host, &headers, &body.to_string())
    }

    /// Calls as anybody could: any host, any headers.
    pub(crate) fn call(&self, method: &str, path: &str, host: &str, headers: &[&str], body: &str) -> Answer {
        let mut socket = self.open(method, path, host, headers, body);
        let mut text = Vec::new();
        socket.read_to_end(&mut text).unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn open(&self, method: &str, path: &str, host: &str, headers: &[&str], body: &str) -> TcpStream {
        let mut socket = TcpStream::connect(&self.host).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(SILENCE_S))).unwrap();
        write!(socket, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n").unwrap();
        for header in headers {
            write!(socket, "{header}\r\n").unwrap();
        }
        write!(socket, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        socket
    }

    /// Follows what moves in the page: one JSON object a line.
    pub(crate) fn follow(&self) -> Stream {
        let socket = self.open("GET", "/api/events", &self.host, &[&self.bearer()], "");
        let mut lines = BufReader::new(socket);
        let mut head = String::new();
        while lines.read_line(&mut head).unwrap() > 2 {}
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        Stream { lines }
    }

    /// Taps: hands intents to a phone, one after the other.
    pub(crate) fn tap(&self, phone: &str, intents: &[Value]) {
        for intent in intents {
            let answer = self.post(&format!("/api/phones/{phone}/intents"), intent);
            assert_eq!(answer.status, 204, "{intent}: {}", answer.body);
        }
    }

    /// Throws a switch under a phone.
    pub(crate) fn throw(&self, phone: &str, switch: &str, value: &str) {
        let answer =
            self.post(&format!("/api/phones/{phone}/switches/{switch}"), &serde_json::json!({ "value": value }));
        assert_eq!(answer.status, 204, "{}", answer.body);
    }

    /// Pulls the relay's plug or puts it back.
    pub(crate) fn plug(&self, plugged: bool) {
        let answer = self.post("/api/relay/switches/plug", &serde_json::json!({ "value": plugged.to_string() }));
        assert_eq!(answer.status, 204, "{}", answer.body);
    }

    /// The screen that a phone shows now.
    pub(crate) fn screen(&self, phone: &str) -> Value {
        self.follow()
            .find(|event| event["event"] == "screen" && event["phone"] == phone)
            .map(|mut event| event["screen"].take())
            .unwrap()
    }
}

/// A stream of events; ends when the program closes it.
pub(crate) struct Stream {
    lines: BufReader<TcpStream>,
}

impl Iterator for Stream {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        // Chunk sizes stand on lines of their own and are no objects.
        let mut line = String::new();
        while self.lines.read_line(&mut line).unwrap() > 0 {
            if line.starts_with('{') {
                return Some(serde_json::from_str(&line).unwrap());
            }
            line.clear();
        }
        None
    }
}
