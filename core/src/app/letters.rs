//! Letters on this phone: asking one chosen helper, and what she answers.
//!
//! A letter goes to all phones of the addressed and of its author; other phones carry it and know nothing but its author.
//! What a letter says is read once; its key stays beside it, since keys for boxes are destroyed while it lives.

use std::collections::BTreeMap;

use ratel_protocol::Ref;
use serde::{Deserialize, Serialize};

use super::{
    author::Draft,
    known::Known,
    state::State,
    view_of::{PlaceView, clamped_s, place_view, readable},
};
use crate::{
    envelope::{
        crypto::random,
        letter::{Message, letter_info, letter_key, open_letter, seal_letter},
        operation::{
            Body, Content,
            content::{LETTER_BOXES, Letter, Place},
            keys::Channel,
            number,
        },
    },
    error::Error,
    identity::{DeviceId, PersonId},
    intent::{AlertKind, Answer},
    storage::{Mailbox, NewView, State as Held, StoredEnvelope, StoredView},
    view::{Alert, AlertState, Answered, Delivery, Person},
};

/// Stands where the wrapped key of a letter would: no box of it is for this phone. To try sixteen boxes of every letter
/// whenever the views are made anew would cost seconds where somebody sends hundreds.
const NOT_FOR_ME: &[u8] = &[];

/// View of a letter that this phone could open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct LetterView {
    device: DeviceId,
    time_s: i64,
    says: Says,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Says {
    Help { to: DeviceId, practice: bool, place: PlaceView, note: String, lang: String },
    Answer { about: Ref, answer: Answer },
    Withdraw { about: Ref },
}

/// A request for help with what followed it.
struct Request {
    stored: StoredView,
    view: LetterView,
    answers: BTreeMap<PersonId, (DeviceId, Answer, i64)>,
    withdrawn: bool,
}

impl State {
    /// The device of the helper whom this phone's person chose, while it is in.
    pub(super) fn my_helper(&self) -> Option<DeviceId> {
        let members = self.group.as_ref()?.membership();
        let helper = members.devices.get(&self.device()?)?.helper?;
        members.reads(helper, Channel::Street).then_some(helper)
    }

    /// The helper, as screens show one.
    pub(super) fn helper_view(&self, known: &Known) -> Option<Person> {
        self.my_helper().map(|helper| self.person_view(known, helper))
    }

    /// Asks the helper to come to the door.
    pub(super) fn ask_helper(
        &mut self,
        practice: bool,
        place: Place,
        note: String,
        lang: String,
    ) -> Result<Ref, Error> {
        let to = self.my_helper().ok_or(Error::NoHelper)?;
        self.write_letter(to, &Message::Help { to, practice, place, note, lang })
    }

    /// Answers a letter; whoever asked is told, and nobody else.
    pub(super) fn answer_letter(&mut self, about: Ref, answer: Answer) -> Result<(), Error> {
        if !Answer::TO_LETTER.contains(&answer) {
            return Err(Error::Setting);
        }
        let to = self.letter_view(about)?.ok_or(Error::NoSuchAlert)?.device;
        self.write_letter(to, &Message::Answer { about, answer })?;
        Ok(())
    }

    /// Takes back one's own letter.
    pub(super) fn withdraw_letter(&mut self, about: Ref) -> Result<(), Error> {
        match self.letter_view(about)?.ok_or(Error::NoSuchAlert)?.says {
            Says::Help { to, .. } => self.write_letter(to, &Message::Withdraw { about }).map(|_| ()),
            _ => Err(Error::NoSuchAlert),
        }
    }

    /// Writes a letter to all phones of a person, and of one's own.
    fn write_letter(&mut self, to: DeviceId, message: &Message) -> Result<Ref, Error> {
        let me = self.keys()?.device();
        let salt: [u8; 16] = random()?;
        let group = self.group()?;
        let info = letter_info(group.id, me, &salt);
        let (boxes, sealed) = seal_letter(&info, &self.box_keys(me, to)?, message)?;
        let until = self.stamp_day().plus(self.alert_days());
        let content = Content::Letter(Letter { until, boxes, sealed });
        let expires = self.expires(&content, None)?;
        let key = group.writing_key(Channel::Street).ok_or(Error::NoKeyYet)?.key.clone();
        let draft = Draft {
            mailbox: Mailbox::Content,
            address: group.address(Mailbox::Content),
            key: &key,
            expires,
            document: None,
            parents: Vec::new(),
            body: Body::Content(content),
            state: Held::Opened,
        };
        let id = self.seal_and_queue_with(draft, salt)?.id.short();
        self.refresh_document(id)?;
        Ok(id)
    }

    /// Keys for boxes of this phone, of the phone that was chosen, and of the phones that either person linked. One that a
    /// coordinator put in the place of another gets none: it could be anybody's.
    fn box_keys(&self, me: DeviceId, to: DeviceId) -> Result<Vec<[u8; 32]>, Error> {
        let group = self.group()?;
        let members = group.membership();
        let of = |device: DeviceId| {
            let person = members.person(device);
            let devices = members.devices.iter().filter(move |(other, member)| {
                let linked = members.person(member.admitted_by) == person;
                **other == device || (Some(member.person) == person && linked)
            });
            devices.filter(move |(other, _)| *other != &me).map(|(other, member)| (*other, member.kem_key))
        };
        let mine = self.keys()?.boxing.public();
        let others = of(to).chain(of(me).filter(|(device, _)| members.person(*device) != members.person(to)));
        let others = others.map(|(device, first)| group.ring.box_key(device, first));
        Ok(std::iter::once(mine).chain(others).take(LETTER_BOXES).collect())
    }

