//! What a large neighbourhood costs, as means and as ratios to hashing the same bytes in the same run.
//!
//! `cargo run --release -p ratel-tests --bin bench-group` prints, for a log of years (about 500 members, 5,000
//! operations): putting all operations in their places and computing who belongs; one more operation at the heads, of
//! each sort; and a new secret for 500 readers, its bytes and its time. Times are a processor's, not the wall's.

use std::{
    io::Write as _,
    time::{Duration, Instant},
};

use ratel_core::{
    envelope::{
        crypto::{BoxKey, SigningKey, seal_box, sha256},
        operation::{
            Body, Keys, Members, Operation,
            keys::{BoxedSecret, Channel, KeyId, Rekey},
            members::{Charter, Cosignature, Genesis, NewDevice, Newcomer, group_id},
        },
    },
    group::{Inserted, Log, MembersOperation},
    identity::DeviceId,
    view::Role,
};
use ratel_protocol::{GroupId, Ref, Token};

const OPERATIONS: usize = 5000;
const MEMBERS: usize = 500;
const READERS: u16 = 500;
const RUNS: u32 = 20;
const NONCE: [u8; 16] = [0x6E; 16];
/// Two coordinators and two trustees begin.
const OFFICIALS: u16 = 4;
const LIST: Ref = Ref([0x11; 16]);

fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Time of a processor that this thread had; where the system does not tell it, time on the wall.
fn spent(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let told = told.and_then(|text| text.split(' ').next()?.parse().ok());
    told.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// Milliseconds of one of `runs`: the system counts in steps, so many are taken together.
fn mean_ms(runs: u32, mut act: impl FnMut()) -> f64 {
    let begin = Instant::now();
    let before = spent(begin);
    (0..runs).for_each(|_| act());
    spent(begin).saturating_sub(before).as_secs_f64() * 1e3 / f64::from(runs)
}

fn seed(who: u16) -> [u8; 32] {
    sha256(&[b"a bench", &who.to_be_bytes()])
}

fn signing(who: u16) -> SigningKey {
    SigningKey::from_seed(seed(who).into()).expect("a seed")
}

fn new_device(who: u16) -> NewDevice {
    let kem_key = BoxKey::from_bytes(&seed(who)).expect("a key").public();
    NewDevice { signing_key: signing(who).public(), kem_key, token: Token(seed(who)).hash() }
}

fn newcomer(who: u16, role: Role) -> Newcomer {
    Newcomer { device: new_device(who), role, invitation: None, badge_until: None }
}

/// A history that grows at its heads, with its bytes.
struct History {
    group: GroupId,
    officials: Vec<(DeviceId, SigningKey)>,
    written: Vec<MembersOperation>,
    bytes: Vec<Vec<u8>>,
    log: Log,
}

impl History {
    fn begin() -> Self {
        let group = group_id(&signing(0).public(), &NONCE);
        let officials: Vec<_> = (0..OFFICIALS).map(|who| (new_device(who).id(), signing(who))).collect();
        let role = |who| if who < 2 { Role::Coordinator } else { Role::Trustee };
        let founders = (0..OFFICIALS).map(|who| newcomer(who, role(who))).collect();
        let genesis = Genesis { nonce: NONCE, charter: Charter::default(), founders };
        let (written, bytes) = (Vec::new(), Vec::new());
        let mut history = Self { group, officials, written, bytes, log: Log::new(group) };
        history.write(0, Members::Genesis(genesis), None);
        history
    }

    fn made(&self, by: usize, mut body: Members, beside: Option<usize>) -> (MembersOperation, Vec<u8>) {
        let parents = self.log.heads();
        let message = body.cosign_message(self.group, &parents);
        if let (Some(cosignatures), Some(beside)) = (body.cosignatures_mut(), beside) {
            let (device, key) = &self.officials[beside];
            cosignatures.push(Cosignature { device: *device, signature: key.sign(&message) });
        }
        let device = self.officials[by].0;
        let operation = Operation { device, seq: 1, time: 1, document: None, parents, body: Body::Members(body) };
        let bytes = operation.encode();
        let Operation { parents, body: Body::Members(body), .. } = operation else { unreachable!("as made") };
        let id = Ref(sha256(&[&self.written.len().to_be_bytes(), &bytes])[..16].try_into().expect("16 bytes"));
        (MembersOperation { id, author: device, parents, body }, bytes)
    }

    fn write(&mut self, by: usize, body: Members, beside: Option<usize>) {
        let (operation, bytes) = self.made(by, body, beside);
        self.bytes.push(bytes);
        self.written.push(operation.clone());
        assert_eq!(self.log.insert(operation), Inserted::Entered);
    }

    /// Neighbours come and go, some get a role or a helper, the agreements change.
    fn of_years() -> Self {
        let mut history = Self::begin();
        let (mut members, mut next, mut turn) = (Vec::new(), OFFICIALS, 0_usize);
        let none = Vec::new;
        while history.written.len() < OPERATIONS {
            turn += 1;
            let by = turn % 2;
            let some = turn * 7919;
            let body = match turn % 10 {
                _ if members.len() < MEMBERS => {
                    members.push(next);
                    next += 1;
                    Members::Admit(newcomer(next - 1, Role::Resident))
                }
                0..=3 => {
                    let gone = members.swap_remove(some % members.len());
                    Members::Remove { target: new_device(gone).id(), cosignatures: none() }
                }
                4..=7 => Members::Role {
                    target: new_device(members[some % members.len()]).id(),
                    role: if turn % 3 == 0 { Role::Patrol } else { Role::Resident },
                    badge_until: None,
                    cosignatures: none(),
                },
                8 => Members::Keep { lists: vec![LIST] },
                _ => Members::Relay { url: format!("https://relay{turn}.example") },
            };
            history.write(by, body, (turn % 50 == 0).then_some(2));
        }
        history
    }
}

fn evaluation(history: &History, hashing: f64) {
    let run = || {
        let mut log = Log::new(history.group);
        for operation in &history.written {
            log.insert(operation.clone());
        }
        assert_eq!(log.membership().counting.len(), history.log.membership().counting.len());
    };
    let all = mean_ms(RUNS, run);
    say(&format!(
        "{} operations, {} devices: in their places, with who belongs: {all:.1} ms, ratio {:.0} to hashing their {} kB",
        history.written.len(),
        history.log.membership().devices.len(),
        all / hashing,
        history.bytes.iter().map(Vec::len).sum::<usize>() >> 10
    ));
}

/// Acts that follow each other at the heads, each with who belongs after it: as on a phone that goes on.
fn one_more(history: &mut History, hashing: f64) {
    let residents = history.log.membership().devices.iter().filter(|(_, it)| it.role == Role::Resident);
    let mut residents: Vec<DeviceId> = residents.map(|(device, _)| *device).collect();
    let mut next = || residents.pop().expect("enough of them");
    let none = Vec::new;
    let mut remove = || Members::Remove { target: next(), cosignatures: none() };
    let sorts = [("Admit", None), ("Remove", None), ("Remove by two", Some(3)), ("Role by two", Some(3))];
    for (name, beside) in sorts {
        let (mut log, known) = (history.log.clone(), history.written.len());
        for run in 0..u16::try_from(2 * RUNS).expect("few") {
            let act = match (name, remove()) {
                ("Admit", _) => Members::Admit(newcomer(60_000 + run, Role::Resident)),
                ("Role by two", Members::Remove { target, .. }) => {
                    Members::Role { target, role: Role::Trustee, badge_until: None, cosignatures: none() }
                }
                (_, remove) => remove,
            };
            history.write(0, act, beside);
        }
        let mut acts = history.written.iter().skip(known);
        let time = mean_ms(2 * RUNS, || {
            log.insert(acts.next().expect("one for each run").clone());
            assert!(!log.heads().is_empty());
        });
        assert_eq!(log.membership(), history.log.membership());
        say(&format!("one more {name} at the heads, with who belongs: {time:.2} ms, ratio {:.2}", time / hashing));
    }
}

fn rekey(hashing: f64) {
    let readers: Vec<(DeviceId, [u8; 32])> =
        (0..READERS).map(|who| (new_device(who).id(), new_device(who).kem_key)).collect();
    let (secret, key_id) = ([0x5A; 32], KeyId([0x1D; 16]));
    let box_for = |(device, kem_key): &(DeviceId, [u8; 32])| {
        let info = [&[1; 16], b"street".as_slice(), &key_id.0, &device.0].concat();
        let sealed = seal_box(kem_key, &info, &secret).expect("a box");
        (*device, BoxedSecret::from_sealed(&sealed).expect("of a secret"))
    };
    let mut bytes = 0;
    let time = mean_ms(RUNS, || {
        let boxes = readers.iter().map(box_for).collect();
        let rekey = Rekey { channel: Channel::Street, key_id, generation: 3, heads: vec![Ref([0x31; 16])], boxes };
        let body = Body::Keys(Keys::Rekey(rekey));
        let operation = Operation { device: readers[0].0, seq: 1, time: 1, document: None, parents: Vec::new(), body };
        bytes = operation.encode().len();
    });
    say(&format!(
        "a new secret for {READERS} readers: {bytes} bytes of body, {time:.0} ms, ratio {:.0}",
        time / hashing
    ));
}

fn main() {
    let mut history = History::of_years();
    let parts: Vec<&[u8]> = history.bytes.iter().map(Vec::as_slice).collect();
    let hashing = mean_ms(100 * RUNS, || assert_ne!(sha256(&parts), [0; 32]));
    say(&format!("hashing the bytes of the log: {hashing:.2} ms"));
    evaluation(&history, hashing);
    one_more(&mut history, hashing);
    rekey(hashing);
}
