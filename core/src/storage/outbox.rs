//! What a relay must still learn: envelopes and tokens; and the invitations given out.

use std::collections::BTreeSet;

use ratel_protocol::{EnvelopeId, Ref, TokenHash};
use rusqlite::params;

use super::{Mailbox, Store, fixed};
use crate::error::Error;

/// How a token is to be known at the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A member's.
    Add,
    /// A coordinator's.
    Admin,
    /// An invitation's.
    Join,
    /// No longer.
    Remove,
}

impl TokenKind {
    const ALL: [Self; 4] = [Self::Add, Self::Admin, Self::Join, Self::Remove];

    const fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Admin => "admin",
            Self::Join => "join",
            Self::Remove => "remove",
        }
    }
}

/// An invitation given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Id of the key that its bearer seals with.
    pub key_id: [u8; 16],
    /// Its wrapped secret.
    pub wrapped: Vec<u8>,
    /// Nobody comes in by it any more.
    pub used: bool,
}

impl Store {
    /// Queues an envelope for the relay.
    pub fn queue(&self, id: Ref) -> Result<(), Error> {
        self.conn.execute("INSERT INTO outbox (ref, refused) VALUES (?1, 0) ON CONFLICT (ref) DO NOTHING", [id.0])?;
        Ok(())
    }

    /// A relay lacks what is held here: it is offered, also if it was refused before.
    pub fn queue_again(&self, id: Ref) -> Result<(), Error> {
        self.conn.execute(
            "INSERT INTO outbox (ref, refused) SELECT ref, 0 FROM envelopes WHERE ref = ?1
             ON CONFLICT (ref) DO UPDATE SET refused = 0",
            [id.0],
        )?;
        Ok(())
    }

    /// Envelopes of a mailbox that the relay has not acknowledged, oldest first, at most `limit`.
    pub fn queued(&self, mailbox: Mailbox, limit: u32) -> Result<Vec<(EnvelopeId, Vec<u8>)>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT envelopes.id, envelopes.bytes FROM outbox JOIN envelopes USING (ref)
             WHERE envelopes.mailbox = ?1 AND outbox.refused = 0 ORDER BY outbox.position LIMIT ?2",
        )?;
        let rows = statement.query_map(params![mailbox.number(), limit], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        rows.map(|row| {
            let (id, bytes) = row?;
            Ok((EnvelopeId(fixed(&id)?), bytes))
        })
        .collect()
    }

    /// The relay has it.
    pub fn acknowledged(&self, id: Ref) -> Result<(), Error> {
        self.conn.execute("DELETE FROM outbox WHERE ref = ?1", [id.0])?;
        Ok(())
    }

    /// The relay will never take it; it stays here, is not called sent, and is not offered again.
    pub fn refused_by_relay(&self, id: Ref) -> Result<(), Error> {
        self.conn.execute("UPDATE outbox SET refused = 1 WHERE ref = ?1", [id.0])?;
        Ok(())
    }

    /// Another relay's store answers: what the last one never wanted is offered anew.
    pub fn offer_refused_again(&self) -> Result<(), Error> {
        self.conn.execute("UPDATE outbox SET refused = 0 WHERE refused = 1", [])?;
        Ok(())
    }

    /// How many documents have something that waits, of the given kinds of operation: an alert with the word about 112
    /// that goes with it is one message to a person.
    pub fn waiting(&self, kinds: &[u64]) -> Result<u32, Error> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT document FROM outbox JOIN envelopes USING (ref) WHERE envelopes.kind = ?1")?;
        let mut documents = BTreeSet::new();
        for kind in kinds {
            let rows =
                statement.query_map([i64::try_from(*kind).unwrap_or(i64::MAX)], |row| row.get::<_, Vec<u8>>(0))?;
            for document in rows {
                documents.insert(document?);
            }
        }
        Ok(u32::try_from(documents.len()).unwrap_or(u32::MAX))
    }

    /// Queues a change of tokens, in the place of what waits to be said about the same one: a relay refuses a
    /// change that names a token twice.
    pub fn queue_token(&self, hash: TokenHash, kind: TokenKind) -> Result<(), Error> {
        self.conn.execute("DELETE FROM token_changes WHERE hash = ?1", [hash.0])?;
        self.conn.execute("INSERT INTO token_changes (hash, change) VALUES (?1, ?2)", params![hash.0, kind.word()])?;
        Ok(())
    }

    /// Changes of tokens in order, with their positions.
    pub fn queued_tokens(&self) -> Result<Vec<(i64, TokenHash, TokenKind)>, Error> {
        let mut statement =
            self.conn.prepare_cached("SELECT position, hash, change FROM token_changes ORDER BY position")?;
        let rows = statement
            .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, String>(2)?)))?;
        rows.map(|row| {
            let (position, hash, word) = row?;
            let kind = TokenKind::ALL.into_iter().find(|kind| kind.word() == word).ok_or(Error::ForeignStore)?;
            Ok((position, TokenHash(fixed(&hash)?), kind))
        })
        .collect()
    }

    /// The relay knows every change up to `position`.
    pub fn tokens_known(&self, position: i64) -> Result<(), Error> {
        self.conn.execute("DELETE FROM token_changes WHERE position <= ?1", [position])?;
        Ok(())
    }

    /// Keeps an invitation.
    pub fn add_invitation(&self, invitation: &Invitation, made_ms: i64) -> Result<(), Error> {
        self.conn.execute(
            "INSERT INTO invitations (key_id, wrapped, made_ms, used) VALUES (?1, ?2, ?3, ?4)",
            params![invitation.key_id, invitation.wrapped, made_ms, invitation.used],
        )?;
        Ok(())
    }

    /// The invitations given out.
    pub fn invitations(&self) -> Result<Vec<Invitation>, Error> {
        let mut statement =
            self.conn.prepare_cached("SELECT key_id, wrapped, used FROM invitations ORDER BY key_id")?;
        let rows = statement
            .query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, bool>(2)?)))?;
        rows.map(|row| {
            let (key_id, wrapped, used) = row?;
            Ok(Invitation { key_id: fixed(&key_id)?, wrapped, used })
        })
        .collect()
    }

    /// Somebody was admitted by it, or it was taken back.
    pub fn close_invitation(&self, key_id: &[u8; 16]) -> Result<(), Error> {
        self.conn.execute("UPDATE invitations SET used = 1 WHERE key_id = ?1", [key_id])?;
        Ok(())
    }
}
