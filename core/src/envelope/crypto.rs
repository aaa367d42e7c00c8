//! Standard primitives under names that say what they are for here.
//!
//! ring signs, hashes, derives and encrypts. Every verification goes through ed25519-zebra (ZIP-215), singly and in
//! batches alike: dalek's batch accepts crafted signatures that single verification refuses, and two phones that
//! judged one envelope differently would never agree again. hpke boxes keys to devices (RFC 9180: X25519,
//! HKDF-SHA256, ChaCha20-Poly1305).

use std::convert::Infallible;

use curve25519_dalek::edwards::CompressedEdwardsY;
use ed25519_zebra::{Signature, VerificationKey, VerificationKeyBytes, batch};
use hpke::{Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _, rand_core as hpke_rand};
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey},
    digest::{Context, SHA256},
    hkdf,
    rand::{SecureRandom as _, SystemRandom},
    signature::{Ed25519KeyPair, KeyPair as _},
};
use zeroize::Zeroizing;

/// Length of an AEAD tag (bytes).
pub const TAG_LEN: usize = 16;
/// Length of a signature (bytes).
pub const SIGNATURE_LEN: usize = 64;
/// Length of what HPKE adds to a boxed secret: encapsulated key and tag (bytes).
pub const BOX_OVERHEAD: usize = 32 + TAG_LEN;

/// A primitive refused: wrong key, changed bytes, or no randomness from the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cryptography refused")]
pub struct Refused;

/// A secret of 32 bytes, wiped when dropped.
pub type Secret = Zeroizing<[u8; 32]>;

/// `N` random bytes from the system.
pub fn random<const N: usize>() -> Result<[u8; N], Refused> {
    let mut out = [0; N];
    fill(&mut out)?;
    Ok(out)
}

/// The only place where chance comes in: the simulator puts a seed here, so that a history can be played again.
fn fill(out: &mut [u8]) -> Result<(), Refused> {
    #[cfg(test)]
    if seeded::fill(out) {
        return Ok(());
    }
    SystemRandom::new().fill(out).map_err(|_| Refused)
}

/// Chance that can be thrown again, for one thread of a test.
#[cfg(test)]
pub(crate) mod seeded {
    use std::cell::Cell;

    thread_local! {
        static STATE: Cell<Option<u64>> = const { Cell::new(None) };
    }

    /// From now on, `random` on this thread follows from the seed; `None` gives it back to the system.
    pub(crate) fn begin(seed: Option<u64>) {
        STATE.set(seed);
    }

    /// `SplitMix64`; `false` where no seed was set.
    pub(super) fn fill(out: &mut [u8]) -> bool {
        let Some(mut state) = STATE.get() else { return false };
        for chunk in out.chunks_mut(8) {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
        STATE.set(Some(state));
        true
    }
}

/// SHA-256 over the parts one after another.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut out = [0; 32];
    out.copy_from_slice(context.finish().as_ref());
    out
}

/// HKDF-SHA256 (RFC 5869): 32 bytes from a secret, a salt (may be empty) and the parts of an info text.
pub fn derive(secret: &[u8], salt: &[u8], info: &[&[u8]]) -> Result<Secret, Refused> {
    let mut out = Secret::default();
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(secret)
        .expand(info, hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(out.as_mut()))
        .map_err(|_| Refused)?;
    Ok(out)
}

fn cipher(key: &[u8; 32]) -> Result<LessSafeKey, Refused> {
    UnboundKey::new(&CHACHA20_POLY1305, key).map(LessSafeKey::new).map_err(|_| Refused)
}

/// ChaCha20-Poly1305 in place with nonce 0, appending the tag. A key must be used once: every caller derives one
/// from a fresh random salt.
pub fn encrypt_once(key: &[u8; 32], aad: &[u8], buffer: &mut Vec<u8>) -> Result<(), Refused> {
    cipher(key)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key([0; 12]), Aad::from(aad), buffer)
        .map_err(|_| Refused)
}

/// Opens what [`encrypt_once`] made; the buffer then holds plaintext and the returned length says how much.
pub fn decrypt_once(key: &[u8; 32], aad: &[u8], buffer: &mut [u8]) -> Result<usize, Refused> {
    cipher(key)?
        .open_in_place(Nonce::assume_unique_for_key([0; 12]), Aad::from(aad), buffer)
        .map(|plain| plain.len())
        .map_err(|_| Refused)
}

/// A device's signing key: an Ed25519 seed.
pub struct SigningKey {
    seed: Secret,
    pair: Ed25519KeyPair,
}

