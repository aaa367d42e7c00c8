//! How much a relay takes and gives, every envelope on the disk before it is answered.
//!
//! `cargo bench -p ratel-relay --bench ingest [-- ENVELOPES]`. A relay and sixteen clients share this process
//! and its cores; each client posts envelopes of 1 KiB one by one and waits for each answer. Beside the figures stands
//! what one fsync of this disk costs in the same run, as figures of different disks do not compare.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a program that measures"
)]

use std::{
    fs::File,
    io::Write as _,
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use ratel_protocol::{
    Day, Head, MailboxId, Token,
    frame::{decode_page, encode_batch},
    http::{self, Register},
};
use ratel_relay::{Amount, Clock as _, Config, Quota, Relay, SystemClock};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const CONNECTIONS: u32 = 16;
const SIZE: usize = 1024;
const TOKEN: Token = Token([1; 32]);
const MAILBOX: MailboxId = MailboxId([2; 16]);

fn main() {
    let wanted = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let envelopes: u32 = wanted.unwrap_or(40_000);
    let dir = tempfile::tempdir_in(std::env::var_os("RATEL_BENCH_DIR").unwrap_or_else(|| ".".into())).unwrap();
    println!("one fsync of 4 KiB: {:.0} us (median)", fsync_us(dir.path()));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let relay = Relay::start(config(dir.path())).await.unwrap();
        let addr = relay.addr();
        let body = Register { log: MailboxId([3; 16]), content: MAILBOX, token: TOKEN.hash() };
        let mut connection = TcpStream::connect(addr).await.unwrap();
        let body = serde_json::to_vec(&body).unwrap();
        call(&mut connection, &request("POST", http::GROUPS, &body)).await;
        ingest(addr, envelopes).await;
        drain(addr, envelopes).await;
        println!("memory of this process, clients included: {} MiB", memory_mib());
        relay.stop().await;
    });
}

fn config(dir: &Path) -> Config {
    let mut config = Config::new(dir.join("relay"), "127.0.0.1:0".parse().unwrap());
    let unlimited = Amount { envelopes: u32::MAX, bytes: u64::MAX };
    config.quota = Quota { content: unlimited, content_long: unlimited, ..Quota::default() };
    config.limits.mailbox_bytes = u64::MAX;
    config
}

async fn ingest(addr: SocketAddr, envelopes: u32) {
    let day = SystemClock.today().plus(35);
    let each = envelopes / CONNECTIONS;
    let (begun, cpu) = (Instant::now(), cpu_s());
    let clients: Vec<_> = (0..CONNECTIONS).map(|client| tokio::spawn(post(addr, client * each, each, day))).collect();
    let mut took = Vec::new();
    for client in clients {
        took.extend(client.await.unwrap());
    }
    let per_second = took.len() as f64 / begun.elapsed().as_secs_f64();
    let cpu_us = (cpu_s() - cpu) * 1e6 / took.len() as f64;
    took.sort();
    let at = |share: usize| took[took.len() * share / 100].as_micros();
    println!(
        "ingest, {CONNECTIONS} connections, {SIZE} B, durable: {per_second:.0}/s, p50 {} us, p99 {} us",
        at(50),
        at(99)
    );
    println!("processor time, clients included: {cpu_us:.0} us an envelope");
}

async fn post(addr: SocketAddr, first: u32, count: u32, day: Day) -> Vec<Duration> {
    let mut connection = TcpStream::connect(addr).await.unwrap();
    connection.set_nodelay(true).unwrap();
    let mut took = Vec::new();
    for number in first..first + count {
        let mut salt = [0; 16];
        salt[..4].copy_from_slice(&number.to_be_bytes());
        let mut bytes = Head { key_id: [7; 16], salt, expires: day }.to_bytes().to_vec();
        bytes.resize(SIZE, 0x5A);
        let request = request("POST", &http::envelopes(MAILBOX), &encode_batch([&bytes[..]]));
        let begun = Instant::now();
        let answer = call(&mut connection, &request).await;
        took.push(begun.elapsed());
        assert!(answer.windows(6).any(|window| window == b"stored"));
    }
    took
}

async fn drain(addr: SocketAddr, envelopes: u32) {
    let mut connection = TcpStream::connect(addr).await.unwrap();
    let (mut after, mut count) = (0, 0);
    let begun = Instant::now();
    loop {
        let path = format!("{}?after={after}&limit=4194304", http::envelopes(MAILBOX));
        let body = call(&mut connection, &request("GET", &path, &[])).await;
        let page = decode_page(&body).unwrap();
        let Some(last) = page.last() else { break };
        after = last.cursor;
        count += page.len();
    }
    assert_eq!(
        count,
        (envelopes / CONNECTIONS * CONNECTIONS) as usize,
        "everything that was acknowledged is read back"
    );
    println!("drain, one connection: {:.0}/s", count as f64 / begun.elapsed().as_secs_f64());
}

fn request(method: &str, path: &str, body: &[u8]) -> Arc<[u8]> {
    let token = TOKEN.to_hex();
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: relay\r\nauthorization: Bearer {token}\r\ncontent-length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat().into()
}

/// Sends a request and reads the answer's body.
async fn call(connection: &mut TcpStream, request: &[u8]) -> Vec<u8> {
    connection.write_all(request).await.unwrap();
    let mut bytes = Vec::with_capacity(1024);
    let head = loop {
        assert_ne!(connection.read_buf(&mut bytes).await.unwrap(), 0);
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let text = std::str::from_utf8(&bytes[..head]).unwrap();
    assert!(text.starts_with("HTTP/1.1 200 "), "{text}");
    let chunked = text.contains("transfer-encoding: chunked");
    let length = text.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next()?.parse().ok());
    let mut body = bytes.split_off(head);
    if chunked {
        while !body.ends_with(b"0\r\n\r\n") || unchunk(&body).is_none() {
            assert_ne!(connection.read_buf(&mut body).await.unwrap(), 0);
        }
        return unchunk(&body).unwrap();
    }
    let length: usize = length.unwrap();
    while body.len() < length {
        assert_ne!(connection.read_buf(&mut body).await.unwrap(), 0);
    }
    body
}

/// A chunked body put together; `None` while it is not complete.
fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(rest.len());
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?, 16).ok()?;
        let chunk = rest.get(end + 2..end + 2 + length)?;
        if length == 0 {
            return Some(out);
        }
        out.extend_from_slice(chunk);
        rest = rest.get(end + 4 + length..)?;
    }
}

fn fsync_us(dir: &Path) -> f64 {
    let mut file = File::create(dir.join("fsync")).unwrap();
    let mut took: Vec<_> = (0..200)
        .map(|_| {
            let begun = Instant::now();
            file.write_all(&[0x5A; 4096]).unwrap();
            file.sync_data().unwrap();
            begun.elapsed()
        })
        .collect();
    took.sort();
    took[took.len() / 2].as_secs_f64() * 1e6
}

/// Processor time of this process (seconds); a tick is a hundredth everywhere that Linux runs.
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    ticks / 100.0
}

fn memory_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
