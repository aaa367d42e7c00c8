//! Codes that people type, cut, mistype and photograph.

use ratel_protocol::{Day, GroupId, MailboxId, Ref};

use super::{super::*, PREFIX};
use crate::{
    envelope::{
        crypto::{BoxKey, Secret, SigningKey, random},
        operation::members::NewDevice,
    },
    error::Error,
    link::RelayAddress,
};

fn relay() -> RelayAddress {
    RelayAddress::parse("https://relay.example:8443").unwrap()
}

fn ria() -> (Card, BoxKey) {
    let keys = BoxKey::generate().unwrap();
    let signing_key = SigningKey::generate().unwrap().public();
    let device = NewDevice { signing_key, kem_key: keys.public(), token: ratel_protocol::TokenHash([3; 32]) };
    (Card { device, nonce: [5; 16] }, keys)
}

fn opening() -> Opening {
    Opening {
        secret: Secret::from([1; 32]),
        group: GroupId([2; 16]),
        genesis: Ref([3; 16]),
        street: Some(Secret::from([4; 32])),
        day: Day(1000),
        heads: (0..8).map(|at| Ref([at; 16])).collect(),
        relay: relay(),
    }
}

/// One code of each kind.
fn every_kind() -> Vec<(CodeKind, String)> {
    let (card, _) = ria();
    let invitation = Invitation::new(relay(), GroupId([1; 16]), MailboxId([2; 16])).unwrap();
    let again = Invitation::from_code(&invitation.to_code()).unwrap();
    assert_eq!(again.secret(), invitation.secret());
    assert_ne!(invitation.secret(), Invitation::new(relay(), GroupId([1; 16]), MailboxId([2; 16])).unwrap().secret());
    vec![
        (CodeKind::Invitation, invitation.to_code()),
        (CodeKind::Card, card.to_code()),
        (CodeKind::Open, OpenCode::write(&opening(), &card).unwrap()),
        (CodeKind::Sign, write_code(CodeKind::Sign, &[7; 300])),
    ]
}

