//! What the neighbourhood agreed: shown, changed and signed anew as a whole, and who signed along.
//!
//! The log holds every version for ever; the last that counts in replay is in force. Two coordinators who change it at
//! the same time lose nothing: the screen names the other version, and either of them signs one of the two anew. While a
//! founder is still alone there is no log yet: what was agreed waits and goes into the beginning.

mod partner;

use ratel_protocol::Ref;

pub use partner::{PartnerFile, PartnerKey};

use super::{App, known::Known, state::State};
use crate::{
    envelope::operation::{
        Members,
        members::{Charter, MAX_PARTNERS, Party},
    },
    error::Error,
    group::{Agreement, Membership},
    intent::{AlertKind, CharterChange},
    view::{CharterView, PartnerView, Role},
};

/// Name of the fact with the agreements that wait for a log.
const FIRST: &str = "charter";
/// Least digits of a version or of a partner's key.
const MIN_DIGITS: usize = 4;
/// Digits of a partner's key that are shown.
const FINGERPRINT_DIGITS: usize = 16;
/// Days that an alert may live.
const LIVES: std::ops::RangeInclusive<u16> = 1..=400;
/// Minutes of a day.
const DAY_MINUTES: u16 = 24 * 60;

impl App {
    /// What the neighbourhood agreed, as it is in force now.
    pub fn charter(&self) -> Result<CharterView, Error> {
        self.state().charter()
    }

    /// Changes the agreements: signed and written as a whole. While a founder is alone they wait for the beginning.
    ///
    /// # Errors
    /// [`Error::NotCoordinator`] for others, [`Error::Setting`] for what nobody can agree.
    pub fn set_charter(&self, change: &CharterChange) -> Result<(), Error> {
        self.act(|state| state.set_charter(change))
    }

    /// Signs a version of the agreements anew, by four or more digits of its reference.
    pub fn renew_charter(&self, version: &str) -> Result<(), Error> {
        self.act(|state| state.renew_charter(version))
    }

    /// Takes a partner's signature from the bytes of a [`PartnerFile`]; nobody's membership changes by it.
    ///
    /// # Errors
    /// [`Error::PartnerFile`] for another file, [`Error::PartnerSignature`] if it is not signed for this neighbourhood.
    pub fn sign_charter(&self, file: &[u8]) -> Result<(), Error> {
        self.act(|state| state.sign_charter(file))
    }
}

impl State {
    /// What is in force now.
    pub(super) fn charter(&self) -> Result<CharterView, Error> {
        let known = self.known()?;
        let Some(current) = self.group()?.log.agreements().pop() else {
            return Ok(self.shown(&known, "", &self.charter_now()?));
        };
        let mut shown = self.version(&known, current);
        shown.other = self.group()?.log.other_agreement().map(|other| other.id.to_hex());
        Ok(shown)
    }

    /// One version as screens show it.
    pub(super) fn version(&self, known: &Known, agreement: Agreement<'_>) -> CharterView {
        let mut shown = self.shown(known, &agreement.id.to_hex(), agreement.charter);
        shown.by = self.person_view(known, agreement.author);
        shown.since_s = self.group.as_ref().and_then(|group| group.said_s(&agreement.id)).unwrap_or(0);
        shown
    }

    fn shown(&self, known: &Known, version: &str, charter: &Charter) -> CharterView {
        let group = self.group.as_ref().map(|group| group.id).unwrap_or_default();
        let may = |wanted: fn(&Charter, AlertKind) -> bool| {
            AlertKind::ALL.into_iter().filter(|kind| wanted(charter, *kind)).collect()
        };
        let partners = charter.partners.iter().map(|partner| PartnerView {
            party: partner.party,
            signed: partner.is_signed(group),
            fingerprint: fingerprint(&partner.key),
        });
        let (from, to) = charter.quiet;
        CharterView {
            group: group.to_hex(),
            version: version.to_owned(),
            since_s: 0,
            by: self.person_view(known, self.device().unwrap_or_default()),
            kinds: may(Charter::allows),
            officials_only: may(Charter::is_reserved),
            quiet: (from != to).then_some((from, to)),
            alert_days: charter.alert_days,
            police_read: charter.police_read,
            partners: partners.collect(),
            provisional: charter.signed_partner(Party::Municipality, group).is_none(),
            other: None,
        }
    }

