//! A relay behind TLS, under a root that the test makes.

use ratel_core::{Error, Founding};
use ratel_relay::{Config, Relay, TlsFiles};
use ratel_tests::{Street, section};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

/// PEM files of a relay called `localhost`, and the DER of the root above it.
fn certificate(folder: &std::path::Path) -> (TlsFiles, Vec<u8>) {
    let root_key = KeyPair::generate().unwrap();
    let mut root = CertificateParams::new(Vec::new()).unwrap();
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root_cert = root.self_signed(&root_key).unwrap();
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let leaf = leaf.signed_by(&key, &Issuer::new(root, &root_key)).unwrap();
    let files = TlsFiles { cert: folder.join("cert.pem"), key: folder.join("key.pem") };
    std::fs::write(&files.cert, leaf.pem()).unwrap();
    std::fs::write(&files.key, key.serialize_pem()).unwrap();
    (files, root_cert.der().to_vec())
}

#[tokio::test]
async fn fatma_syncs_with_a_relay_whose_root_she_trusts_and_with_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let street = Street::new().await;
    let (files, root) = certificate(folder.path());
    let mut config = Config::new(folder.path().join("relay"), "127.0.0.1:0".parse().unwrap());
    config.tls = Some(files);
    config.limits.disk_floor_bytes = 0;
    config.clock = std::sync::Arc::new(ratel_tests::RelayClock::right(street.clock.clone()));
    let relay = Relay::start(config).await.unwrap();

    let mut fatma = street.phone("Fatma");
    let founding = Founding {
        name: "Fatma".into(),
        number: None,
        street: "Zonnebloemstraat".into(),
        relay: format!("https://localhost:{}", relay.addr().port()),
    };
    fatma.app().found(&founding).unwrap();
    section("the root is unknown: nothing is sent to whoever that is");
    assert!(matches!(fatma.tries_to_sync().await, Err(Error::Network)));
    section("the root is known");
    fatma.trusts(root);
    fatma.syncs().await;
    section("another root of the same shape is not enough");
    fatma.trusts(certificate(folder.path()).1);
    assert!(matches!(fatma.tries_to_sync().await, Err(Error::Network)));
    relay.stop().await;
}
