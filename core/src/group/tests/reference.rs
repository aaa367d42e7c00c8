//! The rules again, slowly: written straight from the protocol, with sets and recursion, sharing nothing with the
//! evaluator but the operations. Some rules can be switched off, to show that the attacks find it.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use ratel_protocol::{Day, Ref};

use super::street::{group, verify};
use crate::{
    envelope::crypto::sha256,
    envelope::operation::members::{Charter, Cosignature, Members, NewDevice, Newcomer},
    group::{MembersOperation, Membership},
    identity::{DeviceId, PersonId},
    view::Role,
};

/// Which rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rules {
    All,
    /// All but the order of replay: not two signatures before one, nor taking before giving.
    WithoutOrder,
    /// What goes first carries its ancestors forward even if it does not count.
    Carrying,
    /// Giving somebody something needs not have seen what was taken from him.
    BlindGiving,
    /// A helper's Replace goes among the takings of coordinators.
    HelperAmongOthers,
    /// The target may be the second who signs.
    TargetSigns,
    /// Whoever lets a device in says whose it is: here by what stands in the place of the invitation.
    PersonAsSaid,
    /// Of all admissions by one invitation the first in replay wins, whatever its author had seen.
    FirstByCode,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) role: Role,
    person: PersonId,
    keys: NewDevice,
    helper: Option<DeviceId>,
    badge: Option<Day>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) members: BTreeMap<DeviceId, Standing>,
    gone: BTreeSet<DeviceId>,
    charter: Option<Charter>,
    relay: Option<String>,
    invitations: BTreeSet<[u8; 16]>,
    /// Lists, with the devices for which they hold; nobody named means everybody.
    keeps: BTreeMap<Ref, BTreeSet<DeviceId>>,
    counting: BTreeSet<Ref>,
    /// Counted takings of each, and how many of each count.
    takings: BTreeMap<DeviceId, Vec<Ref>>,
    counted: BTreeMap<DeviceId, usize>,
}

#[derive(Clone, Copy, Default)]
struct Verdict {
    void: bool,
    down: bool,
    by_helper: bool,
    quorum: usize,
}

pub(super) struct Reference<'a> {
    operations: BTreeMap<Ref, &'a MembersOperation>,
    rules: Rules,
    verdicts: RefCell<BTreeMap<Ref, Verdict>>,
    pasts: RefCell<BTreeMap<Ref, BTreeSet<Ref>>>,
}

