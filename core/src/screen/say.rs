//! What reading aloud says of a node, in the order in which it stands.

use super::model::{Badge, Line, Node, Scanner, Step, Tile};

/// A sentence, with its language where that is not the screen's.
pub(super) type Sentence = (String, Option<String>);

/// The sentences of a node. A ring says nothing: the title says the same.
pub(super) fn sentences(node: &Node) -> Vec<Sentence> {
    match node {
        Node::Tile { tile: it } => vec![plain(tile(it))],
        Node::Pair { first, second } => vec![plain(tile(first)), plain(tile(second))],
        Node::Button { button } => vec![(button.text.clone(), button.lang.clone())],
        Node::Text { text, .. } | Node::People { text, .. } | Node::Picture { text, .. } => vec![plain(text.clone())],
        Node::Line { line: it } => vec![line(it)],
        Node::Facts { lines } => lines.iter().map(line).collect(),
        Node::Card { card } => {
            let button = card.button.iter().map(|button| (button.text.clone(), button.lang.clone()));
            card.lines.iter().map(line).chain(button).collect()
        }
        Node::Badges { badges } => badges.iter().map(|badge| plain(badge.text.clone())).collect(),
        Node::Path { steps } => steps.iter().map(|it| plain(step(it))).collect(),
        Node::Ring { .. } => Vec::new(),
        Node::Input { input } => {
            let mut said = vec![plain(input.label.clone())];
            if !input.value.is_empty() {
                said.push(plain(input.value.clone()));
            }
            said.push(plain(input.submit.text.clone()));
            said
        }
        Node::Code { code } => vec![plain(code.label.clone())],
        Node::Scanner { scanner } => scanner_says(scanner),
    }
}

fn plain(text: String) -> Sentence {
    (text, None)
}

/// Several texts as one sentence for the ear: a comma is a short pause.
fn joined<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    texts.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn names(badges: &[Badge]) -> impl Iterator<Item = &String> {
    badges.iter().map(|badge| &badge.text)
}

fn tile(tile: &Tile) -> String {
    joined([&tile.text].into_iter().chain(&tile.detail).chain(names(&tile.badges)))
}

fn line(line: &Line) -> Sentence {
    (joined([&line.text].into_iter().chain(line.badge.as_ref().map(|badge| &badge.text))), line.lang.clone())
}

fn step(step: &Step) -> String {
    joined([&step.text].into_iter().chain(step.badge.as_ref().map(|badge| &badge.text)).chain(&step.detail))
}

/// What to do now; what a camera sees or does not see is the shell's to say.
fn scanner_says(scanner: &Scanner) -> Vec<Sentence> {
    let texts = [&scanner.label, &scanner.searching, &scanner.take.text];
    let field = scanner.field.iter().flat_map(|field| [&field.label, &field.submit.text]);
    texts.into_iter().chain(field).map(|text| plain(text.clone())).collect()
}
