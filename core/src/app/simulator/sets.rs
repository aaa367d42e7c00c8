//! G2 in breadth: a hundred thousand small histories of members operations, Lists, Keeps and content of every channel,
//! with devices that misbehave among them. Whatever part of one a phone holds, closed under what members operations name,
//! and in whatever order it came: one state.
//!
//! [`super::histories`] plays few streets with real phones and everything around; this plays many, without disk and
//! curve, through the same log, the same counting and the same documents.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::{Day, Ref};

use crate::{
    document::{Change, Document, Fold, may_write, state_hash},
    envelope::{
        crypto::sha256,
        operation::{
            Content,
            content::{Alert, Place},
            keys::Channel,
        },
    },
    group::{
        Log, MembersOperation, Membership,
        tests::{
            dice::{Dice, histories},
            random::{EVERYBODY, closed, history, log_of},
            street::device,
        },
    },
    identity::PersonId,
    intent::{AlertKind, Answer},
};

/// An authentic envelope of the content mailbox.
#[derive(Debug, Clone)]
struct Said {
    document: Ref,
    channel: Channel,
    change: Change,
}

/// Lists that the Keeps of a history may name.
type Lists = BTreeMap<Ref, Vec<Ref>>;

struct Story {
    members: Vec<MembersOperation>,
    said: Vec<Said>,
    lists: Lists,
}

fn id(seed: u64, number: usize) -> Ref {
    Ref(sha256(&[b"said", &seed.to_be_bytes(), &number.to_be_bytes()])[..16].try_into().unwrap())
}

fn opening(dice: &mut Dice, channel: Channel) -> Content {
    match channel {
        Channel::Street => Content::Alert(Alert {
            until: Day(1090),
            kind: dice.pick(&AlertKind::ALL),
            practice: false,
            place: Place::Street,
            note: String::new(),
            lang: "nl".to_owned(),
        }),
        _ => Content::Note { until: Day(1090), text: "lamp".to_owned(), lang: "nl".to_owned() },
    }
}

fn follow(dice: &mut Dice) -> Content {
    match dice.below(6) {
        0 | 1 => Content::Edit { note: format!("versie {}", dice.below(3)), lang: "nl".to_owned() },
        2 => Content::Withdraw,
        3 => Content::Answer { answer: dice.pick(&Answer::ALL) },
        4 => Content::Seen,
        _ => Content::Called112 { called: dice.chance(50) },
    }
}

fn story(seed: u64) -> Story {
    let mut dice = Dice::new(seed);
    let members = history(&mut dice, seed).written;
    let mut said: Vec<Said> = Vec::new();
    for number in 0..6 + dice.below(14) {
        let opens = number < 2 || dice.chance(15);
        let (document, channel) = if opens {
            (id(seed, number), dice.pick(&[Channel::Street, Channel::Street, Channel::Team, Channel::Coordination]))
        } else {
            let at = dice.below(said.len());
            // Some name another channel's document: held, and applied as nothing.
            let channel = if dice.chance(95) { said[at].channel } else { Channel::Team };
            (said[at].document, channel)
        };
        let content = if opens { opening(&mut dice, channel) } else { follow(&mut dice) };
        let held: Vec<Ref> = said.iter().map(|said| said.change.id).collect();
        let mut parents = if content.is_state() { dice.some(&held, 2) } else { Vec::new() };
        parents.sort_unstable();
        let who = dice.pick(&EVERYBODY);
        let change = Change {
            id: id(seed, number),
            device: device(who),
            person: PersonId([0; 16]),
            seq: 1 + number as u64 / 3,
            time: 90_000_000 + u32::try_from(number).unwrap(),
            parents,
            content,
            counts: true,
        };
        said.push(Said { document, channel, change });
    }
    let refs: Vec<Ref> = said.iter().map(|said| said.change.id).collect();
    let lists = (0..3).map(|list| (Ref([list; 16]), dice.some(&refs, 4))).collect();
    Story { members, said, lists }
}

