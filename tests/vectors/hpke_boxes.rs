//! RFC 9180 for the one suite of Ratel's boxes: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, base mode.

use std::convert::Infallible;

use hpke::{Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _, rand_core};
use ratel_core::envelope::crypto::{BoxKey, seal_box};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use serde_json::Value;

use crate::{array, hex};

type Kem = hpke::kem::X25519HkdfSha256;
type Kdf = hpke::kdf::HkdfSha256;
type Cipher = hpke::aead::ChaCha20Poly1305;

fn vector() -> Value {
    let all: Value = serde_json::from_str(include_str!("../fixtures/vectors/rfc9180.json")).expect("JSON");
    all["vector"].clone()
}

fn field(value: &Value, name: &str) -> String {
    String::from(value[name].as_str().expect(name))
}

/// Gives the bytes of a vector where an implementation asks for randomness.
struct Printed(Vec<u8>);

impl rand_core::TryRng for Printed {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        let rest = self.0.split_off(out.len());
        out.copy_from_slice(&self.0);
        self.0 = rest;
        Ok(())
    }
}

impl rand_core::TryCryptoRng for Printed {}

#[test]
fn rfc_9180_sender_and_receiver_agree_with_the_print() {
    let vector = vector();
    let info = hex(&field(&vector, "info"));
    let (private, public) = Kem::derive_keypair(&hex(&field(&vector, "ikmR")));
    assert_eq!(public.to_bytes().to_vec(), hex(&field(&vector, "pkRm")));
    let mut printed = Printed(hex(&field(&vector, "ikmE")));
    let (encapped, mut sender) =
        hpke::setup_sender_with_rng::<Cipher, Kdf, Kem>(&OpModeS::Base, &public, &info, &mut printed)
            .expect("a sender");
    assert_eq!(encapped.to_bytes().to_vec(), hex(&field(&vector, "enc")));
    let mut receiver =
        hpke::setup_receiver::<Cipher, Kdf, Kem>(&OpModeR::Base, &private, &encapped, &info).expect("a receiver");
    let mut compared = 0;
    for sequence in 0..=256 {
        let aad = format!("Count-{sequence}");
        let text = b"Beauty is truth, truth beauty";
        let sealed = sender.seal(text, aad.as_bytes()).expect("it seals");
        let listed = vector["encryptions"].as_array().expect("a list");
        if let Some(expected) = listed.iter().find(|entry| entry["sequence"] == sequence) {
            assert_eq!(hex(&field(expected, "pt")), text);
            assert_eq!(hex(&field(expected, "aad")), aad.as_bytes());
            assert_eq!(sealed, hex(&field(expected, "ct")));
            compared += 1;
        }
        assert_eq!(receiver.open(&sealed, aad.as_bytes()).expect("it opens"), text);
    }
    assert_eq!(compared, 6, "the RFC prints six");
}

#[test]
fn rfc_9180_exports_are_as_printed() {
    let vector = vector();
    let private = <Kem as hpke::Kem>::PrivateKey::from_bytes(&hex(&field(&vector, "skRm"))).expect("a key");
    let encapped = <Kem as hpke::Kem>::EncappedKey::from_bytes(&hex(&field(&vector, "enc"))).expect("a key");
    let info = hex(&field(&vector, "info"));
    let receiver =
        hpke::setup_receiver::<Cipher, Kdf, Kem>(&OpModeR::Base, &private, &encapped, &info).expect("a receiver");
    let exports = vector["exports"].as_array().expect("a list");
    assert_eq!(exports.len(), 3);
    for export in exports {
        let mut out = [0; 32];
        receiver.export(&hex(&field(export, "exporter_context")), &mut out).expect("it exports");
        assert_eq!(out, array::<32>(&field(export, "exported_value")));
    }
}

/// The printed key and nonce, in the hands of another cipher library, make a box that ours must open.
#[test]
fn a_box_made_from_the_printed_key_schedule_opens_on_the_device() {
    let vector = vector();
    let fatma = BoxKey::from_bytes(&array(&field(&vector, "skRm"))).expect("a key");
    assert_eq!(fatma.public(), array::<32>(&field(&vector, "pkRm")));
    let cipher = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &hex(&field(&vector, "key"))).expect("a key"));
    let mut boxed = b"street secret".to_vec();
    cipher
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(array(&field(&vector, "base_nonce"))),
            Aad::empty(),
            &mut boxed,
        )
        .expect("it encrypts");
    let mut sealed = hex(&field(&vector, "enc"));
    sealed.extend_from_slice(&boxed);
    let info = hex(&field(&vector, "info"));
    assert_eq!(fatma.open_box(&info, &sealed).expect("it opens").as_slice(), b"street secret");
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(fatma.open_box(&info, &changed).is_err(), "byte {at} changed");
        assert!(fatma.open_box(&info, &sealed[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn a_box_for_a_point_that_gives_everybody_the_same_secret_is_refused() {
    let fatma = BoxKey::generate().expect("a key");
    for point in ["00", "01", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"] {
        let mut low = hex(point);
        low.resize(32, 0);
        let low: [u8; 32] = low.try_into().expect("32 bytes");
        assert!(seal_box(&low, b"info", b"secret").is_err(), "{point}");
        assert!(fatma.open_box(b"info", &[low.as_slice(), &[0; 48]].concat()).is_err(), "{point}");
    }
}