impl<'a> Reference<'a> {
    /// The same with one operation more, which follows some of these.
    pub(super) fn with<'b>(&self, operation: &'b MembersOperation) -> Reference<'b>
    where
        'a: 'b,
    {
        let mut operations: BTreeMap<Ref, &'b MembersOperation> = self.operations.clone();
        operations.insert(operation.id, operation);
        Reference { operations, rules: self.rules, verdicts: self.verdicts.clone(), pasts: self.pasts.clone() }
    }

    pub(super) fn new(operations: &'a [MembersOperation], rules: Rules) -> Self {
        let operations = operations.iter().map(|operation| (operation.id, operation)).collect();
        Self { operations, rules, verdicts: RefCell::default(), pasts: RefCell::default() }
    }

    fn past(&self, id: Ref) -> BTreeSet<Ref> {
        if let Some(known) = self.pasts.borrow().get(&id) {
            return known.clone();
        }
        let mut past = BTreeSet::new();
        for parent in &self.operations[&id].parents {
            past.insert(*parent);
            past.extend(self.past(*parent));
        }
        self.pasts.borrow_mut().insert(id, past.clone());
        past
    }

    fn depth(&self, id: Ref) -> usize {
        self.operations[&id].parents.iter().map(|parent| 1 + self.depth(*parent)).max().unwrap_or(0)
    }

    fn verdict(&self, id: Ref) -> Verdict {
        if let Some(known) = self.verdicts.borrow().get(&id) {
            return *known;
        }
        let operation = self.operations[&id];
        let mut verdict = Verdict::default();
        let code = invitation_of(operation).filter(|_| self.rules != Rules::FirstByCode);
        let judged = matches!(
            operation.body,
            Members::Remove { .. } | Members::Replace { .. } | Members::Role { .. } | Members::Recover { .. }
        );
        if judged {
            let then = self.evaluate(&self.past(id));
            match &operation.body {
                Members::Role { target, role, .. } => {
                    verdict.down = then.members.get(target).is_some_and(|member| *role < member.role);
                }
                Members::Recover { .. } => verdict.quorum = then.quorum(),
                Members::Replace { .. } => {
                    let role = then.members.get(&operation.author).map(|member| member.role);
                    verdict.by_helper = role != Some(Role::Coordinator) && self.rules != Rules::HelperAmongOthers;
                }
                _ => {}
            }
            let unheard = taken_from(operation, verdict).is_some_and(|target| !then.members.contains_key(&target));
            let unsigned = !is_leave(operation) && !signatures_are_good(operation);
            verdict.void = unheard || unsigned || !then.allows(operation, verdict, self.rules);
        }
        if let Some(code) = code {
            verdict.void = self.evaluate(&self.past(id)).invitations.contains(&code);
        }
        self.verdicts.borrow_mut().insert(id, verdict);
        verdict
    }

    fn rank(&self, id: Ref) -> u8 {
        let operation = self.operations[&id];
        match (operation.body.cosignatures().is_empty(), taken_from(operation, self.verdict(id)).is_some()) {
            _ if self.rules == Rules::WithoutOrder => 4,
            (false, true) => 0,
            (false, false) => 1,
            (true, true) if self.verdict(id).by_helper => 3,
            (true, true) => 2,
            (true, false) => 4,
        }
    }

    /// What counts and is not in the past of anything that counts; the eight greatest by place, in the order of ids.
    pub(super) fn heads(&self, outcome: &Outcome) -> Vec<Ref> {
        let covered: BTreeSet<Ref> = outcome.counting.iter().flat_map(|id| self.past(*id)).collect();
        let mut heads: Vec<Ref> = outcome.counting.difference(&covered).copied().collect();
        heads.sort_by_key(|id| std::cmp::Reverse((self.depth(*id), *id)));
        heads.truncate(8);
        heads.sort();
        heads
    }

    pub(super) fn evaluate_all(&self) -> Outcome {
        self.evaluate(&self.operations.keys().copied().collect())
    }

    pub(super) fn evaluate(&self, set: &BTreeSet<Ref>) -> Outcome {
        let live: BTreeSet<Ref> = set.iter().copied().filter(|id| !self.verdict(*id).void).collect();
        let mut by_place: Vec<Ref> = live.iter().copied().collect();
        by_place.sort_by_key(|id| (self.depth(*id), *id));
        let (leaves, others): (Vec<Ref>, Vec<Ref>) = by_place.into_iter().partition(|id| is_leave(self.operations[id]));
        let mut firsts: Vec<Ref> = others.iter().copied().filter(|id| self.rank(*id) < 4).collect();
        firsts.sort_by_key(|id| (self.rank(*id), self.depth(*id), *id));
        let left: Vec<&MembersOperation> = leaves.iter().map(|id| self.operations[id]).collect();
        let (mut now, mut had) = (Outcome::default(), BTreeSet::new());
        for first in firsts {
            let past = self.past(first);
            let needed: Vec<Ref> =
                others.iter().copied().filter(|id| (*id == first || past.contains(id)) && !had.contains(id)).collect();
            if !needed.contains(&first) {
                continue;
            }
            let mut then = now.clone();
            for id in &needed {
                self.turn(&mut then, *id, &left);
            }
            if then.counting.contains(&first) || self.rules == Rules::Carrying {
                now = then;
                had.extend(needed);
            } else {
                had.insert(first);
            }
        }
        for id in others.iter().filter(|id| !had.contains(id)).chain(&leaves) {
            self.turn(&mut now, *id, &left);
        }
        now
    }

    fn turn(&self, now: &mut Outcome, id: Ref, left: &[&MembersOperation]) {
        let operation = self.operations[&id];
        let verdict = self.verdict(id);
        let past = self.past(id);
        let signers: BTreeSet<DeviceId> =
            operation.body.cosignatures().iter().map(|by| by.device).chain([operation.author]).collect();
        let beginning = matches!(operation.body, Members::Genesis(_));
        let cap = match now.members.get(&operation.author).map(|member| member.role) {
            Some(Role::Coordinator) => 4096,
            _ => 64,
        };
        let gone = left.iter().any(|leave| signers.contains(&leave.author) && past.contains(&leave.id));
        let unseen = given_to(operation, verdict)
            .iter()
            .any(|device| now.takings.get(device).is_some_and(|all| all.iter().any(|taking| !past.contains(taking))));
        let counts = beginning
            || (now.allows(operation, verdict, self.rules)
                && now.fits(operation, self.rules)
                && (is_leave(operation) || now.counted.get(&operation.author).copied().unwrap_or(0) < cap)
                && !gone
                && (!unseen || self.rules == Rules::BlindGiving));
        if counts {
            if let Some(target) = taken_from(operation, verdict) {
                now.takings.entry(target).or_default().push(id);
            }
            *now.counted.entry(operation.author).or_default() += 1;
            now.counting.insert(id);
            now.apply(operation, verdict, self.rules);
        }
    }
}

