//! Envelopes as Ria and Ahmed exchange them: sizes, strictness, and what a changed bit does (R04, G7).

use ratel_protocol::{Day, GroupId, MailboxId, Ref, SIZE_CLASSES};

use super::{
    Address, ChannelKey, OpenError, Opened, Sealed,
    crypto::SigningKey,
    open,
    operation::{Body, Content, Operation, content},
    seal, unpadded_len,
};
use crate::{
    identity::DeviceId,
    intent::{AlertKind, Answer},
};

struct Ria {
    signer: SigningKey,
    street: ChannelKey,
    address: Address,
}

impl Ria {
    fn new() -> Self {
        let group = GroupId([1; 16]);
        Self {
            signer: SigningKey::from_seed([3; 32].into()).unwrap(),
            street: ChannelKey::new(group, "street", [4; 32].into()),
            address: Address { group, mailbox: MailboxId([2; 16]) },
        }
    }

    fn operation(document: Option<Ref>, content: Content) -> Operation {
        Operation {
            device: DeviceId([5; 16]),
            seq: 300,
            time: 90_000_000,
            document,
            parents: vec![],
            body: Body::Content(content),
        }
    }

    fn seal(&self, operation: &Operation) -> Sealed {
        seal(operation, &self.signer, &self.street, &self.address, Day(1100)).unwrap()
    }

    fn open(&self, bytes: &[u8]) -> Result<Opened, OpenError> {
        open(bytes, &self.street, &self.address)
    }
}

fn alert(note: &str) -> Content {
    Content::Alert(content::Alert {
        until: Day(1090),
        kind: AlertKind::BreakIn,
        practice: false,
        place: content::Place::Position { latitude: 52_370_000, longitude: 4_890_000 },
        note: note.to_owned(),
        lang: "nl".to_owned(),
    })
}

#[test]
fn an_alert_of_160_dutch_characters_fits_384_bytes_and_an_answer_256() {
    let ria = Ria::new();
    let note = "Er staat een man bij de achterdeur. Hij trekt aan het slot en kijkt de hele tijd om zich heen. \
        Hij is nu naar de schuur gelopen, één van de ruiten is kapót geslagen";
    let note: String = note.chars().take(160).collect();
    assert_eq!(note.chars().count(), 160);
    let operation = Ria::operation(None, alert(&note));
    let sealed = ria.seal(&operation);
    assert!(sealed.bytes.len() <= 384, "{} unpadded {}", sealed.bytes.len(), unpadded_len(&operation));
    assert_eq!(ria.seal(&Ria::operation(None, alert(&"щ".repeat(160)))).bytes.len(), 512);
    let answer = ria.seal(&Ria::operation(Some(Ref([9; 16])), Content::Answer { answer: Answer::Come }));
    assert_eq!(answer.bytes.len(), 256);
}

#[test]
fn what_was_sealed_opens_and_carries_its_authors_signature() {
    let ria = Ria::new();
    let mut operation = Ria::operation(Some(Ref([9; 16])), Content::Edit { note: "stil".into(), lang: "nl".into() });
    operation.parents = vec![Ref([1; 16]), Ref([2; 16])];
    let sealed = ria.seal(&operation);
    let opened = ria.open(&sealed.bytes).unwrap();
    assert_eq!(opened.operation, operation);
    assert!(opened.signed_by(&ria.signer.public()));
    let thief = SigningKey::generate().unwrap();
    assert!(!opened.signed_by(&thief.public()));
}

#[test]
fn every_flipped_bit_and_every_cut_is_refused_and_the_next_good_envelope_is_accepted() {
    let ria = Ria::new();
    let sealed = ria.seal(&Ria::operation(None, alert("Rook uit het dak")));
    for at in 0..sealed.bytes.len() {
        for bit in 0..8 {
            let mut changed = sealed.bytes.clone();
            changed[at] ^= 1 << bit;
            assert!(ria.open(&changed).is_err(), "byte {at} bit {bit}");
        }
        assert!(ria.open(&sealed.bytes[..at]).is_err());
    }
    assert!(ria.open(&sealed.bytes).is_ok());
}

#[test]
fn an_alert_of_any_length_fills_the_smallest_size_that_holds_it() {
    let ria = Ria::new();
    for length in 0..600 {
        let operation = Ria::operation(None, alert(&"a".repeat(length)));
        let sealed = ria.seal(&operation);
        assert_eq!(ria.open(&sealed.bytes).map(|opened| opened.operation), Ok(operation.clone()), "{length} bytes");
        let smallest = SIZE_CLASSES.into_iter().find(|size| *size >= unpadded_len(&operation));
        assert_eq!(Some(sealed.bytes.len()), smallest);
    }
}

#[test]
fn every_envelope_has_a_key_of_its_own_and_a_signature_that_names_where_it_belongs() {
    let ria = Ria::new();
    let key = |salt: [u8; 16]| ria.street.for_envelope(&salt).unwrap();
    assert_ne!(key([1; 16]), key([2; 16]));
    assert_ne!(
        key([1; 16]),
        ChannelKey::new(GroupId([1; 16]), "street", [9; 32].into()).for_envelope(&[1; 16]).unwrap()
    );
    let signed = [b"ratel sig 1", b"ratel aad 1".as_slice(), &[1; 16], &[2; 16], b"head", b"operation"].concat();
    assert_eq!(super::seal::signed_message(&ria.address.aad(b"head"), b"operation"), signed);
}

#[test]
fn an_envelope_of_another_group_or_mailbox_does_not_open() {
    let ria = Ria::new();
    let sealed = ria.seal(&Ria::operation(None, alert("")));
    let elsewhere = Address { mailbox: MailboxId([8; 16]), ..ria.address };
    assert_eq!(open(&sealed.bytes, &ria.street, &elsewhere), Err(OpenError::Sealed));
    let elsewhere = Address { group: GroupId([8; 16]), ..ria.address };
    assert_eq!(open(&sealed.bytes, &ria.street, &elsewhere), Err(OpenError::Sealed));
}

#[test]
fn an_unknown_kind_is_kept_with_its_signature() {
    let ria = Ria::new();
    let mut operation = Ria::operation(None, Content::Seen);
    operation.body = Body::Unknown { kind: 4000, bytes: vec![0xFF; 30] };
    let opened = ria.open(&ria.seal(&operation).bytes).unwrap();
    assert_eq!(opened.operation, operation);
    assert!(opened.signed_by(&ria.signer.public()));
}
