//! The history: operations in their places, verdicts judged once, and the state kept up to date.

mod act;
mod agreements;
mod alone;
mod devices;
mod past;
mod surplus;
mod told;
mod waiting;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use ratel_protocol::{GroupId, Ref};

use super::{
    MEMBERS_VERSION, Membership,
    bits::Bits,
    membership::PoliceReads,
    replay::Whole,
    rights::{self, Act, Refusal},
    state::State,
};
use crate::{
    envelope::{
        crypto,
        operation::members::{Cosignature, Genesis, Members},
    },
    identity::{DeviceId, PersonId},
    view::Role,
};
use act::act_of;
pub use agreements::Agreement;
use devices::Devices;
pub use past::Begun;
use waiting::Waiting;

/// A members operation whose envelope was opened and whose author's signature was verified with the key that
/// [`Log::signing_key`] gives (of a Genesis: with the key of its first founder).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembersOperation {
    /// The envelope.
    pub id: Ref,
    /// Who signed.
    pub author: DeviceId,
    /// What the author had seen, ascending.
    pub parents: Vec<Ref>,
    /// What it does.
    pub body: Members,
}

/// What became of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    /// It has its place; with it also those that waited for it. Whether it counts is for [`Membership::counting`].
    Entered,
    /// It waits in memory for what it names.
    Waiting,
    /// It was here.
    Known,
    /// It can have no place in this log: drop it, and do not note its id.
    Refused(Refusal),
}

/// Where an operation stands among others: depth, then id.
pub(super) type Place = (u32, Ref);

/// Checks a signature: key, message, signature.
pub(super) type Verify = fn(&[u8; 32], &[u8], &[u8; 64]) -> bool;

/// An operation in its place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) author: usize,
    pub(super) cosigners: Vec<usize>,
    pub(super) parents: Vec<usize>,
    pub(super) act: Act,
    /// A signer lacked the right in what the author had seen: it takes no part.
    pub(super) void: bool,
    /// Its number among takings.
    pub(super) taking: Option<usize>,
    /// Numbers of the takings in its past.
    pub(super) past: Bits,
    /// What a wijkagent reads by the agreements that it holds; none if it holds none. Judged once.
    pub(super) police: Option<PoliceReads>,
}

/// The membership log of one group.
#[derive(Debug, Clone)]
pub struct Log {
    group: GroupId,
    verify: Verify,
    pub(super) nodes: Vec<Node>,
    index: BTreeMap<Ref, usize>,
    /// All operations by place.
    pub(super) order: Vec<usize>,
    /// Operations that no other names.
    pub(super) tips: BTreeSet<usize>,
    takings: usize,
    devices: Devices,
    waiting: Waiting,
    lists: BTreeMap<Ref, Vec<Ref>>,
    pub(super) whole: Whole,
    membership: OnceLock<Membership>,
}

impl Log {
    /// An empty one.
    pub fn new(group: GroupId) -> Self {
        Self::with_verifier(group, crypto::verify)
    }

    pub(super) fn with_verifier(group: GroupId, verify: Verify) -> Self {
        Self {
            group,
            verify,
            nodes: Vec::new(),
            index: BTreeMap::new(),
            order: Vec::new(),
            tips: BTreeSet::new(),
            takings: 0,
            devices: Devices::default(),
            waiting: Waiting::default(),
            lists: BTreeMap::new(),
            whole: Whole::default(),
            membership: OnceLock::new(),
        }
    }

    /// Puts an operation in its place, or lets it wait for what it names.
    pub fn insert(&mut self, operation: MembersOperation) -> Inserted {
        if self.index.contains_key(&operation.id) || self.waiting.contains(&operation.id) {
            return Inserted::Known;
        }
        if let Err(refusal) = self.may_enter(&operation) {
            return Inserted::Refused(refusal);
        }
        let missing: Vec<Ref> =
            operation.parents.iter().copied().filter(|parent| !self.index.contains_key(parent)).collect();
        if !missing.is_empty() {
            let index = &self.devices.numbers;
            self.waiting.add(operation, &missing, |device| index.contains_key(device));
            return Inserted::Waiting;
        }
        let mut ready = vec![operation];
        while let Some(operation) = ready.pop() {
            let id = operation.id;
            self.enter(&operation);
            ready.extend(self.waiting.release(id));
        }
        Inserted::Entered
    }

    /// Makes the envelopes known that a List names, so that a Keep of it can count.
    pub fn insert_list(&mut self, list: Ref, refs: Vec<Ref>) {
        if let std::collections::btree_map::Entry::Vacant(entry) = self.lists.entry(list) {
            entry.insert(refs);
            if self.membership.get().is_none_or(|members| members.kept_lists.contains(&list)) {
                self.membership = OnceLock::new();
            }
        }
    }

    /// Forgets a List that no counted Keep names; of others `false`.
    pub fn forget_list(&mut self, list: &Ref) -> bool {
        let kept = self.membership().kept_lists.contains(list);
        if !kept {
            self.lists.remove(list);
        }
        !kept
    }

