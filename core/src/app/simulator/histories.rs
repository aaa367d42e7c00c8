//! G2 with everything at once: histories of all operations on real phones that are often apart, some in the hands of
//! thieves, end in one state, in whatever order and parts the envelopes came.

use super::{judge, phone::Phone, world::World};
use crate::{envelope::crypto::seeded, group::tests::dice::histories, storage::Mailbox};

const PEOPLE: usize = 5;
const STEPS: usize = 30;

/// Every twentieth phone of a history misbehaves: one of five in every fourth history.
fn thieves(seed: u64) -> Vec<usize> {
    if seed.is_multiple_of(4) { vec![usize::try_from(seed / 4).unwrap() % PEOPLE] } else { vec![] }
}

fn history(seed: u64) -> World {
    let mut world = World::street(seed, PEOPLE);
    world.live(STEPS, &thieves(seed));
    world.everybody_meets();
    world
}

fn again(seed: u64) -> String {
    format!("play it again: RATEL_SEED={seed} cargo test -p ratel-core --lib simulator::histories")
}

/// The seeds of a run: one that failed, or as many as usual.
fn seeds(usual: u64) -> Vec<u64> {
    match std::env::var("RATEL_SEED").ok().and_then(|text| text.parse().ok()) {
        Some(seed) => vec![seed],
        None => (0..histories(usual)).collect(),
    }
}

/// A phone with the same keys that heard the same envelopes, in another order and in parts.
fn mirror(world: &mut World, of: usize) -> Phone {
    let mut mirror = world.phones[of].copied();
    let mut parts: Vec<(Mailbox, Vec<u8>)> = Vec::new();
    for mailbox in Mailbox::ALL {
        let phone = &world.phones[of];
        parts.extend(phone.carries(mailbox).into_iter().filter_map(|id| Some((mailbox, phone.held(id)?))));
    }
    world.dice.shuffle(&mut parts);
    while !parts.is_empty() {
        let take = (1 + world.dice.below(20)).min(parts.len());
        let part: Vec<_> = parts.drain(..take).collect();
        for mailbox in Mailbox::ALL {
            let of_it = part.iter().filter(|(lies, _)| *lies == mailbox);
            mirror.hears(mailbox, &of_it.map(|(_, bytes)| bytes.clone()).collect::<Vec<_>>());
        }
    }
    mirror
}

#[test]
fn all_phones_end_in_one_state_whatever_came_when() {
    let (mut operations, mut documents, mut members) = (0, 0, 0);
    let seeds = seeds(12);
    for seed in &seeds {
        let mut world = history(*seed);
        assert_eq!(world.difference(), None, "{}", again(*seed));
        let of = world.dice.below(PEOPLE);
        if world.phones[of].state.group.is_some() {
            let verdict = judge::verdict(&world.phones[of]);
            let mirrored = mirror(&mut world, of);
            assert_eq!(judge::verdict(&mirrored).hash(), verdict.hash(), "a mirror of {of}; {}", again(*seed));
            assert!(judge::unlike_their_fold(&mirrored).is_empty(), "Automerge and fold; {}", again(*seed));
            operations += verdict.log;
            documents += verdict.documents.len();
        }
        members += world.members().len();
    }
    seeded::begin(None);
    println!(
        "{} histories of {PEOPLE} phones: {operations} log operations, {documents} documents, {members} members at the end; one state each",
        seeds.len()
    );
}

#[test]
fn a_seed_plays_the_same_history_again() {
    let first: Vec<_> = history(8).phones.iter().map(judge::opened).collect();
    let second: Vec<_> = history(8).phones.iter().map(judge::opened).collect();
    seeded::begin(None);
    assert_eq!(first, second);
    assert!(first.iter().any(|opened| !opened.is_empty()));
}

#[test]
fn control_a_phone_that_missed_one_operation_is_found() {
    let mut world = World::street(1, PEOPLE);
    assert_eq!(world.difference(), None);
    world.phones[0]
        .administers(vec![crate::envelope::operation::Members::Relay { url: "https://other.example".to_owned() }]);
    let found = world.difference();
    seeded::begin(None);
    assert!(found.is_some_and(|found| found.contains("who belongs")));
}
