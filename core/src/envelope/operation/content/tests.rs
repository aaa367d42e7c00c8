//! Bytes of what people say: one spelling each, and what each kind is to the others.

use ratel_protocol::{Day, Ref};

use super::{Alert, Content, LETTER_BOXES, Letter, MAX_ERASED, MAX_LETTER_BYTES, MAX_PROPOSAL_BYTES, Place};
use crate::{
    envelope::{
        Reader, Writer,
        operation::{Body, keys::BoxedSecret},
    },
    intent::{AlertKind, Answer},
};

const UNTIL: Day = Day(1090);

/// What a kind is: `(its last day, opens a document, stands for itself, has parents, is a leaf)`.
type Nature = (Option<Day>, bool, bool, bool, bool);
const OPENING: Nature = (Some(UNTIL), true, false, false, false);
const PAPER: Nature = (Some(UNTIL), true, true, false, false);
const STATE: Nature = (None, false, false, true, false);
const LEAF: Nature = (None, false, false, false, true);

fn alert(kind: AlertKind, place: Place) -> Content {
    let (note, lang) = ("Rook uit het dak".to_owned(), "nl".to_owned());
    Content::Alert(Alert { until: UNTIL, kind, practice: false, place, note, lang })
}

fn letter(sealed: usize) -> Content {
    let boxes = vec![BoxedSecret { encapsulated: [1; 32], ciphertext: [2; 48] }; LETTER_BOXES];
    Content::Letter(Letter { until: UNTIL, boxes, sealed: vec![3; sealed] })
}

fn proposal(length: usize) -> Content {
    Content::Proposal { until: UNTIL, act: vec![7; length] }
}

/// One of every kind with its number and its nature; the numbers are those of release one.
fn every_kind() -> Vec<(u64, Content, Nature)> {
    let text = || "stil".to_owned();
    vec![
        (1, alert(AlertKind::Fire, Place::Street), OPENING),
        (2, Content::Profile { until: UNTIL, name: "Ria".into(), number: "14a".into() }, OPENING),
        (3, Content::Street { until: UNTIL, name: "Zonnebloemstraat".into() }, OPENING),
        (4, Content::Note { until: UNTIL, text: text(), lang: "nl".into() }, OPENING),
        (5, Content::Reason { until: UNTIL, about: Ref([9; 16]), text: text() }, PAPER),
        (6, Content::Invitation { until: UNTIL, secret: [8; 16], revoked: true }, PAPER),
        (7, letter(600), PAPER),
        (8, Content::Erase { refs: vec![Ref([1; 16]), Ref([2; 16])] }, (None, true, true, false, false)),
        (9, proposal(40), PAPER),
        (16, Content::Edit { note: text(), lang: "nl".into() }, STATE),
        (17, Content::Withdraw, STATE),
        (32, Content::Answer { answer: Answer::Come }, LEAF),
        (33, Content::Seen, LEAF),
        (34, Content::Called112 { called: true }, LEAF),
    ]
}

fn written(content: &Content) -> Vec<u8> {
    let mut writer = Writer::new();
    content.encode(&mut writer);
    writer.into_bytes()
}

fn reads_back(content: &Content) -> bool {
    let bytes = written(content);
    let mut reader = Reader::new(&bytes);
    Content::decode(content.kind(), &mut reader).is_ok_and(|read| read.as_ref() == Some(content))
        && reader.remaining() == 0
}

#[test]
fn every_kind_has_its_number_and_nature_and_reads_back_as_it_was_written() {
    for (number, content, nature) in every_kind() {
        let found = (content.until(), content.is_opening(), content.is_paper(), content.is_state(), content.is_leaf());
        assert_eq!((content.kind(), found), (number, nature), "{content:?}");
        assert!(reads_back(&content), "{content:?}");
        let bytes = written(&content);
        assert_eq!(Body::decode(number, &bytes), Ok(Body::Content(content)));
    }
}

#[test]
fn every_kind_of_alert_every_answer_and_every_place_reads_back() {
    for kind in AlertKind::ALL {
        assert!(reads_back(&alert(kind, Place::Home)));
    }
    for answer in Answer::ALL {
        assert!(reads_back(&Content::Answer { answer }));
    }
    let position = |latitude, longitude| alert(AlertKind::Help, Place::Position { latitude, longitude });
    for place in [Place::Street, Place::Home, Place::Words("bij de brug".into())] {
        assert!(reads_back(&alert(AlertKind::Help, place)));
    }
    for (latitude, longitude) in [(90_000_000, 180_000_000), (-90_000_000, -180_000_000), (0, -4_890_000)] {
        assert!(reads_back(&position(latitude, longitude)));
    }
    for (latitude, longitude) in [(90_000_001, 0), (-90_000_001, 0), (0, 180_000_001), (0, -180_000_001)] {
        assert!(!reads_back(&position(latitude, longitude)), "no place on earth");
    }
    for unknown in [0, 5, 255] {
        assert!(Content::decode(32, &mut Reader::new(&[unknown])).is_err(), "no such answer");
    }
    let kind_at = 2;
    let mut bytes = written(&alert(AlertKind::Fire, Place::Street));
    for unknown in [0, 7] {
        bytes[kind_at] = unknown;
        assert!(Content::decode(1, &mut Reader::new(&bytes)).is_err(), "no such kind of alert");
    }
}

#[test]
fn what_is_longer_than_its_limit_or_says_nothing_is_refused() {
    assert!(reads_back(&letter(MAX_LETTER_BYTES)) && !reads_back(&letter(MAX_LETTER_BYTES + 1)));
    assert!(reads_back(&proposal(MAX_PROPOSAL_BYTES)) && !reads_back(&proposal(MAX_PROPOSAL_BYTES + 1)));
    let erase = |count: usize| Content::Erase { refs: (0..=u8::MAX).take(count).map(|at| Ref([at; 16])).collect() };
    assert!(reads_back(&erase(MAX_ERASED)) && !reads_back(&erase(MAX_ERASED + 1)) && !reads_back(&erase(0)));
    let bytes = [1, 2, 3];
    assert_eq!(Content::decode(18, &mut Reader::new(&bytes)), Ok(None), "a kind of a later release");
}
