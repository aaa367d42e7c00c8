//! Letters under a good key, and the files that partners and coordinators hand over.

use std::sync::LazyLock;

use ratel_core::{
    PartnerFile, PartnerKey,
    envelope::{
        crypto::{BoxKey, TAG_LEN, decrypt_once, encrypt_once},
        letter::{Message, letter_info, letter_key, open_letter, seal_letter},
        operation::{
            content::Place,
            keys::BoxedSecret,
            members::{Charter, Partner, Party},
        },
    },
    identity::DeviceId,
    intent::{AlertKind, Answer, CharterChange},
};
use ratel_protocol::{GroupId, Ref};

use crate::Parser;

/// Name, parser, seeds.
pub(crate) fn all() -> Vec<(&'static str, Parser, Vec<Vec<u8>>)> {
    vec![
        ("letter under a good key", letter as Parser, letters()),
        ("letter boxes", boxes, boxes_seeds()),
        ("partner file", partner_file, partner_files()),
        ("partner key", partner_key, vec![PartnerKey::generate().expect("a key").to_text().as_bytes().to_vec()]),
        ("charter change", charter_change, charter_changes()),
        ("charter", charter, charters()),
    ]
}

/// Bytes inside every letter.
const INSIDE: usize = 560;
/// Bytes of a box.
const BOX: usize = 80;
const KEY: [u8; 32] = [0x4B; 32];

fn info() -> Vec<u8> {
    letter_info(GroupId([1; 16]), DeviceId([2; 16]), &[3; 16])
}

static AHMED: LazyLock<BoxKey> = LazyLock::new(|| BoxKey::from_bytes(&[6; 32]).expect("a key"));

/// What is inside a letter, as its author sealed it.
fn inside(message: &Message) -> Vec<u8> {
    let (boxes, mut sealed) = seal_letter(&info(), &[AHMED.public()], message).expect("it seals");
    let open = |boxed: &[u8]| AHMED.open_box(&info(), boxed).ok().map(|plain| plain.to_vec());
    let key = letter_key(&boxes, open).expect("a box for Ahmed");
    let length = decrypt_once(&key, &info(), &mut sealed).expect("the key opens it");
    sealed.truncate(length);
    sealed
}

/// The cipher would hide every mutation, so what is inside is sealed anew.
fn letter(bytes: &[u8]) -> bool {
    let mut plain = bytes.to_vec();
    plain.resize(INSIDE, 0);
    let mut sealed = plain.clone();
    encrypt_once(&KEY, &info(), &mut sealed).expect("it encrypts");
    assert_eq!(sealed.len(), INSIDE + TAG_LEN);
    open_letter(&info(), &KEY.into(), &sealed).is_some_and(|message| {
        assert_eq!(inside(&message), plain, "written otherwise than read");
        true
    })
}

fn letters() -> Vec<Vec<u8>> {
    let (to, about) = (DeviceId([4; 16]), Ref([5; 16]));
    let help = |place, note: &str| Message::Help { to, practice: false, place, note: note.into(), lang: "nl".into() };
    let messages = [
        help(Place::Home, "Hij zegt dat hij van de bank is."),
        help(Place::Words("achter de schuur".into()), "é"),
        help(Place::Position { latitude: 52_370_000, longitude: -4_890_000 }, ""),
        Message::Answer { about, answer: Answer::Call },
        Message::Withdraw { about },
    ];
    messages.iter().map(inside).collect()
}

/// Boxes of anybody, tried with one's own key: whatever stands there, at most a key comes out.
fn boxes(bytes: &[u8]) -> bool {
    let boxes: Vec<BoxedSecret> = bytes.chunks_exact(BOX).take(2).filter_map(BoxedSecret::from_sealed).collect();
    let open = |boxed: &[u8]| AHMED.open_box(&info(), boxed).ok().map(|plain| plain.to_vec());
    letter_key(&boxes, open).is_some()
}

fn boxes_seeds() -> Vec<Vec<u8>> {
    let own = ratel_core::envelope::crypto::seal_box(&AHMED.public(), &info(), &[9; 32]).expect("it seals");
    vec![own.clone(), [[7; BOX].as_slice(), &own].concat()]
}

const STREET: &str = "00112233445566778899aabbccddeeff";

/// A file that is taken says the same when it is written again, and so does the partner in it.
fn partner_file(bytes: &[u8]) -> bool {
    let Ok(file) = PartnerFile::read(bytes) else { return false };
    let group = GroupId::from_hex(STREET).expect("a number");
    let Ok(Partner { key, terms, .. }) = file.partner(group) else { return false };
    let written = serde_json::to_vec(&file).expect("it writes");
    let again = PartnerFile::read(&written).expect("its own text reads back").partner(group).expect("still good");
    assert_eq!((again.key, again.terms), (key, terms), "written otherwise than read");
    assert!(again.is_signed(group));
    true
}

fn partner_files() -> Vec<Vec<u8>> {
    let key = PartnerKey::generate().expect("a key");
    let signed = |party, terms| PartnerFile::sign(party, STREET, terms, &key).expect("a number");
    // A file may hold the text of the terms itself.
    let text = "Zij leest niet mee.";
    let with_text = PartnerFile { terms: text.to_owned(), ..signed(Party::Municipality, text) };
    [signed(Party::Police, "Wij lezen mee."), with_text, signed(Party::Other, "")]
        .map(|file| serde_json::to_vec_pretty(&file).expect("it writes"))
        .to_vec()
}

fn partner_key(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    PartnerKey::from_text(&text).is_ok_and(|key| {
        let again = PartnerKey::from_text(&key.to_text()).expect("its own text reads back");
        assert_eq!(again.to_text(), key.to_text());
        true
    })
}

fn charter_change(bytes: &[u8]) -> bool {
    serde_json::from_slice::<CharterChange>(bytes).is_ok_and(|change| {
        let written = serde_json::to_vec(&change).expect("it writes");
        assert_eq!(serde_json::from_slice::<CharterChange>(&written).expect("it reads"), change);
        true
    })
}

fn charter_changes() -> Vec<Vec<u8>> {
    let change = CharterChange {
        forbid: vec![AlertKind::Behaviour],
        officials_only: vec![AlertKind::Vehicle],
        alert_days: Some(30),
        police_read: Some(true),
        without: vec!["7f3a".to_owned()],
        ..CharterChange::default()
    };
    [change, CharterChange::default()].map(|change| serde_json::to_vec(&change).expect("it writes")).to_vec()
}

/// Agreements as a founder's phone keeps them until there is a log.
fn charter(bytes: &[u8]) -> bool {
    Charter::from_bytes(bytes).is_ok_and(|charter| {
        assert_eq!(charter.to_bytes(), bytes, "written otherwise than read");
        true
    })
}

fn charters() -> Vec<Vec<u8>> {
    let partner = Partner { party: Party::Police, key: [1; 32], terms: [2; 32], signature: [3; 64] };
    let signed = Charter { police_read: true, partners: vec![partner], ..Charter::default() };
    vec![Charter::default().to_bytes(), signed.to_bytes()]
}