fn is_leave(operation: &MembersOperation) -> bool {
    matches!(&operation.body, Members::Remove { target, .. } if *target == operation.author)
}

fn taken_from(operation: &MembersOperation, verdict: Verdict) -> Option<DeviceId> {
    match &operation.body {
        Members::Remove { target, .. } | Members::Replace { target, .. } => Some(*target),
        Members::Role { target, .. } if verdict.down => Some(*target),
        _ => None,
    }
}

fn given_to(operation: &MembersOperation, verdict: Verdict) -> Vec<DeviceId> {
    match &operation.body {
        Members::Admit(newcomer) => vec![newcomer.device.id()],
        Members::Link(device) => vec![device.id()],
        Members::Role { target, .. } if !verdict.down => vec![*target],
        Members::Recover { coordinators, .. } => coordinators.clone(),
        _ => Vec::new(),
    }
}

/// A device that comes in by itself is the first of its person, and names it.
fn person_of(newcomer: &Newcomer, rules: Rules) -> PersonId {
    match (rules, newcomer.invitation) {
        (Rules::PersonAsSaid, Some(said)) => PersonId(said),
        _ => PersonId(sha256(&[b"ratel person 1", &newcomer.device.id().0])[..16].try_into().unwrap()),
    }
}

fn invitation_of(operation: &MembersOperation) -> Option<[u8; 16]> {
    match &operation.body {
        Members::Admit(newcomer) => newcomer.invitation,
        _ => None,
    }
}

fn signatures_are_good(operation: &MembersOperation) -> bool {
    let message = operation.body.cosign_message(group(), &operation.parents);
    let good = |by: &Cosignature| KEYS.get(&by.device).is_some_and(|key| verify(key, &message, &by.signature));
    operation.body.cosignatures().iter().all(good)
}

/// Signing keys of all devices that have a number.
static KEYS: LazyLock<BTreeMap<DeviceId, [u8; 32]>> =
    LazyLock::new(|| (0..=u8::MAX).map(super::street::keys).map(|keys| (keys.id(), keys.signing_key)).collect());

impl Outcome {
    fn official(&self, device: DeviceId) -> bool {
        self.members.get(&device).is_some_and(|member| member.role >= Role::Trustee)
    }

    fn quorum(&self) -> usize {
        let all = || self.members.values();
        let persons: BTreeSet<_> = all().filter(|it| it.role != Role::Wijkagent).map(|it| it.person).collect();
        let trustees: BTreeSet<_> = all().filter(|it| it.role == Role::Trustee).map(|it| it.person).collect();
        let parts = if trustees.len() >= 2 { 2 } else { 3 };
        (3..=persons.len().max(3)).find(|signers| signers * parts >= persons.len()).unwrap()
    }

