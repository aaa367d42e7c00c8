//! State is a function of the set of opened operations (G2): any order, any part of a history, live or rebuilt.
//!
//! A case takes a story's envelopes, drops some (so that parents and openings are missing), shuffles them, and makes
//! every document three ways: with Automerge, with the core's fold, and by the definition. One state hash each.

use std::{collections::BTreeMap, sync::Mutex, thread, time::Instant};

use ratel_core::document::{Change, Document, Fields, Fold, state_hash};
use ratel_protocol::Ref;

use crate::{
    naive::{self, Naive},
    random::{Random, setting},
    story::{DEVICES, LEAST_OPERATIONS, Said, story},
};

/// Cases that share a story: sealing and opening it costs as much as building it a few times.
const CASES_A_STORY: u64 = 100;
const FIRST_SEED: u64 = 20_260_000;

#[derive(Default)]
struct Totals {
    cases: u64,
    whole: u64,
    operations: usize,
    documents: u64,
    empty: u64,
    side_by_side: u64,
}

impl Totals {
    fn add(&mut self, other: &Self) {
        self.cases += other.cases;
        self.whole += other.whole;
        self.operations += other.operations;
        self.documents += other.documents;
        self.empty += other.empty;
        self.side_by_side += other.side_by_side;
    }
}

type Documents = BTreeMap<Ref, Vec<Change>>;

fn by_document(said: &[Said]) -> Documents {
    let mut out = Documents::new();
    for Said { document, change } in said {
        out.entry(*document).or_default().push(change.clone());
    }
    out
}

/// Drops nothing, some, or much, then shuffles.
fn part(story: &[Said], random: &mut Random) -> Vec<Said> {
    let dropped_of_hundred = [0, 0, 5, 15, 50][random.below(5)];
    let mut part: Vec<Said> = story.iter().filter(|_| random.below(100) >= dropped_of_hundred).cloned().collect();
    random.shuffle(&mut part);
    part
}

fn says_the_same(fields: Option<&Fields>, naive: Option<&Naive>) -> bool {
    let Some(Fields::Alert(alert)) = fields else { return fields.is_none() == naive.is_none() };
    let mut notes: Vec<(Ref, String)> = alert.notes.others.iter().map(|note| (note.by, note.text.clone())).collect();
    notes.reverse();
    notes.push((alert.notes.shown.by, alert.notes.shown.text.clone()));
    let (answers, seen) = (alert.answers.clone(), alert.seen.clone());
    let read = Naive { notes, withdrawn: alert.withdrawn, answers, seen, called_112: alert.called_112 };
    naive == Some(&read)
}

fn case(seed: u64, story: &[Said]) -> Totals {
    let mut random = Random::new(seed);
    let first = part(story, &mut random);
    let mut second = first.clone();
    random.shuffle(&mut second);
    let (first, second) = (by_document(&first), by_document(&second));
    let operations = first.values().map(Vec::len).sum();
    let whole = u64::from(operations == story.len());
    let mut totals = Totals { cases: 1, whole, operations, ..Totals::default() };
    for (opening, changes) in &first {
        let built = Document::build(*opening, changes).expect("any set builds");
        let fields = built.fields().expect("any set reads");
        let other = Fold::of(*opening, &second[opening]);
        let folded = other.fields().expect("any set folds");
        assert_eq!(state_hash(fields.as_ref()), state_hash(folded.as_ref()), "document and fold of {opening}");
        assert_eq!(built.json().expect("any document is JSON"), other.json(), "the whole of {opening}");
        if !matches!(fields, Some(Fields::Profile(_) | Fields::Street(_))) {
            let naive = naive::read(*opening, changes);
            assert!(says_the_same(fields.as_ref(), naive.as_ref()), "{opening}: {fields:?} is not {naive:?}");
        }
        if seed.is_multiple_of(10) {
            let again = Document::build(*opening, &second[opening]).expect("any set builds");
            assert_eq!(built.save(), again.save(), "Automerge bytes of {opening} in another order");
        }
        totals.documents += 1;
        totals.empty += u64::from(fields.is_none());
        totals.side_by_side +=
            u64::from(matches!(&fields, Some(Fields::Alert(alert)) if !alert.notes.others.is_empty()));
    }
    totals
}

#[test]
fn ten_thousand_orders_and_parts_of_a_history_give_one_state() {
    let orders = setting("RATEL_ORDERS", if cfg!(debug_assertions) { 100 } else { 10_000 });
    let first = setting("RATEL_SEED", FIRST_SEED);
    let began = Instant::now();
    let totals = Mutex::new(Totals::default());
    let workers = u64::try_from(thread::available_parallelism().map_or(1, usize::from)).unwrap();
    let stories: Vec<u64> = (first / CASES_A_STORY..=(first + orders - 1) / CASES_A_STORY).collect();
    thread::scope(|scope| {
        for worker in 0..workers {
            let (stories, totals) = (&stories, &totals);
            scope.spawn(move || {
                for number in stories.iter().filter(|number| **number % workers == worker) {
                    let story = story(*number);
                    assert!(story.len() >= LEAST_OPERATIONS);
                    let seeds = (number * CASES_A_STORY).max(first)..((number + 1) * CASES_A_STORY).min(first + orders);
                    for seed in seeds {
                        let found = std::panic::catch_unwind(|| case(seed, &story))
                            .unwrap_or_else(|_| panic!("replay this case alone with RATEL_SEED={seed} RATEL_ORDERS=1"));
                        totals.lock().unwrap().add(&found);
                    }
                }
            });
        }
    });
    let Totals { cases, whole, operations, documents, empty, side_by_side } = totals.into_inner().unwrap();
    println!(
        "orders: {cases} orders and parts (seed {first}) of {} stories of {DEVICES} devices and >= {LEAST_OPERATIONS} \
         sealed operations, {whole} whole, {operations} operations in all; {documents} documents, {empty} without an \
         opening that counts, {side_by_side} with texts side by side; document, fold and definition differ in 0; \
         {:.1} s",
        stories.len(),
        began.elapsed().as_secs_f64()
    );
    assert_eq!(cases, orders);
    if orders >= 100 {
        assert!(whole > 0 && empty > 0 && side_by_side > 0, "the stories hold what the claim is about");
    }
}

/// A neighbour may write a chain of any length. (The fold does 10,000 in the core's own tests.)
#[test]
fn a_chain_of_three_thousand_edits_becomes_a_document() {
    let length: u32 = if cfg!(debug_assertions) { 300 } else { 3_000 };
    let story = story(FIRST_SEED);
    let opening =
        story.iter().find(|said| matches!(said.change.content, ratel_core::envelope::operation::Content::Alert(_)));
    let opening = Change { counts: true, ..opening.expect("a story has alerts").change.clone() };
    let mut random = Random::new(1);
    let mut changes = vec![opening.clone()];
    for number in 0..length {
        let parent = changes.last().unwrap().id;
        let content =
            ratel_core::envelope::operation::Content::Edit { note: format!("versie {number}"), lang: "nl".to_owned() };
        let edit = Change { id: Ref(random.bytes()), parents: vec![parent], content, ..opening.clone() };
        changes.push(edit);
    }
    changes.reverse();
    let began = Instant::now();
    let built = Document::build(opening.id, &changes).unwrap().fields().unwrap();
    let seconds = began.elapsed().as_secs_f64();
    assert_eq!(built, Fold::of(opening.id, &changes).fields().unwrap());
    println!("chain: {length} edits one after another built in {seconds:.1} s");
}
