//! Equality of two sets of envelopes for 32 bytes.

use ring::digest::{Context, SHA256};

use crate::Ref;

/// SHA-256 over the ids in ascending order. The caller passes them sorted and without duplicates.
pub fn of_sorted<'a>(refs: impl IntoIterator<Item = &'a Ref>) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for id in refs {
        context.update(&id.0);
    }
    let mut out = [0; 32];
    out.copy_from_slice(context.finish().as_ref());
    out
}
