//! Screens as text that people can read and compare: `tests/golden/screens`. `RATEL_GOLDEN=write` rewrites them.

use std::{env, fmt::Write, fs, path::PathBuf};

use ratel_core::screen::{Badge, Button, Card, Input, LANGUAGES, Line, Mark, Node, Screen, Step, Tile, Tone};
use ratel_tests::scenes::gallery;

fn tone(tone: Tone) -> String {
    if tone == Tone::Neutral {
        String::new()
    } else {
        format!(" <{}>", serde_json::to_value(tone).unwrap().as_str().unwrap())
    }
}

fn badges(badges: &[Badge]) -> String {
    let one = |badge: &Badge| format!(" [{} {}{}]", badge.icon, badge.text, tone(badge.tone));
    badges.iter().map(one).collect::<Vec<_>>().concat()
}

fn button(it: &Button) -> String {
    let style = format!("{:?}", it.style).to_lowercase();
    let chosen = if it.chosen { " (chosen)" } else { "" };
    let lang = it.lang.as_ref().map(|lang| format!(" in {lang}")).unwrap_or_default();
    format!("({style}) {{{}}} {}{lang}{}{chosen} -> {}", it.icon, it.text, tone(it.tone), it.action.id)
}

fn tile(it: &Tile) -> String {
    let style = format!("{:?}", it.style).to_lowercase();
    let detail = it.detail.as_ref().map(|detail| format!(" / {detail}")).unwrap_or_default();
    let look = it.look.as_ref().map(|look| format!(" {{{}}} {}", look.icon, look.text)).unwrap_or_default();
    let chosen = if it.chosen { " (chosen)" } else { "" };
    format!(
        "[{style}] {{{}}} {}{detail}{look}{}{}{chosen} -> {}",
        it.icon,
        it.text,
        badges(&it.badges),
        tone(it.tone),
        it.action.id
    )
}

fn line(it: &Line) -> String {
    let mark = match &it.mark {
        Mark::None => String::new(),
        Mark::Icon { icon } => format!("{{{icon}}} "),
        Mark::Clock { hour, minute } => format!("{{clock {hour}:{minute:02}}} "),
        Mark::Face { initial } => format!("({initial}) "),
    };
    let badge = it.badge.iter().map(|badge| badges(std::slice::from_ref(badge))).collect::<String>();
    let strong = if it.strong { "*" } else { "" };
    format!("{mark}{strong}{}{strong}{badge}{}", it.text, it.tone.map(tone).unwrap_or_default())
}

fn card(it: &Card) -> String {
    let icon = it.icon.as_ref().map(|icon| format!(" {{{icon}}}")).unwrap_or_default();
    let mut out = format!("+--{icon}{}", it.tone.map(tone).unwrap_or_default());
    for each in &it.lines {
        write!(out, "\n|  {}", line(each)).unwrap();
    }
    if let Some(it) = &it.button {
        write!(out, "\n|  {}", button(it)).unwrap();
    }
    out + "\n+--"
}

fn step(it: &Step) -> String {
    let badge = it.badge.iter().map(|badge| badges(std::slice::from_ref(badge))).collect::<String>();
    let detail = it.detail.as_ref().map(|detail| format!(" / {detail}")).unwrap_or_default();
    format!("{:?}: {{{}}} {}{detail}{badge}", it.state, it.icon, it.text).to_string()
}

fn input(it: &Input) -> String {
    format!("{}: \"{}\"\n{}", it.label, it.value, button(&it.submit))
}