fn log(members: &[MembersOperation], lists: &Lists) -> Log {
    let mut log = log_of(std::iter::empty());
    for (list, refs) in lists {
        log.insert_list(*list, refs.clone());
    }
    for operation in members {
        log.insert(operation.clone());
    }
    log
}

fn documents(log: &Log, said: &[Said]) -> BTreeMap<Ref, Vec<Change>> {
    let members: &Membership = log.membership();
    let mut out: BTreeMap<Ref, Vec<Change>> = BTreeMap::new();
    let openings: BTreeMap<Ref, &Said> =
        said.iter().filter(|said| said.change.id == said.document).map(|said| (said.document, said)).collect();
    for one in said {
        let Some(opening) = openings.get(&one.document).filter(|opening| opening.channel == one.channel) else {
            continue;
        };
        let person = |device| members.person(device).unwrap_or_default();
        let (author, opener) = (person(one.change.device), person(opening.change.device));
        let counts = members.counts(one.change.id, one.change.device, one.channel, &one.change.content)
            && may_write(&one.change.content, author, opener, members.is_coordinator(one.change.device));
        out.entry(one.document).or_default().push(Change { person: author, counts, ..one.change.clone() });
    }
    out
}

/// Everything that a phone shows, in one number.
fn state(log: &Log, said: &[Said]) -> [u8; 32] {
    let mut parts = format!("{:?}", log.membership()).into_bytes();
    for (document, changes) in documents(log, said) {
        parts.extend(state_hash(Fold::of(document, &changes).fields().unwrap().as_ref()));
    }
    sha256(&[&parts])
}

fn part(dice: &mut Dice, story: &Story) -> Story {
    let ids: Vec<Ref> = story.members.iter().map(|operation| operation.id).collect();
    let from = dice.some(&ids, 4);
    let members = closed(&story.members, &from);
    let said = story.said.iter().filter(|_| dice.chance(70)).cloned().collect();
    let lists = story.lists.iter().filter(|_| dice.chance(70)).map(|(id, refs)| (*id, refs.clone())).collect();
    Story { members, said, lists }
}

#[test]
fn every_part_of_every_history_in_every_order_is_one_state() {
    let (mut counting, mut all, mut aside) = (0, 0, BTreeSet::new());
    let number = histories(1500);
    for seed in 0..number {
        let whole = story(seed);
        let mut dice = Dice::new(seed ^ 0x5E75);
        let part = part(&mut dice, &whole);
        for mut held in [whole, part] {
            let first = log(&held.members, &held.lists);
            let expected = state(&first, &held.said);
            dice.shuffle(&mut held.members);
            dice.shuffle(&mut held.said);
            let second = log(&held.members, &held.lists);
            assert_eq!(state(&second, &held.said), expected, "seed {seed}");
            for (document, changes) in documents(&first, &held.said) {
                counting += changes.iter().filter(|change| change.counts).count();
                all += changes.len();
                aside.extend(changes.iter().filter(|change| !change.counts).map(|change| change.content.kind()));
                if seed % 20 == 0 {
                    let built = Document::build(document, &changes).unwrap().fields().unwrap();
                    assert_eq!(built, Fold::of(document, &changes).fields().unwrap(), "seed {seed}, Automerge");
                }
            }
        }
    }
    println!(
        "{number} histories: {counting} of {all} content operations count, {} kinds set aside; one state each",
        aside.len()
    );
    assert!(counting * 5 > all && counting < all, "both sides of the rules are tried");
}

#[test]
fn control_a_state_that_minds_the_order_of_arrival_is_found() {
    let by_arrival = |story: &Story| {
        let log = log(&story.members, &story.lists);
        let said: Vec<_> = documents(&log, &story.said).into_values().flatten().map(|change| change.id).collect();
        sha256(&[format!("{said:?}").as_bytes()])
    };
    let differ = (0..100).filter(|seed| {
        let mut story = story(*seed);
        let before = by_arrival(&story);
        Dice::new(*seed).shuffle(&mut story.said);
        by_arrival(&story) != before
    });
    assert!(differ.count() > 90);
}
