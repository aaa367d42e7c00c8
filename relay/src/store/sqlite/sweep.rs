//! Destroys what has expired.
//!
//! Expired rows are overwritten (`secure_delete`) and their pages given back, a bounded number in each transaction so
//! that posts never wait long. When nothing is left the writer truncates the log that still holds old pages.

use rusqlite::params;

use super::writer::{Session, Work};

/// Envelopes destroyed in one transaction.
const AT_ONCE: i64 = 1_000;

/// Destroys a part; true while more may be left.
pub(super) fn run(session: &mut Session<'_>) -> Work<bool> {
    let db = session.db;
    let today = session.today.0;
    session.ledger.flush(db)?;
    db.execute(
        "UPDATE mailboxes SET bytes = mailboxes.bytes - gone.size
         FROM (SELECT mailbox_no, sum(length(bytes)) AS size FROM
                 (SELECT mailbox_no, bytes FROM envelopes WHERE expires < ?1 ORDER BY expires, place LIMIT ?2)
               GROUP BY mailbox_no) AS gone
         WHERE mailboxes.mailbox_no = gone.mailbox_no",
        params![today, AT_ONCE],
    )?;
    let destroyed = db.execute(
        "DELETE FROM envelopes WHERE place IN
           (SELECT place FROM envelopes WHERE expires < ?1 ORDER BY expires, place LIMIT ?2)",
        params![today, AT_ONCE],
    )?;
    db.execute("DELETE FROM usage WHERE day < ?1", [today])?;
    db.execute("DELETE FROM usage WHERE token_no IN (SELECT token_no FROM tokens WHERE ends < ?1)", [today])?;
    db.execute("DELETE FROM tokens WHERE ends < ?1", [today])?;
    db.execute("DELETE FROM used_codes WHERE expires < ?1", [today])?;
    let more = i64::try_from(destroyed).unwrap_or(0) >= AT_ONCE;
    if !more {
        session.truncate_log = true;
    }
    Ok(Ok(more))
}