    /// Whether a List is here.
    pub fn has_list(&self, list: &Ref) -> bool {
        self.lists.contains_key(list)
    }

    /// The operations that count, each after those that it names.
    pub fn history(&self) -> Vec<Ref> {
        self.counted().map(|(_, node)| node.place.1).collect()
    }

    /// How many of the Lists that are here a counted Keep names. The others say nothing, however many come.
    pub fn kept_lists(&self) -> usize {
        self.membership().kept_lists.iter().filter(|list| self.lists.contains_key(list)).count()
    }

    /// Who belongs, by all that is here.
    pub fn membership(&self) -> &Membership {
        self.membership.get_or_init(|| Membership::of(self, self.whole(), &self.lists))
    }

    /// What the next operation names: the heads of what counts, at most eight, ascending.
    pub fn heads(&self) -> Vec<Ref> {
        self.membership().heads.clone()
    }

    /// Operations in their places.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Nothing has its place yet.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Whether the operation has its place here.
    pub fn contains(&self, id: &Ref) -> bool {
        self.index.contains_key(id)
    }

    /// How many operations wait for what they name.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Whether an operation waits for what it names.
    pub fn is_waiting(&self, id: &Ref) -> bool {
        self.waiting.contains(id)
    }

    /// Forgets what waits: its bytes are no longer held. It may come again.
    pub fn forget_waiting(&mut self, id: Ref) {
        self.waiting.forget(id);
    }

    /// What is lacking that `left` knows the author of, and for which an operation of one of `members` waits that lacks
    /// nothing else: that author, with the operation.
    pub fn lacks_only_left(
        &self,
        left: impl Fn(&Ref) -> Option<DeviceId>,
        members: impl Fn(DeviceId) -> bool,
    ) -> BTreeMap<DeviceId, Ref> {
        self.waiting.lacks_only_left(left, members)
    }

    /// Operations that got their places after the first so many did.
    pub fn placed_since(&self, so_many: usize) -> Vec<Ref> {
        self.nodes.get(so_many..).unwrap_or_default().iter().map(|node| node.place.1).collect()
    }

    /// Devices whose keys came after the first so many did.
    pub fn learned_since(&self, so_many: usize) -> &[DeviceId] {
        self.devices.learned.get(so_many..).unwrap_or_default()
    }

    /// The author of an operation that has its place here.
    pub fn author_of(&self, id: &Ref) -> Option<DeviceId> {
        self.index.get(id).and_then(|number| self.nodes.get(*number)).map(|node| self.devices.id(node.author))
    }

    /// The key with which a device signs, from any operation here, whether that counts or not.
    pub fn signing_key(&self, device: DeviceId) -> Option<[u8; 32]> {
        self.devices.numbers.get(&device).and_then(|number| self.devices.key(*number))
    }

    /// The person of a device that is or was a member.
    pub fn person(&self, device: DeviceId) -> Option<PersonId> {
        self.membership().person(device)
    }

    /// Whether an operation written now by `author` on the heads would count, extra signatures taken as good.
    pub fn can(&self, author: DeviceId, body: &Members) -> Result<(), Refusal> {
        let nobody = self.devices.known.len();
        let number = |device: &DeviceId| self.devices.numbers.get(device).copied().unwrap_or(nobody);
        let before_leaving = self.before_leaving(author, body);
        let state = before_leaving.as_ref().unwrap_or_else(|| self.whole());
        if state.charter.as_ref().is_some_and(|(charter, _)| charter.minimum_version > MEMBERS_VERSION)
            && !stays_possible(body)
        {
            return Err(Refusal::Outdated);
        }
        let act = settle(act_of(author, body, number, |device| number(&device.id())), number(&author), state);
        let cosigners: Vec<_> = body.cosignatures().iter().map(|cosignature| number(&cosignature.device)).collect();
        rights::signers(state, number(&author), &cosigners, &act)?;
        rights::targets(state, &act)?;
        rights::unused(state, &act)?;
        rights::below_cap(state, number(&author), &act)
    }

    pub(super) fn number_of(&self, id: &Ref) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// All that have a place, by id.
    pub(super) fn ids(&self) -> impl Iterator<Item = (Ref, usize)> {
        self.index.iter().map(|(id, number)| (*id, *number))
    }

    /// All devices that any operation names, by id.
    pub(super) fn devices(&self) -> impl Iterator<Item = (DeviceId, usize)> {
        self.devices.numbers.iter().map(|(device, number)| (*device, *number))
    }

    pub(super) fn device_id(&self, number: usize) -> DeviceId {
        self.devices.id(number)
    }

    /// The person who is named after a device.
    pub(super) fn person_of(&self, number: usize) -> PersonId {
        self.devices.person(number)
    }

    fn may_enter(&self, operation: &MembersOperation) -> Result<(), Refusal> {
        operation.body.check_parents(&operation.parents).map_err(|_| Refusal::Malformed)?;
        if !operation.parents.is_sorted_by(|a, b| a < b) {
            return Err(Refusal::Malformed);
        }
        let Members::Genesis(genesis) = &operation.body else { return Ok(()) };
        if !self.index.is_empty() {
            return Err(Refusal::SecondBeginning);
        }
        if is_beginning_of(self.group, operation.author, genesis) { Ok(()) } else { Err(Refusal::Malformed) }
    }

