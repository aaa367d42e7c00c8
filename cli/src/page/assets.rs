//! The page's files, inside the program: it needs no folder beside it and serves none. Pictograms are the core's.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::answer::Refusal;

/// A file of `cli/web`: its name, its media type and what it holds.
type File = (&'static str, &'static str, &'static [u8]);

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";
const FONT: &str = "font/woff2";
const TEXT: &str = "text/plain; charset=utf-8";

macro_rules! files {
    ($($name:literal $kind:ident),* $(,)?) => {
        &[$(($name, $kind, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/", $name)).as_slice())),*]
    };
}

const FILES: &[File] = files![
    "index.html" HTML,
    "tokens.css" CSS,
    "fonts.css" CSS,
    "screen.css" CSS,
    "controls.css" CSS,
    "full.css" CSS,
    "street.css" CSS,
    "main.js" SCRIPT,
    "api.js" SCRIPT,
    "controls.js" SCRIPT,
    "dialler.js" SCRIPT,
    "dom.js" SCRIPT,
    "icon.js" SCRIPT,
    "nodes.js" SCRIPT,
    "parts.js" SCRIPT,
    "phone.js" SCRIPT,
    "postbox.js" SCRIPT,
    "screen.js" SCRIPT,
    "sound.js" SCRIPT,
    "speak.js" SCRIPT,
    "street.js" SCRIPT,
    "switches.js" SCRIPT,
    "icon.svg" SVG,
    "fonts/400.woff2" FONT,
    "fonts/700.woff2" FONT,
    "fonts/OFL.txt" TEXT,
];

/// The page itself.
pub(super) async fn index() -> Response {
    serve("index.html")
}

/// Something that the page loads.
pub(super) async fn asset(Path(name): Path<String>) -> Response {
    match name.strip_prefix("icons/").and_then(|name| name.strip_suffix(".svg")).and_then(ratel_core::assets::icon) {
        Some(svg) => ([(header::CONTENT_TYPE, HeaderValue::from_static(SVG))], svg).into_response(),
        None => serve(&name),
    }
}

fn serve(name: &str) -> Response {
    FILES.iter().find(|(known, ..)| *known == name).map_or_else(
        || Refusal::not_found().into_response(),
        |(_, kind, bytes)| ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], *bytes).into_response(),
    )
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path as Folder};

    use super::*;

    fn list(folder: &Folder, prefix: &str, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() { list(&entry.path(), &format!("{name}/"), found) } else { found.push(name) }
        }
    }

    #[test]
    fn every_file_of_the_page_is_inside_and_none_else() {
        let mut on_disk = Vec::new();
        list(&Folder::new(env!("CARGO_MANIFEST_DIR")).join("web"), "", &mut on_disk);
        on_disk.sort();
        let mut inside: Vec<_> = FILES.iter().map(|(name, ..)| (*name).to_owned()).collect();
        inside.sort();
        assert_eq!(inside, on_disk);
    }
}
