//! The rules of an alert by their definition: slow, recursive, and sharing no line with the core.

use std::collections::{BTreeMap, BTreeSet};

use ratel_core::{document::Change, envelope::operation::Content, identity::DeviceId, intent::Answer};
use ratel_protocol::{Day, Ref};

/// What an alert shows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Naive {
    /// Texts that nobody overwrote, the shown one last.
    pub(crate) notes: Vec<(Ref, String)>,
    pub(crate) withdrawn: bool,
    pub(crate) answers: BTreeMap<DeviceId, (Answer, i64)>,
    pub(crate) seen: BTreeSet<DeviceId>,
    pub(crate) called_112: Option<bool>,
}

/// The opening and the state operations that are held.
pub(crate) struct Held<'a> {
    opening: Ref,
    by_id: BTreeMap<Ref, &'a Change>,
}

impl<'a> Held<'a> {
    pub(crate) fn new(opening: Ref, changes: &'a [Change]) -> Self {
        let belongs = |change: &&Change| change.id == opening || change.content.is_state();
        Self { opening, by_id: changes.iter().filter(belongs).map(|change| (change.id, change)).collect() }
    }

    /// Those of its parents that are here; the opening where there are none.
    pub(crate) fn parents(&self, change: &Change) -> Vec<Ref> {
        let held: Vec<Ref> = change.parents.iter().filter(|parent| self.by_id.contains_key(parent)).copied().collect();
        if held.is_empty() { vec![self.opening] } else { held }
    }

    fn depth(&self, id: Ref, memo: &mut BTreeMap<Ref, u32>) -> u32 {
        if id == self.opening {
            return 0;
        }
        if let Some(depth) = memo.get(&id) {
            return *depth;
        }
        let parents = self.parents(self.by_id[&id]);
        let depth = 1 + parents.into_iter().map(|parent| self.depth(parent, memo)).max().unwrap_or(0);
        memo.insert(id, depth);
        depth
    }

    /// Opening first, then state operations by (depth, id).
    pub(crate) fn in_order(&self) -> Vec<&'a Change> {
        let mut memo = BTreeMap::new();
        let mut ranked: Vec<(u32, Ref)> = self.by_id.keys().map(|id| (self.depth(*id, &mut memo), *id)).collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, id)| self.by_id[&id]).collect()
    }

    /// Everything before an operation that counts, through parents that may not.
    fn past(&self, change: &Change, pasts: &BTreeMap<Ref, BTreeSet<Ref>>) -> BTreeSet<Ref> {
        let mut out = BTreeSet::new();
        for parent in self.parents(change) {
            out.extend(&pasts[&parent]);
            if self.by_id[&parent].counts {
                out.insert(parent);
            }
        }
        out
    }
}

/// Reads an alert; `None` without an opening that counts.
pub(crate) fn read(opening: Ref, changes: &[Change]) -> Option<Naive> {
    let held = Held::new(opening, changes);
    held.by_id.get(&opening).filter(|change| change.counts)?;
    let mut pasts = BTreeMap::from([(opening, BTreeSet::new())]);
    let mut notes: Vec<(Ref, String)> = Vec::new();
    let mut withdrawn = false;
    for change in held.in_order() {
        let past = if change.id == opening { BTreeSet::new() } else { held.past(change, &pasts) };
        if change.counts {
            let text = match &change.content {
                Content::Alert(alert) => Some(&alert.note),
                Content::Edit { note, .. } => Some(note),
                _ => None,
            };
            if let Some(text) = text {
                notes.retain(|(by, _)| !past.contains(by));
                notes.push((change.id, text.clone()));
            }
            withdrawn |= change.content == Content::Withdraw;
        }
        pasts.insert(change.id, past);
    }
    let mut leaves: Vec<&Change> = changes.iter().filter(|leaf| leaf.content.is_leaf() && leaf.counts).collect();
    leaves.sort_by_key(|leaf| (leaf.seq, leaf.id));
    let (mut answers, mut seen, mut called) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
    for leaf in leaves {
        match leaf.content {
            Content::Answer { answer } => {
                answers.insert(leaf.device, (answer, Day::unix_s(leaf.time)));
            }
            Content::Seen => {
                seen.insert(leaf.device);
            }
            Content::Called112 { called: yes } => {
                called.insert(leaf.device, yes);
            }
            _ => {}
        }
    }
    let called_112 = called.values().copied().max();
    Some(Naive { notes, withdrawn, answers, seen, called_112 })
}
