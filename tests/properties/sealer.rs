//! Envelopes sealed with a salt that the test gives, so that a seed repeats every id.
//!
//! It is written from the table of bytes, apart from the core's own sealer, and its envelopes are opened by the core:
//! so the two also agree about the table.

use ratel_core::{
    envelope::{
        Address, ChannelKey, OpenError, Opened,
        crypto::{SigningKey, derive, encrypt_once},
        open,
        operation::Operation,
    },
    identity::DeviceId,
};
use ratel_protocol::{Day, EnvelopeId, GroupId, Head, MailboxId, SIZE_CLASSES, TokenHash};

use crate::random::Random;

const TAG_LEN: usize = 16;

/// A street with one key, and the phones in it.
pub(crate) struct Street {
    pub(crate) devices: Vec<Device>,
    address: Address,
    key: ChannelKey,
}

/// A phone.
pub(crate) struct Device {
    pub(crate) id: DeviceId,
    pub(crate) signer: SigningKey,
}

/// A sealed envelope.
pub(crate) struct Envelope {
    pub(crate) id: EnvelopeId,
    pub(crate) bytes: Vec<u8>,
}

impl Street {
    pub(crate) fn new(devices: usize, random: &mut Random) -> Self {
        let group = GroupId(random.bytes());
        let device = |_| {
            let signer = SigningKey::from_seed(random.bytes().into()).unwrap();
            Device { id: DeviceId::of(&signer.public(), &[7; 32], &TokenHash([7; 32])), signer }
        };
        let devices = (0..devices).map(device).collect();
        let address = Address { group, mailbox: MailboxId(random.bytes()) };
        Self { devices, address, key: ChannelKey::new(group, "street", random.bytes().into()) }
    }

    pub(crate) fn seal(&self, device: usize, operation: &Operation, random: &mut Random) -> Envelope {
        let head = Head { key_id: self.key.id, salt: random.bytes(), expires: Day(1100) }.to_bytes();
        let aad = [b"ratel aad 1".as_slice(), &self.address.group.0, &self.address.mailbox.0, &head].concat();
        let mut plain = operation.encode();
        let signed = [b"ratel sig 1".as_slice(), &aad, &plain].concat();
        plain.extend_from_slice(&self.devices[device].signer.sign(&signed));
        let least = head.len() + plain.len() + TAG_LEN;
        let size = SIZE_CLASSES.into_iter().find(|size| *size >= least).expect("it fits an envelope");
        plain.resize(size - head.len() - TAG_LEN, 0);
        let salt = &head[17..33];
        let key = derive(self.key.secret.as_ref(), salt, &[b"ratel env 1"]).unwrap();
        encrypt_once(&key, &aad, &mut plain).unwrap();
        let bytes = [head.as_slice(), &plain].concat();
        Envelope { id: EnvelopeId::of(self.address.mailbox, &bytes), bytes }
    }

    pub(crate) fn open(&self, bytes: &[u8]) -> Result<Opened, OpenError> {
        open(bytes, &self.key, &self.address)
    }
}
