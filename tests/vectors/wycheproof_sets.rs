//! Wycheproof's sets: inputs that went wrong elsewhere.

use ratel_core::envelope::crypto::{self, BoxKey};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use wycheproof::{TestResult, aead, eddsa, hkdf, xdh};

/// Signatures that Wycheproof calls invalid and ZIP-215 accepts. 151: R is the neutral point, written with a sign
/// although its x is zero. Where RFC 8032 refuses such writing, ZIP-215 reads it: what counts is that all phones agree.
const ZIP_215_ACCEPTS: [usize; 1] = [151];

#[test]
fn ed25519_signatures_are_judged_as_wycheproof_says_singly_and_in_batches() {
    let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).expect("the set");
    let (mut accepted, mut refused, mut differing) = (Vec::new(), 0, Vec::new());
    for group in &set.test_groups {
        let key: [u8; 32] = group.key.pk.as_slice().try_into().expect("a key of 32 bytes");
        for case in &group.tests {
            // Anything but 64 bytes is refused before a verifier sees it.
            let verdict = <[u8; 64]>::try_from(case.sig.as_slice()).is_ok_and(|signature| {
                let single = crypto::verify(&key, &case.msg, &signature);
                let batch = crypto::verify_batch([(&key, case.msg.as_slice(), &signature)]);
                assert_eq!(single, batch, "case {}", case.tc_id);
                if single {
                    accepted.push((key, case.msg.to_vec(), signature));
                }
                single
            });
            refused += usize::from(!verdict);
            if verdict != (case.result == TestResult::Valid) {
                differing.push(case.tc_id);
            }
        }
    }
    assert_eq!(differing, ZIP_215_ACCEPTS);
    assert_eq!(accepted.len() + refused, set.number_of_tests);
    assert!(accepted.len() > 50 && refused > 30, "{} accepted, {refused} refused", accepted.len());
    println!("Wycheproof Ed25519: {} accepted, {refused} refused", accepted.len());
    let items = || accepted.iter().map(|(key, message, signature)| (key, message.as_slice(), signature));
    assert!(crypto::verify_batch(items()));
    let (key, _, signature) = &accepted[0];
    assert!(!crypto::verify_batch(items().chain([(key, b"not what was signed".as_slice(), signature)])));
}

#[test]
fn chacha20_poly1305_opens_and_refuses_as_wycheproof_says() {
    let set = aead::TestSet::load(aead::TestName::ChaCha20Poly1305).expect("the set");
    let (mut opened, mut refused) = (0, 0);
    for case in set.test_groups.iter().flat_map(|group| &group.tests) {
        let expected = case.result == TestResult::Valid;
        let verdict = open(&case.key, &case.nonce, &case.aad, &[case.ct.as_slice(), &case.tag].concat());
        assert_eq!(verdict.is_some(), expected, "case {}", case.tc_id);
        if let Some(plain) = verdict {
            assert_eq!(plain, case.pt.as_slice(), "case {}", case.tc_id);
            opened += 1;
        } else {
            refused += 1;
        }
    }
    assert_eq!(opened + refused, set.number_of_tests);
    assert!(opened > 200 && refused > 50, "{opened} opened, {refused} refused");
    println!("Wycheproof ChaCha20-Poly1305: {opened} opened, {refused} refused");
}

fn open(key: &[u8], nonce: &[u8], aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let cipher = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key).ok()?);
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut buffer = sealed.to_vec();
    cipher.open_in_place(nonce, Aad::from(aad), &mut buffer).ok().map(|plain| plain.to_vec())
}

#[test]
fn hkdf_sha256_derives_as_wycheproof_says() {
    let set = hkdf::TestSet::load(hkdf::TestName::HkdfSha256).expect("the set");
    let mut compared = 0;
    for case in set.test_groups.iter().flat_map(|group| &group.tests) {
        // Ratel always asks for 32 bytes: lengths that no HKDF can give do not concern it.
        if case.result != TestResult::Valid {
            continue;
        }
        let derived = crypto::derive(&case.ikm, &case.salt, &[&case.info]).expect("it derives");
        let common = case.okm.len().min(derived.len());
        assert_eq!(derived[..common], case.okm[..common], "case {}", case.tc_id);
        compared += 1;
    }
    assert!(compared > 50, "{compared} compared");
    println!("Wycheproof HKDF-SHA256: {compared} compared");
}

#[test]
fn x25519_agrees_as_wycheproof_says_and_a_box_refuses_an_all_zero_secret() {
    let set = xdh::TestSet::load(xdh::TestName::X25519).expect("the set");
    let mut zero = 0;
    for case in set.test_groups.iter().flat_map(|group| &group.tests) {
        let (Ok(private), Ok(public)) =
            (<[u8; 32]>::try_from(case.private_key.as_slice()), <[u8; 32]>::try_from(case.public_key.as_slice()))
        else {
            assert_ne!(case.result, TestResult::Valid, "case {}", case.tc_id);
            continue;
        };
        let shared = x25519_dalek::x25519(private, public);
        assert_eq!(shared.as_slice(), case.shared_secret.as_slice(), "case {}", case.tc_id);
        if shared == [0; 32] {
            let device = BoxKey::from_bytes(&private).expect("a key");
            assert!(device.open_box(b"", &[public.as_slice(), &[0; 48]].concat()).is_err(), "case {}", case.tc_id);
            assert!(crypto::seal_box(&public, b"", b"secret").is_err(), "case {}", case.tc_id);
            zero += 1;
        }
    }
    assert!(zero > 5, "{zero} cases with a secret of zeros");
    println!("Wycheproof X25519: {} cases, {zero} with a secret of zeros refused", set.number_of_tests);
}
