//! Every short history, by brute force: the evaluator against the slow reference (G2).
//!
//! Four devices, up to renaming; up to three acts that change rights, each on every choice of parents, without and with
//! extra signatures; ids in every order, since an act's id is its turn in the listing. A void act is the last of its
//! history: it takes no part in what follows. As the last of three, acts are left out that are void or do not count for
//! a reason that one act alone shows: a signer or target who is no member in what the author had seen, or a new device
//! that is not new there. A development run stops at two acts; `RATEL_MODEL_ACTS=3` in release is for every change,
//! `RATEL_MODEL_ACTS=4` for a night.

use std::{
    collections::BTreeSet,
    sync::{
        LazyLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use ratel_protocol::Ref;

use super::{
    reference::{Reference, Rules},
    street::*,
};
use crate::{
    envelope::operation::members::{Charter, Genesis, Members, NewDevice, Newcomer},
    group::{Inserted, Log, MembersOperation},
    identity::DeviceId,
    view::Role,
};

const DEVICES: u8 = 4;
const BEGINNING: Ref = Ref([0xFE; 16]);
const LIST: Ref = Ref([0xFD; 16]);

static KEYS: LazyLock<Vec<NewDevice>> = LazyLock::new(|| (0..DEVICES).map(keys).collect());
static IDS: LazyLock<Vec<DeviceId>> = LazyLock::new(|| KEYS.iter().map(NewDevice::id).collect());

fn id_of(who: Who) -> DeviceId {
    IDS[usize::from(who)]
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Kind {
    Admit,
    Role(Role),
    Remove,
    Replace(Who),
    Link,
    Helper,
    Recover,
    Leave,
    Keep,
}

/// One act; `beside` and `parents` are bit sets of devices and of turns (turn 0 is the beginning).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Step {
    by: Who,
    kind: Kind,
    target: Who,
    beside: u8,
    parents: u8,
}

fn bits(set: u8) -> impl Iterator<Item = u8> {
    (0..8).filter(move |bit| set >> bit & 1 == 1)
}

impl Step {
    fn renamed(self, names: [Who; 4]) -> Self {
        let name = |who: Who| names[usize::from(who)];
        let kind = if let Kind::Replace(new) = self.kind { Kind::Replace(name(new)) } else { self.kind };
        let beside = bits(self.beside).map(|who| 1 << name(who)).sum();
        Self { by: name(self.by), kind, target: name(self.target), beside, parents: self.parents }
    }

    fn body(self) -> Members {
        let (target, keys) = (id_of(self.target), |who: Who| KEYS[usize::from(who)]);
        match self.kind {
            Kind::Admit => {
                let newcomer = newcomer(self.target, Role::Resident);
                Members::Admit(Newcomer { device: keys(self.target), ..newcomer })
            }
            Kind::Role(role) => Members::Role { target, role, badge_until: None, cosignatures: Vec::new() },
            Kind::Remove | Kind::Leave => Members::Remove { target, cosignatures: Vec::new() },
            Kind::Replace(new) => Members::Replace { target, device: keys(new), cosignatures: Vec::new() },
            Kind::Link => Members::Link(keys(self.target)),
            Kind::Helper => Members::Helper { device: Some(target) },
            Kind::Recover => Members::Recover { coordinators: vec![target], cosignatures: Vec::new() },
            Kind::Keep => Members::Keep { lists: vec![LIST] },
        }
    }

    fn written(self, turn: usize) -> MembersOperation {
        let mut parents: Vec<Ref> = bits(self.parents).map(|turn| turn_id(turn.into())).collect();
        parents.sort_unstable();
        let mut body = self.body();
        let message = body.cosign_message(group(), &parents);
        if let Some(cosignatures) = body.cosignatures_mut() {
            cosignatures.extend(bits(self.beside).map(|who| cosign(who, &message)));
            cosignatures.sort_by_key(|by| by.device);
        }
        MembersOperation { id: turn_id(turn), author: id_of(self.by), parents, body }
    }
}

fn turn_id(turn: usize) -> Ref {
    if turn == 0 { BEGINNING } else { Ref([u8::try_from(turn).unwrap(); 16]) }
}

/// Every act of every device, without parents.
fn acts() -> Vec<Step> {
    let mut acts = Vec::new();
    for by in 0..DEVICES {
        let others = 0b1111 & !(1 << by);
        let alone_or_beside: Vec<u8> = [0].into_iter().chain(bits(others).map(|who| 1 << who)).collect();
        let pairs: Vec<u8> = bits(others).map(|who| others & !(1 << who)).chain([others]).collect();
        let mut add = |kind, target, beside: &[u8]| {
            acts.extend(beside.iter().map(|beside| Step { by, kind, target, beside: *beside, parents: 0 }));
        };
        for target in 0..DEVICES {
            add(Kind::Admit, target, &[0]);
            for role in [Role::Resident, Role::Trustee, Role::Coordinator] {
                add(Kind::Role(role), target, &alone_or_beside);
            }
            if target == by {
                add(Kind::Leave, target, &[0]);
            } else {
                add(Kind::Remove, target, &alone_or_beside);
            }
            for new in (0..DEVICES).filter(|new| *new != target) {
                add(Kind::Replace(new), target, &alone_or_beside);
            }
            add(Kind::Link, target, &[0]);
            add(Kind::Helper, target, &[0]);
            add(Kind::Recover, target, &pairs);
        }
        add(Kind::Keep, by, &[0]);
    }
    acts
}

/// Every set of turns of which none lies behind another.
fn parent_choices(history: &[Step]) -> Vec<u8> {
    let mut behind = vec![0_u8];
    for step in history {
        behind.push(bits(step.parents).map(|turn| 1 << turn | behind[usize::from(turn)]).fold(0, |all, one| all | one));
    }
    let turns = u8::try_from(history.len() + 1).unwrap();
    (1..1_u8 << turns).filter(|set| bits(*set).all(|turn| behind[usize::from(turn)] & set == 0)).collect()
}

/// Who may be called otherwise: devices that begin with the same role, or with none.
fn renamings(start: &[Role]) -> Vec<[Who; 4]> {
    let role = |who: Who| start.get(usize::from(who));
    let mut all = Vec::new();
    for code in 0..256_u16 {
        let names = [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6].map(|who| u8::try_from(who).unwrap());
        let different = names.iter().collect::<BTreeSet<_>>().len() == 4;
        if different && (0..DEVICES).all(|who| role(who) == role(names[usize::from(who)])) {
            all.push(names);
        }
    }
    all
}

struct Check<'a> {
    acts: &'a [Step],
    renamings: Vec<[Who; 4]>,
    most: usize,
    tried: &'a AtomicU64,
    /// Another thread found a difference.
    found: &'a AtomicBool,
}

impl Check<'_> {
    /// The first history on which the two differ.
    fn explore(&self, history: &mut Vec<Step>, log: &Log, reference: &Reference<'_>) -> Option<Vec<Step>> {
        let last = history.len() + 1 == self.most;
        for parents in parent_choices(history) {
            let seen = seen(log, parents);
            for act in self.acts {
                let step = Step { parents, ..*act };
                if (last && self.most > 1 && is_plain(seen, step)) || self.is_renamed(history, step) {
                    continue;
                }
                if self.found.load(Ordering::Relaxed) {
                    return None;
                }
                let operation = step.written(history.len() + 1);
                let mut log = log.clone();
                assert_eq!(log.insert(operation.clone()), Inserted::Entered);
                let reference = reference.with(&operation);
                self.tried.fetch_add(1, Ordering::Relaxed);
                let outcome = reference.evaluate_all();
                history.push(step);
                if outcome.told_by(log.membership()) != outcome {
                    self.found.store(true, Ordering::Relaxed);
                    return Some(history.clone());
                }
                let live = log.nodes.last().is_some_and(|node| !node.void);
                if live && !last {
                    let found = self.explore(history, &log, &reference);
                    if found.is_some() {
                        return found;
                    }
                }
                history.pop();
            }
        }
        None
    }

    /// Whether the same history comes under other names, and sooner.
    fn is_renamed(&self, history: &[Step], step: Step) -> bool {
        self.renamings.iter().any(|names| {
            let renamed = history.iter().chain([&step]).map(|step| step.renamed(*names));
            renamed.lt(history.iter().copied().chain([step]))
        })
    }
}

