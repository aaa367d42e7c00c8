//! What lets a phone in, in one box: by a scan as the answer to its card, and from afar as the answer under an
//! invitation's key. What is inside is the same; what each is bound to differs.

use ratel_protocol::{Day, GroupId, Ref};

use crate::{
    envelope::{
        DecodeError, Reader, Writer,
        crypto::{BoxKey, Secret, seal_box},
        operation::MAX_PARENTS,
    },
    error::Error,
    link::RelayAddress,
};

/// Longest relay address in a box (bytes).
const MAX_RELAY_BYTES: usize = 200;

/// What a newcomer's phone needs to take part.
pub struct Opening {
    /// G.
    pub secret: Secret,
    /// The group.
    pub group: GroupId,
    /// Which beginning is the true one: a second that its founder signs for somebody else splits nobody.
    pub genesis: Ref,
    /// The street's key; none for who does not read the street.
    pub street: Option<Secret>,
    /// Today.
    pub day: Day,
    /// Heads of the log, the admission among them or before them.
    pub heads: Vec<Ref>,
    /// The relay.
    pub relay: RelayAddress,
}

impl Opening {
    /// One box that only the phone with this key opens; `asked` binds it to what that phone asked with.
    pub(crate) fn seal(&self, kem_key: &[u8; 32], asked: &[u8]) -> Result<Vec<u8>, Error> {
        Ok(seal_box(kem_key, asked, &self.encode())?)
    }

    /// Opens such a box; `None` if it is for another phone, or answers something else.
    pub(crate) fn unseal(keys: &BoxKey, asked: &[u8], sealed: &[u8]) -> Option<Result<Self, DecodeError>> {
        keys.open_box(asked, sealed).ok().map(|plain| Self::decode(&plain))
    }

    fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.bytes(self.secret.as_ref());
        writer.bytes(&self.group.0);
        writer.bytes(&self.genesis.0);
        writer.bool(self.street.is_some());
        writer.bytes(self.street.as_ref().map_or(&[], |street| street.as_slice()));
        writer.u16(self.day.0);
        writer.ascending(&self.heads.iter().map(|head| head.0).collect::<Vec<_>>());
        writer.text(self.relay.as_text());
        writer.into_bytes()
    }

    fn decode(plain: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(plain);
        let opening = Self {
            secret: Secret::from(reader.array::<32>()?),
            group: GroupId(reader.array()?),
            genesis: Ref(reader.array()?),
            street: if reader.bool()? { Some(Secret::from(reader.array::<32>()?)) } else { None },
            day: Day(reader.u16()?),
            heads: reader.ascending(MAX_PARENTS)?.into_iter().map(Ref).collect(),
            relay: RelayAddress::parse(&reader.text(MAX_RELAY_BYTES)?).ok_or(DecodeError("no address of a relay"))?,
        };
        reader.finish()?;
        Ok(opening)
    }
}
