//! What the neighbourhood agreed: which alerts count, how long things live, who reads along.

use ratel_protocol::GroupId;
use serde::{Deserialize, Serialize};

use super::super::content::kind_number;
use crate::{
    envelope::{
        codec::{DecodeError, Reader, Writer},
        crypto::{is_small_order, verify},
    },
    intent::{AlertKind, CharterTemplate, QuietHours},
    view::Role,
};

/// Days that an alert lives unless the charter says otherwise.
pub const ALERT_DAYS: u16 = 30;
/// Days that a decision lives unless the charter says otherwise.
pub const DECISION_DAYS: u16 = 400;
/// Most partners.
pub const MAX_PARTNERS: usize = 8;
/// No document lives longer: the greatest class of `expires` (days).
const MAX_DAYS: u16 = 400;

/// The agreements; always written and read as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charter {
    /// Members kinds above what this number stands for need a newer app to administer.
    pub minimum_version: u16,
    /// Kinds of alert that count: bit n stands for the kind with number n. Bits of later releases stay as they are.
    pub alert_kinds: u32,
    /// Of these, kinds that only patrol volunteers and officials may post.
    pub officials_only: u32,
    /// Hours in which alerts without danger make no sound: minutes after midnight, from and to; equal for none.
    pub quiet: (u16, u16),
    /// Days that an alert lives, 1 to 400.
    pub alert_days: u16,
    /// Days that a decision lives, 1 to 400. This release makes no decisions: it passes on what is there.
    pub decision_days: u16,
    /// Whether a wijkagent reads the street.
    pub police_read: bool,
    /// Municipality, police and the like, who signed what they may do.
    pub partners: Vec<Partner>,
}

/// Minutes of a day.
const DAY_MINUTES: u16 = 1440;

/// What kind of party a partner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// The police.
    Police,
    /// The municipality.
    Municipality,
    /// Housing associations and others.
    Other,
}

impl Party {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Police, Self::Municipality, Self::Other];

    fn number(self) -> u8 {
        match self {
            Self::Police => 1,
            Self::Municipality => 2,
            Self::Other => 3,
        }
    }
}

/// A partner that signed the terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partner {
    /// Which kind of party.
    pub party: Party,
    /// Ed25519.
    pub key: [u8; 32],
    /// SHA-256 of the text of the terms.
    pub terms: [u8; 32],
    /// The partner's signature over [`Partner::message`].
    pub signature: [u8; 64],
}

impl Partner {
    /// What a partner signs: this group, which kind of party it is, and the terms.
    pub fn message(group: GroupId, party: Party, terms: &[u8; 32]) -> Vec<u8> {
        [b"ratel partner 1".as_slice(), &group.0, &[party.number()], terms].concat()
    }

    /// Whether the partner itself signed these terms for this group. A charter with a bad signature counts like any
    /// other, since a coordinator wrote it; nothing flows to the partner whose signature it is (R49).
    pub fn is_signed(&self, group: GroupId) -> bool {
        self.is_signed_by(group, verify)
    }

    /// As [`Partner::is_signed`], by another way to check signatures. A key of small order signs anything, so it signs
    /// nothing here.
    pub(crate) fn is_signed_by(&self, group: GroupId, verify: fn(&[u8; 32], &[u8], &[u8; 64]) -> bool) -> bool {
        let message = Self::message(group, self.party, &self.terms);
        !is_small_order(&self.key) && verify(&self.key, &message, &self.signature)
    }
}

impl Default for Charter {
    /// All kinds of this release, no reader from outside.
    fn default() -> Self {
        Self {
            minimum_version: 1,
            alert_kinds: known(),
            officials_only: 0,
            quiet: (0, 0),
            alert_days: ALERT_DAYS,
            decision_days: DECISION_DAYS,
            police_read: false,
            partners: Vec::new(),
        }
    }
}

impl Charter {
    /// Takes the kinds and quiet hours of a template; days, police and partners stay.
    pub fn take(&mut self, template: CharterTemplate) {
        (self.alert_kinds, self.officials_only) = (self.alert_kinds & !known(), self.officials_only & !known());
        for kind in template.kinds() {
            self.allow(*kind);
        }
        let QuietHours { from, to } = template.quiet();
        self.quiet = (from, to);
    }

    /// Lets everybody post a kind.
    pub fn allow(&mut self, kind: AlertKind) {
        self.alert_kinds |= bit(kind);
        self.officials_only &= !bit(kind);
    }