fn node(node: &Node) -> String {
    match node {
        Node::Tile { tile: it } => tile(it),
        Node::Pair { first, second } => format!("{}\n{}", tile(first), tile(second)),
        Node::Button { button: it } => button(it),
        Node::Text { role, text } => format!("{role:?}: {text}"),
        Node::Line { line: it } => line(it),
        Node::Facts { lines } => lines.iter().map(line).collect::<Vec<_>>().join("\n"),
        Node::Card { card: it } => card(it),
        Node::Badges { badges: it } => badges(it).trim_start().to_owned(),
        Node::People { faces, text } => format!("({}) {text}", faces.join(")(")),
        Node::Path { steps } => steps.iter().map(step).collect::<Vec<_>>().join("\n"),
        Node::Ring { seconds_left, seconds_total, .. } => format!("(ring {seconds_left} of {seconds_total})"),
        Node::Picture { icon, text } => format!("~{icon}~ {text}"),
        Node::Input { input: it } => input(it),
        Node::Code { code } => format!("(code of {} modules) {}", code.size, code.label),
        Node::Scanner { scanner: it } => {
            let field = it.field.as_ref().map(|field| format!("\n{}", input(field))).unwrap_or_default();
            format!("(scanner) {} / {} / {}\n{}{field}", it.label, it.searching, it.blind, button(&it.take))
        }
    }
}

/// A screen from top to bottom, then what reading aloud says.
fn shown(screen: &Screen) -> String {
    let mut out = String::new();
    let mode = format!("{:?}", screen.mode).to_lowercase();
    writeln!(out, "{} ({mode}, {})", screen.id, screen.lang).unwrap();
    let start = screen.bar.start.as_ref().map(button).unwrap_or_default();
    writeln!(out, "{start} | {{{}}} {}", screen.bar.speak.icon, screen.bar.speak.text).unwrap();
    let icon = screen.title.icon.as_ref().map(|icon| format!("{{{icon}}} ")).unwrap_or_default();
    writeln!(out, "# {icon}{}", screen.title.text).unwrap();
    for each in &screen.nodes {
        writeln!(out, "{}", node(each)).unwrap();
    }
    if let Some(foot) = &screen.foot {
        let above = foot.line.as_ref().map(|it| format!("{} | ", line(it))).unwrap_or_default();
        writeln!(out, "_ {above}{}{}", button(&foot.button), if foot.urgent { " (urgent)" } else { "" }).unwrap();
    }
    if let Some(status) = &screen.status {
        writeln!(out, "= {{{}}} {}{}", status.icon, status.text, tone(status.tone)).unwrap();
    }
    writeln!(out, "{}", button(&screen.call)).unwrap();
    if let Some(alarm) = &screen.alarm {
        let spoken = alarm.spoken.as_ref().map(|spoken| format!(", says \"{spoken}\"")).unwrap_or_default();
        writeln!(out, "! {:?}{}{spoken}", alarm.sound, if alarm.repeats { ", repeats" } else { "" }).unwrap();
    }
    for said in &screen.spoken {
        let at = said.node.map(|node| node.to_string()).unwrap_or_default();
        writeln!(out, "\" {at:>2} {}", said.text).unwrap();
    }
    out
}

#[test]
fn screens_look_as_they_did() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/screens");
    let write = env::var("RATEL_GOLDEN").is_ok_and(|value| value == "write");
    let mut changed = Vec::new();
    let mut expected = Vec::new();
    for lang in LANGUAGES {
        for staged in gallery() {
            let text = shown(&staged.clone().in_language(lang).screen());
            let name = format!("{}.{lang}.txt", staged.name);
            let file = folder.join(&name);
            expected.push(name.clone());
            if write {
                fs::write(&file, &text).unwrap();
            } else if fs::read_to_string(&file).ok().as_deref() != Some(&text) {
                changed.push(name);
            }
        }
    }
    expected.sort();
    let mut there: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    there.sort();
    assert_eq!(there, expected, "one file for each screen and language");
    assert!(
        changed.is_empty(),
        "changed: {changed:?}; look at them, then RATEL_GOLDEN=write cargo test --test screens"
    );
}

#[test]
fn control_a_changed_word_shows_in_the_golden_file() {
    let staged = gallery().into_iter().find(|staged| staged.name == "home-quiet").unwrap();
    let mut screen = staged.screen();
    let before = shown(&screen);
    screen.call.text.push('!');
    assert_ne!(before, shown(&screen));
}
