//! Who a device is: its keys and its names.

use ratel_protocol::define_id;

define_id!(
    /// A device: the first 16 bytes of `SHA-256(suite, signing key)`.
    DeviceId, 16
);
define_id!(
    /// A person: a set of linked devices. Random, made with the first device.
    PersonId, 16
);
