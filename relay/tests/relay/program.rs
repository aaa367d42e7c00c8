//! The real binary: signals, kills, refusals to start, settings, and what it writes.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use ratel_protocol::{
    EnvelopeId, Token,
    http::{self, Outcome, Posted, TokenChange},
};
use ratel_relay::{Clock as _, SystemClock};

use crate::world::{Person, Street, envelope};

fn command(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ratel-relay"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("RATEL_RELAY_") {
            command.env_remove(name);
        }
    }
    command.arg("--data").arg(data);
    command
}

/// A running relay process; killed when the test ends.
pub(crate) struct Program {
    child: Child,
    addr: SocketAddr,
}

impl Program {
    pub(crate) fn start(command: Command) -> Self {
        Self::try_start(command).unwrap()
    }

    /// What it said if it ended before it said where it listens.
    pub(crate) fn try_start(mut command: Command) -> Result<Self, String> {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let addr = line.trim().rsplit("//").next().unwrap();
        if line.is_empty() {
            return Err(String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap());
        }
        let addr = addr.parse().unwrap();
        Ok(Self { child, addr })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn person(&self, seed: u8) -> Person {
        Person::at(format!("http://{}", self.addr), seed)
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    /// Waits for the end; what it wrote to standard error.
    pub(crate) async fn end(mut self) -> (Option<i32>, String) {
        while self.child.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let mut errors = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        (self.child.wait().unwrap().code(), errors)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn loopback(data: &Path) -> Command {
    let mut command = command(data);
    command.args(["--listen", "127.0.0.1:0"]);
    command
}

/// Posts one envelope after another until the relay is gone; the ids that it acknowledged. Five rounds of these stay
/// within a share of the day.
async fn post_until_gone(person: Person, street: Street, first: u32) -> Vec<EnvelopeId> {
    let (today, mut acknowledged) = (SystemClock.today(), Vec::new());
    for number in first..first + 190 {
        let body = ratel_protocol::frame::encode_batch([&envelope(number, today.plus(100), 512)[..]]);
        let request = person.http.post(person.url(&http::envelopes(street.log)));
        let Ok(response) = request.bearer_auth(person.token.to_hex()).body(body).send().await else { break };
        assert_eq!(response.status(), 200);
        let Ok(body) = response.bytes().await else { break };
        let posted: Posted = serde_json::from_slice(&body).unwrap();
        assert_eq!(posted.results[0].outcome, Outcome::Stored);
        acknowledged.push(posted.results[0].id);
    }
    acknowledged
}

/// G4, G8: killed under load again and again, on one folder; whatever was acknowledged is there, nothing twice.
#[tokio::test]
async fn every_acknowledged_envelope_outlives_kill_9() {
    let dir = tempfile::tempdir().unwrap();
    let street = Street::new(1);
    let mut acknowledged = Vec::new();
    let mut store = None;
    for round in 0..5_u32 {
        let program = Program::start(loopback(dir.path()));
        let fatma = program.person(1);
        let people: Vec<_> = (2..10).map(|seed| program.person(seed)).collect();
        fatma.register(street).await;
        let add = people.iter().map(|person| person.token.hash()).collect();
        let response = fatma.tokens(street.log, &TokenChange { add, ..TokenChange::default() }).await;
        let id = response.headers()[http::STORE].clone();
        assert_eq!(store.get_or_insert(id.clone()), &id, "a kill is no restored backup");
        let mut first = round * 1_000_000;
        let posting: Vec<_> = people
            .into_iter()
            .map(|person| {
                first += 100_000;
                tokio::spawn(post_until_gone(person, street, first))
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(200)).await;
        program.signal("KILL");
        for task in posting {
            acknowledged.extend(task.await.unwrap());
        }
    }
    assert!(acknowledged.len() > 40, "the load was too small to prove anything: {}", acknowledged.len());
    let program = Program::start(loopback(dir.path()));
    let pulled = program.person(1).pull(street.log, 0).await;
    let mut held: Vec<_> = pulled.iter().map(|(_, bytes)| EnvelopeId::of(street.log, bytes)).collect();
    held.sort();
    assert!(held.windows(2).all(|pair| pair[0] != pair[1]), "nothing twice");
    let lost = acknowledged.iter().filter(|id| held.binary_search(id).is_err()).count();
    assert_eq!(lost, 0, "of {}", acknowledged.len());
    // The search finds what is missing: an id that nobody posted.
    assert!(held.binary_search(&EnvelopeId([1; 32])).is_err());
}

#[tokio::test]
async fn signals_end_it_with_a_stream_open_and_the_folder_is_one_file_again() {
    for name in ["TERM", "INT"] {
        let dir = tempfile::tempdir().unwrap();
        let program = Program::start(loopback(dir.path()));
        let (ria, street) = (program.person(1), Street::new(1));
        ria.register(street).await;
        let mut stream = ria.get(&format!("{}?mailbox={}:0", http::LIVE, street.content)).await;
        assert!(stream.chunk().await.unwrap().is_some());
        program.signal(name);
        let ended = tokio::time::timeout(Duration::from_secs(5), program.end()).await;
        assert_eq!(ended.unwrap().0, Some(0), "{name}");
        assert_eq!(stream.chunk().await.unwrap_or(None), None);
        assert!(!dir.path().join("relay.db-wal").exists());
    }
}

/// R59, G13: neither log nor database holds a token or an address; the log holds no id either.
#[tokio::test]
async fn what_it_writes_names_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = loopback(dir.path());
    command.args(["--log", "debug"]);
    let program = Program::start(command);
    let (ria, street) = (program.person(0xC3), Street::new(0xD4));
    ria.register(street).await;
    let alert = envelope(1, SystemClock.today().plus(35), 256);
    let posted = ria.posted(street.content, std::slice::from_ref(&alert)).await;
    ria.pull(street.content, 0).await;
    ria.get(&format!("/v1/{}?token={}", street.log, ria.token.to_hex())).await;
    program.signal("TERM");
    let (_, log) = program.end().await;
    assert!(log.contains("route=/v1/mailboxes/{mailbox}/envelopes status=200"), "{log}");
    let token = ria.token.to_hex();
    let hash = ratel_protocol::hex::encode(&ria.token.hash().0);
    let id = posted.results[0].id.to_hex();
    for secret in [token.as_str(), &hash, &id, &street.log.to_hex(), &street.content.to_hex(), "127.0.0.1:"] {
        // Its own address it may say; that is in standard output.
        assert!(!log.contains(secret), "{secret} in {log}");
    }
    for file in fs::read_dir(dir.path()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(!holds(&ria.token.0) && !holds(token.as_bytes()));
    }
    // The searches find what is there.
    let database = fs::read(dir.path().join("relay.db")).unwrap();
    assert!(database.windows(32).any(|window| window == ria.token.hash().0));
    assert_ne!(Token([1; 32]).hash(), ria.token.hash());
}

/// Starts it where it cannot start: exit code 2 and one sentence.
fn refused(command: &mut Command, word: &str) {
    let Output { status, stderr, .. } = command.output().unwrap();
    let said = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(2), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains(word), "{said}");
}

#[test]
fn where_it_cannot_start_it_says_why_and_touches_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    refused(command(dir.path()).args(["--listen", &addr]), "already listens on");
    refused(command(dir.path()).args(["--listen", "192.0.2.1:1"]), "cannot listen on 192.0.2.1:1");

    let file = dir.path().join("file");
    fs::write(&file, "no folder").unwrap();
    refused(&mut loopback(&file), "cannot be used");

    let garbage = vec![0xEE; 5_000];
    let foreign = {
        let path = dir.path().join("foreign.db");
        let db = rusqlite::Connection::open(&path).unwrap();
        db.execute_batch("CREATE TABLE notes (text TEXT) STRICT; INSERT INTO notes VALUES ('mine');").unwrap();
        drop(db);
        fs::read(path).unwrap()
    };
    let newer = {
        let made = dir.path().join("made");
        drop(Program::start(loopback(&made)));
        let db = rusqlite::Connection::open(made.join("relay.db")).unwrap();
        db.execute_batch("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE")
            .unwrap();
        drop(db);
        fs::read(made.join("relay.db")).unwrap()
    };
    for (name, bytes, word) in [
        ("garbage", garbage, "damaged or no database"),
        ("foreign", foreign, "of another program"),
        ("newer", newer, "newer release"),
    ] {
        let data = dir.path().join(name);
        fs::create_dir(&data).unwrap();
        fs::write(data.join("relay.db"), &bytes).unwrap();
        refused(&mut loopback(&data), word);
        assert_eq!(fs::read(data.join("relay.db")).unwrap(), bytes, "{name} is left as it is");
    }
}

#[test]
fn one_relay_works_in_a_folder() {
    let dir = tempfile::tempdir().unwrap();
    let program = Program::start(loopback(dir.path()));
    refused(&mut loopback(dir.path()), "another relay already works");
    refused(command(dir.path()).arg("restored"), "another relay already works");
    drop(program);
    drop(Program::start(loopback(dir.path())));
}

#[tokio::test]
async fn a_variable_wins_over_the_file_and_a_flag_over_the_variable() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("relay.toml");
    fs::write(&config, "registration = \"open\"\nlisten = \"192.0.2.1:1\"\n").unwrap();
    let mut command = command(&dir.path().join("data"));
    command.arg("--config").arg(&config).args(["--listen", "127.0.0.1:0"]);
    command.env("RATEL_RELAY_LISTEN", "192.0.2.1:2").env("RATEL_RELAY_REGISTRATION", "codes");
    let program = Program::start(command);
    let (fatma, street) = (program.person(1), Street::new(1));
    assert_eq!(fatma.register(street).await.status(), 403);
    // The code that the command prints opens the door, while the relay runs.
    let printed = self::command(&dir.path().join("data")).arg("code").output().unwrap();
    let code = String::from_utf8(printed.stdout).unwrap();
    assert_eq!(fatma.register_with(street, Some(code.trim())).await.status(), 200);
    refused(self::command(&dir.path().join("nothing")).arg("code"), "no relay in it");
}
