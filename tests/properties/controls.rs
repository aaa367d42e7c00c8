//! Controls of the claim about orders: two rules that are known to be wrong, and the right one in the same harness.
//!
//! Each makes the notes of an alert in Automerge. The right rule builds in the canonical order and steps over what
//! does not count: it must equal the definition. Building in the order of arrival (even one in which parents come
//! first), or leaving an empty commit for what does not count, must be caught.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{
    ActorId, Automerge, ChangeHash, ObjType, PatchLog, ROOT, ReadDoc as _,
    transaction::{CommitOptions, Transactable as _},
};
use ratel_core::{document::Change, envelope::operation::Content};
use ratel_protocol::Ref;

use crate::{
    naive::{self, Held},
    random::Random,
    story::{Said, story},
};

/// Each has four alerts.
const STORIES: u64 = if cfg!(debug_assertions) { 5 } else { 250 };

#[derive(Clone, Copy, PartialEq)]
enum Skipped {
    SteppedOver,
    EmptyCommit,
}

/// Notes as Automerge gives them, the one it shows last.
fn notes(held: &Held<'_>, order: &[&Change], skipped: Skipped) -> Vec<(Ref, String)> {
    let mut document = Automerge::new();
    let mut stands_for: BTreeMap<Ref, BTreeSet<ChangeHash>> = BTreeMap::new();
    for (place, change) in order.iter().enumerate() {
        let follows: BTreeSet<ChangeHash> = if place == 0 {
            BTreeSet::new()
        } else {
            held.parents(change).iter().filter_map(|parent| stands_for.get(parent)).flatten().copied().collect()
        };
        document.set_actor(ActorId::from(change.id.0.as_slice()));
        if !change.counts {
            let follows = match skipped {
                Skipped::SteppedOver => follows,
                Skipped::EmptyCommit => BTreeSet::from([document.empty_commit(CommitOptions::default())]),
            };
            stands_for.insert(change.id, follows);
            continue;
        }
        let heads: Vec<ChangeHash> = follows.into_iter().collect();
        let mut transaction = document.transaction_at(PatchLog::null(), &heads).unwrap();
        match &change.content {
            Content::Alert(alert) => write_note(&mut transaction, &alert.note),
            Content::Edit { note, .. } => write_note(&mut transaction, note),
            _ => {
                transaction.delete(ROOT, "withdrawn").unwrap();
                transaction.put(ROOT, "withdrawn", true).unwrap();
            }
        }
        let made = transaction.commit_with(CommitOptions::default()).0.expect("every operation here writes");
        stands_for.insert(change.id, BTreeSet::from([made]));
    }
    let mut found: Vec<_> = document.get_all(ROOT, "note").unwrap().into_iter().map(|(_, id)| id).collect();
    found.sort();
    found
        .into_iter()
        .map(|id| {
            let text = document.get(&id, "text").unwrap().unwrap().0.as_str().unwrap().to_owned();
            let automerge::ObjId::Id(_, actor, _) = id else { panic!("the root is no note") };
            (Ref(actor.to_bytes().try_into().unwrap()), text)
        })
        .collect()
}

fn write_note(transaction: &mut automerge::transaction::Transaction<'_>, text: &str) {
    let note = transaction.put_object(ROOT, "note", ObjType::Map).unwrap();
    transaction.put(note, "text", text).unwrap();
}

/// An order of arrival in which everything comes after its parents.
fn arrival<'a>(held: &Held<'_>, order: &[&'a Change], random: &mut Random) -> Vec<&'a Change> {
    let mut waiting: Vec<&Change> = order[1..].to_vec();
    random.shuffle(&mut waiting);
    let mut out = vec![order[0]];
    let mut here = BTreeSet::from([order[0].id]);
    while !waiting.is_empty() {
        let ready = |change: &&Change| held.parents(change).iter().all(|parent| here.contains(parent));
        let next = waiting.remove(waiting.iter().position(ready).expect("there are no circles"));
        here.insert(next.id);
        out.push(next);
    }
    out
}

/// Every alert of the stories whose opening counts.
fn alerts() -> Vec<(Ref, Vec<Change>)> {
    let mut out = Vec::new();
    for seed in 0..STORIES {
        let mut documents: BTreeMap<Ref, Vec<Change>> = BTreeMap::new();
        for Said { document, change } in story(seed) {
            documents.entry(document).or_default().push(change);
        }
        documents.retain(|id, all| {
            all.iter().any(|change| change.id == *id && change.counts && matches!(change.content, Content::Alert(_)))
        });
        out.extend(documents);
    }
    out
}

#[test]
fn the_right_rule_equals_the_definition_in_this_harness() {
    for (opening, changes) in alerts() {
        let held = Held::new(opening, &changes);
        let made = notes(&held, &held.in_order(), Skipped::SteppedOver);
        assert_eq!(made, naive::read(opening, &changes).unwrap().notes, "{opening}");
    }
}

#[test]
fn control_building_in_the_order_of_arrival_diverges() {
    let mut random = Random::new(7);
    let (alerts, mut diverged) = (alerts(), 0);
    for (opening, changes) in &alerts {
        let held = Held::new(*opening, changes);
        let order = held.in_order();
        let (one, two) = (arrival(&held, &order, &mut random), arrival(&held, &order, &mut random));
        let made = notes(&held, &one, Skipped::SteppedOver);
        diverged += usize::from(made != notes(&held, &two, Skipped::SteppedOver));
    }
    println!("control: built in the order of arrival, two phones differ in {diverged} of {} alerts", alerts.len());
    assert!(diverged > 0, "the harness would not notice phones that differ");
}

#[test]
fn control_empty_commits_for_what_does_not_count_overwrite() {
    let (alerts, mut wrong) = (alerts(), 0);
    for (opening, changes) in &alerts {
        let held = Held::new(*opening, changes);
        let made = notes(&held, &held.in_order(), Skipped::EmptyCommit);
        wrong += usize::from(made != naive::read(*opening, changes).unwrap().notes);
    }
    println!("control: with empty commits the document differs from the fold in {wrong} of {} alerts", alerts.len());
    assert!(wrong > 0, "the harness would not notice a document that is not the fold");
}
