//! Letters: a fresh key in sixteen boxes, and what it opens. Everybody sees who wrote a letter and when; nobody but those
//! who can open a box sees to whom or what.
//!
//! Boxes lie in a random order; those that are for nobody hold random bytes under a point like any other. The boxes are
//! bound to group, author and salt of the envelope, so nobody passes a letter on as one's own. What is inside has always
//! the same length.

use ratel_protocol::GroupId;

use super::{
    codec::{DecodeError, MAX_TEXT_BYTES, Reader, Writer},
    crypto::{self, BoxKey, Refused, Secret, TAG_LEN},
    operation::{
        content::{LETTER_BOXES, MAX_LANG_BYTES, Place},
        keys::BoxedSecret,
    },
};
use crate::{identity::DeviceId, intent::Answer};
use ratel_protocol::Ref;

/// Bytes inside every letter; with boxes, head and signature it fills an envelope of 2 KiB.
const INSIDE: usize = 560;
/// Longest text of a letter (bytes of UTF-8).
pub const MAX_LETTER_TEXT_BYTES: usize = 280;

/// What a letter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Somebody is at the author's door: the helper is asked.
    Help {
        /// The helper.
        to: DeviceId,
        /// A drill.
        practice: bool,
        /// Where.
        place: Place,
        /// What the person wrote; up to [`MAX_LETTER_TEXT_BYTES`].
        note: String,
        /// Language of the note.
        lang: String,
    },
    /// What the helper does about a letter.
    Answer {
        /// The letter.
        about: Ref,
        /// Comes or calls.
        answer: Answer,
    },
    /// Takes a letter back.
    Withdraw {
        /// The letter.
        about: Ref,
    },
}

/// What boxes and inside are bound to.
pub fn letter_info(group: GroupId, author: DeviceId, salt: &[u8; 16]) -> Vec<u8> {
    [b"ratel letter".as_slice(), &group.0, &author.0, salt].concat()
}

/// Boxes a message for devices with these box keys, sixteen at most; gives the boxes and the sealed inside.
///
/// # Errors
/// [`Refused`] for more recipients than there are boxes, a text that does not fit, or a system without randomness.
pub fn seal_letter(
    info: &[u8],
    recipients: &[[u8; 32]],
    message: &Message,
) -> Result<(Vec<BoxedSecret>, Vec<u8>), Refused> {
    if recipients.len() > LETTER_BOXES {
        return Err(Refused);
    }
    let key = Secret::from(crypto::random::<32>()?);
    let mut boxes = Vec::with_capacity(LETTER_BOXES);
    for recipient in recipients {
        let sealed = crypto::seal_box(recipient, info, key.as_ref())?;
        boxes.push(BoxedSecret::from_sealed(&sealed).ok_or(Refused)?);
    }
    while boxes.len() < LETTER_BOXES {
        let encapsulated = BoxKey::generate()?.public();
        boxes.push(BoxedSecret { encapsulated, ciphertext: crypto::random()? });
    }
    // By the points themselves, which are random: the order says nothing.
    boxes.sort_unstable_by_key(|boxed| boxed.encapsulated);
    let mut inside = message.encode().ok_or(Refused)?;
    crypto::encrypt_once(&key, info, &mut inside)?;
    Ok((boxes, inside))
}

/// The key in the first box that opens.
pub fn letter_key(boxes: &[BoxedSecret], open: impl Fn(&[u8]) -> Option<Vec<u8>>) -> Option<Secret> {
    let plain = boxes.iter().find_map(|boxed| open(&boxed.to_sealed()))?;
    <[u8; 32]>::try_from(plain.as_slice()).ok().map(Secret::from)
}

/// What a letter says, given its key.
pub fn open_letter(info: &[u8], key: &Secret, sealed: &[u8]) -> Option<Message> {
    if sealed.len() != INSIDE + TAG_LEN {
        return None;
    }
    let mut inside = sealed.to_vec();
    let length = crypto::decrypt_once(key, info, &mut inside).ok()?;
    inside.truncate(length);
    Message::decode(&inside).ok()
}

impl Message {
    /// Padded to [`INSIDE`]; `None` if it does not fit.
    fn encode(&self) -> Option<Vec<u8>> {
        let mut writer = Writer::new();
        match self {
            Self::Help { to, practice, place, note, lang } => {
                writer.u8(1);
                writer.bytes(&to.0);
                writer.bool(*practice);
                place.encode(&mut writer);
                if note.len() > MAX_LETTER_TEXT_BYTES {
                    return None;
                }
                writer.text(note);
                writer.text(lang);
            }
            Self::Answer { about, answer } => {
                writer.u8(2);
                writer.bytes(&about.0);
                writer.u8(if *answer == Answer::Call { 1 } else { 2 });
            }
            Self::Withdraw { about } => {
                writer.u8(3);
                writer.bytes(&about.0);
            }
        }
        let mut inside = writer.into_bytes();
        if inside.len() > INSIDE {
            return None;
        }
        inside.resize(INSIDE, 0);
        Some(inside)
    }

