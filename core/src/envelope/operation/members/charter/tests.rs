//! What the agreements say of kinds, hours and partners, and how they are kept (R03, R49).

use ratel_protocol::GroupId;

use super::{Charter, DAY_MINUTES, MAX_DAYS, Partner, Party, bit};
use crate::{
    envelope::crypto::SigningKey,
    intent::{AlertKind, CharterTemplate},
    view::Role,
};

const GROUP: GroupId = GroupId([1; 16]);

/// Bits of later releases: one kind that counts, and one of officials only.
const LATER: (u32, u32) = (1 << 20, 1 << 21);

/// Who may post each kind, in the order of the screen.
fn posters(charter: &Charter) -> [&'static str; 6] {
    AlertKind::ALL.map(|kind| match (charter.allows(kind), charter.is_reserved(kind)) {
        (true, false) => "all",
        (true, true) => "officials",
        (false, false) => "nobody",
        (false, true) => "nobody, and officials",
    })
}

fn with_later() -> Charter {
    let mut charter = Charter::default();
    charter.alert_kinds |= LATER.0;
    charter.officials_only |= LATER.1;
    charter
}

#[test]
fn r03_a_kind_is_for_all_for_officials_or_for_nobody_and_says_nothing_of_the_next() {
    let mut charter = with_later();
    assert_eq!(posters(&charter), ["all"; 6]);
    // Each twice: who presses again changes nothing.
    for _ in 0..2 {
        charter.reserve(AlertKind::Vehicle);
        charter.forbid(AlertKind::Behaviour);
        assert_eq!(posters(&charter), ["all", "all", "all", "nobody", "all", "officials"]);
    }
    let may = |role| AlertKind::ALL.map(|kind| charter.may_post(role, kind));
    assert_eq!(may(Role::Resident), [true, true, true, false, true, false]);
    assert_eq!(may(Role::Patrol), [true, true, true, false, true, true]);
    assert_eq!(may(Role::Coordinator), [true, true, true, false, true, true]);
    for _ in 0..2 {
        charter.forbid(AlertKind::Vehicle);
        charter.reserve(AlertKind::Behaviour);
        assert_eq!(posters(&charter), ["all", "all", "all", "officials", "all", "nobody"]);
    }
    for _ in 0..2 {
        charter.allow(AlertKind::Vehicle);
        charter.allow(AlertKind::Behaviour);
        assert_eq!(charter, with_later());
    }
}

#[test]
fn r03_a_template_decides_on_kinds_and_hours_and_leaves_the_rest() {
    for template in CharterTemplate::ALL {
        let mut charter = Charter { police_read: true, alert_days: 7, ..with_later() };
        charter.reserve(AlertKind::Vehicle);
        charter.forbid(AlertKind::Fire);
        charter.take(template);
        let expected = AlertKind::ALL.map(|kind| if template.kinds().contains(&kind) { "all" } else { "nobody" });
        assert_eq!(posters(&charter), expected, "{template:?}");
        let bits = template.kinds().iter().fold(LATER.0, |bits, kind| bits | bit(*kind));
        assert_eq!((charter.alert_kinds, charter.officials_only), (bits, LATER.1), "{template:?}");
        assert_eq!(charter.quiet, (template.quiet().from, template.quiet().to));
        assert_eq!((charter.police_read, charter.alert_days), (true, 7));
    }
}

#[test]
fn r03_quiet_hours_begin_with_their_first_minute_and_end_before_their_last() {
    let quiet = |from, to| Charter { quiet: (from, to), ..Charter::default() };
    let night = quiet(1320, 420);
    let at = [1319, 1320, 1439, 0, 419, 420, 720].map(|minute| night.is_quiet_at(minute));
    assert_eq!(at, [false, true, true, true, true, false, false]);
    let noon = quiet(720, 780);
    assert_eq!([719, 720, 779, 780, 0].map(|minute| noon.is_quiet_at(minute)), [false, true, true, false, false]);
    let none = quiet(300, 300);
    assert!((0..DAY_MINUTES).all(|minute| !none.is_quiet_at(minute)), "equal stands for none");
}

#[test]
fn r49_a_partner_is_one_whose_own_signature_is_good() {
    let signer = SigningKey::from_seed([7; 32].into()).unwrap();
    let partner = |party: Party, signed: Party| {
        let terms = [6; 32];
        let signature = signer.sign(&Partner::message(GROUP, signed, &terms));
        Partner { party, key: signer.public(), terms, signature }
    };
    let police = partner(Party::Police, Party::Police);
    let forged = partner(Party::Municipality, Party::Other);
    let charter = Charter { partners: vec![forged, police], ..Charter::default() };
    let found = Party::ALL.map(|party| charter.signed_partner(party, GROUP));
    assert_eq!(found, [Some(&police), None, None]);
    assert_eq!(charter.signed_partner(Party::Police, GroupId([2; 16])), None, "terms of another neighbourhood");
}

#[test]
fn agreements_that_a_phone_keeps_read_back_and_others_are_refused() {
    let mut charter = Charter { quiet: (DAY_MINUTES - 1, 1), alert_days: MAX_DAYS, decision_days: 1, ..with_later() };
    charter.reserve(AlertKind::Vehicle);
    let bytes = charter.to_bytes();
    assert_eq!(Charter::from_bytes(&bytes).as_ref(), Ok(&charter));
    assert!(Charter::from_bytes(&[&bytes[..], &[0]].concat()).is_err(), "a byte too many");
    assert!(Charter::from_bytes(&bytes[..bytes.len() - 1]).is_err(), "a byte too few");
    let wrong = [
        Charter { quiet: (DAY_MINUTES, 0), ..charter.clone() },
        Charter { quiet: (0, DAY_MINUTES), ..charter.clone() },
        Charter { alert_days: 0, ..charter.clone() },
        Charter { alert_days: MAX_DAYS + 1, ..charter.clone() },
        Charter { decision_days: 0, ..charter.clone() },
    ];
    for charter in wrong {
        assert!(Charter::from_bytes(&charter.to_bytes()).is_err(), "{charter:?}");
    }
}