    /// The agreements in force, or those with which this phone will begin.
    pub(super) fn charter_now(&self) -> Result<Charter, Error> {
        if let Some(charter) = &self.group()?.membership().charter {
            return Ok(charter.clone());
        }
        let Some(text) = self.store.fact(FIRST)? else { return Ok(Charter::default()) };
        let bytes: Option<Vec<u8>> = serde_json::from_str(&text)?;
        let charter = bytes.map(|bytes| Charter::from_bytes(&bytes)).transpose();
        Ok(charter.map_err(|_| Error::ForeignStore)?.unwrap_or_default())
    }

    /// Whether the agreements let this phone's person post a kind. Who is not in a neighbourhood yet knows of none, and
    /// what goes to no group needs none.
    pub(super) fn may_report(&self, kind: AlertKind) -> Result<bool, Error> {
        let (Some(group), Some(device)) = (&self.group, self.device()) else { return Ok(true) };
        let role = group.role(device).unwrap_or(Role::Resident);
        Ok(!kind.to_the_group() || self.charter_now()?.may_post(role, kind))
    }

    /// Kinds that the report screen offers, in its order.
    pub(super) fn offers(&self) -> Result<Vec<AlertKind>, Error> {
        let mut offers = Vec::new();
        for kind in AlertKind::ALL {
            if self.may_report(kind)? {
                offers.push(kind);
            }
        }
        Ok(offers)
    }

    /// Whether only danger makes a sound now, by the clock on this phone's wall.
    pub(super) fn is_quiet_now(&self) -> bool {
        let Some(charter) = self.group.as_ref().and_then(|group| group.membership().charter.as_ref()) else {
            return false;
        };
        let wall_s = self.now_ms().div_euclid(1000) + i64::from(self.platform.utc_offset_s());
        let minute = wall_s.div_euclid(60).rem_euclid(i64::from(DAY_MINUTES));
        u16::try_from(minute).is_ok_and(|minute| charter.is_quiet_at(minute))
    }

    /// Changes the agreements. Who changes nothing signs nothing.
    pub(super) fn set_charter(&mut self, change: &CharterChange) -> Result<(), Error> {
        let before = self.charter_now()?;
        let after = changed(&before, change)?;
        if before == after { Ok(()) } else { self.agree(after) }
    }

    /// Signs a version of the log anew, on all that is known now: of two that were made at once it is then in force.
    pub(super) fn renew_charter(&mut self, version: &str) -> Result<(), Error> {
        let version = version.trim().to_ascii_lowercase();
        let fits = |id: Ref| version.len() >= MIN_DIGITS && id.to_hex().starts_with(&version);
        let agreements = self.group()?.log.agreements();
        let mut fitting = agreements.into_iter().filter(|agreement| fits(agreement.id));
        let charter = match (fitting.next(), fitting.next()) {
            (Some(agreement), None) => agreement.charter.clone(),
            _ => return Err(Error::NoSuchCharter),
        };
        self.agree(charter)
    }

    /// Takes a partner's signature (R37): whoever takes part stays as it is.
    pub(super) fn sign_charter(&mut self, file: &[u8]) -> Result<(), Error> {
        let partner = PartnerFile::read(file)?.partner(self.group()?.id)?;
        let mut charter = self.charter_now()?;
        charter.partners.retain(|known| (known.party, known.key) != (partner.party, partner.key));
        if charter.partners.len() >= MAX_PARTNERS {
            return Err(Error::TooManyPartners);
        }
        charter.partners.push(partner);
        if charter == self.charter_now()? { Ok(()) } else { self.agree(charter) }
    }

    fn agree(&mut self, charter: Charter) -> Result<(), Error> {
        let empty = self.group()?.membership().is_empty();
        if empty && self.store.fact("founder")?.is_some() {
            return self.store.set_fact(FIRST, &serde_json::to_string(&charter.to_bytes())?);
        }
        self.administer(vec![Members::Charter(charter)])?;
        Ok(())
    }
}

