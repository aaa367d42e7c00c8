//! The rules that were given up, as the control of the attacks: seniority ranks the signers, one coordinator suspends
//! another, and a founder who is alone signs alone. Under them the attacks must succeed.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    dice::{Dice, histories},
    street::{AHMED, BEA, CEES, DIRK, EVA, FATMA, JAN, PUPPET, RIA, Who},
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Standing {
    Coordinator,
    Trustee,
    Resident,
    Suspended,
    Gone,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Begin,
    Admit,
    Role,
    Remove,
    Suspend,
    Restore,
}

use Kind::{Admit, Begin, Remove, Restore, Role, Suspend};
use Standing::{Coordinator, Gone, Resident, Suspended, Trustee};

type Members = BTreeMap<Who, Standing>;

struct Act {
    kind: Kind,
    by: Who,
    target: Who,
    cosigner: Option<Who>,
    past: BTreeSet<usize>,
    place: (usize, usize),
    valid: bool,
}

struct Log {
    begin: Members,
    acts: Vec<Act>,
}

impl Log {
    fn new(begin: Members) -> Self {
        let first = Act {
            kind: Begin,
            by: FATMA,
            target: FATMA,
            cosigner: None,
            past: BTreeSet::new(),
            place: (0, 0),
            valid: true,
        };
        Self { begin, acts: vec![first] }
    }

    fn last(&self) -> usize {
        self.acts.len() - 1
    }

    fn push(&mut self, dice: &mut Dice, kind: Kind, names: (Who, Who), parents: &[usize], with: Option<Who>) -> usize {
        let mut past: BTreeSet<usize> = parents.iter().copied().collect();
        past.extend(parents.iter().flat_map(|parent| self.acts[*parent].past.clone()));
        let depth = parents.iter().map(|parent| self.acts[*parent].place.0 + 1).max().unwrap_or(0);
        let act = Act {
            kind,
            by: names.0,
            target: names.1,
            cosigner: with,
            past,
            place: (depth, dice.below(1 << 30)),
            valid: true,
        };
        let judged = matches!(kind, Suspend | Remove | Role);
        let valid = !judged || Self::allowed(&self.evaluate(Some(&act.past)), &act);
        self.acts.push(Act { valid, ..act });
        self.last()
    }

    fn allowed(now: &Members, act: &Act) -> bool {
        let is = |who: Who, wanted: &[Standing]| now.get(&who).is_some_and(|standing| wanted.contains(standing));
        let official = |who: Who| is(who, &[Coordinator, Trustee]);
        if act.cosigner.is_some_and(|with| with == act.by || with == act.target || !official(with)) {
            return false;
        }
        if act.by == act.target {
            return act.kind == Remove && now.contains_key(&act.by) && !is(act.by, &[Gone]);
        }
        let power = |standing: &&Standing| matches!(standing, Coordinator | Trustee | Suspended);
        let alone = now.values().filter(power).count() <= 1 && is(act.by, &[Coordinator]);
        let two = (act.cosigner.is_some() && official(act.by)) || alone;
        match act.kind {
            Begin => false,
            Role => two,
            Remove if is(act.target, &[Coordinator, Trustee, Suspended]) => two,
            Admit | Remove | Restore => is(act.by, &[Coordinator]),
            Suspend => is(act.by, &[Coordinator]) && is(act.target, &[Coordinator]),
        }
    }

    /// Since when the author holds office: founders first, then by their Role.
    fn seniority(&self, act: &Act) -> (usize, usize) {
        if self.begin.get(&act.by) == Some(&Coordinator) {
            return (0, act.by.into());
        }
        let raised = act.past.iter().map(|number| &self.acts[*number]);
        let places = raised.filter(|it| it.valid && it.kind == Role && it.target == act.by).map(|it| it.place);
        places.min().unwrap_or((usize::MAX, 0))
    }