impl SigningKey {
    /// From a seed of 32 bytes.
    pub fn from_seed(seed: Secret) -> Result<Self, Refused> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.as_ref()).map_err(|_| Refused)?;
        Ok(Self { seed, pair })
    }

    /// A fresh one.
    pub fn generate() -> Result<Self, Refused> {
        Self::from_seed(Zeroizing::new(random()?))
    }

    /// The seed, to be wrapped and stored.
    pub fn seed(&self) -> &Secret {
        &self.seed
    }

    /// The public half.
    pub fn public(&self) -> [u8; 32] {
        let mut out = [0; 32];
        out.copy_from_slice(self.pair.public_key().as_ref());
        out
    }

    /// Ed25519 (RFC 8032).
    pub fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_LEN] {
        let mut out = [0; SIGNATURE_LEN];
        out.copy_from_slice(self.pair.sign(message).as_ref());
        out
    }
}

/// One signature by the ZIP-215 rule.
pub fn verify(key: &[u8; 32], message: &[u8], signature: &[u8; SIGNATURE_LEN]) -> bool {
    VerificationKey::try_from(*key).and_then(|key| key.verify(&Signature::from(*signature), message)).is_ok()
}

/// Many signatures at once; true only if each would pass [`verify`].
pub fn verify_batch<'a>(items: impl IntoIterator<Item = (&'a [u8; 32], &'a [u8], &'a [u8; SIGNATURE_LEN])>) -> bool {
    let mut verifier = batch::Verifier::new();
    let mut count = 0_usize;
    for (key, message, signature) in items {
        verifier.queue((VerificationKeyBytes::from(*key), Signature::from(*signature), message));
        count += 1;
    }
    let Ok(mut pool) = Pool::filled(count * 16) else { return false };
    verifier.verify(&mut pool).is_ok() && !pool.dry
}

/// A key that would accept signatures for anything: refused wherever a device is admitted.
pub fn is_small_order(key: &[u8; 32]) -> bool {
    CompressedEdwardsY(*key).decompress().is_none_or(|point| point.is_small_order())
}

/// The points of X25519 to which every secret agrees with zero, top bit cleared (RFC 7748 section 6.1; the two of order
/// eight and what is congruent to them, to 0, 1 and -1 modulo 2^255 - 19).
const SMALL_ORDER_BOX: [[u8; 32]; 7] = [
    [0; 32],
    small_order_point(1, 0, 0),
    [
        0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda, 0x09,
        0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
    ],
    [
        0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b, 0x04, 0x44,
        0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57,
    ],
    small_order_point(0xec, 0xff, 0x7f),
    small_order_point(0xed, 0xff, 0x7f),
    small_order_point(0xee, 0xff, 0x7f),
];

const fn small_order_point(first: u8, middle: u8, last: u8) -> [u8; 32] {
    let mut point = [middle; 32];
    let [head, .., tail] = &mut point;
    *head = first;
    *tail = last;
    point
}

/// A box key whose boxes anybody opens: refused wherever a device is admitted.
pub fn is_small_order_box(key: &[u8; 32]) -> bool {
    let mut masked = *key;
    let [.., last] = &mut masked;
    *last &= 0x7F;
    SMALL_ORDER_BOX.contains(&masked)
}

/// A device's key to which secrets are boxed: an X25519 private key.
pub struct BoxKey {
    private: <Kem as hpke::Kem>::PrivateKey,
}

type Kem = hpke::kem::X25519HkdfSha256;
type Kdf = hpke::kdf::HkdfSha256;
type Cipher = hpke::aead::ChaCha20Poly1305;

impl BoxKey {
    /// From its 32 bytes.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, Refused> {
        <Kem as hpke::Kem>::PrivateKey::from_bytes(bytes).map(|private| Self { private }).map_err(|_| Refused)
    }

    /// A fresh one.
    pub fn generate() -> Result<Self, Refused> {
        let ikm: [u8; 32] = random()?;
        Ok(Self { private: Kem::derive_keypair(&ikm).0 })
    }

    /// The private bytes, to be wrapped and stored.
    pub fn to_bytes(&self) -> Secret {
        let mut out = Secret::default();
        out.copy_from_slice(&self.private.to_bytes());
        out
    }

    /// The public half.
    pub fn public(&self) -> [u8; 32] {
        Kem::sk_to_pk(&self.private).to_bytes().into()
    }

    /// Opens a box made by [`seal_box`] with the same info.
    pub fn open_box(&self, info: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refused> {
        let (encapped, ciphertext) = sealed.split_at_checked(32).ok_or(Refused)?;
        let encapped = <Kem as hpke::Kem>::EncappedKey::from_bytes(encapped).map_err(|_| Refused)?;
        hpke::single_shot_open::<Cipher, Kdf, Kem>(&OpModeR::Base, &self.private, &encapped, info, ciphertext, &[])
            .map(Zeroizing::new)
            .map_err(|_| Refused)
    }
}

