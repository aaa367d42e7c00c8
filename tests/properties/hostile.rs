//! Bytes that crash Automerge's parsers, sent by a neighbour in every way there is (G7).
//!
//! `tests/fixtures/hostile` holds them. The control shows that they crash Automerge 0.12; the claim is that none of
//! them reaches it, and that the next good envelope is accepted.

use std::{fs, panic::catch_unwind, path::Path};

use automerge::{Automerge, Change as AutomergeChange};
use ratel_core::{
    document::{Change, Document, Fields},
    envelope::operation::{
        Body, Content, Operation,
        content::{Alert, Place},
        number,
    },
    envelope::{Writer, crypto::sha256},
    identity::PersonId,
    intent::{AlertKind, Answer},
};
use ratel_protocol::{Day, Ref, hex};

use crate::{random::Random, sealer::Street};

const RIA: usize = 0;
const THIEF: usize = 1;

/// The fixtures, and those that are only the body of a chunk also as a chunk.
fn hostile() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile");
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        if !bytes.starts_with(&[0x85, 0x6f, 0x4a, 0x83]) {
            out.push((format!("{name} as a change"), chunk(1, &bytes)));
        }
        out.push((name, bytes));
    }
    assert!(out.len() >= 4, "the fixtures are there");
    out
}

/// Automerge's chunk: magic, checksum, type, length, body.
fn chunk(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut tail = Writer::new();
    tail.u8(kind);
    tail.count(body.len());
    tail.bytes(body);
    let tail = tail.into_bytes();
    [&[0x85, 0x6f, 0x4a, 0x83], &sha256(&[&tail])[..4], &tail].concat()
}

fn crashes_automerge(bytes: &[u8]) -> bool {
    let bytes = bytes.to_vec();
    let parse = |bytes: Vec<u8>| {
        let changes = AutomergeChange::from_bytes(bytes.clone());
        if let Ok(change) = changes {
            let _ = Automerge::new().apply_changes([change]);
        }
        let _ = Automerge::new().load_incremental(&bytes);
    };
    catch_unwind(|| parse(bytes)).is_err()
}

#[test]
fn control_these_bytes_crash_automerge() {
    let crashing: Vec<String> =
        hostile().into_iter().filter(|(_, bytes)| crashes_automerge(bytes)).map(|(name, _)| name).collect();
    println!("control: Automerge panics on {crashing:?}");
    assert!(crashing.len() >= 3, "only {crashing:?}");
}

fn operation(street: &Street, device: usize, seq: u64, document: Option<Ref>, body: Body) -> Operation {
    Operation { device: street.devices[device].id, seq, time: 60_000_000, document, parents: vec![], body }
}

/// Seals, opens, and gives what the document may see of it: nothing, where it is no operation that we know.
fn received(street: &Street, device: usize, operation: &Operation, random: &mut Random) -> Option<Change> {
    let envelope = street.seal(device, operation, random);
    let Operation { device, seq, time, parents, body, .. } = street.open(&envelope.bytes).ok()?.operation;
    let Body::Content(content) = body else { return None };
    let (id, person) = (envelope.id.short(), PersonId(device.0));
    Some(Change { id, device, person, seq, time, parents, content, counts: true })
}

/// The bytes where the codec expects text, in the body of a kind that it knows.
fn as_text(kind: u64, bytes: &[u8]) -> Body {
    let mut writer = Writer::new();
    if kind == number::ALERT {
        writer.u16(1090);
        writer.bytes(&[1, 0, 0]);
    }
    writer.count(bytes.len());
    writer.bytes(bytes);
    writer.count(2);
    writer.bytes(b"nl");
    Body::Unknown { kind, bytes: writer.into_bytes() }
}

/// The claim: refused, or kept as something unknown; never in a document; and Ahmed's answer after it is accepted.
#[test]
fn no_byte_that_crashes_automerge_reaches_it_and_the_next_answer_is_accepted() {
    let mut random = Random::new(112);
    let street = Street::new(2, &mut random);
    let (mut sent, mut refused) = (0, 0);
    for (name, bytes) in hostile() {
        let alert = Alert {
            until: Day(1090),
            kind: AlertKind::Fire,
            practice: false,
            place: Place::Street,
            note: "Rook uit het dak".to_owned(),
            lang: "nl".to_owned(),
        };
        let alert = operation(&street, RIA, 1, None, Body::Content(Content::Alert(alert)));
        let opening = received(&street, RIA, &alert, &mut random).expect("a good alert is accepted");
        let document = opening.id;
        let mut changes = vec![opening];

        assert!(street.open(&bytes).is_err(), "{name} is no envelope");
        let mut bodies = vec![as_text(number::ALERT, &bytes), as_text(number::EDIT, &bytes)];
        let kinds = [number::ALERT, number::EDIT, number::ANSWER, number::SEEN, number::SEEN + 500, 15, u64::MAX];
        bodies.extend(kinds.map(|kind| Body::Unknown { kind, bytes: bytes.clone() }));
        for (seq, body) in (1..).zip(bodies) {
            let forged = operation(&street, THIEF, seq, Some(document), body);
            let change = received(&street, THIEF, &forged, &mut random);
            assert_eq!(change, None, "{name} as an operation of kind {}", forged.body.kind());
            (sent, refused) = (sent + 1, refused + 1);
        }
        // Spelled out, the bytes are words like any other: they enter as text, which Automerge does not parse.
        for (seq, note) in (50..).zip([hex::encode(&bytes), String::from_utf8_lossy(&bytes).into_owned()]) {
            let edit = Body::Content(Content::Edit { note, lang: "nl".to_owned() });
            changes.extend(received(
                &street,
                THIEF,
                &operation(&street, THIEF, seq, Some(document), edit),
                &mut random,
            ));
            sent += 1;
        }
        let answer = Body::Content(Content::Answer { answer: Answer::Come });
        let answer = operation(&street, THIEF, 99, Some(document), answer);
        changes.push(received(&street, THIEF, &answer, &mut random).expect("the next good envelope is accepted"));

        let built = Document::build(document, &changes).unwrap();
        let Some(Fields::Alert(shown)) = built.fields().unwrap() else { panic!("the alert is there") };
        assert_eq!(shown.answers.values().map(|(answer, _)| *answer).collect::<Vec<_>>(), [Answer::Come]);
        let saved = built.save();
        assert!(!saved.windows(bytes.len()).any(|window| window == bytes), "{name} lies in the document");
        Automerge::load(&saved).expect("what was saved is sound");
    }
    println!("hostile: {sent} operations made of crashing bytes, {refused} refused or unknown, the others plain text");
    assert!(sent > refused && refused > 0);
}
