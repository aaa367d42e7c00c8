//! An official's phone in wrong hands, and an official who was removed and will not have it.

use ratel_core::{
    envelope::{
        crypto::{BoxKey, SigningKey},
        operation::{
            Members,
            members::{Charter, Cosignature, NewDevice, Newcomer},
        },
    },
    identity::DeviceId,
    intent::Intent,
    view::{ChangeKind, Membership, Role},
};
use ratel_protocol::{Ref, Token};
use ratel_tests::{Insider, Phone, Street, section};

use super::{
    insider::twin,
    trust::{names, notes, of_four, says, sync},
};

/// Fatma and Ahmed coordinate, Jan is trustee, Ria lives there.
pub(crate) async fn of_two_coordinators() -> (Street, Phone, Phone, Phone, Phone) {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    let code = fatma.app().give_role("Ahmed", Role::Coordinator).unwrap().unwrap();
    assert_eq!(jan.app().cosign(&code).unwrap(), None);
    sync(&street, &[&jan, &fatma, &ahmed, &ria]).await;
    assert_eq!(ahmed.app().neighbourhood().unwrap().me.role, Role::Coordinator);
    (street, fatma, jan, ria, ahmed)
}

#[tokio::test]
async fn ahmeds_phone_is_stolen_and_what_the_thief_did_to_ria_is_undone() {
    let (street, fatma, jan, ria, ahmed) = of_two_coordinators().await;
    says(&ahmed, "stoep is glad");
    sync(&street, &[&ahmed, &fatma, &jan, &ria]).await;

    section("the thief takes Ria out, and can do nothing to Fatma or Jan alone");
    ahmed.app().remove("Ria", "").unwrap();
    ahmed.app().remove("Fatma", "").unwrap().expect("only a code");
    says(&ahmed, "niets aan de hand");

    section("Fatma and Jan sign by one scan that the phone goes, before the thief's act has come to them");
    let code = fatma.app().remove("Ahmed", "telefoon gestolen").unwrap().unwrap();
    sync(&street, &[&fatma]).await;
    jan.syncs().await;
    assert_eq!(jan.app().cosign(&code).unwrap(), None);
    sync(&street, &[&jan, &fatma]).await;
    let _ = ahmed.tries_to_sync().await;
    let thief = Insider::of(&street, ahmed);
    sync(&street, &[&fatma, &jan, &ria]).await;

    section("Ria is in, what Ahmed said before stays, what the thief said does not show");
    for phone in [&fatma, &jan, &ria] {
        assert_eq!(names(phone), ["Fatma", "Jan", "Ria"], "{}", phone.name);
        assert_eq!(notes(phone), ["stoep is glad"], "{}", phone.name);
    }
    assert_eq!(ria.app().neighbourhood().unwrap().membership, Membership::Member);

    section("brought by somebody else's hand, the thief's act changes nothing either");
    let genesis = first_act(&fatma);
    let mo = street.neighbour(&fatma, "Mo", "20").await;
    let ria_device = Insider::of(&street, twin(&ria)).keys.device();
    let act = Members::Remove { target: ria_device, cosignatures: Vec::new() };
    let carrier = Insider::of(&street, mo);
    thief.administers(&street, &carrier.keys.token, vec![genesis], act).await;
    sync(&street, &[&fatma, &jan, &ria]).await;
    assert_eq!(names(&jan), ["Fatma", "Jan", "Mo", "Ria"]);
}

#[tokio::test]
async fn a_founder_removed_by_two_forges_the_way_back_and_fails() {
    let (street, fatma, jan, ria, ahmed) = of_two_coordinators().await;
    let mo = street.neighbour(&fatma, "Mo", "20").await;
    sync(&street, &[&fatma, &jan, &ria, &ahmed]).await;
    let in_office = newest_act(&fatma);
    let genesis = first_act(&fatma);
    let device = |phone: &Phone| Insider::of(&street, twin(phone)).keys.device();
    let (ahmeds, jans, rias, mos) = (device(&ahmed), device(&jan), device(&ria), device(&mo));

    section("Ahmed and Jan remove Fatma, who founded the street");
    let code = ahmed.app().remove("Fatma", "").unwrap().unwrap();
    sync(&street, &[&ahmed]).await;
    jan.syncs().await;
    jan.app().cosign(&code).unwrap();
    sync(&street, &[&jan, &ahmed, &ria]).await;
    let before = (names(&ria), newest_act(&ria), ria.app().police().unwrap());
    assert_eq!(before.0, ["Ahmed", "Jan", "Mo", "Ria"]);

    section("her phone signs acts dated to when she was in office, and Mo, her friend, brings them");
    let (fatma, mo) = (Insider::of(&street, fatma), Insider::of(&street, mo));
    for parents in [vec![genesis], vec![in_office]] {
        for act in [
            remove(ahmeds),
            remove(rias),
            role(ahmeds, Role::Resident, None),
            role(mos, Role::Coordinator, Some(jans)),
            puppet(),
            Members::Charter(Charter { police_read: true, ..Charter::default() }),
            Members::Relay { url: "https://fatma.example".to_owned() },
        ] {
            fatma.administers(&street, &mo.keys.token, parents.clone(), act).await;
        }
    }
    sync(&street, &[&ahmed, &jan, &ria]).await;
    for phone in [&ahmed, &jan, &ria] {
        let now = (names(phone), newest_act(phone), phone.app().police().unwrap());
        assert_eq!(now, before, "{}", phone.name);
    }
    assert_eq!(ahmed.app().neighbourhood().unwrap().me.role, Role::Coordinator);

    section("the control: the same act of Ahmed, who is in office, counts");
    let office = Insider::of(&street, twin(&ahmed));
    office.administers(&street, &office.keys.token, vec![genesis], puppet()).await;
    sync(&street, &[&jan, &ria]).await;
    assert_eq!(ria.app().members().unwrap().len(), before.0.len() + 1);
}