/// Of each device, whether it was ever let in, and whether it stands, in what the author had seen.
fn seen(log: &Log, parents: u8) -> [(bool, bool); 4] {
    let parents: Vec<usize> = bits(parents).map(usize::from).collect();
    let state = log.seen_by(&log.past_of(&parents));
    let mut out = [(false, false); 4];
    for (number, slot) in state.slots() {
        let who = IDS.iter().position(|id| *id == log.device_id(number)).unwrap();
        out[who] = (true, slot.role.is_some());
    }
    out
}

/// Void, or not counting, for a reason that one act alone shows.
fn is_plain(seen: [(bool, bool); 4], step: Step) -> bool {
    let known = |who: Who| seen[usize::from(who)].0;
    let stands = |who: Who| seen[usize::from(who)].1;
    let judged = matches!(step.kind, Kind::Role(_) | Kind::Remove | Kind::Replace(_) | Kind::Recover | Kind::Leave);
    let new = match step.kind {
        Kind::Admit | Kind::Link => !known(step.target),
        Kind::Replace(new) => !known(new),
        _ => true,
    };
    !new || judged && !(stands(step.by) && stands(step.target) && bits(step.beside).all(stands))
}

/// Beginnings by roles. Two persons at least; the first is a coordinator.
const STARTS: [&[Role]; 4] = [
    &[Role::Coordinator, Role::Coordinator],
    &[Role::Coordinator, Role::Resident],
    &[Role::Coordinator, Role::Coordinator, Role::Trustee],
    &[Role::Coordinator, Role::Resident, Role::Resident],
];

