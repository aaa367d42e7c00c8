//! Secrets on disk: each is wrapped under the phone's key and bound to its name.

use zeroize::Zeroizing;

use crate::{
    envelope::crypto::{Secret, decrypt_once, derive, encrypt_once, random},
    error::Error,
};

const SALT_LEN: usize = 16;

/// Wraps and unwraps with the key that the platform keeps.
pub struct Vault {
    key: Secret,
}

impl Vault {
    /// Uses the platform's wrapping key.
    pub fn new(key: Secret) -> Self {
        Self { key }
    }

    /// `salt || ciphertext || tag`; a key of its own for each wrapping.
    pub fn wrap(&self, name: &str, secret: &[u8]) -> Result<Vec<u8>, Error> {
        let salt: [u8; SALT_LEN] = random()?;
        let key = derive(self.key.as_ref(), &salt, &[b"ratel vault 1", name.as_bytes()])?;
        let mut sealed = secret.to_vec();
        encrypt_once(&key, name.as_bytes(), &mut sealed)?;
        Ok([salt.as_slice(), &sealed].concat())
    }

    /// Opens what [`Vault::wrap`] made under the same name; [`Error::WrongKey`] otherwise.
    pub fn unwrap(&self, name: &str, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        let (salt, sealed) = wrapped.split_at_checked(SALT_LEN).ok_or(Error::WrongKey)?;
        let key = derive(self.key.as_ref(), salt, &[b"ratel vault 1", name.as_bytes()])?;
        let mut plain = Zeroizing::new(sealed.to_vec());
        let length = decrypt_once(&key, name.as_bytes(), &mut plain).map_err(|_| Error::WrongKey)?;
        plain.truncate(length);
        Ok(plain)
    }

    /// A secret of 32 bytes.
    pub fn unwrap_32(&self, name: &str, wrapped: &[u8]) -> Result<Secret, Error> {
        let plain = self.unwrap(name, wrapped)?;
        let mut out = Secret::default();
        if plain.len() != out.len() {
            return Err(Error::WrongKey);
        }
        out.copy_from_slice(&plain);
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_unwraps_under_its_own_name_and_key_only() {
        let (here, there) = (Vault::new([1; 32].into()), Vault::new([2; 32].into()));
        let wrapped = here.wrap("group", &[9; 32]).unwrap();
        assert_eq!(*here.unwrap_32("group", &wrapped).unwrap(), [9; 32]);
        assert!(matches!(here.unwrap("device", &wrapped), Err(Error::WrongKey)));
        assert!(matches!(there.unwrap("group", &wrapped), Err(Error::WrongKey)));
        assert!(matches!(here.unwrap("group", &wrapped[..20]), Err(Error::WrongKey)));
    }
}