    fn decode(inside: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(inside);
        let message = match reader.u8()? {
            1 => Self::Help {
                to: DeviceId(reader.array()?),
                practice: reader.bool()?,
                place: Place::decode(&mut reader)?,
                note: reader.text(MAX_LETTER_TEXT_BYTES.min(MAX_TEXT_BYTES))?,
                lang: reader.text(MAX_LANG_BYTES)?,
            },
            2 => Self::Answer {
                about: Ref(reader.array()?),
                answer: match reader.u8()? {
                    1 => Answer::Call,
                    2 => Answer::Come,
                    _ => return Err(DecodeError("unknown answer")),
                },
            },
            3 => Self::Withdraw { about: Ref(reader.array()?) },
            _ => return Err(DecodeError("unknown message")),
        };
        let padding = reader.bytes(reader.remaining())?;
        if padding.iter().any(|byte| *byte != 0) {
            return Err(DecodeError("padding is not zero"));
        }
        Ok(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(note: &str, words: &str) -> Message {
        Message::Help {
            to: DeviceId([4; 16]),
            practice: false,
            place: Place::Words(words.to_owned()),
            note: note.to_owned(),
            lang: "nl".to_owned(),
        }
    }

    fn info() -> Vec<u8> {
        letter_info(GroupId([1; 16]), DeviceId([2; 16]), &[3; 16])
    }

    fn opened_by(key: &BoxKey, info: &[u8], boxes: &[BoxedSecret], sealed: &[u8]) -> Option<Message> {
        let secret = letter_key(boxes, |boxed| key.open_box(info, boxed).ok().map(|plain| plain.to_vec()))?;
        open_letter(info, &secret, sealed)
    }

    #[test]
    fn ahmed_reads_what_ria_wrote_him_and_bea_cannot() {
        let (ahmed, bea) = (BoxKey::generate().unwrap(), BoxKey::generate().unwrap());
        let message = help("Hij zegt dat hij van de bank is.", "achter");
        let (boxes, sealed) = seal_letter(&info(), &[ahmed.public()], &message).unwrap();
        assert_eq!(opened_by(&ahmed, &info(), &boxes, &sealed), Some(message));
        assert_eq!(opened_by(&bea, &info(), &boxes, &sealed), None);
    }

    #[test]
    fn every_message_reads_back_as_it_was_written_and_nothing_else_is_read() {
        let about = Ref([7; 16]);
        let messages = [
            help("", ""),
            help("Hij zegt dat hij van de bank is.", "achter"),
            Message::Answer { about, answer: Answer::Call },
            Message::Answer { about, answer: Answer::Come },
            Message::Withdraw { about },
        ];
        for message in messages {
            let mut inside = message.encode().unwrap();
            assert_eq!(Message::decode(&inside), Ok(message));
            inside[INSIDE - 1] = 1;
            assert!(Message::decode(&inside).is_err(), "padding says nothing");
        }
        for unknown in [0, 4, 255] {
            assert!(Message::decode(&[unknown; INSIDE]).is_err());
        }
        let mut answer = Message::Answer { about, answer: Answer::Come }.encode().unwrap();
        answer[17] = 3;
        assert!(Message::decode(&answer).is_err(), "no such answer");
    }

    #[test]
    fn what_fills_a_letter_to_the_last_byte_fits_and_one_more_does_not() {
        let note = "a".repeat(MAX_LETTER_TEXT_BYTES);
        let encoded = |words: usize| help(&note, &"b".repeat(words)).encode();
        let longest = (0..INSIDE).rev().find(|words| encoded(*words).is_some()).unwrap();
        assert!(encoded(longest).unwrap().ends_with(b"nl"), "the language is last, without padding");
        assert_eq!([encoded(longest + 1), encoded(longest + 2)], [None, None]);
    }

    #[test]
    fn a_letter_passed_on_by_another_author_in_another_group_or_envelope_does_not_open() {
        let ahmed = BoxKey::generate().unwrap();
        let (boxes, sealed) = seal_letter(&info(), &[ahmed.public()], &help("", "")).unwrap();
        for other in [
            letter_info(GroupId([1; 16]), DeviceId([9; 16]), &[3; 16]),
            letter_info(GroupId([9; 16]), DeviceId([2; 16]), &[3; 16]),
            letter_info(GroupId([1; 16]), DeviceId([2; 16]), &[9; 16]),
        ] {
            assert_eq!(opened_by(&ahmed, &other, &boxes, &sealed), None);
        }
    }

    #[test]
    fn letters_to_one_and_to_many_look_alike_whatever_they_say() {
        let readers: Vec<[u8; 32]> = (0..16).map(|_| BoxKey::generate().unwrap().public()).collect();
        let (long, words) = ("é".repeat(MAX_LETTER_TEXT_BYTES / 2), "é".repeat(100));
        let mut places = [0; LETTER_BOXES];
        for count in [1, 2, 16] {
            for message in [help("", ""), help(&long, &words), Message::Withdraw { about: Ref([1; 16]) }] {
                let (boxes, sealed) = seal_letter(&info(), &readers[..count], &message).unwrap();
                assert_eq!((boxes.len(), sealed.len()), (LETTER_BOXES, INSIDE + TAG_LEN));
                assert!(boxes.iter().all(|boxed| !crypto::is_small_order_box(&boxed.encapsulated)));
            }
        }
        // The one box that opens stands anywhere.
        let ahmed = BoxKey::generate().unwrap();
        for _ in 0..160 {
            let (boxes, _) = seal_letter(&info(), &[ahmed.public()], &help("", "")).unwrap();
            let at = boxes.iter().position(|boxed| ahmed.open_box(&info(), &boxed.to_sealed()).is_ok()).unwrap();
            places[at] += 1;
        }
        assert!(places.iter().all(|count| *count < 40), "{places:?}");
        assert!(places.iter().filter(|count| **count > 0).count() > 12, "{places:?}");
    }

    #[test]
    fn what_does_not_fit_is_refused_before_it_is_sent() {
        let ahmed = BoxKey::generate().unwrap().public();
        let long = "a".repeat(MAX_LETTER_TEXT_BYTES + 1);
        assert!(seal_letter(&info(), &[ahmed], &help(&long, "")).is_err());
        assert!(seal_letter(&info(), &[ahmed; LETTER_BOXES + 1], &help("", "")).is_err());
    }
}