/// Tries all histories of at most so many acts; tells how many, and the first on which the two differ.
fn check(rules: Rules, most: usize) -> (u64, Option<Vec<Step>>) {
    let (acts, tried, found) = (acts(), AtomicU64::new(0), AtomicBool::new(false));
    let first = std::thread::scope(|scope| {
        let runs = STARTS.map(|start| {
            let (acts, tried, found) = (&acts, &tried, &found);
            scope.spawn(move || {
                let founders = start.iter().zip(0..).map(|(role, who)| newcomer(who, *role)).collect();
                let genesis = Genesis { nonce: NONCE, charter: Charter::default(), founders };
                let author = id_of(FATMA);
                let first =
                    MembersOperation { id: BEGINNING, author, parents: Vec::new(), body: Members::Genesis(genesis) };
                let mut log = Log::with_verifier(group(), verify);
                assert_eq!(log.insert(first.clone()), Inserted::Entered);
                log.insert_list(LIST, vec![LIST]);
                let written = [first];
                let reference = Reference::new(&written, rules);
                let check = Check { acts, renamings: renamings(start), most, tried, found };
                check.explore(&mut Vec::new(), &log, &reference)
            })
        });
        runs.map(|run| run.join().unwrap()).into_iter().flatten().next()
    });
    (tried.into_inner(), first)
}

/// How many acts a history has at most.
fn most() -> usize {
    std::env::var("RATEL_MODEL_ACTS").ok().and_then(|text| text.parse().ok()).unwrap_or(2)
}

#[test]
fn every_short_history_gives_what_the_rules_say() {
    let (tried, found) = check(Rules::All, most());
    println!("model check: {tried} histories of at most {} acts: equal", most());
    assert_eq!(found, None);
    assert!(tried > 10_000);
}

#[test]
fn control_a_wrong_rule_in_the_reference_is_found() {
    let mut wrong = vec![Rules::TargetSigns, Rules::WithoutOrder, Rules::BlindGiving];
    if most() > 2 {
        wrong.push(Rules::HelperAmongOthers);
    }
    for rules in wrong {
        let (tried, found) = check(rules, most());
        println!("{rules:?}: found after {tried} histories: {found:?}");
        assert!(found.is_some());
    }
}
