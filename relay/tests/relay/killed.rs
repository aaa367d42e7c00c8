//! G4, G5: the relay's program killed at every write, one by one, and on a disk that fails for a while.
//!
//! For G4 strace kills it with SIGKILL at the n-th call of a kind, for every n from the first on an empty folder until a run
//! gets through. After each kill the program must start again by itself, hold all that it had acknowledged, and be the
//! same store that it said it was.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use ratel_protocol::{EnvelopeId, http};
use ratel_relay::{Clock as _, SystemClock};

use crate::{
    program::{Program, loopback},
    world::{Person, Street, envelope},
};

/// Envelopes posted in a run, one by one.
const POSTS: u32 = 3;
/// Envelopes posted in a run over a failing disk, which fails for some of them.
const POSTS_OVER_FAILURES: u32 = 14;

/// What a run heard before the relay was gone.
#[derive(Default)]
struct Heard {
    store: Option<String>,
    acknowledged: Vec<EnvelopeId>,
    registered: bool,
    got_through: bool,
}

/// The relay under strace, which does something at a call: `signal=SIGKILL:when=3`, `error=EIO:when=3..9`.
fn under_strace(data: &Path, call: &str, fault: &str) -> Command {
    let relay = loopback(data);
    let mut command = Command::new("strace");
    command.args(["-f", "-o", "/dev/null", "-e", &format!("trace={call}")]);
    command.args(["-e", &format!("inject={call}:{fault}")]);
    command.arg(relay.get_program()).args(relay.get_args());
    command
}

async fn run(data: &Path, call: &str, nth: u32) -> Heard {
    let Ok(program) = Program::try_start(under_strace(data, call, &format!("signal=SIGKILL:when={nth}"))) else {
        return Heard::default();
    };
    let heard = hear(&program).await;
    // Also after its death: strace may still be about to learn of it, and the folder's lock with it.
    kill_traced(program).await;
    heard
}

async fn hear(program: &Program) -> Heard {
    let mut heard = Heard::default();
    let (ria, street, soon) = (program.person(1), Street::new(1), SystemClock.today().plus(35));
    let body = http::Register { log: street.log, content: street.content, token: ria.token.hash() };
    let Some(answer) = answered(&ria, http::GROUPS, serde_json::to_vec(&body).unwrap()).await else { return heard };
    (heard.store, heard.registered) = (Some(answer.0), true);
    for number in 0..POSTS {
        let bytes = envelope(number, soon, 1024);
        let body = ratel_protocol::frame::encode_batch([&bytes[..]]);
        let Some((store, text)) = answered(&ria, &http::envelopes(street.content), body).await else { return heard };
        assert!(text.contains("stored"), "{text}");
        assert_eq!(heard.store.as_ref(), Some(&store));
        heard.acknowledged.push(EnvelopeId::of(street.content, &bytes));
    }
    heard.got_through = true;
    heard
}

/// Store id and body of an answer; `None` when the relay is gone.
async fn answered(ria: &Person, path: &str, body: Vec<u8>) -> Option<(String, String)> {
    let request = ria.http.post(ria.url(path)).bearer_auth(ria.token.to_hex()).body(body);
    let response = request.send().await.ok()?;
    assert_eq!(response.status(), 200);
    let store = response.headers()[http::STORE].to_str().unwrap().to_owned();
    Some((store, response.text().await.ok()?))
}

/// strace lets its child live when it is killed itself: the child first.
async fn kill_traced(program: Program) {
    let pid = program.pid();
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    for child in children.split_whitespace() {
        let _ = Command::new("kill").args(["-9", child]).stderr(Stdio::null()).status();
    }
    program.end().await;
}

/// Starts it again and compares; how many acknowledged envelopes are missing.
async fn lost(data: &Path, heard: &Heard) -> usize {
    let program = Program::start(loopback(data));
    let (ria, street) = (program.person(1), Street::new(1));
    if !heard.registered {
        assert_eq!(ria.register(street).await.status(), 200);
    }
    let store = ria.get("/v1/anything").await.headers()[http::STORE].to_str().unwrap().to_owned();
    if let Some(before) = &heard.store {
        assert_eq!(&store, before, "a kill is no restored backup");
    }
    let held: Vec<_> = ria.pull(street.content, 0).await;
    let held: Vec<_> = held.iter().map(|(_, bytes)| EnvelopeId::of(street.content, bytes)).collect();
    heard.acknowledged.iter().filter(|id| !held.contains(id)).count()
}

#[tokio::test]
async fn a_kill_at_any_write_loses_nothing_that_was_acknowledged() {
    let (mut points, mut missing, mut mid_way) = (0, 0, 0);
    for call in ["pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "write"] {
        for nth in 1.. {
            let dir = tempfile::tempdir().unwrap();
            let heard = run(dir.path(), call, nth).await;
            missing += lost(dir.path(), &heard).await;
            if heard.got_through {
                break;
            }
            points += 1;
            mid_way += usize::from(!heard.acknowledged.is_empty());
        }
    }
    println!("killed at {points} writes, {mid_way} of them after an acknowledged envelope; lost {missing}");
    assert_eq!(missing, 0);
    assert!(points > 20 && mid_way > 4, "too few kills to prove anything: {points}, {mid_way}");
}

/// Posts while the disk fails and after; what was acknowledged, and how many were refused.
async fn run_over_failures(data: &Path, call: &str, fault: &str) -> (Heard, usize) {
    let (mut heard, mut refused) = (Heard::default(), 0);
    let Ok(program) = Program::try_start(under_strace(data, call, fault)) else { return (heard, 1) };
    let (ria, street, soon) = (program.person(1), Street::new(1), SystemClock.today().plus(35));
    heard.registered = ria.register(street).await.status() == 200;
    for number in 0..if heard.registered { POSTS_OVER_FAILURES } else { 0 } {
        let bytes = envelope(number, soon, 1024);
        let response = ria.post(street.content, std::slice::from_ref(&bytes)).await;
        match response.status().as_u16() {
            200 => heard.acknowledged.push(EnvelopeId::of(street.content, &bytes)),
            503 | 507 => {
                assert!(response.headers().contains_key("retry-after"));
                refused += 1;
            }
            other => assert_eq!(other, 200, "{call} {fault}"),
        }
    }
    kill_traced(program).await;
    (heard, refused)
}

#[tokio::test]
async fn a_disk_that_is_full_or_broken_for_a_while_costs_refusals_and_nothing_else() {
    let (mut refusals, mut missing) = (0, 0);
    for (call, error) in [("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fdatasync", "EIO"), ("fsync", "EIO")] {
        for first in [1, 4, 20, 27] {
            let dir = tempfile::tempdir().unwrap();
            let fault = format!("error={error}:when={first}..{}", first + 5);
            let (heard, refused) = run_over_failures(dir.path(), call, &fault).await;
            let works_again = heard.acknowledged.len() > 2;
            assert!(works_again || !heard.registered, "it works again when the disk does: {call} {fault}");
            refusals += refused;
            missing += lost(dir.path(), &heard).await;
        }
    }
    println!("{refusals} refusals while the disk failed; lost {missing}");
    assert_eq!(missing, 0);
    assert!(refusals > 3, "too few failures to prove anything: {refusals}");
}

/// The control: a store that forgets what it acknowledged is found.
#[tokio::test]
async fn control_a_lost_envelope_is_counted() {
    let dir = tempfile::tempdir().unwrap();
    let heard = Heard { acknowledged: vec![EnvelopeId([9; 32])], ..Heard::default() };
    assert_eq!(lost(dir.path(), &heard).await, 1);
}