#[test]
fn a_code_says_what_it_is_and_reads_back_as_people_type_it() {
    for (kind, code) in every_kind() {
        assert!(code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-'), "{code}");
        assert_eq!(Code::read(&code).ok().map(|read| read.kind()), Some(kind));
        let (_, content) = read_code(&code).unwrap();
        assert_eq!(write_code(kind, &content), code);
        let typed = format!("  {} \n", code.to_lowercase().replace('0', "o").replace('1', "l"));
        let spoken = code.replace('-', " ");
        let joined = code.replace('-', "");
        for text in [typed, spoken, joined] {
            assert_eq!(read_code(&text).unwrap(), (kind, content.clone()), "{text}");
        }
    }
}

#[test]
fn a_wrong_digit_and_a_cut_are_noticed_wherever_they_are() {
    for (kind, code) in every_kind() {
        for at in PREFIX.len()..code.len() {
            let mut wrong: Vec<char> = code.chars().collect();
            if wrong[at] == '-' {
                continue;
            }
            wrong[at] = if wrong[at] == 'Z' { 'Y' } else { 'Z' };
            assert!(Code::read(&wrong.iter().collect::<String>()).is_err(), "{kind:?}: digit {at}");
            assert!(Code::read(&code.chars().take(at).collect::<String>()).is_err(), "{kind:?}: cut at {at}");
        }
    }
}

#[test]
fn a_thousand_random_texts_are_no_codes_and_each_gets_its_reason() {
    for round in 0..1000_usize {
        let bytes: [u8; 64] = random().unwrap();
        let digits = bytes.iter().map(|byte| char::from(super::DIGITS[usize::from(byte & 31)]));
        let word = ["", "RATEL-", "RATEL-CARD-", "RATEL-OPEN-", "RATEL-SIGN-"][round % 5];
        let text = format!("{word}{}", digits.take(round % 64).collect::<String>());
        let expected = if word.is_empty() { "error-code-unknown" } else { "error-invitation" };
        assert_eq!(Code::read(&text).err().as_ref().map(Error::sentence_key), Some(expected), "{text}");
        assert!(Code::read(&String::from_utf8_lossy(&bytes)).is_err());
    }
    for rubbish in ["", "RATEL", "hello", "https://chat.example/invite/AbCdEf", "RATEL-🦡", &"A".repeat(1_000_000)] {
        assert!(Code::read(rubbish).is_err(), "{}", rubbish.len());
    }
}

#[test]
fn a_code_that_is_longer_than_any_is_not_read_to_its_end() {
    // Eight letters hold five bytes.
    let longest = MAX_CODE_CHARS * 5 / 8;
    for length in longest - 60..longest + 60 {
        let code = write_code(CodeKind::Sign, &vec![7; length]);
        let letters = code.chars().filter(|c| *c != '-').count();
        match read_code(&code) {
            Ok((_, content)) => assert!(letters <= MAX_CODE_CHARS && content == vec![7; length]),
            Err(error) => assert!(letters > MAX_CODE_CHARS && matches!(error, Error::CodeUnknown), "{length}"),
        }
    }
}

#[test]
fn a_code_of_a_later_release_is_not_called_damaged() {
    let bytes: Vec<u8> = [&[2][..], &[9; 40]].concat();
    let check = crate::envelope::crypto::sha256(&[b"ratel card", &bytes]);
    let code = format!("RATEL-CARD-{}", super::encode(&[&bytes[..], &check[..4]].concat()));
    assert!(matches!(Code::read(&code), Err(Error::CodeVersion)));
    let damaged = code.replace('9', "8");
    assert!(matches!(Code::read(&damaged), Err(Error::Invitation)), "but a damaged one is");
}

#[test]
fn a_card_is_small_enough_for_a_coarse_picture_and_a_word_is_no_other() {
    let (card, _) = ria();
    let code = card.to_code();
    // 279 characters are a QR code of 49 x 49 modules (version 8, level L).
    assert!(code.len() <= 279, "{}", code.len());
    assert_eq!(Code::read(&code).map(|read| read.kind()).ok(), Some(CodeKind::Card));
    let renamed = code.replace("CARD", "OPEN");
    assert!(matches!(Code::read(&renamed), Err(Error::Invitation)), "the check commits to the kind");
    let Err(error) = Invitation::from_code(&code) else { panic!("a card is no invitation") };
    assert_eq!(error.sentence_key(), "error-code-is-card");
}

#[test]
fn an_answer_opens_on_the_phone_of_its_card_only_and_for_that_card_only() {
    let ((card, keys), (_, thief)) = (ria(), ria());
    let Ok(Code::Open(answer)) = Code::read(&OpenCode::write(&opening(), &card).unwrap()) else { panic!("an answer") };
    let opened = answer.open(&keys, card.device.id(), &card.nonce).unwrap();
    assert_eq!((opened.group, opened.day, opened.heads.len()), (GroupId([2; 16]), Day(1000), 8));
    assert_eq!((opened.secret, opened.street), (opening().secret, opening().street));
    assert_eq!(opened.relay, relay());
    let refused = |keys: &BoxKey, nonce| answer.open(keys, card.device.id(), nonce);
    assert!(matches!(refused(&thief, &card.nonce), Err(Error::CodeOtherPhone)));
    assert!(matches!(refused(&keys, &[6; 16]), Err(Error::CodeOtherPhone)), "an earlier card of the same phone");
}

#[test]
fn the_same_box_opens_from_afar_only_for_what_was_asked() {
    let ((card, keys), (_, thief)) = (ria(), ria());
    let sealed = opening().seal(&card.device.kem_key, b"asked by a link").unwrap();
    let opened = Opening::unseal(&keys, b"asked by a link", &sealed).unwrap().unwrap();
    assert_eq!((opened.group, opened.genesis, opened.day), (GroupId([2; 16]), Ref([3; 16]), Day(1000)));
    assert_eq!((opened.secret, opened.street, opened.heads), (opening().secret, opening().street, opening().heads));
    assert!(Opening::unseal(&keys, b"asked by another", &sealed).is_none());
    assert!(Opening::unseal(&thief, b"asked by a link", &sealed).is_none());
    let rest = crate::envelope::crypto::seal_box(&card.device.kem_key, b"asked", &[1; 200]).unwrap();
    assert!(Opening::unseal(&keys, b"asked", &rest).unwrap().is_err(), "what is in it must be whole");
}

#[test]
fn letters_that_no_byte_needs_are_refused() {
    // Two letters hold one byte, and one letter none; eight hold five.
    assert_eq!(super::decode("00"), Some(vec![0]));
    for letters in ["0", "000", "000000", "000000000"] {
        assert_eq!(super::decode(letters), None, "{letters}");
    }
    assert_eq!(super::decode(""), Some(Vec::new()));
}