/// Boxes a secret to a device: encapsulated key, then ciphertext and tag.
pub fn seal_box(recipient: &[u8; 32], info: &[u8], secret: &[u8]) -> Result<Vec<u8>, Refused> {
    let recipient = <Kem as hpke::Kem>::PublicKey::from_bytes(recipient).map_err(|_| Refused)?;
    let mut pool = Pool::filled(64).map_err(|_| Refused)?;
    let (encapped, ciphertext) =
        hpke::single_shot_seal_with_rng::<Cipher, Kdf, Kem>(&OpModeS::Base, &recipient, info, secret, &[], &mut pool)
            .map_err(|_| Refused)?;
    if pool.dry {
        return Err(Refused);
    }
    let mut out = encapped.to_bytes().to_vec();
    out.extend_from_slice(&ciphertext);
    Ok(out)
}

/// Randomness drawn beforehand, so that a system without any is an error and not a panic inside a library.
struct Pool {
    bytes: Zeroizing<Vec<u8>>,
    used: usize,
    dry: bool,
}

impl Pool {
    fn filled(length: usize) -> Result<Self, Refused> {
        let mut bytes = Zeroizing::new(vec![0; length]);
        fill(&mut bytes)?;
        Ok(Self { bytes, used: 0, dry: false })
    }
}

impl hpke_rand::TryRng for Pool {
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
        match self.bytes.get(self.used..self.used + out.len()) {
            Some(bytes) => out.copy_from_slice(bytes),
            // The callers check this mark and throw the result away.
            None => self.dry = true,
        }
        self.used += out.len();
        Ok(())
    }
}

impl hpke_rand::TryCryptoRng for Pool {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_open_for_their_device_only() {
        let (fatma, ria) = (BoxKey::generate().unwrap(), BoxKey::generate().unwrap());
        let sealed = seal_box(&ria.public(), b"info", &[7; 32]).unwrap();
        assert_eq!(sealed.len(), 32 + BOX_OVERHEAD);
        assert_eq!(ria.open_box(b"info", &sealed).unwrap().as_slice(), &[7; 32]);
        assert!(fatma.open_box(b"info", &sealed).is_err());
        assert!(ria.open_box(b"other", &sealed).is_err());
        assert!(ria.open_box(b"info", &sealed[..40]).is_err());
        let again = BoxKey::from_bytes(&ria.to_bytes()).unwrap();
        assert_eq!(again.public(), ria.public());
    }

    #[test]
    fn a_pool_gives_each_byte_once_and_says_when_it_is_dry() {
        use hpke_rand::TryRng as _;
        let mut pool = Pool::filled(23).unwrap();
        let drawn = pool.bytes.clone();
        let mut first = [0; 8];
        pool.try_fill_bytes(&mut first).unwrap();
        assert_eq!(first, drawn[..8]);
        assert_eq!(pool.try_next_u64().unwrap().to_le_bytes(), drawn[8..16]);
        assert_eq!(pool.try_next_u32().unwrap().to_le_bytes(), drawn[16..20]);
        assert!(!pool.dry);
        pool.try_next_u32().unwrap();
        assert!(pool.dry, "three bytes are not four");
    }

    #[test]
    fn a_key_is_the_same_from_its_seed() {
        let key = SigningKey::generate().unwrap();
        assert_eq!(SigningKey::from_seed(key.seed().clone()).unwrap().public(), key.public());
        assert_ne!(SigningKey::generate().unwrap().public(), key.public());
    }

    #[test]
    fn signatures_verify_singly_and_in_batches() {
        let key = SigningKey::generate().unwrap();
        let (public, good) = (key.public(), key.sign(b"hello"));
        assert!(verify(&public, b"hello", &good));
        assert!(!verify(&public, b"hullo", &good));
        let items: Vec<_> = (0..50).map(|_| (&public, &b"hello"[..], &good)).collect();
        assert!(verify_batch(items.clone()));
        assert!(verify_batch([]));
        let mut bad = items;
        bad.push((&public, b"hullo", &good));
        assert!(!verify_batch(bad));
        assert!(is_small_order(&[0; 32]));
        assert!(!is_small_order(&public));
    }

    #[test]
    fn box_keys_of_small_order_are_known_by_their_bytes() {
        for key in SMALL_ORDER_BOX {
            let mut other_spelling = key;
            other_spelling[31] |= 0x80;
            assert!(is_small_order_box(&key) && is_small_order_box(&other_spelling));
            assert!(seal_box(&key, b"", &[7; 32]).is_err(), "HPKE refuses {key:02x?} as well");
        }
        let ria = BoxKey::generate().unwrap().public();
        assert!(!is_small_order_box(&ria) && seal_box(&ria, b"", &[7; 32]).is_ok());
    }
}
