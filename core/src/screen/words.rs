//! Words of every language, from the Fluent files in `core/locales`, embedded.
//!
//! Languages share one set of keys; a test compares them and looks up every key that the code names. A language that
//! is not there reads as Dutch.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use super::{hyphens::Hyphens, model::Direction};

/// Languages that have words, the first of which stands in for all others.
pub const LANGUAGES: [&str; 2] = ["nl", "en"];

struct Language {
    tag: &'static str,
    direction: Direction,
    bundle: FluentBundle<FluentResource>,
    hyphens: Hyphens,
}

/// The files of one language: messages by subject, and where long words may break.
macro_rules! language {
    ($tag:literal, $direction:expr) => {
        Language::read(
            $tag,
            $direction,
            &[
                include_str!(concat!("../../locales/", $tag, "/screens.ftl")),
                include_str!(concat!("../../locales/", $tag, "/people.ftl")),
                include_str!(concat!("../../locales/", $tag, "/first.ftl")),
                include_str!(concat!("../../locales/", $tag, "/aside.ftl")),
                include_str!(concat!("../../locales/", $tag, "/times.ftl")),
                include_str!(concat!("../../locales/", $tag, "/errors.ftl")),
                include_str!(concat!("../../locales/", $tag, "/street.ftl")),
                include_str!(concat!("../../locales/", $tag, "/cli.ftl")),
            ],
            include_str!(concat!("../../locales/", $tag, "/hyphens.txt")),
        )
    };
}

static DUTCH: LazyLock<Language> = LazyLock::new(|| language!("nl", Direction::Ltr));
static ENGLISH: LazyLock<Language> = LazyLock::new(|| language!("en", Direction::Ltr));

impl Language {
    fn read(tag: &'static str, direction: Direction, files: &[&str], hyphens: &str) -> Self {
        let id = tag.parse::<LanguageIdentifier>().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Marks around arguments are for mixed directions; they would be noise in a search and for a voice.
        bundle.set_use_isolating(direction == Direction::Rtl);
        for file in files {
            // A faulty message is left out here and named by the tests.
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
            let _ = bundle.add_resource(resource);
        }
        Self { tag, direction, bundle, hyphens: Hyphens::read(hyphens) }
    }
}

/// The words of one language. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Words {
    language: &'static Language,
}

/// An argument of a message.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// Words, such as a name.
    Text(&'a str),
    /// A number, which also chooses the plural.
    Count(u32),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Value<'_> {
    fn from(count: u32) -> Self {
        Self::Count(count)
    }
}

/// The words of the language that a BCP 47 tag names; of Dutch when there are none.
pub fn words(lang: &str) -> Words {
    let primary = lang.split(['-', '_', '.']).next().unwrap_or_default();
    let language: &'static Language = if primary.eq_ignore_ascii_case("en") { &ENGLISH } else { &DUTCH };
    Words { language }
}

impl Words {
    /// BCP 47 tag of the language that is used.
    pub fn lang(&self) -> &'static str {
        self.language.tag
    }

    /// Reading direction.
    pub fn direction(&self) -> Direction {
        self.language.direction
    }

    /// A message, or with `message.attribute` one of its attributes.
    pub fn get(&self, key: &str) -> String {
        self.get_with(key, &[])
    }

    /// A message with arguments.
    pub fn get_with(&self, key: &str, arguments: &[(&str, Value<'_>)]) -> String {
        self.find(key, arguments)
            .or_else(|| Words { language: &DUTCH }.find(key, arguments))
            .unwrap_or_else(|| key.to_owned())
    }

    /// What reading aloud says for a message: its attribute `spoken`, or else its text.
    pub fn spoken(&self, key: &str) -> String {
        self.find(&format!("{key}.spoken"), &[]).unwrap_or_else(|| self.get(key))
    }

    /// Whether the language itself holds the key.
    pub fn has(&self, key: &str) -> bool {
        self.find(key, &[]).is_some()
    }

    /// The text with soft hyphens in long words, for large letters.
    pub(crate) fn soften(self, text: &str) -> String {
        self.language.hyphens.soften(text)
    }

    fn find(self, key: &str, arguments: &[(&str, Value<'_>)]) -> Option<String> {
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
        let message = self.language.bundle.get_message(id)?;
        let pattern = match attribute {
            None => message.value()?,
            Some(attribute) => message.get_attribute(attribute)?.value(),
        };
        let mut given = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            match value {
                Value::Text(text) => given.set(*name, FluentValue::from(*text)),
                Value::Count(count) => given.set(*name, FluentValue::from(*count)),
            }
        }
        // An argument that is not given is named in the text; the tests draw every message that the screens use.
        let mut errors = Vec::new();
        Some(self.language.bundle.format_pattern(pattern, Some(&given), &mut errors).into_owned())
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("lang", &self.language.tag).finish()
    }
}
