//! Golden envelopes: every kind of this version stays readable, and nothing that is almost one is accepted (G7).
//!
//! A file holds one envelope in hexadecimal, then how it reads. `RATEL_BLESS=1` writes files that are missing and
//! leaves the others alone: what was once released is never rewritten.

use std::{collections::BTreeMap, path::PathBuf};

use ratel_core::envelope::{OpenError, Opened, crypto, open, seal};
use ratel_protocol::{Day, Head};
use ratel_tests::samples;

use crate::hex;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/envelopes/v1")
}

fn read(bytes: &[u8]) -> Result<Opened, OpenError> {
    open(bytes, &samples::key(), &samples::address())
}

/// Name, bytes and reading of every golden file, after missing ones were blessed.
fn golden() -> BTreeMap<String, (Vec<u8>, String)> {
    if std::env::var_os("RATEL_BLESS").is_some() {
        bless();
    }
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder()).expect("the fixtures") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a text");
        let (bytes, reading) = text.split_once("\n\n").expect("an envelope, an empty line, its reading");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        all.insert(name, (hex(bytes), String::from(reading.trim_end())));
    }
    all
}

fn bless() {
    std::fs::create_dir_all(folder()).expect("a folder");
    for (name, operation) in samples::operations() {
        let path = folder().join(format!("{name}.txt"));
        if path.exists() {
            continue;
        }
        let sealed =
            seal(&operation, &samples::signer(), &samples::key(), &samples::address(), Day(1100)).expect("it seals");
        let digits = ratel_protocol::hex::encode(&sealed.bytes);
        let lines: Vec<&str> = (0..digits.len()).step_by(96).map(|at| &digits[at..digits.len().min(at + 96)]).collect();
        std::fs::write(path, format!("{}\n\n{operation:#?}\n", lines.join("\n"))).expect("written");
    }
}

#[test]
fn every_kind_has_a_golden_envelope_that_reads_as_it_did() {
    let golden = golden();
    for (name, operation) in samples::operations() {
        let (bytes, reading) = golden.get(name).unwrap_or_else(|| panic!("{name}: no golden file, see RATEL_BLESS"));
        let opened = read(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(&format!("{:#?}", opened.operation), reading, "{name}");
        assert_eq!(opened.operation, operation, "{name}");
        assert!(opened.signed_by(&samples::signer().public()), "{name}");
    }
    let unnamed: Vec<&String> =
        golden.keys().filter(|name| samples::operations().iter().all(|(known, _)| known != name)).collect();
    assert!(unnamed.is_empty(), "golden files that no sample reads: {unnamed:?}");
}

#[test]
fn every_cut_and_every_flipped_bit_of_a_golden_envelope_is_refused_and_the_next_good_one_is_accepted() {
    let mut refused = 0;
    for (name, (bytes, _)) in golden() {
        for length in 0..bytes.len() {
            assert!(read(&bytes[..length]).is_err(), "{name} cut at {length}");
        }
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(read(&changed).is_err(), "{name} bit {bit}");
        }
        assert!(read(&[bytes.as_slice(), &[0]].concat()).is_err(), "{name} with one byte more");
        refused += bytes.len() * 9 + 1;
        assert!(read(&bytes).is_ok(), "{name}");
    }
    println!("{refused} cut and flipped envelopes refused");
    assert!(refused > 50_000);
}

/// The cipher hides a flipped bit from the codec. Here the author's own key seals bytes that are not canonical: the
/// codec must refuse each, or read what encodes to the very same bytes.
#[test]
fn bytes_that_are_sealed_well_and_are_not_canonical_are_refused() {
    let (mut refused, mut read_anew) = (0, 0);
    for (name, operation) in samples::operations() {
        let plain = operation.encode();
        // Every third bit: all of them take ten seconds.
        for bit in (0..plain.len() * 8).step_by(3) {
            let mut changed = plain.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let (envelope, written) = sealed(&changed);
            match read(&envelope) {
                Ok(opened) => {
                    assert!(written.starts_with(&opened.operation.encode()), "{name} bit {bit}");
                    read_anew += 1;
                }
                Err(OpenError::Malformed(_)) => refused += 1,
                Err(other) => panic!("{name} bit {bit}: {other}"),
            }
        }
    }
    println!("{refused} refused, {read_anew} are other operations");
    assert!(refused > 500 && read_anew > 1000);
}

/// Seals any bytes as the device of the samples would; also what lies under the seal, signature and padding included.
fn sealed(operation: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let (key, address) = (samples::key(), samples::address());
    let head = Head { key_id: key.id, salt: [0x5A; 16], expires: Day(1100) };
    let aad = [b"ratel aad 1".as_slice(), &address.group.0, &address.mailbox.0, &head.to_bytes()].concat();
    let signature = samples::signer().sign(&[b"ratel sig 1".as_slice(), &aad, operation].concat());
    let mut plain = [operation, &signature].concat();
    let whole = Head::LEN + plain.len() + crypto::TAG_LEN;
    let size = ratel_protocol::SIZE_CLASSES.into_iter().find(|size| *size >= whole).expect("it fits");
    plain.resize(size - Head::LEN - crypto::TAG_LEN, 0);
    let written = plain.clone();
    let secret = crypto::derive(key.secret.as_ref(), &head.salt, &[b"ratel env 1"]).expect("a key");
    crypto::encrypt_once(&secret, &aad, &mut plain).expect("it encrypts");
    ([head.to_bytes().as_slice(), &plain].concat(), written)
}

#[test]
fn control_bytes_sealed_by_hand_open() {
    let (name, operation) = samples::operations().remove(0);
    let opened = read(&sealed(&operation.encode()).0).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(opened.operation, operation);
    assert!(opened.signed_by(&samples::signer().public()));
}