    fn allows(&self, operation: &MembersOperation, verdict: Verdict, rules: Rules) -> bool {
        let by = operation.author;
        let Some(author) = self.members.get(&by) else { return false };
        let coordinator = author.role == Role::Coordinator;
        let cosigners: Vec<DeviceId> = operation.body.cosignatures().iter().map(|it| it.device).collect();
        // Whoever signs beside the author is an official, no target, and nobody is counted twice.
        let beside = |target: &DeviceId| {
            let persons: BTreeSet<_> =
                cosigners.iter().chain([&by]).filter_map(|it| self.members.get(it)).map(|it| it.person).collect();
            cosigners.iter().all(|it| self.official(*it) && (it != target || rules == Rules::TargetSigns))
                && persons.len() == cosigners.len() + 1
        };
        let two = |target: &DeviceId| !cosigners.is_empty() && self.official(by) && by != *target;
        // Where one coordinator may, a trustee may beside whom a coordinator signs.
        let leads = |target: &DeviceId| {
            let led = |it: &DeviceId| self.members.get(it).is_some_and(|it| it.role == Role::Coordinator);
            coordinator || two(target) && cosigners.iter().any(led)
        };
        match &operation.body {
            Members::Genesis(_) | Members::Other { .. } => false,
            Members::Remove { target, .. } if *target == by => true,
            Members::Link(_) | Members::Helper { .. } | Members::Keep { .. } => true,
            Members::Admit(_) | Members::Charter(_) | Members::Relay { .. } => coordinator,
            Members::Remove { target, .. } => {
                beside(target) && if self.official(*target) { two(target) } else { leads(target) }
            }
            Members::Role { target, role, .. } => {
                let power = self.official(*target) || *role >= Role::Trustee;
                beside(target) && if power { two(target) } else { leads(target) }
            }
            Members::Replace { target, .. } => {
                let named = self.members.get(target).is_some_and(|it| it.helper == Some(by));
                let helper = named && (verdict.by_helper || rules == Rules::HelperAmongOthers);
                beside(target) && if self.official(*target) { two(target) } else { leads(target) || helper }
            }
            Members::Recover { .. } => {
                let signers: Vec<_> = cosigners.iter().chain([&by]).map(|it| self.members.get(it)).collect();
                let stand = signers.iter().all(|it| it.is_some_and(|it| it.role != Role::Wijkagent));
                let persons: BTreeSet<_> = signers.iter().flatten().map(|it| it.person).collect();
                stand && persons.len() >= verdict.quorum
            }
        }
    }

    fn fits(&self, operation: &MembersOperation, rules: Rules) -> bool {
        let stands = |device: &DeviceId| self.members.contains_key(device);
        let new = |device: DeviceId| !self.members.contains_key(&device) && !self.gone.contains(&device);
        match &operation.body {
            Members::Admit(newcomer) => {
                let used = newcomer.invitation.is_some_and(|it| self.invitations.contains(&it));
                new(newcomer.device.id()) && !(used && rules == Rules::FirstByCode)
            }
            Members::Link(device) => new(device.id()),
            Members::Role { target, .. } | Members::Remove { target, .. } => stands(target),
            Members::Replace { target, device, .. } => stands(target) && new(device.id()),
            Members::Helper { device } => device.as_ref().is_none_or(stands),
            Members::Recover { coordinators, .. } => coordinators.iter().all(stands),
            _ => true,
        }
    }

