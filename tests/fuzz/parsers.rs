//! The parsers and good inputs for each.

use ratel_core::{
    envelope::{Reader, crypto, open, operation::Operation, seal},
    group::Invitation,
    intent::{Answer, Intent},
    link::RelayAddress,
};
use ratel_protocol::{Day, GroupId, Head, MailboxId, frame, http};
use ratel_tests::samples;

use crate::Parser;

/// Name, parser, seeds.
pub(crate) fn all() -> Vec<(&'static str, Parser, Vec<Vec<u8>>)> {
    let operations: Vec<Vec<u8>> = samples::operations().iter().map(|(_, operation)| operation.encode()).collect();
    let envelopes = envelopes();
    let parts = || envelopes.iter().map(Vec::as_slice);
    let batch = frame::encode_batch(parts());
    let page = frame::encode_page(parts().zip(1..).map(|(bytes, cursor)| frame::Placed { cursor, bytes }));
    vec![
        ("envelope", envelope as Parser, envelopes.clone()),
        ("operation under a good seal", sealed_operation, operations.clone()),
        ("operation", operation, operations),
        ("head", head, envelopes),
        ("batch", upward, vec![batch]),
        ("page", downward, vec![page]),
        ("invitation", invitation, vec![invitation_code()]),
        (
            "relay address",
            address,
            [&b"https://relay.example:8443"[..], b"http://127.0.0.1:8080"].map(Vec::from).to_vec(),
        ),
        ("relay bodies", bodies, bodies_seeds()),
        ("intent", intent, intents()),
    ]
}

fn envelopes() -> Vec<Vec<u8>> {
    let sealed = samples::operations().into_iter().map(|(_, operation)| {
        seal(&operation, &samples::signer(), &samples::key(), &samples::address(), Day(1100)).expect("it seals").bytes
    });
    sealed.collect()
}

fn envelope(bytes: &[u8]) -> bool {
    open(bytes, &samples::key(), &samples::address()).is_ok()
}

fn operation(bytes: &[u8]) -> bool {
    let mut reader = Reader::new(bytes);
    let Ok(operation) = Operation::decode(&mut reader) else { return false };
    let read = bytes.len() - reader.remaining();
    assert_eq!(operation.encode(), bytes[..read], "written otherwise than read");
    true
}

/// The cipher would hide every mutation from the codec, so the mutated operation is sealed as a member would.
fn sealed_operation(bytes: &[u8]) -> bool {
    let (key, address) = (samples::key(), samples::address());
    let head = Head { key_id: key.id, salt: [0x5A; 16], expires: Day(1100) };
    let aad = [b"ratel aad 1".as_slice(), &address.group.0, &address.mailbox.0, &head.to_bytes()].concat();
    let mut plain = [bytes, &[0x51; 64]].concat();
    let whole = Head::LEN + plain.len() + crypto::TAG_LEN;
    let Some(size) = ratel_protocol::SIZE_CLASSES.into_iter().find(|size| *size >= whole) else { return false };
    plain.resize(size - Head::LEN - crypto::TAG_LEN, 0);
    let secret = crypto::derive(key.secret.as_ref(), &head.salt, &[b"ratel env 1"]).expect("a key");
    let written = plain.clone();
    crypto::encrypt_once(&secret, &aad, &mut plain).expect("it encrypts");
    let opened = open(&[head.to_bytes().as_slice(), &plain].concat(), &key, &address);
    opened.is_ok_and(|opened| {
        assert!(written.starts_with(&opened.operation.encode()), "written otherwise than read");
        true
    })
}

fn head(bytes: &[u8]) -> bool {
    Head::parse(bytes).is_ok_and(|head| {
        assert_eq!(head.to_bytes(), bytes[..Head::LEN], "written otherwise than read");
        true
    })
}

fn upward(bytes: &[u8]) -> bool {
    frame::decode_batch(bytes).is_ok_and(|envelopes| {
        assert_eq!(frame::encode_batch(envelopes), bytes, "written otherwise than read");
        true
    })
}

fn downward(bytes: &[u8]) -> bool {
    frame::decode_page(bytes).is_ok_and(|placed| {
        assert_eq!(frame::encode_page(placed), bytes, "written otherwise than read");
        true
    })
}

fn invitation_code() -> Vec<u8> {
    let relay = RelayAddress::parse("https://relay.example:8443").expect("an address");
    let invitation = Invitation::new(relay, GroupId([1; 16]), MailboxId([2; 16])).expect("randomness");
    invitation.to_code().into_bytes()
}

fn invitation(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    Invitation::from_code(&text).is_ok_and(|invitation| {
        let again = Invitation::from_code(&invitation.to_code()).expect("its own code reads back");
        assert_eq!(again.secret(), invitation.secret());
        true
    })
}

fn address(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    RelayAddress::parse(&text).is_some_and(|address| {
        assert!(RelayAddress::parse(address.as_text()).is_some(), "its own text reads back");
        true
    })
}

fn bodies(bytes: &[u8]) -> bool {
    serde_json::from_slice::<http::Register>(bytes).is_ok()
        || serde_json::from_slice::<http::TokenChange>(bytes).is_ok()
        || serde_json::from_slice::<http::Posted>(bytes).is_ok()
        || serde_json::from_slice::<http::Mail>(bytes).is_ok()
}

fn bodies_seeds() -> Vec<Vec<u8>> {
    let id = "00112233445566778899aabbccddeeff";
    let hash = id.repeat(2);
    [
        format!(r#"{{"log":"{id}","content":"{id}","token":"{hash}"}}"#),
        format!(r#"{{"add":["{hash}"],"admin":[],"join":["{hash}"],"remove":["{hash}"]}}"#),
        format!(r#"{{"results":[{{"id":"{hash}","outcome":"stored"}}]}}"#),
        format!(r#"{{"mailbox":"{id}","cursor":18446744073709551615}}"#),
    ]
    .map(String::into_bytes)
    .to_vec()
}

fn intent(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Intent>(bytes).is_ok_and(|intent| {
        let written = serde_json::to_vec(&intent).expect("it writes");
        assert_eq!(serde_json::from_slice::<Intent>(&written).expect("it reads"), intent);
        true
    })
}

fn intents() -> Vec<Vec<u8>> {
    let alert = String::from("7f3a");
    let known = [Intent::Report, Intent::Dial112, Intent::Answer { alert, answer: Answer::Come }];
    known.iter().map(|intent| serde_json::to_vec(intent).expect("it writes")).collect()
}
