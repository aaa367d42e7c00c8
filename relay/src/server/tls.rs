//! TLS with the operator's certificate. rustls with ring; TLS 1.2 and 1.3.

use std::sync::Arc;

use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use tokio_rustls::TlsAcceptor;

use crate::{StartError, TlsFiles};

/// Reads certificate and key.
pub(super) fn acceptor(files: &TlsFiles) -> Result<TlsAcceptor, StartError> {
    let wrong = |what: &str, path: &std::path::Path, error: &dyn std::fmt::Display| {
        StartError::Tls(format!(
            "{what} {} cannot be used ({error}): give a PEM file that this user can read",
            path.display()
        ))
    };
    let chain = CertificateDer::pem_file_iter(&files.cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| wrong("the certificate", &files.cert, &error))?;
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| wrong("the key", &files.key, &error))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| StartError::Tls(error.to_string()))?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| wrong("the certificate with this key", &files.cert, &error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