#[tokio::test]
async fn a_thief_stops_for_ria_and_ahmed_whom_she_named_replaces_her_phone_all_the_same() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    ria.app().choose_helper(Some("Ahmed")).unwrap();
    sync(&street, &[&ria, &ahmed, &fatma, &jan]).await;
    section("the thief stops with her phone; Ahmed, who has not heard of it, replaces it at her door");
    ria.app().leave().unwrap();
    sync(&street, &[&ria, &fatma]).await;
    fatma.app().tick().unwrap();
    let new = street.phone("Ria's new phone");
    let card = new.app().card("Ria", None).unwrap();
    let answer = ahmed.app().replace("Ria", &card).unwrap();
    new.app().accept(&answer).unwrap();
    section("a day later all have heard of both, and Ria is in");
    sync(&street, &[&ahmed, &fatma, &jan]).await;
    street.clock.advance_s(2 * 86_400);
    fatma.app().tick().unwrap();
    sync(&street, &[&fatma, &ahmed, &jan, &new]).await;
    for phone in [&fatma, &ahmed, &jan] {
        assert_eq!(names(phone), ["Ahmed", "Fatma", "Jan", "Ria"], "{}", phone.name);
    }
    assert_eq!(new.app().neighbourhood().unwrap().membership, Membership::Member);
}

#[tokio::test]
async fn who_was_taken_out_makes_no_leave_of_it_afterwards() {
    let (street, fatma, jan, ria, ahmed) = of_four().await;
    sync(&street, &[&ahmed, &fatma, &jan]).await;
    let before = newest_act(&fatma);
    fatma.app().remove("Ria", "telefoon gestolen").unwrap();
    sync(&street, &[&fatma, &ahmed]).await;
    let thief = Insider::of(&street, ria);
    let carrier = Insider::of(&street, twin(&ahmed));
    let leave = Members::Remove { target: thief.keys.device(), cosignatures: Vec::new() };
    thief.administers(&street, &carrier.keys.token, vec![before], leave).await;
    sync(&street, &[&ahmed, &jan]).await;
    assert_eq!(ahmed.app().changes().unwrap()[0].what, ChangeKind::Removed);
    ahmed.does(Intent::Home);
    ahmed.presses("news");
    assert!(ahmed.words().contains("Ria doet niet meer mee."), "{}", ahmed.words());
}

fn first_act(phone: &Phone) -> Ref {
    Ref::from_hex(&phone.app().changes().unwrap().last().unwrap().id).unwrap()
}

pub(crate) fn newest_act(phone: &Phone) -> Ref {
    Ref::from_hex(&phone.app().changes().unwrap().first().unwrap().id).unwrap()
}

fn remove(target: DeviceId) -> Members {
    Members::Remove { target, cosignatures: Vec::new() }
}

/// A role, with a signature of somebody who never signed.
fn role(target: DeviceId, role: Role, bogus: Option<DeviceId>) -> Members {
    let cosignatures = bogus.map(|device| Cosignature { device, signature: [7; 64] }).into_iter().collect();
    Members::Role { target, role, badge_until: None, cosignatures }
}

/// Lets in somebody whom nobody has met.
pub(crate) fn puppet() -> Members {
    let (signing, boxing) = (SigningKey::generate().unwrap(), BoxKey::generate().unwrap());
    let token = Token(*signing.seed().as_ref().first_chunk().unwrap()).hash();
    let device = NewDevice { signing_key: signing.public(), kem_key: boxing.public(), token };
    Members::Admit(Newcomer { device, role: Role::Resident, invitation: None, badge_until: None })
}