    /// Lets only patrol volunteers and officials post a kind.
    pub fn reserve(&mut self, kind: AlertKind) {
        self.alert_kinds |= bit(kind);
        self.officials_only |= bit(kind);
    }

    /// Lets nobody post a kind.
    pub fn forbid(&mut self, kind: AlertKind) {
        self.alert_kinds &= !bit(kind);
        self.officials_only &= !bit(kind);
    }

    /// Whether it is agreed that this is an hour without sounds: minutes after midnight, from the first on, until the
    /// second. They may lie on both sides of midnight.
    pub fn is_quiet_at(&self, minute: u16) -> bool {
        let (from, to) = self.quiet;
        if from <= to { (from..to).contains(&minute) } else { minute >= from || minute < to }
    }

    /// The partner of a kind whose signature is good.
    pub fn signed_partner(&self, party: Party, group: GroupId) -> Option<&Partner> {
        self.partners.iter().find(|partner| partner.party == party && partner.is_signed(group))
    }

    /// As the log carries them, for a phone that keeps them until there is a log.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        self.encode(&mut writer);
        writer.into_bytes()
    }

    /// Reads what [`Charter::to_bytes`] made.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes);
        let charter = Self::decode(&mut reader)?;
        reader.finish()?;
        Ok(charter)
    }

    /// Whether alerts of this kind count.
    pub fn allows(&self, kind: AlertKind) -> bool {
        self.alert_kinds & bit(kind) != 0
    }

    /// Whether alerts of this kind count from patrol volunteers and officials only.
    pub fn is_reserved(&self, kind: AlertKind) -> bool {
        self.officials_only & bit(kind) != 0
    }

    /// Whether somebody of this role may post alerts of this kind.
    pub fn may_post(&self, role: Role, kind: AlertKind) -> bool {
        self.allows(kind) && (!self.is_reserved(kind) || role >= Role::Patrol)
    }

    pub(super) fn encode(&self, writer: &mut Writer) {
        writer.u16(self.minimum_version);
        writer.u32(self.alert_kinds);
        writer.u32(self.officials_only);
        writer.u16(self.quiet.0);
        writer.u16(self.quiet.1);
        writer.u16(self.alert_days);
        writer.u16(self.decision_days);
        writer.bool(self.police_read);
        writer.count(self.partners.len());
        for partner in &self.partners {
            writer.u8(partner.party.number());
            writer.bytes(&partner.key);
            writer.bytes(&partner.terms);
            writer.bytes(&partner.signature);
        }
    }

    pub(super) fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let charter = Self {
            minimum_version: reader.u16()?,
            alert_kinds: reader.u32()?,
            officials_only: reader.u32()?,
            quiet: (read_minute(reader)?, read_minute(reader)?),
            alert_days: read_days(reader)?,
            decision_days: read_days(reader)?,
            police_read: reader.bool()?,
            partners: Vec::new(),
        };
        let count = reader.count(MAX_PARTNERS)?;
        let partners = (0..count)
            .map(|_| {
                Ok(Partner {
                    party: read_party(reader)?,
                    key: reader.array()?,
                    terms: reader.array()?,
                    signature: reader.array()?,
                })
            })
            .collect::<Result<_, DecodeError>>()?;
        Ok(Self { partners, ..charter })
    }
}

fn read_party(reader: &mut Reader<'_>) -> Result<Party, DecodeError> {
    let number = reader.u8()?;
    Party::ALL.into_iter().find(|party| party.number() == number).ok_or(DecodeError("unknown kind of party"))
}

fn read_minute(reader: &mut Reader<'_>) -> Result<u16, DecodeError> {
    let minute = reader.u16()?;
    if minute < DAY_MINUTES { Ok(minute) } else { Err(DecodeError("no minute of a day")) }
}

/// Bits of the kinds of this release.
fn known() -> u32 {
    AlertKind::ALL.into_iter().fold(0, |bits, kind| bits | bit(kind))
}

fn bit(kind: AlertKind) -> u32 {
    1_u32.checked_shl(u32::from(kind_number(kind))).unwrap_or(0)
}

fn read_days(reader: &mut Reader<'_>) -> Result<u16, DecodeError> {
    let days = reader.u16()?;
    if (1..=MAX_DAYS).contains(&days) { Ok(days) } else { Err(DecodeError("a life of no days or too many")) }
}

#[cfg(test)]
mod tests;
