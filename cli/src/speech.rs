//! In which language the command line speaks, and how it says things.

use std::{
    env,
    io::{self, Write},
};

use ratel_core::{Words, screen::Value};

pub(crate) use ratel_core::screen::LANGUAGES;

/// The words of one language.
pub(crate) struct Speech {
    /// BCP 47 tag.
    pub(crate) lang: &'static str,
    words: Words,
}

impl Speech {
    /// Speaks `lang`, one of [`LANGUAGES`].
    pub(crate) fn of(lang: &'static str) -> Self {
        Self { lang, words: ratel_core::words(lang) }
    }

    /// Speaks what the person asked for, else what the environment says.
    pub(crate) fn choose(asked: Option<&'static str>) -> Self {
        Self::of(asked.unwrap_or_else(|| from_environment(env::var("LANG").ok().as_deref())))
    }

    /// A message without arguments.
    pub(crate) fn get(&self, key: &str) -> String {
        self.words.get(key)
    }

    /// A message with arguments.
    pub(crate) fn with(&self, key: &str, arguments: &[(&str, Value<'_>)]) -> String {
        self.words.get_with(key, arguments)
    }

    /// Prints a message on a line of its own.
    pub(crate) fn say(&self, key: &str) {
        print_line(&self.get(key));
    }

    /// Prints a message with arguments on a line of its own.
    pub(crate) fn say_with(&self, key: &str, arguments: &[(&str, Value<'_>)]) {
        print_line(&self.with(key, arguments));
    }
}

/// Prints to standard output at once. A reader that went away, as `head` does, is no error.
pub(crate) fn print_bytes(bytes: &[u8]) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
}

/// Prints a line to standard output at once.
pub(crate) fn print_line(line: &str) {
    print_bytes(format!("{line}\n").as_bytes());
}

/// Prints a line to standard error at once.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Reads a language tag or a locale such as `en_GB.UTF-8`: its first part counts.
pub(crate) fn language(tag: &str) -> Option<&'static str> {
    let first = tag.split(['-', '_', '.', '@']).next()?;
    LANGUAGES.into_iter().find(|known| known.eq_ignore_ascii_case(first))
}

fn from_environment(lang: Option<&str>) -> &'static str {
    lang.and_then(language).unwrap_or("nl")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_chooses_and_dutch_is_the_default() {
        for (lang, spoken) in [
            (Some("en_GB.UTF-8"), "en"),
            (Some("en"), "en"),
            (Some("nl_NL.UTF-8"), "nl"),
            (Some("C.UTF-8"), "nl"),
            (Some("de_DE"), "nl"),
            (Some(""), "nl"),
            (None, "nl"),
        ] {
            assert_eq!(from_environment(lang), spoken, "{lang:?}");
        }
        assert_eq!(language("fr"), None, "what there are no words for is refused when asked for by name");
    }
}
