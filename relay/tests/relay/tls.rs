//! HTTPS with a certificate under a root that this test makes.

use std::{fs, path::PathBuf};

use ratel_protocol::http;
use ratel_relay::{Relay, TlsFiles};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use reqwest::Certificate;

use crate::world::{World, client};

struct Files {
    root: String,
    cert: PathBuf,
    key: PathBuf,
}

fn files(dir: &std::path::Path) -> Files {
    let root_key = KeyPair::generate().unwrap();
    let mut root = CertificateParams::new(Vec::new()).unwrap();
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root_cert = root.self_signed(&root_key).unwrap();
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(vec![String::from("localhost")]).unwrap();
    let leaf = leaf.signed_by(&key, &Issuer::new(root, &root_key)).unwrap();
    let files = Files { root: root_cert.pem(), cert: dir.join("cert.pem"), key: dir.join("key.pem") };
    fs::write(&files.cert, leaf.pem()).unwrap();
    fs::write(&files.key, key.serialize_pem()).unwrap();
    files
}

#[tokio::test]
async fn who_trusts_the_root_is_served_and_who_does_not_refuses() {
    let dir = tempfile::tempdir().unwrap();
    let made = files(dir.path());
    let tls = TlsFiles { cert: made.cert, key: made.key };
    let world = World::with(|config| config.tls = Some(tls)).await;
    let url = format!("https://localhost:{}{}", world.addr().port(), http::LIVE);
    let root = Certificate::from_pem(made.root.as_bytes()).unwrap();
    let _ = client();
    let trusting = reqwest::Client::builder().no_proxy().tls_certs_only([root]).build().unwrap();
    let response = trusting.get(&url).send().await.unwrap();
    assert_eq!(response.status(), 401);
    assert!(response.headers().contains_key(http::STORE));
    let stranger = Certificate::from_pem(files(dir.path()).root.as_bytes()).unwrap();
    let doubting = reqwest::Client::builder().no_proxy().tls_certs_only([stranger]).build().unwrap();
    assert!(doubting.get(&url).send().await.is_err(), "a certificate under another root is refused");
    assert!(client().get(world.url(http::LIVE)).send().await.is_err(), "plain HTTP is not spoken on this port");
}

#[tokio::test]
async fn a_certificate_that_cannot_be_used_is_named() {
    let mut world = World::new().await;
    world.stop().await;
    let dir = tempfile::tempdir().unwrap();
    let made = files(dir.path());
    let missing = TlsFiles { cert: dir.path().join("nothing.pem"), key: made.key.clone() };
    let foreign_key = dir.path().join("foreign.pem");
    fs::write(&foreign_key, KeyPair::generate().unwrap().serialize_pem()).unwrap();
    let mismatched = TlsFiles { cert: made.cert.clone(), key: foreign_key };
    let rubbish = TlsFiles { cert: made.cert, key: dir.path().to_path_buf() };
    for (tls, word) in [(missing, "nothing.pem"), (mismatched, "cert.pem"), (rubbish, "key")] {
        let mut config = world.config.clone();
        config.tls = Some(tls);
        let error = Relay::start(config).await.unwrap_err().to_string();
        assert!(error.starts_with("TLS cannot be used") && error.contains(word), "{error}");
    }
}
