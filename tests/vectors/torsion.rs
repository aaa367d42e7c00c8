//! G17: one signature rule. Crafted signatures on which single and batch verification may differ get one verdict.
//!
//! A signature whose R carries a point of small order passes the equation only after a multiplication by eight.
//! ZIP-215 multiplies always; dalek's single verification never does and its batch does by chance. A group in which
//! some phones catch up in bulk would fork. The control shows that the crafted signatures do what they are made for.

use curve25519_dalek::{
    constants::{ED25519_BASEPOINT_TABLE, EIGHT_TORSION},
    edwards::EdwardsPoint,
    scalar::Scalar,
};
use ed25519_dalek::{Signature, SigningKey, VerifyingKey};
use ratel_core::envelope::crypto;
use sha2::{Digest as _, Sha512};

/// How many signatures are crafted for each order.
const CRAFTED: u8 = 24;

struct Signed {
    key: [u8; 32],
    message: Vec<u8>,
    signature: [u8; 64],
}

impl Signed {
    fn item(&self) -> (&[u8; 32], &[u8], &[u8; 64]) {
        (&self.key, &self.message, &self.signature)
    }
}

/// A signature by Mallory's own key, with `torsion` added to its R.
fn crafted(number: u8, torsion: &EdwardsPoint) -> Signed {
    let mallory = SigningKey::from_bytes(&[7; 32]);
    let key = mallory.verifying_key().to_bytes();
    let message = format!("alert {number}").into_bytes();
    let nonce = hash(&[b"nonce", &[number]]);
    let point = (&nonce * ED25519_BASEPOINT_TABLE + torsion).compress();
    let challenge = hash(&[point.as_bytes(), &key, &message]);
    let scalar = nonce + challenge * mallory.to_scalar();
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(point.as_bytes());
    signature[32..].copy_from_slice(scalar.as_bytes());
    Signed { key, message, signature }
}

fn hash(parts: &[&[u8]]) -> Scalar {
    let mut hash = Sha512::new();
    for part in parts {
        hash.update(part);
    }
    Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
}

fn honest() -> Vec<Signed> {
    let people = 1..=7_u8;
    people
        .map(|person| {
            let signer = crypto::SigningKey::from_seed([person; 32].into()).expect("a seed");
            let message = format!("an alert of person {person}").into_bytes();
            Signed { key: signer.public(), signature: signer.sign(&message), message }
        })
        .collect()
}

/// Points of order 2, 4 and 8.
fn torsion_points() -> [EdwardsPoint; 3] {
    [EIGHT_TORSION[4], EIGHT_TORSION[2], EIGHT_TORSION[1]]
}

#[test]
fn crafted_signatures_get_one_verdict_singly_and_in_batches() {
    let honest = honest();
    for torsion in torsion_points() {
        for number in 0..CRAFTED {
            let bad = crafted(number, &torsion);
            let single = crypto::verify(&bad.key, &bad.message, &bad.signature);
            assert!(single, "ZIP-215 multiplies by eight: a small-order part of R does not matter");
            assert_eq!(crypto::verify_batch([bad.item()]), single);
            assert_eq!(crypto::verify_batch(honest.iter().chain([&bad]).map(Signed::item)), single);
            let forged = Signed { message: b"never signed".to_vec(), ..bad };
            assert!(!crypto::verify(&forged.key, &forged.message, &forged.signature));
            assert!(!crypto::verify_batch(honest.iter().chain([&forged]).map(Signed::item)));
        }
    }
}

#[test]
fn control_another_rule_judges_the_same_signatures_differently_in_batches() {
    let honest = honest();
    let (mut single, mut batch) = (0, 0);
    for torsion in torsion_points() {
        for number in 0..CRAFTED {
            let bad = crafted(number, &torsion);
            let all: Vec<&Signed> = honest.iter().chain([&bad]).collect();
            let keys: Vec<VerifyingKey> =
                all.iter().map(|signed| VerifyingKey::from_bytes(&signed.key).expect("a key")).collect();
            let signatures: Vec<Signature> =
                all.iter().map(|signed| Signature::from_bytes(&signed.signature)).collect();
            let messages: Vec<&[u8]> = all.iter().map(|signed| signed.message.as_slice()).collect();
            single += u32::from(keys[7].verify_strict(messages[7], &signatures[7]).is_ok());
            batch += u32::from(ed25519_dalek::verify_batch(&messages, &signatures, &keys).is_ok());
        }
    }
    println!("dalek: {single} of {} accepted singly, {batch} in a batch", u32::from(CRAFTED) * 3);
    assert_eq!(single, 0);
    assert!(batch > 0, "the crafted signatures are harmless, so the test above proves nothing");
}

/// All 14 encodings of the 8 points of small order, as keys and as R: the rule's own cases of doubt.
#[test]
fn small_order_points_get_one_verdict_and_no_device_is_admitted_with_one() {
    let encodings = small_order_encodings();
    assert_eq!(encodings.len(), 14);
    for key in &encodings {
        assert!(crypto::is_small_order(key));
        for point in &encodings {
            let mut signature = [0; 64];
            signature[..32].copy_from_slice(point);
            assert!(crypto::verify(key, b"Zcash", &signature));
            assert!(crypto::verify_batch([(key, b"Zcash".as_slice(), &signature)]));
        }
    }
}

fn small_order_encodings() -> Vec<[u8; 32]> {
    let mut all: Vec<[u8; 32]> = EIGHT_TORSION.iter().map(|point| point.compress().to_bytes()).collect();
    let little = |first: u8, rest: u8, last: u8| {
        let mut bytes = [rest; 32];
        (bytes[0], bytes[31]) = (first, last);
        bytes
    };
    // A sign where x is zero, and y written above the prime 2^255 - 19.
    all.extend([little(1, 0, 0x80), little(0xEC, 0xFF, 0xFF)]);
    for first in [0xED, 0xEE] {
        all.extend([little(first, 0xFF, 0x7F), little(first, 0xFF, 0xFF)]);
    }
    all
}
