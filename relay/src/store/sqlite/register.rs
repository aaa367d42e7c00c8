//! Registers groups.

use ratel_protocol::Day;
use rusqlite::params;

use super::{
    super::{Registering, StoreError},
    access,
    ledger::signed,
    tokens,
    writer::{Session, Work},
};
use crate::quota::Mark;

/// Registers two mailboxes with the founder's token; repeats itself without harm.
pub(super) fn run(session: &mut Session<'_>, registering: &Registering) -> Work<()> {
    let request = &registering.request;
    let log = access::mailbox(session.db, request.log)?;
    let content = access::mailbox(session.db, request.content)?;
    let used = used(session, registering)?;
    let replace = registering.code.is_some_and(|code| code.replace) && !used;
    let group = match (log, content) {
        (None, None) => None,
        (Some(log), Some(content)) if log.group == content.group && log.kind < content.kind => Some(log.group),
        _ => return Ok(Err(StoreError::Taken)),
    };
    if let Some(group) = group
        && !replace
    {
        let same = tokens::mark(session.db, group, request.token)? == Some(Mark::Admin);
        return Ok(if same { Ok(()) } else { Err(StoreError::Taken) });
    }
    if used {
        return Ok(Err(StoreError::CodeUsed));
    }
    if session.disk_is_full {
        return Ok(Err(StoreError::Full));
    }
    let group = match group {
        Some(group) => {
            session.ledger.flush(session.db)?;
            tokens::remove_all(session.db, group)?;
            group
        }
        None => match create(session, registering)? {
            Ok(group) => group,
            Err(refusal) => return Ok(Err(refusal)),
        },
    };
    tokens::put(session.db, group, request.token, Mark::Admin, Day::NEVER)?;
    use_up(session, registering)?;
    session.tokens_changed(request.log);
    session.tokens_changed(request.content);
    Ok(Ok(()))
}

fn create(session: &Session<'_>, registering: &Registering) -> Work<i64> {
    let groups: i64 = session.db.query_row("SELECT count(*) FROM mailboxes WHERE kind = 0", [], |row| row.get(0))?;
    if groups >= i64::from(session.limits.groups) {
        return Ok(Err(StoreError::Full));
    }
    let group: i64 =
        session.db.query_row("SELECT coalesce(max(group_no), 0) + 1 FROM mailboxes", [], |row| row.get(0))?;
    let mut insert = session.db.prepare_cached(
        "INSERT INTO mailboxes (mailbox, group_no, kind, bytes, last_cursor) VALUES (?1, ?2, ?3, 0, 0)",
    )?;
    insert.execute(params![&registering.request.log.0[..], group, 0])?;
    insert.execute(params![&registering.request.content.0[..], group, 1])?;
    Ok(Ok(group))
}

fn used(session: &Session<'_>, registering: &Registering) -> rusqlite::Result<bool> {
    match registering.code {
        Some(code) => {
            session.db.prepare_cached("SELECT 1 FROM used_codes WHERE number = ?1")?.exists([signed(code.number)])
        }
        None => Ok(false),
    }
}

fn use_up(session: &Session<'_>, registering: &Registering) -> rusqlite::Result<()> {
    if let Some(code) = registering.code {
        session
            .db
            .prepare_cached("INSERT INTO used_codes (number, expires) VALUES (?1, ?2)")?
            .execute(params![signed(code.number), code.expires.0])?;
    }
    Ok(())
}
