//! The agreements: shown, changed, and signed by whom they concern.

use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Read as _, Write},
    path::Path,
};

use ratel_core::{
    Error, PartnerFile, PartnerKey,
    intent::{AlertKind, CharterChange, CharterTemplate},
    view::{CharterView, Party},
};

use super::{Place, print_json};
use crate::{
    args::{Charter, CharterAct, CharterSet, CharterSign, YesNo},
    failure::Failure,
    speech::Speech,
};

/// `ratel charter`.
pub(super) fn charter(place: &Place, charter: Charter) -> Result<(), Failure> {
    match charter.act {
        CharterAct::Show(format) => show(place, format.json),
        CharterAct::Set(set) => {
            place.open()?.set_charter(&change(&set)?)?;
            place.speech.say("cli-saved");
            Ok(())
        }
        CharterAct::Sign(sign) => match &sign.what {
            Some(what) => take(place, what),
            None => sign_as_partner(place, &sign),
        },
    }
}

fn show(place: &Place, as_json: bool) -> Result<(), Failure> {
    let charter = place.open()?.charter()?;
    if as_json {
        return print_json(&charter);
    }
    let speech = &place.speech;
    speech.say_with("cli-charter-group", &[("group", (&charter.group).into())]);
    if charter.version.is_empty() {
        speech.say("cli-charter-first");
    } else {
        let version: String = charter.version.chars().take(8).collect();
        speech.say_with("cli-charter-version", &[("version", (&version).into()), ("name", (&charter.by.name).into())]);
    }
    show_rules(speech, &charter);
    for partner in &charter.partners {
        let key = if partner.signed { "cli-charter-signed" } else { "cli-charter-unsigned" };
        let party = speech.get(party_key(partner.party));
        speech.say_with(key, &[("party", (&party).into()), ("key", (&partner.fingerprint).into())]);
    }
    if charter.provisional {
        speech.say("cli-charter-provisional");
    }
    if let Some(other) = &charter.other {
        let other: String = other.chars().take(8).collect();
        speech.say_with("cli-charter-other", &[("version", (&other).into())]);
    }
    Ok(())
}

fn show_rules(speech: &Speech, charter: &CharterView) {
    for kind in &charter.kinds {
        let reserved = charter.officials_only.contains(kind);
        let key = if reserved { "cli-charter-reserved" } else { "cli-charter-allowed" };
        let kind = speech.get(&format!("kind-{}", kind.code()));
        speech.say_with(key, &[("kind", (&kind).into())]);
    }
    match charter.quiet {
        Some((from, to)) => {
            let (from, to) = (clock(from), clock(to));
            speech.say_with("cli-charter-quiet", &[("from", (&from).into()), ("to", (&to).into())]);
        }
        None => speech.say("cli-charter-not-quiet"),
    }
    speech.say_with("cli-charter-alert-days", &[("count", u32::from(charter.alert_days).into())]);
    let signed = charter.partners.iter().any(|partner| partner.party == Party::Police && partner.signed);
    speech.say(match (charter.police_read, signed) {
        (true, true) => "cli-charter-police-yes",
        (true, false) => "cli-charter-police-later",
        (false, _) => "cli-charter-police-no",
    });
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

const fn party_key(party: Party) -> &'static str {
    match party {
        Party::Police => "cli-party-police",
        Party::Municipality => "cli-party-municipality",
        Party::Other => "cli-party-other",
    }
}

fn change(set: &CharterSet) -> Result<CharterChange, Error> {
    let template = set.template.as_deref().map(|code| CharterTemplate::from_code(code).ok_or(Error::Setting));
    Ok(CharterChange {
        template: template.transpose()?,
        allow: kinds(&set.allow)?,
        officials_only: kinds(&set.officials_only)?,
        forbid: kinds(&set.forbid)?,
        quiet: set.quiet,
        alert_days: set.alert_days,
        police_read: set.police_reads.map(|answer| answer == YesNo::Yes),
        without: set.without.iter().map(|digits| digits.to_ascii_lowercase()).collect(),
    })
}

fn kinds(codes: &[String]) -> Result<Vec<AlertKind>, Error> {
    codes.iter().map(|code| AlertKind::from_code(code).ok_or(Error::Setting)).collect()
}

/// A partner's file, or else a version of the log to sign anew.
fn take(place: &Place, what: &str) -> Result<(), Failure> {
    let app = place.open()?;
    match read_some(Path::new(what)) {
        Ok(file) => app.sign_charter(&file)?,
        Err(error) if error.kind() == ErrorKind::NotFound => app.renew_charter(what)?,
        Err(_) => return Err(cannot_read(Path::new(what))),
    }
    place.speech.say("cli-saved");
    Ok(())
}

/// What a municipality or the police do, on a computer of theirs. Prints the file; the key stays with them.
fn sign_as_partner(place: &Place, sign: &CharterSign) -> Result<(), Failure> {
    let (Some(party), Some(terms), Some(key)) = (&sign.party, &sign.terms, &sign.key) else {
        return Err(Failure::Core(Error::Setting));
    };
    let party = match party.as_str() {
        "police" => Party::Police,
        "municipality" => Party::Municipality,
        _ => Party::Other,
    };
    let street = match &sign.street {
        Some(street) => street.clone(),
        None => place.open()?.charter()?.group,
    };
    let terms = fs::read_to_string(terms).map_err(|_| cannot_read(terms))?;
    let key = partner_key(key).map_err(|_| cannot_read(key))?;
    print_json(&PartnerFile::sign(party, &street, &terms, &key)?)
}

/// The beginning of a file: a byte more than a partner's may have, so that what is longer is refused unread.
fn read_some(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = Vec::new();
    fs::File::open(path)?.take(PartnerFile::MAX_BYTES + 1).read_to_end(&mut file)?;
    Ok(file)
}

fn cannot_read(file: &Path) -> Failure {
    Failure::Said("cli-cannot-read", vec![("file", file.display().to_string())])
}

/// The partner's key, from its file; a new one is written where there is none, for this account's eyes only.
fn partner_key(path: &Path) -> io::Result<PartnerKey> {
    let unusable = |_| io::Error::from(ErrorKind::InvalidData);
    match fs::read_to_string(path) {
        Ok(text) => PartnerKey::from_text(&text).map_err(unusable),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = PartnerKey::generate().map_err(unusable)?;
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(path)?;
            writeln!(file, "{}", *key.to_text())?;
            file.sync_all()?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("municipality.key");
        let key = partner_key(&path).unwrap().to_text();
        assert_eq!(partner_key(&path).unwrap().to_text(), key);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        fs::write(&path, "no key").unwrap();
        assert!(partner_key(&path).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "no key", "what it cannot read it leaves alone");
    }
}
