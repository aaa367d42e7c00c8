//! The page's files, inside the program: it needs no folder beside it and serves none. Pictograms, colours and letters
//! are the core's.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use ratel_core::assets;

use super::answer::Refusal;

/// A file of `cli/web`: its name, its media type and what it holds.
type File = (&'static str, &'static str, &'static [u8]);

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";
const FONT: &str = "font/woff2";

macro_rules! files {
    ($($name:literal $kind:ident),* $(,)?) => {
        &[$(($name, $kind, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/", $name)).as_slice())),*]
    };
}

const FILES: &[File] = files![
    "index.html" HTML,
    "fonts.css" CSS,
    "screen.css" CSS,
    "controls.css" CSS,
    "full.css" CSS,
    "street.css" CSS,
    "main.js" SCRIPT,
    "api.js" SCRIPT,
    "code.js" SCRIPT,
    "controls.js" SCRIPT,
    "dialler.js" SCRIPT,
    "dom.js" SCRIPT,
    "icon.js" SCRIPT,
    "light.js" SCRIPT,
    "nodes.js" SCRIPT,
    "parts.js" SCRIPT,
    "permission.js" SCRIPT,
    "phone.js" SCRIPT,
    "postbox.js" SCRIPT,
    "scanner.js" SCRIPT,
    "screen.js" SCRIPT,
    "sound.js" SCRIPT,
    "speak.js" SCRIPT,
    "street.js" SCRIPT,
    "switches.js" SCRIPT,
    "icon.svg" SVG,
];

/// The page itself.
pub(super) async fn index() -> Response {
    serve("index.html")
}

/// Something that the page loads.
pub(super) async fn asset(Path(name): Path<String>) -> Response {
    of_the_core(&name).unwrap_or_else(|| serve(&name))
}

/// What every shell takes from the core: pictograms, colours and letters.
fn of_the_core(name: &str) -> Option<Response> {
    if let Some(icon) = name.strip_prefix("icons/").and_then(|name| name.strip_suffix(".svg")) {
        return assets::icon(icon).map(|svg| found(SVG, svg.as_bytes()));
    }
    if let Some(weight) = name.strip_prefix("fonts/").and_then(|name| name.strip_suffix(".woff2")) {
        let (_, letters) = assets::FONTS.iter().find(|(known, _)| known.to_string() == weight)?;
        return Some(found(FONT, letters));
    }
    (name == "tokens.css").then(|| found(CSS, assets::TOKENS_CSS.as_bytes()))
}

fn found(kind: &'static str, bytes: &'static [u8]) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], bytes).into_response()
}

fn serve(name: &str) -> Response {
    FILES
        .iter()
        .find(|(known, ..)| *known == name)
        .map_or_else(|| Refusal::not_found().into_response(), |(_, kind, bytes)| found(kind, bytes))
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