    fn evaluate(&self, within: Option<&BTreeSet<usize>>) -> Members {
        let mut inside: Vec<usize> =
            (1..self.acts.len()).filter(|number| within.is_none_or(|within| within.contains(number))).collect();
        inside.sort_by_key(|number| self.acts[*number].place);
        let taking = |act: &Act| matches!(act.kind, Remove | Suspend);
        let mut firsts: Vec<usize> =
            inside.iter().copied().filter(|it| self.acts[*it].valid && taking(&self.acts[*it])).collect();
        firsts.sort_by_key(|number| {
            let act = &self.acts[*number];
            (act.cosigner.is_none(), self.seniority(act), act.place)
        });
        let mut order: Vec<usize> = Vec::new();
        for first in firsts {
            let past = &self.acts[first].past;
            let needed: Vec<usize> = inside
                .iter()
                .copied()
                .filter(|it| !order.contains(it) && (*it == first || past.contains(it)))
                .collect();
            order.extend(needed);
        }
        let rest: Vec<usize> = inside.into_iter().filter(|number| !order.contains(number)).collect();
        order.extend(rest);
        let (mut now, mut taken) = (self.begin.clone(), BTreeMap::<Who, Vec<usize>>::new());
        for number in order {
            let act = &self.acts[number];
            let unseen = taken.get(&act.target).is_some_and(|all| all.iter().any(|it| !act.past.contains(it)));
            if !act.valid || !Self::allowed(&now, act) || (!taking(act) && unseen) {
                continue;
            }
            let standing = now.get(&act.target).copied();
            let then = match (act.kind, standing) {
                (Admit, None) => Some(Resident),
                (Role, Some(Resident)) | (Restore, Some(Suspended)) => Some(Coordinator),
                (Suspend, Some(Coordinator)) => Some(Suspended),
                (Remove, Some(_)) => Some(Gone),
                (_, standing) => standing,
            };
            if taking(act) {
                taken.entry(act.target).or_default().push(number);
            }
            now.extend(then.map(|then| (act.target, then)));
        }
        now
    }
}

fn street(dice: &mut Dice) -> Log {
    let four = dice.chance(70);
    let third = if four { Trustee } else { Coordinator };
    let mut begin: Members = [(FATMA, Coordinator), (BEA, Coordinator), (CEES, third)].into();
    begin.extend(four.then_some((DIRK, Trustee)));
    let mut log = Log::new(begin);
    let admitted = log.push(dice, Admit, (FATMA, EVA), &[0], None);
    log.push(dice, Role, (FATMA, EVA), &[admitted], Some(BEA));
    for who in [RIA, AHMED, JAN] {
        let (by, last) = (dice.pick(&[FATMA, BEA, EVA]), log.last());
        log.push(dice, Admit, (by, who), &[last], None);
    }
    log
}

const KINDS: [Kind; 6] = [Remove, Remove, Admit, Role, Suspend, Restore];
const REAL: [Who; 8] = [FATMA, BEA, CEES, DIRK, EVA, RIA, AHMED, JAN];

/// Whether one coordinator in office, by one act that he dates back, hurts a third device and takes an office.
fn in_office(seed: u64) -> (bool, bool) {
    let mut dice = Dice::new(seed);
    let mut log = street(&mut dice);
    let (by, before) = (dice.pick(&[FATMA, BEA, EVA]), log.evaluate(None));
    let (target, at) = (dice.pick(&REAL), dice.below(log.acts.len()));
    let (kind, with) = (dice.pick(&KINDS), dice.pick(&[None, None, Some(by), Some(RIA)]));
    log.push(&mut dice, kind, (by, target), &[at], with);
    let after = log.evaluate(None);
    let office = |standing: Option<&Standing>| matches!(standing, Some(Coordinator | Trustee));
    let third = REAL.iter().any(|who| ![by, target].contains(who) && before.get(who) != after.get(who));
    let taken = REAL.iter().any(|who| *who != by && office(before.get(who)) && !office(after.get(who)));
    (third, taken)
}

#[test]
fn control_under_the_old_rules_the_attacks_succeed() {
    let tried: Vec<(bool, bool)> = (0..histories(400)).map(in_office).collect();
    let third = tried.iter().filter(|(third, _)| *third).count();
    let offices = tried.iter().filter(|(_, office)| *office).count();
    println!("old rules, one in office: {third} of {} hurt a third device, {offices} took an office", tried.len());
    assert!(third > 0 && offices > 0);
}

#[test]
fn control_under_the_old_rules_a_lone_founder_takes_the_group_back() {
    let mut dice = Dice::new(3);
    let mut log = Log::new([(FATMA, Coordinator)].into());
    let dirk = log.push(&mut dice, Admit, (FATMA, DIRK), &[0], None);
    let eva = log.push(&mut dice, Admit, (FATMA, EVA), &[dirk], None);
    let ghost = log.push(&mut dice, Admit, (FATMA, PUPPET), &[0], None);
    let puppet = log.push(&mut dice, Role, (FATMA, PUPPET), &[ghost], None);
    let raised = log.push(&mut dice, Role, (FATMA, DIRK), &[eva], None);
    let last = log.push(&mut dice, Role, (FATMA, EVA), &[raised], Some(DIRK));
    log.push(&mut dice, Remove, (DIRK, FATMA), &[last], Some(EVA));
    assert_eq!(log.evaluate(None)[&FATMA], Gone);
    log.push(&mut dice, Remove, (FATMA, DIRK), &[puppet, eva], Some(PUPPET));
    let now = log.evaluate(None);
    assert!(now[&DIRK] == Gone && now[&FATMA] != Gone, "he is back, and Dirk is out");
}