    /// Gives an operation its place: all that it names is here.
    fn enter(&mut self, operation: &MembersOperation) {
        let parents: Vec<usize> = operation.parents.iter().filter_map(|id| self.index.get(id)).copied().collect();
        let mut past = Bits::default();
        let mut depth = 0;
        for node in parents.iter().filter_map(|parent| self.nodes.get(*parent)) {
            depth = depth.max(node.place.0 + 1);
            past.union(&node.past);
            if let Some(taking) = node.taking {
                past.insert(taking);
            }
        }
        let author = self.devices.number(operation.author);
        let cosigners = operation.body.cosignatures().iter().map(|by| self.devices.number(by.device)).collect();
        let act = self.act(operation.author, &operation.body);
        let police = act.charter().map(|charter| PoliceReads::of(charter, self.group, self.verify));
        let place = (depth, operation.id);
        let node = Node { place, author, cosigners, parents, act, void: false, taking: None, past, police };
        let node = self.judged(node, operation);
        self.place(node);
    }

    fn act(&mut self, author: DeviceId, body: &Members) -> Act {
        let devices = std::cell::RefCell::new(&mut self.devices);
        act_of(author, body, |device| devices.borrow_mut().number(*device), |device| devices.borrow_mut().learn(device))
    }

    /// The verdict of what its author had seen. A past never changes, so this is asked once.
    fn judged(&mut self, mut node: Node, operation: &MembersOperation) -> Node {
        if !node.act.is_judged() {
            node.void = self.saw_its_invitation_used(&node);
            return node;
        }
        let (author, cosigners, act) = (node.author, &node.cosigners, node.act);
        let (act, void) = self.in_sight_of(&node.parents, |state| {
            let act = settle(act, author, state);
            let target_stands = act.taken_from().is_none_or(|target| state.role(target).is_some());
            let right = rights::signers(state, author, cosigners, &act).is_ok();
            (act, !right || !target_stands)
        });
        // Extra signatures of one who leaves say nothing: leaving is never refused.
        let bad = !matches!(act, Act::Leave) && !void && !self.cosigned(operation);
        node.void = void || bad;
        if act.is_taking() {
            node.taking = Some(self.takings);
            self.takings += 1;
        }
        node.act = act;
        node
    }

    /// Whether it lets somebody in by an invitation that in what its author had seen let in another. In replay nobody asks:
    /// who dates a second admission by one invitation back would else put out whoever came in by it.
    fn saw_its_invitation_used(&mut self, node: &Node) -> bool {
        let Some(invitation) = node.act.invitation() else { return false };
        self.nodes.iter().any(|it| it.act.is_by(invitation))
            && self.in_sight_of(&node.parents, |state| state.invitations.contains(&invitation))
    }

    fn cosigned(&self, operation: &MembersOperation) -> bool {
        let cosignatures = operation.body.cosignatures();
        if cosignatures.is_empty() {
            return true;
        }
        let message = operation.body.cosign_message(self.group, &operation.parents);
        cosignatures.iter().all(|Cosignature { device, signature }| {
            self.signing_key(*device).is_some_and(|key| (self.verify)(&key, &message, signature))
        })
    }

    /// Notes the node.
    fn place(&mut self, node: Node) {
        let number = self.nodes.len();
        let place = node.place;
        let at = self.order.partition_point(|other| self.nodes.get(*other).is_some_and(|other| other.place < place));
        self.order.insert(at, number);
        for parent in &node.parents {
            self.tips.remove(parent);
        }
        self.tips.insert(number);
        self.index.insert(place.1, number);
        self.nodes.push(node);
        self.membership = OnceLock::new();
        self.replay_with_last();
    }
}

/// Acts that no charter can put out of reach: else one stolen phone that asks for a release which nobody has could be
/// removed by nobody.
fn stays_possible(body: &Members) -> bool {
    matches!(
        body,
        Members::Remove { .. }
            | Members::Replace { .. }
            | Members::Role { .. }
            | Members::Recover { .. }
            | Members::Charter(_)
            | Members::Keep { .. }
    )
}

/// What depends on the state that its author had seen: up or down, by which right a lost phone is replaced, and how many
/// signatures a Recover takes.
fn settle(mut act: Act, author: usize, state: &State) -> Act {
    match &mut act {
        Act::Replace { by_helper, .. } => *by_helper = state.role(author) != Some(Role::Coordinator),
        Act::Role { target, role, down, .. } => *down = state.role(*target).is_some_and(|now| *role < now),
        Act::Recover { quorum, .. } => *quorum = state.quorum(),
        _ => {}
    }
    act
}

fn is_beginning_of(group: GroupId, author: DeviceId, genesis: &Genesis) -> bool {
    genesis.check().is_ok()
        && genesis
            .founders
            .first()
            .is_some_and(|first| first.device.id() == author && genesis.group(&first.device.signing_key) == group)
}
