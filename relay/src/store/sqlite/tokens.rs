//! Changes who may read and write.

use ratel_protocol::{Day, MailboxId, TokenHash, http::TokenChange};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{
    super::StoreError,
    access,
    writer::{Session, Work},
};
use crate::quota::Mark;

/// An invitation's token ends by itself after as many days as the envelopes of a joining may live (protocol:
/// "log envelopes of class 100").
const JOIN_DAYS: u16 = 100;

/// Applies a change. `remove` wins over the rest; `join` never lowers a member.
pub(super) fn run(session: &mut Session<'_>, by: TokenHash, mailbox: MailboxId, change: &TokenChange) -> Work<()> {
    let found = match access::find(session.db, by, mailbox, session.today)? {
        Ok(found) if found.mark == Mark::Admin => found,
        Ok(_) => return Ok(Err(StoreError::Forbidden)),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let group = found.mailbox.group;
    let db = session.db;
    let added = change.add.len() + change.admin.len() + change.join.len();
    let held: i64 =
        db.prepare_cached("SELECT count(*) FROM tokens WHERE group_no = ?1")?.query_row([group], |row| row.get(0))?;
    let room = i64::from(session.limits.tokens_per_group).saturating_sub(held);
    // Without new tokens a change always fits: what must end can end on a full relay too.
    if added > 0 && (session.disk_is_full || i64::try_from(added).unwrap_or(i64::MAX) > room) {
        let known = all_known(db, group, change)?;
        if session.disk_is_full || !known {
            return Ok(Err(StoreError::Full));
        }
    }
    session.ledger.flush(db)?;
    for token in &change.join {
        if mark(db, group, *token)?.is_none_or(|mark| mark == Mark::Join) {
            put(db, group, *token, Mark::Join, session.today.plus(JOIN_DAYS))?;
        }
    }
    for token in &change.add {
        put(db, group, *token, Mark::Member, Day::NEVER)?;
    }
    for token in &change.admin {
        put(db, group, *token, Mark::Admin, Day::NEVER)?;
    }
    for token in &change.remove {
        remove(db, group, *token)?;
    }
    for id in mailboxes(db, group)? {
        session.tokens_changed(id);
    }
    Ok(Ok(()))
}

/// Whether a change adds nothing that is not there already.
fn all_known(db: &Connection, group: i64, change: &TokenChange) -> rusqlite::Result<bool> {
    for token in change.add.iter().chain(&change.admin).chain(&change.join) {
        if mark(db, group, *token)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn mailboxes(db: &Connection, group: i64) -> rusqlite::Result<Vec<MailboxId>> {
    let mut statement = db.prepare_cached("SELECT mailbox FROM mailboxes WHERE group_no = ?1")?;
    let rows = statement.query_map([group], |row| row.get(0).map(MailboxId))?;
    rows.collect()
}

/// What a token is in a group.
pub(super) fn mark(db: &Connection, group: i64, token: TokenHash) -> rusqlite::Result<Option<Mark>> {
    db.prepare_cached("SELECT mark FROM tokens WHERE group_no = ?1 AND hash = ?2")?
        .query_row(params![group, &token.0[..]], |row| row.get(0).map(access::mark_of))
        .optional()
}

/// Gives a token a mark, whatever it was.
pub(super) fn put(db: &Connection, group: i64, token: TokenHash, mark: Mark, ends: Day) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO tokens (group_no, hash, mark, ends) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (hash, group_no) DO UPDATE SET mark = excluded.mark, ends = excluded.ends",
    )?
    .execute(params![group, &token.0[..], access::mark_number(mark), ends.0])?;
    Ok(())
}

fn remove(db: &Connection, group: i64, token: TokenHash) -> rusqlite::Result<()> {
    let key = params![group, &token.0[..]];
    db.prepare_cached(
        "DELETE FROM usage WHERE token_no IN (SELECT token_no FROM tokens WHERE group_no = ?1 AND hash = ?2)",
    )?
    .execute(key)?;
    db.prepare_cached("DELETE FROM tokens WHERE group_no = ?1 AND hash = ?2")?.execute(key)?;
    Ok(())
}

/// Ends all tokens of a group.
pub(super) fn remove_all(db: &Connection, group: i64) -> rusqlite::Result<()> {
    db.execute("DELETE FROM usage WHERE token_no IN (SELECT token_no FROM tokens WHERE group_no = ?1)", [group])?;
    db.execute("DELETE FROM tokens WHERE group_no = ?1", [group])?;
    Ok(())
}
