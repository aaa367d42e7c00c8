//! Prints every string and every spoken sentence as TSV: key, language, text.
//!
//! `message/KEY` is a message of the locale files, once for each plural; `screen/NAME/N` is the N-th sentence that
//! reading aloud says on a screen, so that the sentences of one screen stand together.

use std::io::{self, Write};

use ratel_core::screen::LANGUAGES;
use ratel_tests::{catalogue, scenes::gallery};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for lang in LANGUAGES {
        for entry in catalogue::entries(lang) {
            for text in catalogue::texts(lang, &entry) {
                writeln!(out, "message/{}\t{lang}\t{text}", entry.key)?;
            }
        }
        for staged in gallery() {
            let staged = staged.in_language(lang);
            for (at, said) in staged.screen().spoken.iter().enumerate() {
                let spoken_in = said.lang.as_deref().unwrap_or(lang);
                writeln!(out, "screen/{}/{at}\t{spoken_in}\t{}", staged.name, said.text)?;
            }
        }
    }
    out.flush()
}