    /// The view of a letter, if this phone can open it and it counts.
    pub(super) fn view_of_letter(&mut self, row: &StoredEnvelope) -> Result<Option<NewView>, Error> {
        let group = self.group()?;
        let Some(opened) = group.reopen(row).filter(|_| row.state == Held::Opened) else { return Ok(None) };
        let (id, author) = (row.id.short(), opened.operation.device);
        let Body::Content(content @ Content::Letter(letter)) = &opened.operation.body else { return Ok(None) };
        let street = group.channel_of(row) == Some(Channel::Street);
        if !street || !group.counts(id, author, Channel::Street, content, author) {
            return Ok(None);
        }
        let info = letter_info(group.id, author, &opened.head.salt);
        let Some(message) = self.read_letter(id, &info, letter)? else { return Ok(None) };
        let time_s = clamped_s(opened.operation.time, row);
        let says = match message {
            Message::Help { to, practice, place, note, lang } => {
                Says::Help { to, practice, place: place_view(&place), note: readable(&note), lang }
            }
            Message::Answer { about, answer } => Says::Answer { about, answer },
            Message::Withdraw { about } => Says::Withdraw { about },
        };
        let view = serde_json::to_string(&LetterView { device: author, time_s, says })?;
        Ok(Some(NewView { document: id, kind: number::LETTER, opened_s: time_s, until: letter.until, view }))
    }

    /// What a letter says; `None` if no box of it is for this phone.
    fn read_letter(&self, id: Ref, info: &[u8], letter: &Letter) -> Result<Option<Message>, Error> {
        if let Some(wrapped) = self.store.letter_key(id)? {
            if wrapped == NOT_FOR_ME {
                return Ok(None);
            }
            let key = self.vault.unwrap_32(&key_name(id), &wrapped)?;
            return Ok(open_letter(info, &key, &letter.sealed));
        }
        let keys = self.keys()?;
        let open = |boxed: &[u8]| keys.open_box(info, boxed).map(|plain| plain.to_vec());
        let Some(key) = letter_key(&letter.boxes, open) else {
            self.store.set_letter_key(id, NOT_FOR_ME)?;
            return Ok(None);
        };
        let message = open_letter(info, &key, &letter.sealed);
        if message.is_some() {
            self.store.set_letter_key(id, &self.vault.wrap(&key_name(id), key.as_ref())?)?;
        }
        Ok(message)
    }

    fn letter_view(&self, letter: Ref) -> Result<Option<LetterView>, Error> {
        let Some(stored) = self.store.view(number::LETTER, letter)? else { return Ok(None) };
        Ok(Some(serde_json::from_str(&stored.view)?))
    }

    /// Requests for help that are this person's, or that this person was asked, newest first.
    pub(super) fn letters(&self, known: &Known) -> Result<Vec<Alert>, Error> {
        let mut requests: BTreeMap<Ref, Request> = BTreeMap::new();
        let mut followers = Vec::new();
        for stored in self.store.views(number::LETTER, self.today(), u32::MAX)? {
            let view: LetterView = serde_json::from_str(&stored.view)?;
            if matches!(view.says, Says::Help { .. }) {
                let request = Request { stored, view, answers: BTreeMap::new(), withdrawn: false };
                requests.insert(request.stored.document, request);
            } else {
                followers.push(view);
            }
        }
        // Oldest first: of several answers the last stands.
        followers.sort_by_key(|view| (view.time_s, view.device));
        for follower in followers {
            self.note_follower(&mut requests, &follower);
        }
        let mut letters: Vec<Alert> = requests.into_values().filter_map(|it| self.letter(known, it)).collect();
        letters.sort_by(|a, b| (b.time_s, &b.id).cmp(&(a.time_s, &a.id)));
        Ok(letters)
    }

    /// Only who was asked answers; only who asked takes it back.
    fn note_follower(&self, requests: &mut BTreeMap<Ref, Request>, follower: &LetterView) {
        let by = self.person_of(follower.device);
        match follower.says {
            Says::Answer { about, answer } => {
                let Some(request) = requests.get_mut(&about) else { return };
                let Says::Help { to, .. } = request.view.says else { return };
                if self.person_of(to) == by {
                    request.answers.insert(by, (follower.device, answer, follower.time_s));
                }
            }
            Says::Withdraw { about } => {
                if let Some(request) = requests.get_mut(&about).filter(|it| self.person_of(it.view.device) == by) {
                    request.withdrawn = true;
                }
            }
            Says::Help { .. } => {}
        }
    }

    fn letter(&self, known: &Known, request: Request) -> Option<Alert> {
        let Request { stored, view, answers, withdrawn } = request;
        let Says::Help { to, practice, place, note, lang } = view.says else { return None };
        let author = self.person_view(known, view.device);
        let place = self.place_words(known, &author, &place);
        let answers = answers.into_values().map(|(device, answer, time_s)| Answered {
            person: self.person_view(known, device),
            answer,
            time_s: time_s.max(view.time_s),
        });
        Some(Alert {
            id: stored.document.to_hex(),
            kind: AlertKind::DoorstepScam,
            practice,
            place: place.0,
            position: place.1,
            time_s: view.time_s,
            note,
            note_lang: lang,
            other_notes: Vec::new(),
            called_112: None,
            state: if withdrawn { AlertState::Withdrawn } else { AlertState::Open },
            delivery: match (author.me, stored.queued) {
                (true, true) => Delivery::Saved,
                (true, false) => Delivery::Sent,
                (false, _) => Delivery::Received,
            },
            seen_here: author.me || stored.read,
            author,
            answers: answers.collect(),
            seen_by: 0,
            set_aside: None,
            to: Some(self.person_view(known, to)),
        })
    }
}

fn key_name(letter: Ref) -> String {
    format!("letter {}", letter.to_hex())
}