    fn apply(&mut self, operation: &MembersOperation, verdict: Verdict, rules: Rules) {
        let by = operation.author;
        match &operation.body {
            Members::Genesis(genesis) => {
                self.charter = Some(genesis.charter.clone());
                for founder in &genesis.founders {
                    self.invitations.extend(founder.invitation);
                    self.let_in(founder.device, person_of(founder, rules), founder.role);
                }
            }
            Members::Admit(newcomer) => {
                self.invitations.extend(newcomer.invitation);
                self.let_in(newcomer.device, person_of(newcomer, rules), newcomer.role);
            }
            Members::Role { target, role, badge_until, .. } => {
                let member = self.members.get_mut(target).unwrap();
                if (*role < member.role) == verdict.down {
                    member.role = *role;
                }
                member.badge = *badge_until;
            }
            Members::Remove { target, .. } => self.out(target),
            Members::Replace { target, device, .. } => {
                let (person, role) = (self.members[target].person, self.members[target].role);
                self.out(target);
                self.let_in(*device, person, if role == Role::Wijkagent { role } else { Role::Resident });
            }
            Members::Link(device) => {
                let (person, role) = (self.members[&by].person, self.members[&by].role);
                self.let_in(*device, person, if role == Role::Wijkagent { role } else { Role::Resident });
            }
            Members::Helper { device } => self.members.get_mut(&by).unwrap().helper = *device,
            Members::Charter(charter) => self.charter = Some(charter.clone()),
            Members::Relay { url } => self.relay = Some(url.clone()),
            Members::Recover { coordinators, .. } => {
                for target in coordinators {
                    self.members.get_mut(target).unwrap().role = Role::Coordinator;
                }
            }
            Members::Keep { lists } => {
                let helped = self.members.iter().filter(|(_, it)| it.helper == Some(by)).map(|(device, _)| *device);
                let mine: BTreeSet<DeviceId> = helped.chain([by]).collect();
                for list in lists {
                    let known = self.keeps.get(list);
                    let everybody = self.official(by) || known.is_some_and(BTreeSet::is_empty);
                    let scope = if everybody { BTreeSet::new() } else { &mine | known.unwrap_or(&mine) };
                    self.keeps.insert(*list, scope);
                }
            }
            Members::Other { .. } => {}
        }
    }

    fn let_in(&mut self, keys: NewDevice, person: PersonId, role: Role) {
        self.members.insert(keys.id(), Standing { role, person, keys, helper: None, badge: None });
    }

    fn out(&mut self, device: &DeviceId) {
        self.members.remove(device);
        self.gone.insert(*device);
    }

    /// The person of a device that stands.
    pub(super) fn person(&self, device: DeviceId) -> Option<PersonId> {
        self.members.get(&device).map(|member| member.person)
    }

    /// Whether an operation counts.
    pub(super) fn counts(&self, id: Ref) -> bool {
        self.counting.contains(&id)
    }

    /// Fails where the evaluator says anything else. Every list `L` is taken to name the envelope `L`.
    pub(super) fn assert_equal(&self, membership: &Membership, told: &str) {
        assert_eq!(self.told_by(membership), *self, "{told}");
    }

    /// The same as the evaluator tells it.
    pub(super) fn told_by(&self, membership: &Membership) -> Self {
        let members: BTreeMap<DeviceId, Standing> = membership
            .devices
            .iter()
            .map(|(device, it)| {
                let keys = NewDevice { signing_key: it.signing_key, kem_key: it.kem_key, token: it.token };
                let (role, person, helper, badge) = (it.role, it.person, it.helper, it.badge_until);
                (*device, Standing { role, person, keys, helper, badge })
            })
            .collect();
        let devices: BTreeSet<DeviceId> = self.members.keys().chain(&self.gone).copied().collect();
        let mut keeps = BTreeMap::new();
        for list in &membership.kept_lists {
            let for_whom: BTreeSet<_> =
                devices.iter().filter(|device| membership.is_kept(*list, **device)).copied().collect();
            let stranger = membership.is_kept(*list, DeviceId([0xEE; 16]));
            keeps.insert(*list, if stranger { BTreeSet::new() } else { for_whom });
        }
        Self {
            members,
            gone: membership.former.keys().copied().collect(),
            charter: membership.charter.clone(),
            relay: membership.relay.clone(),
            invitations: membership.invitations.clone(),
            keeps,
            counting: membership.counting.clone(),
            takings: self.takings.clone(),
            counted: self.counted.clone(),
        }
    }
}
