//! The vectors that the RFCs print: 8032 (Ed25519), 8439 (ChaCha20-Poly1305), 5869 (HKDF).

use chacha20poly1305::{KeyInit as _, aead::AeadInOut as _};
use ratel_core::envelope::crypto::{self, SigningKey};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};

use crate::{array, hex};

/// Secret key, public key, message, signature: RFC 8032, section 7.1.
const ED25519: [[&str; 4]; 4] = [
    [
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ],
    [
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ],
    [
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ],
    [
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ],
];

#[test]
fn rfc_8032_keys_sign_as_printed_and_verify_singly_and_in_a_batch() {
    let mut batch = Vec::new();
    for [secret, public, message, signature] in ED25519 {
        let (key, message, printed) = (array::<32>(public), hex(message), array::<64>(signature));
        let signer = SigningKey::from_seed(array::<32>(secret).into()).expect("a seed");
        assert_eq!(signer.public(), key);
        assert_eq!(signer.sign(&message), printed);
        assert!(crypto::verify(&key, &message, &printed));
        assert!(!crypto::verify(&key, b"another message", &printed));
        batch.push((key, message, printed));
    }
    assert!(crypto::verify_batch(batch.iter().map(|(key, message, printed)| (key, message.as_slice(), printed))));
}

#[test]
fn rfc_8439_text_encrypts_as_printed() {
    // Section 2.8.2.
    let key = array::<32>("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    let nonce = array::<12>("070000004041424344454647");
    let aad = hex("50515253c0c1c2c3c4c5c6c7");
    let mut text = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
        sunscreen would be it."
        .to_vec();
    let printed = hex("d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6
        3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36
        92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc
        3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691");
    let cipher = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &key).expect("a key"));
    cipher
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(&aad), &mut text)
        .expect("it encrypts");
    assert_eq!(text, printed);
}

#[test]
fn an_envelopes_cipher_agrees_with_a_second_implementation_at_its_nonce() {
    for length in [0, 1, 63, 64, 65, 350, 4096] {
        let (key, aad) = ([7; 32], vec![9; length % 50]);
        let plain: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).expect("below 251")).collect();
        let mut ours = plain.clone();
        crypto::encrypt_once(&key, &aad, &mut ours).expect("it encrypts");
        let mut theirs = plain.clone();
        chacha20poly1305::ChaCha20Poly1305::new(&key.into())
            .encrypt_in_place(&[0; 12].into(), &aad, &mut theirs)
            .expect("it encrypts");
        assert_eq!(ours, theirs, "{length} bytes");
        let opened = crypto::decrypt_once(&key, &aad, &mut ours).expect("it opens");
        assert_eq!(&ours[..opened], plain);
    }
}

#[test]
fn rfc_5869_keys_are_derived_as_printed() {
    // Appendix A.1 to A.3, SHA-256: secret, salt, info and the first 32 bytes of the output.
    let long = |from: u8, to: u8| (from..=to).collect::<Vec<u8>>();
    let cases = [
        (
            vec![0x0b; 22],
            hex("000102030405060708090a0b0c"),
            hex("f0f1f2f3f4f5f6f7f8f9"),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
        ),
        (
            long(0x00, 0x4f),
            long(0x60, 0xaf),
            long(0xb0, 0xff),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c",
        ),
        (vec![0x0b; 22], vec![], vec![], "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"),
    ];
    for (secret, salt, info, printed) in cases {
        let whole = crypto::derive(&secret, &salt, &[&info]).expect("it derives");
        assert_eq!(*whole, array::<32>(printed));
        let (front, back) = info.split_at(info.len() / 2);
        assert_eq!(crypto::derive(&secret, &salt, &[front, back]).expect("it derives"), whole, "parts are one text");
    }
}
