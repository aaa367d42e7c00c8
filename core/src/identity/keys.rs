//! The keys of this device.

use ratel_protocol::Token;
use zeroize::Zeroizing;

use super::{DeviceId, PersonId};
use crate::{
    envelope::{
        Reader, Writer,
        crypto::{BoxKey, SigningKey, random},
    },
    error::Error,
};

/// Everything this device can prove or open by itself.
pub struct DeviceKeys {
    /// Signs operations.
    pub signing: SigningKey,
    /// Opens boxed secrets.
    pub boxing: BoxKey,
    /// Reads and writes at the relay.
    pub token: Token,
    /// The person this device belongs to.
    pub person: PersonId,
}

impl DeviceKeys {
    /// Fresh ones.
    pub fn generate() -> Result<Self, Error> {
        Ok(Self {
            signing: SigningKey::generate()?,
            boxing: BoxKey::generate()?,
            token: Token(random()?),
            person: PersonId(random()?),
        })
    }

    /// This device's id.
    pub fn device(&self) -> DeviceId {
        DeviceId::of(&self.signing.public())
    }

    /// As they are wrapped and stored.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut writer = Writer::new();
        writer.bytes(self.signing.seed().as_ref());
        writer.bytes(self.boxing.to_bytes().as_ref());
        writer.bytes(&self.token.0);
        writer.bytes(&self.person.0);
        Zeroizing::new(writer.into_bytes())
    }

    /// Reads what [`DeviceKeys::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes);
        let mut read = || -> Result<Self, crate::envelope::DecodeError> {
            let unusable = |_| crate::envelope::DecodeError("unusable key");
            Ok(Self {
                signing: SigningKey::from_seed(Zeroizing::new(reader.array()?)).map_err(unusable)?,
                boxing: BoxKey::from_bytes(&reader.array()?).map_err(unusable)?,
                token: Token(reader.array()?),
                person: PersonId(reader.array()?),
            })
        };
        let keys = read().map_err(|_| Error::Internal("the device keys are not readable"))?;
        reader.finish().map_err(|_| Error::Internal("the device keys are not readable"))?;
        Ok(keys)
    }
}
