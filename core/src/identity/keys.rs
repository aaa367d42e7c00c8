//! The keys of this device.

use ratel_protocol::{Day, Token};
use zeroize::Zeroizing;

use super::DeviceId;
use crate::{
    envelope::{
        Reader, Writer,
        crypto::{BoxKey, SigningKey, random},
        operation::members::NewDevice,
    },
    error::Error,
};

/// Most old keys for boxes at a time: one a month, each for two weeks.
const MOST_FORMER: usize = 16;

/// Everything this device can prove or open by itself.
pub struct DeviceKeys {
    /// Signs operations.
    pub signing: SigningKey,
    /// Opens boxed secrets.
    pub boxing: BoxKey,
    /// The first of these, as others know it: part of this device's id.
    first_boxing: [u8; 32],
    /// Since when others know [`DeviceKeys::boxing`].
    pub boxing_since: Day,
    /// Older keys for boxes, each with the day on which it is destroyed.
    former_boxing: Vec<(BoxKey, Day)>,
    /// Reads and writes at the relay.
    pub token: Token,
}

impl DeviceKeys {
    /// Fresh ones, made on a day.
    pub fn generate(today: Day) -> Result<Self, Error> {
        let boxing = BoxKey::generate()?;
        Ok(Self {
            signing: SigningKey::generate()?,
            first_boxing: boxing.public(),
            boxing,
            boxing_since: today,
            former_boxing: Vec::new(),
            token: Token(random()?),
        })
    }

    /// What this device brings when it comes in.
    pub fn new_device(&self) -> NewDevice {
        NewDevice { signing_key: self.signing.public(), kem_key: self.first_boxing, token: self.token.hash() }
    }

    /// This device's id.
    pub fn device(&self) -> DeviceId {
        self.new_device().id()
    }

    /// Opens a box that was made for this device lately, with its key for boxes or an older one.
    pub fn open_box(&self, info: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let mut keys = self.former_boxing.iter().map(|(key, _)| key).rev();
        self.boxing.open_box(info, sealed).ok().or_else(|| keys.find_map(|key| key.open_box(info, sealed).ok()))
    }

    /// A new key for boxes; the old one still opens them until it is destroyed on a day.
    pub fn renew_boxing(&mut self, today: Day, destroyed: Day) -> Result<(), Error> {
        let old = std::mem::replace(&mut self.boxing, BoxKey::generate()?);
        self.former_boxing.push((old, destroyed));
        self.boxing_since = today;
        Ok(())
    }

    /// Destroys old keys for boxes whose day has come; whether there were any. They are gone once these keys are stored.
    pub fn forget_boxing(&mut self, today: Day) -> bool {
        let before = self.former_boxing.len();
        self.former_boxing.retain(|(_, destroyed)| *destroyed > today);
        self.former_boxing.len() != before
    }

    /// As they are wrapped and stored.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut writer = Writer::new();
        writer.bytes(self.signing.seed().as_ref());
        writer.bytes(self.boxing.to_bytes().as_ref());
        writer.bytes(&self.token.0);
        writer.bytes(&self.first_boxing);
        writer.u16(self.boxing_since.0);
        writer.count(self.former_boxing.len());
        for (key, destroyed) in &self.former_boxing {
            writer.bytes(key.to_bytes().as_ref());
            writer.u16(destroyed.0);
        }
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
                first_boxing: reader.array()?,
                boxing_since: Day(reader.u16()?),
                former_boxing: (0..reader.count(MOST_FORMER)?)
                    .map(|_| Ok((BoxKey::from_bytes(&reader.array()?).map_err(unusable)?, Day(reader.u16()?))))
                    .collect::<Result<_, crate::envelope::DecodeError>>()?,
            })
        };
        let keys = read().map_err(|_| Error::Internal("the device keys are not readable"))?;
        reader.finish().map_err(|_| Error::Internal("the device keys are not readable"))?;
        Ok(keys)
    }
}
