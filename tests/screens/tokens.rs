//! U6 and U9 from the tokens themselves: sizes of letters, and contrast in both themes.

use std::collections::BTreeMap;

use ratel_core::assets::TOKENS_CSS;

/// U9: text against its ground, and pictures and borders against theirs (WCAG 2.2, 1.4.6 and 1.4.11).
const TEXT: f64 = 7.0;
const SHAPE: f64 = 3.0;
const TONES: [&str; 7] = ["neutral", "emergency", "attention", "done", "info", "waiting", "official"];

type Tokens = BTreeMap<String, String>;

/// The custom properties of the blocks whose selector holds `selector`.
fn tokens(css: &str, selector: &str) -> Tokens {
    let mut found = Tokens::new();
    let mut rest = String::new();
    for (at, part) in css.split("/*").enumerate() {
        rest.push_str(if at == 0 { part } else { part.split_once("*/").map_or("", |(_, after)| after) });
    }
    for block in rest.split('}') {
        let Some((head, body)) = block.split_once('{') else { continue };
        if !head.contains(selector) {
            continue;
        }
        for declaration in body.split(';') {
            if let Some((name, value)) = declaration.split_once(':') {
                found.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }
    found
}

/// Relative luminance of `#RRGGBB` (WCAG 2.2).
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Pairs that lie too close: what, against what, and how far apart they are.
fn too_close(tokens: &Tokens) -> Vec<String> {
    let mut pairs: Vec<(String, String, f64)> = Vec::new();
    let mut pair = |one: &str, other: &str, least: f64| pairs.push((format!("--{one}"), format!("--{other}"), least));
    for ground in ["paper", "surface", "sand"] {
        pair("ink", ground, TEXT);
    }
    for ground in ["paper", "surface"] {
        pair("ink-soft", ground, TEXT);
        pair("line", ground, SHAPE);
        pair("hair", ground, SHAPE);
    }
    for tone in TONES {
        let tint = format!("{tone}-tint");
        pair(tone, &tint, TEXT);
        pair("ink", &tint, TEXT);
        pair(&format!("{tone}-on"), &format!("{tone}-fill"), TEXT);
        for ground in ["paper", "surface", &tint] {
            pair(&format!("{tone}-line"), ground, SHAPE);
        }
    }
    pairs
        .into_iter()
        .filter_map(|(one, other, least)| {
            let is = contrast(&tokens[&one], &tokens[&other]);
            (is < least).then(|| format!("{one} on {other}: {is:.2} of {least}"))
        })
        .collect()
}

fn pixels(tokens: &Tokens, name: &str) -> i32 {
    tokens[name].trim_end_matches("px").parse().unwrap()
}

#[test]
fn u9_words_and_borders_stand_out_in_both_themes() {
    for theme in ["data-theme=\"light\"", "data-theme=\"dark\""] {
        let tokens = tokens(TOKENS_CSS, theme);
        assert_eq!(too_close(&tokens), Vec::<String>::new(), "{theme}");
        let mut faint = tokens.clone();
        faint.insert("--ink".to_owned(), faint["--paper"].clone());
        faint.insert("--done-line".to_owned(), faint["--done-tint"].clone());
        assert!(too_close(&faint).len() > 2, "the control: ink in the colour of paper");
    }
}

#[test]
fn u6_letters_are_large_and_lines_apart() {
    let sizes = tokens(TOKENS_CSS, ":root");
    let body = pixels(&sizes, "--body");
    assert!(body >= 20, "body");
    assert!(body + pixels(&sizes, "--step-small") >= 18, "small");
    assert!(body + pixels(&sizes, "--step-button") >= 22, "buttons");
    assert!(body + pixels(&sizes, "--step-title") >= 24, "titles");
    assert!(sizes["--leading"].parse::<f64>().unwrap() >= 1.4, "between lines");
    assert!(sizes["--weight-strong"].parse::<u32>().unwrap() >= 700, "buttons are bold");
    assert!(pixels(&sizes, "--full-body") + pixels(&sizes, "--step-small") >= 16, "full use");
    for wrong in ["italic", "uppercase", "justify"] {
        assert!(!TOKENS_CSS.contains(wrong), "{wrong}");
    }
    assert!(pixels(&tokens(":root { --body: 12px; }", ":root"), "--body") < 20, "the control: small letters are read");
}

#[test]
fn control_contrast_is_that_of_the_standard() {
    assert!((contrast("#000000", "#FFFFFF") - 21.0).abs() < 0.01);
    assert!((contrast("#767676", "#FFFFFF") - 4.54).abs() < 0.01);
}