/// Nobody becomes a wijkagent before the police have signed: a grant to a partner that has not is refused here, where it
/// is made (R49). In the log such a grant counts, since the log judges signatures of members only, and gives nothing:
/// see [`Membership::reads`].
pub(super) fn check_grant(members: &Membership, act: &Members) -> Result<(), Error> {
    let given = match act {
        Members::Admit(newcomer) => Some(newcomer.role),
        Members::Role { role, .. } => Some(*role),
        _ => None,
    };
    if given == Some(Role::Wijkagent) && !members.police_signed() { Err(Error::PartnerUnsigned) } else { Ok(()) }
}

/// A change applied: the template, then what everybody may, what few may, what nobody may.
fn changed(before: &Charter, change: &CharterChange) -> Result<Charter, Error> {
    let mut charter = before.clone();
    if let Some(template) = change.template {
        charter.take(template);
    }
    if change.forbid.iter().any(|kind| change.allow.contains(kind) || change.officials_only.contains(kind)) {
        return Err(Error::Setting);
    }
    for kind in &change.allow {
        charter.allow(*kind);
    }
    for kind in &change.officials_only {
        charter.reserve(*kind);
    }
    for kind in &change.forbid {
        charter.forbid(*kind);
    }
    if let Some(quiet) = change.quiet {
        charter.quiet = if quiet.from == quiet.to { (0, 0) } else { (quiet.from, quiet.to) };
    }
    charter.alert_days = change.alert_days.unwrap_or(charter.alert_days);
    charter.police_read = change.police_read.unwrap_or(charter.police_read);
    for digits in &change.without {
        let partners = charter.partners.len();
        charter.partners.retain(|partner| digits.len() < MIN_DIGITS || !fingerprint(&partner.key).starts_with(digits));
        if charter.partners.len() == partners {
            return Err(Error::Setting);
        }
    }
    let minutes = [charter.quiet.0, charter.quiet.1];
    if minutes.iter().all(|minute| *minute < DAY_MINUTES) && LIVES.contains(&charter.alert_days) {
        Ok(charter)
    } else {
        Err(Error::Setting)
    }
}

fn fingerprint(key: &[u8; 32]) -> String {
    ratel_protocol::hex::encode(key).chars().take(FINGERPRINT_DIGITS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent::{CharterTemplate, QuietHours};

    #[test]
    fn a_template_comes_first_and_what_is_named_goes_on_top() {
        let change = CharterChange {
            template: Some(CharterTemplate::BreakInAndFire),
            allow: vec![AlertKind::Help],
            officials_only: vec![AlertKind::Vehicle],
            forbid: vec![AlertKind::Fire],
            quiet: Some(QuietHours::EVENING),
            alert_days: Some(14),
            ..CharterChange::default()
        };
        let charter = changed(&Charter { police_read: true, ..Charter::default() }, &change).unwrap();
        let allowed: Vec<_> = AlertKind::ALL.into_iter().filter(|kind| charter.allows(*kind)).collect();
        assert_eq!(allowed, [AlertKind::BreakIn, AlertKind::Help, AlertKind::DoorstepScam, AlertKind::Vehicle]);
        assert!(charter.is_reserved(AlertKind::Vehicle) && !charter.is_reserved(AlertKind::Help));
        assert_eq!((charter.alert_days, charter.police_read), (14, true));
        assert!(charter.is_quiet_at(23 * 60) && charter.is_quiet_at(0) && !charter.is_quiet_at(7 * 60));
    }

    #[test]
    fn what_cannot_be_agreed_is_refused() {
        let refused = |change: &CharterChange| changed(&Charter::default(), change).is_err();
        assert!(!refused(&CharterChange::default()), "the control");
        let (fire, late) = (vec![AlertKind::Fire], QuietHours { from: 60, to: 1440 });
        assert!(refused(&CharterChange { allow: fire.clone(), forbid: fire, ..CharterChange::default() }));
        assert!(refused(&CharterChange { alert_days: Some(0), ..CharterChange::default() }));
        assert!(refused(&CharterChange { alert_days: Some(401), ..CharterChange::default() }));
        assert!(refused(&CharterChange { quiet: Some(late), ..CharterChange::default() }));
        assert!(refused(&CharterChange { without: vec!["00aabb".to_owned()], ..CharterChange::default() }));
    }
}
