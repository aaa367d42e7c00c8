//! Answering who asks for a secret: one phone does, coordinators' first, and only to who may read.
//!
//! The i-th phone in an order that all compute waits i times twenty seconds, looks again, and is silent if it sees an
//! answer by a reader of now. It answers only if it holds the secret, holds every members operation before the Rekey
//! that made it (one of them may take the asker away), and the asker reads the channel by all that it holds.
//!
//! Whoever wrote lately under a secret that others may have destroyed meanwhile answers at once: it may be the only one
//! to hold it. Under a secret of this week a whole street has written, and would answer with one voice.

use super::{Group, State, prekey::SECRET_DAYS, rekey::TURN_MS, wanted::ASKED_FOR_MS};
use crate::{
    envelope::{
        crypto::{is_small_order_box, seal_box},
        operation::{
            Keys,
            keys::{BoxedSecret, Channel, KeyId},
        },
    },
    error::Error,
    identity::DeviceId,
};

/// Most answers of one phone to one asker in a day.
const MOST_ANSWERS: usize = 20;

/// So long everybody keeps a secret (milliseconds).
const KEPT_MS: i64 = SECRET_DAYS as i64 * 86_400_000;

/// An answer to give now.
struct Due {
    asker: DeviceId,
    kem_key: [u8; 32],
    channel: Channel,
    key_id: [u8; 16],
}

impl State {
    /// Whether somebody is to be answered now.
    pub(super) fn answer_is_due(&self) -> Result<bool, Error> {
        Ok(!self.answers_due()?.is_empty())
    }

    /// Answers whom this phone has to answer now.
    pub(in crate::app) fn answer_askers(&mut self) -> Result<(), Error> {
        for due in self.answers_due()? {
            let Due { asker, kem_key, channel, key_id } = due;
            let today = self.today();
            let group = self.group()?;
            let Some(held) = group.ring.get(&key_id) else { continue };
            if group.ring.answers_on(asker, today) >= MOST_ANSWERS {
                continue;
            }
            let sealed = seal_box(&kem_key, &group.key_info(channel, &key_id, asker), held.key.secret.as_ref())?;
            let boxed = BoxedSecret::from_sealed(&sealed).ok_or(Error::Internal("a box has another length"))?;
            self.write_keys(Keys::KeyGiven { to: asker, channel, key_id: KeyId(key_id), boxed })?;
        }
        Ok(())
    }

    fn answers_due(&self) -> Result<Vec<Due>, Error> {
        let mut due = Vec::new();
        let (Some(keys), Some(group)) = (&self.keys, &self.group) else { return Ok(due) };
        let (me, today) = (keys.device(), self.today());
        for (asker, asked) in &group.ring.asked {
            let full = group.ring.answers_on(*asker, today) >= MOST_ANSWERS;
            if *asker == me || full || is_small_order_box(&asked.kem_key) {
                continue;
            }
            for key_id in &asked.key_ids {
                let Some(channel) = group.may_give(me, *asker, key_id) else { continue };
                let wait_ms = if self.alone_may_hold(key_id)? {
                    0
                } else {
                    TURN_MS.saturating_mul(group.turn_to_answer(me, *asker, &asked.id.0, channel))
                };
                if !(0..wait_ms).contains(&(self.now_ms() - asked.noted_ms)) {
                    due.push(Due { asker: *asker, kem_key: asked.kem_key, channel, key_id: *key_id });
                }
            }
        }
        Ok(due)
    }

    fn alone_may_hold(&self, key_id: &[u8; 16]) -> Result<bool, Error> {
        let Some(group) = &self.group else { return Ok(false) };
        let claims = group.ring.rekeys.get(key_id).map(Vec::as_slice).unwrap_or_default();
        let others_have_it = claims.iter().any(|claim| self.now_ms() - claim.noted_ms < KEPT_MS);
        Ok(!others_have_it && self.store.wrote_under(key_id, self.now_ms() - ASKED_FOR_MS)?)
    }
}

impl Group {
    /// The channel of a secret that this phone may give to who asked for it, if nobody has and it never did.
    fn may_give(&self, me: DeviceId, asker: DeviceId, key_id: &[u8; 16]) -> Option<Channel> {
        let channel = self.ring.get(key_id)?.channel;
        let members = self.membership();
        let may = members.reads(me, channel)
            && members.reads(asker, channel)
            && self.knows_what_its_maker_knew(key_id, channel)
            && !self.ring.has_answered(me, asker, *key_id)
            && !self.ring.is_answered(asker, *key_id, |who| members.reads(who, channel));
        may.then_some(channel)
    }

    /// Whether every members operation before the Rekey of a secret is here. Of Rekeys that only name the secret, which
    /// anybody can write, all must be satisfied; where this phone had a box of it, those of its real makers.
    fn knows_what_its_maker_knew(&self, key_id: &[u8; 16], channel: Channel) -> bool {
        let claims = self.ring.rekeys.get(key_id).map(Vec::as_slice).unwrap_or_default();
        let proven = claims.iter().any(|claim| claim.proven);
        let mut claims = claims.iter().filter(|it| it.channel == channel && it.proven == proven).peekable();
        claims.peek().is_some() && claims.all(|claim| claim.heads.iter().all(|head| self.log.contains(head)))
    }

    /// The turn of this phone to answer: coordinators first, then the other readers.
    fn turn_to_answer(&self, me: DeviceId, asker: DeviceId, wanted: &[u8], channel: Channel) -> i64 {
        let members = self.membership();
        let readers = || members.devices.keys().copied().filter(|it| *it != asker && members.reads(*it, channel));
        let coordinators = || readers().filter(|it| members.is_coordinator(*it));
        if members.is_coordinator(me) {
            return Self::turn_of(wanted, me, coordinators());
        }
        let before = i64::try_from(coordinators().count()).unwrap_or(i64::MAX);
        before.saturating_add(Self::turn_of(wanted, me, readers().filter(|it| !members.is_coordinator(*it))))
    }
}
