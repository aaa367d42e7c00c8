//! Police, municipality and others, who sign what they may do.

use ratel_core::{PartnerFile, PartnerKey, view::Party};

use crate::Phone;

/// What the partners of these stories sign.
const TERMS: &str = "De gemeente antwoordt binnen vijf dagen. Zij leest niet mee.";

/// A partner's file for the neighbourhood with this number.
pub fn partner_file(party: Party, street: &str, key: &PartnerKey) -> Vec<u8> {
    serde_json::to_vec(&PartnerFile::sign(party, street, TERMS, key).expect("a number")).expect("a file")
}

impl Phone {
    /// A partner signs with a new key, and this phone's person, a coordinator, takes the file.
    pub fn takes_signature_of(&self, party: Party) {
        let street = self.app().charter().expect("agreements").group;
        let key = PartnerKey::generate().expect("a key");
        self.app().sign_charter(&partner_file(party, &street, &key)).expect("a good signature");
    }
}
