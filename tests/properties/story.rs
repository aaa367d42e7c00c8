//! Five phones write about everything there is to write about, sealed and opened again.
//!
//! The phones fork: each knows its own heads of an alert and learns another's now and then. One was restored from a
//! backup and repeats sequence numbers; one writes the same words as others at the same time; some name parents that
//! nobody has or that can be nobody's parent; some are no members any more, so that what they write does not count.

use std::collections::{BTreeMap, BTreeSet};

use ratel_core::{
    document::Change,
    envelope::operation::{
        Body, Content, MAX_PARENTS, Operation,
        content::{Alert, Place},
    },
    identity::PersonId,
    intent::{AlertKind, Answer},
};
use ratel_protocol::{Day, Ref};

use crate::{random::Random, sealer::Street};

pub(crate) const DEVICES: usize = 5;
pub(crate) const LEAST_OPERATIONS: usize = 200;
const ALERTS: usize = 4;
const WORDS: [&str; 4] = ["Hij is weg", "Ze staan er nog", "", "Полития е тук, één man"];

/// An opened operation with the document that it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) document: Ref,
    pub(crate) change: Change,
}

/// The story of a seed: at least [`LEAST_OPERATIONS`] operations.
pub(crate) fn story(seed: u64) -> Vec<Said> {
    let mut teller = Teller::new(seed);
    teller.open_documents();
    let operations = LEAST_OPERATIONS + 20 + teller.random.below(40);
    while teller.said.len() < operations {
        teller.follow();
    }
    teller.said
}

struct Teller {
    random: Random,
    street: Street,
    seqs: [u64; DEVICES],
    alerts: Vec<Ref>,
    profiles: Vec<Ref>,
    /// By alert and device: what the device would name as parents.
    heads: BTreeMap<(Ref, usize), BTreeSet<Ref>>,
    said: Vec<Said>,
}

impl Teller {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let street = Street::new(DEVICES, &mut random);
        let (alerts, profiles, heads, said) = (vec![], vec![], BTreeMap::new(), vec![]);
        Self { random, street, seqs: [1; DEVICES], alerts, profiles, heads, said }
    }

    fn open_documents(&mut self) {
        self.say(0, None, vec![], Content::Street { until: Day(1000), name: "Dorpsstraat".to_owned() });
        for (device, name) in ["Ria", "Ahmed", "Fatma", "Joost", "Mei"].into_iter().enumerate() {
            let number = if device == 3 { String::new() } else { format!("{}", 10 + device) };
            let profile = Content::Profile { until: Day(900), name: name.to_owned(), number };
            let id = self.say(device, None, vec![], profile);
            self.profiles.push(id);
        }
        for alert in 0..ALERTS {
            let device = self.random.below(DEVICES);
            let place = match alert {
                0 => Place::Street,
                1 => Place::Home,
                2 => Place::Position { latitude: -52_370_001, longitude: 4_890_000 },
                _ => Place::Words("bij de speeltuin".to_owned()),
            };
            let alert = Alert {
                until: Day(730),
                kind: *self.random.pick(&AlertKind::ALL),
                practice: self.random.once_in(4),
                place,
                note: (*self.random.pick(&WORDS)).to_owned(),
                lang: "nl".to_owned(),
            };
            let id = self.say(device, None, vec![], Content::Alert(alert));
            self.alerts.push(id);
            for device in 0..DEVICES {
                self.heads.insert((id, device), BTreeSet::from([id]));
            }
        }
    }

    fn follow(&mut self) {
        let device = self.random.below(DEVICES);
        let alert = *self.random.pick(&self.alerts);
        let kind = self.random.below(100);
        let leaf = match kind {
            0..50 => None,
            50..72 => Some(Content::Answer { answer: *self.random.pick(&Answer::ALL) }),
            72..86 => Some(Content::Seen),
            86..98 => Some(Content::Called112 { called: self.random.once_in(2) }),
            _ => {
                let profile = *self.random.pick(&self.profiles);
                let edit = Content::Edit { note: "Dit is een profiel".to_owned(), lang: "nl".to_owned() };
                self.say(device, Some(profile), vec![profile], edit);
                return;
            }
        };
        if let Some(leaf) = leaf {
            self.say(device, Some(alert), vec![], leaf);
            return;
        }
        let content = if kind < 6 { Content::Withdraw } else { self.edit() };
        let parents = self.parents(alert, device);
        let id = self.say(device, Some(alert), parents, content);
        self.heads.insert((alert, device), BTreeSet::from([id]));
    }

    fn edit(&mut self) -> Content {
        let note = if self.random.once_in(2) {
            (*self.random.pick(&WORDS)).to_owned()
        } else {
            format!("Bericht {}", self.said.len())
        };
        Content::Edit { note, lang: (*self.random.pick(&["nl", "en"])).to_owned() }
    }

    fn parents(&mut self, alert: Ref, device: usize) -> Vec<Ref> {
        let mut heads = self.heads[&(alert, device)].clone();
        if self.random.once_in(3) {
            let other = self.random.below(DEVICES);
            heads.extend(&self.heads[&(alert, other)]);
        }
        if self.random.once_in(12) {
            heads = BTreeSet::from([alert]);
        }
        if self.random.once_in(20) {
            heads.insert(Ref(self.random.bytes()));
        }
        if self.random.once_in(20) {
            heads.insert(self.random.pick(&self.said).change.id);
        }
        heads.into_iter().take(MAX_PARENTS).collect()
    }

    /// Seals, opens, and keeps what was opened.
    fn say(&mut self, device: usize, document: Option<Ref>, parents: Vec<Ref>, content: Content) -> Ref {
        let author = self.street.devices[device].id;
        let signing_key = self.street.devices[device].signer.public();
        let time = 60_000_000 + u32::try_from(self.random.below(100_000)).unwrap();
        let seq = self.seqs[device];
        self.seqs[device] = if self.random.once_in(10) { seq.saturating_sub(3).max(1) } else { seq + 1 };
        let operation = Operation { device: author, seq, time, document, parents, body: Body::Content(content) };
        let envelope = self.street.seal(device, &operation, &mut self.random);

        let opened = self.street.open(&envelope.bytes).expect("the core opens what the table says");
        assert!(opened.signed_by(&signing_key), "the signature is over the same bytes");
        assert_eq!(opened.operation, operation);
        let Operation { device: author, seq, time, document, parents, body: Body::Content(content) } = opened.operation
        else {
            panic!("content was sealed")
        };
        let id = envelope.id.short();
        let counts = !self.random.once_in(if document.is_some() { 6 } else { 20 });
        let person = PersonId(author.0);
        let change = Change { id, device: author, person, seq, time, parents, content, counts };
        self.said.push(Said { document: document.unwrap_or(id), change });
        id
    }
}
