//! Starts programs and ends exactly those.

use std::{
    env,
    ffi::OsStr,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

/// Longest wait for something that must come.
const PATIENCE: Duration = Duration::from_mins(1);
/// Rest between two looks.
const REST: Duration = Duration::from_millis(100);

fn program(variable: &str, name: &str) -> PathBuf {
    let path = env::var_os(variable).map_or_else(
        || {
            // .../target/debug/deps/system-0123 -> .../target/debug/NAME
            let test = env::current_exe().unwrap();
            test.parent().and_then(Path::parent).unwrap().join(name)
        },
        PathBuf::from,
    );
    assert!(path.is_file(), "{} is not there. Build it: cargo build -p ratel -p ratel-relay", path.display());
    path
}

/// `ratel` with words in English, no display, and nothing else of this environment that would change what it does.
pub(crate) fn ratel() -> Command {
    let mut command = Command::new(program("RATEL_BIN", "ratel"));
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env("LANG", "en_GB.UTF-8");
    command
}

/// What a command that ended has said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    /// Runs a command to its end.
    pub(crate) fn by(command: &mut Command) -> Self {
        let output = command.stdin(Stdio::null()).output().unwrap();
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The bytes that a command prints, which must succeed.
    pub(crate) fn bytes(command: &mut Command) -> Vec<u8> {
        let output = command.stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// What it printed, if it succeeded.
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.out
    }
}

/// A phone of the command line: a folder.
pub(crate) struct Phone {
    pub(crate) folder: PathBuf,
}

impl Phone {
    pub(crate) fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Runs `ratel ARGUMENTS --data FOLDER`.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Said {
        Said::by(ratel().args(arguments).arg("--data").arg(&self.folder))
    }

    /// The same, which must succeed; gives what it printed.
    pub(crate) fn ok<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> String {
        self.run(arguments).ok()
    }

    /// The same, read as JSON.
    pub(crate) fn json<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Value {
        serde_json::from_str(&self.ok(arguments)).unwrap()
    }

    /// Its alerts, newest first.
    pub(crate) fn alerts(&self) -> Vec<Value> {
        self.json(["alerts", "--json"]).as_array().unwrap().clone()
    }

    /// Posts an alert; gives its id.
    pub(crate) fn alert(&self, arguments: &[&str]) -> String {
        let said = self.ok(["alert"].iter().chain(arguments));
        said.lines().next().unwrap().to_owned()
    }

    /// The membership, as `status` says it.
    pub(crate) fn membership(&self) -> String {
        self.json(["status", "--json"])["membership"].as_str().unwrap().to_owned()
    }
}

/// Fatma begins a street at `relay` and lets Ahmed in: two folders under `root`.
pub(crate) fn fatma_and_ahmed(root: &Path, relay: &str) -> (Phone, Phone) {
    let (fatma, ahmed) = (Phone::new(root.join("fatma")), Phone::new(root.join("ahmed")));
    fatma.ok(["new", "Fatma", "--street", "Zonnebloemstraat", "--number", "12", "--relay", relay]);
    let invitation = fatma.json(["invite", "--json"]);
    let said = ahmed.ok(["join", invitation["invitation"].as_str().unwrap(), "--as", "Ahmed", "--number", "16"]);
    assert!(said.contains("waiting"), "{said}");
    assert_eq!(ahmed.membership(), "waiting");
    fatma.ok(["sync"]);
    ahmed.ok(["sync"]);
    assert_eq!(ahmed.membership(), "member");
    fatma.ok(["sync"]);
    (fatma, ahmed)
}

/// A program that stays, and ends with the test.
pub(crate) struct Running {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Running {
    /// Starts it.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// The next line that it prints; panics if it ends instead.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "the program ended: {:?}", self.child.wait());
        line.trim_end().to_owned()
    }

    /// As by `kill -9`.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// As by `kill`: asks it to end and waits; gives how it ended and how long that took.
    pub(crate) fn terminate(mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let status = until("the program ends", || self.child.try_wait().unwrap());
        (status, asked.elapsed())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Looks again and again until there is something to see.
pub(crate) fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain: {what}");
        thread::sleep(REST);
    }
}

/// A relay with its own folder and port.
pub(crate) struct Relay {
    folder: PathBuf,
    port: u16,
    running: Option<Running>,
}

impl Relay {
    /// Starts a relay in `folder`.
    pub(crate) fn start(folder: impl Into<PathBuf>) -> Self {
        let mut relay = Self { folder: folder.into(), port: free_port(), running: None };
        relay.again();
        relay
    }

    /// Starts it again in the same place.
    pub(crate) fn again(&mut self) {
        let listen = format!("127.0.0.1:{}", self.port);
        let mut running = Running::start(
            Command::new(program("RATEL_RELAY_BIN", "ratel-relay"))
                .arg("--data")
                .arg(&self.folder)
                .args(["--listen", &listen, "--log", "warn"]),
        );
        assert!(running.line().contains(&listen));
        self.running = Some(running);
    }

    /// As by `kill -9`.
    pub(crate) fn kill(&mut self) {
        self.running.take().unwrap().kill();
    }

    /// As by `kill`.
    pub(crate) fn terminate(&mut self) -> (ExitStatus, Duration) {
        self.running.take().unwrap().terminate()
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// A port that nobody listens on now.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
