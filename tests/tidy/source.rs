//! A small lexer that tells code, strings and comments apart in Rust, JavaScript, Kotlin and CSS.
//!
//! It understands just enough for the rules: nested comments, escapes, raw strings, lifetimes, templates and
//! regular expressions. Lines keep their numbers.

/// A text taken apart.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// The code alone: comments and the inside of strings are blank, lines are where they were.
    pub(crate) code: String,
    /// Inside of every string, with its first line.
    pub(crate) strings: Vec<(usize, String)>,
    /// Inside of every comment, with its first line.
    pub(crate) comments: Vec<(usize, String)>,
}

/// What the lexer must know about a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Rust,
    Script,
    Kotlin,
    Css,
}

impl Language {
    /// By the end of a file's name.
    pub(crate) fn of(kind: &str) -> Option<Language> {
        match kind {
            "rs" => Some(Language::Rust),
            "js" | "mjs" | "ts" => Some(Language::Script),
            "kt" | "kts" => Some(Language::Kotlin),
            "css" => Some(Language::Css),
            _ => None,
        }
    }
}

struct Lexer {
    language: Language,
    chars: Vec<char>,
    at: usize,
    line: usize,
    out: Source,
    /// The last character of code that was no white space, and the last word before it.
    last: char,
    word: String,
}

impl Source {
    pub(crate) fn of(text: &str, language: Language) -> Source {
        let mut lexer = Lexer {
            language,
            chars: text.chars().collect(),
            at: 0,
            line: 1,
            out: Source::default(),
            last: '\n',
            word: String::new(),
        };
        lexer.code_until(None);
        lexer.out
    }
}

impl Lexer {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn done(&self) -> bool {
        self.at >= self.chars.len()
    }

    /// Steps over one character; code keeps it, anything else leaves a blank.
    fn step(&mut self, keep: bool) -> char {
        let c = self.peek(0);
        self.at += 1;
        if c == '\n' {
            self.line += 1;
            self.out.code.push('\n');
        } else {
            self.out.code.push(if keep { c } else { ' ' });
        }
        c
    }

    fn code_until(&mut self, end: Option<char>) {
        let mut depth = 0_i32;
        while !self.done() {
            let (c, next) = (self.peek(0), self.peek(1));
            if end == Some(c) && depth == 0 {
                return;
            }
            depth += i32::from(c == '{') - i32::from(c == '}');
            match (c, next) {
                ('/', '/') if self.language != Language::Css => self.line_comment(),
                ('/', '*') => self.block_comment(),
                ('"', _) => self.quoted_string(),
                ('\'', _) if self.language == Language::Rust || self.language == Language::Kotlin => self.quote(),
                ('\'', _) => self.string('\'', true),
                ('`', _) if self.language == Language::Script => self.template(),
                ('/', _) if self.language == Language::Script && self.regex_may_start() => self.regex(),
                ('r', '"' | '#') if self.language == Language::Rust && !is_word(self.last_adjacent()) => self.raw(),
                _ => self.plain(),
            }
        }
    }

    fn last_adjacent(&self) -> char {
        let before = self.at.checked_sub(1).and_then(|i| self.chars.get(i)).copied().unwrap_or('\0');
        if before == 'b' || before == 'c' { '\0' } else { before }
    }

    fn plain(&mut self) {
        let fresh = !is_word(self.last_adjacent());
        let c = self.step(true);
        if !c.is_whitespace() {
            self.last = c;
        }
        if is_word(c) {
            if fresh {
                self.word.clear();
            }
            self.word.push(c);
        }
    }

    fn line_comment(&mut self) {
        let (line, mut text) = (self.line, String::new());
        while !self.done() && self.peek(0) != '\n' {
            text.push(self.step(false));
        }
        self.out.comments.push((line, text));
    }

    fn block_comment(&mut self) {
        let (line, mut text, mut depth) = (self.line, String::new(), 0_u32);
        while !self.done() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') if depth == 0 || self.language == Language::Rust => {
                    depth += 1;
                    text.push(self.step(false));
                }
                ('*', '/') => {
                    depth -= 1;
                    text.push(self.step(false));
                }
                _ => {}
            }
            text.push(self.step(false));
            if depth == 0 {
                break;
            }
        }
        self.out.comments.push((line, text));
    }

    fn quoted_string(&mut self) {
        if self.language == Language::Kotlin && self.peek(1) == '"' && self.peek(2) == '"' {
            self.until_closed(3, &['"', '"', '"']);
        } else {
            self.string('"', true);
        }
    }

    fn string(&mut self, quote: char, escapes: bool) {
        self.step(true);
        let (line, mut text) = (self.line, String::new());
        while !self.done() && self.peek(0) != quote {
            if escapes && self.peek(0) == '\\' {
                text.push(self.step(false));
            }
            text.push(self.step(false));
        }
        self.step(true);
        self.last = quote;
        self.out.strings.push((line, text));
    }

    /// A lifetime, or a character.
    fn quote(&mut self) {
        if self.peek(1) == '\\' || self.peek(2) == '\'' {
            self.step(true);
            if self.peek(0) == '\\' {
                self.step(false);
            }
            while !self.done() && self.step(false) != '\'' {}
            self.last = '\'';
        } else {
            self.plain();
        }
    }

    fn raw(&mut self) {
        let hashes = (1..=self.chars.len() - self.at).take_while(|i| self.peek(*i) == '#').count();
        if self.peek(1 + hashes) != '"' {
            self.plain();
            return;
        }
        let mut close = vec!['"'];
        close.extend(std::iter::repeat_n('#', hashes));
        self.until_closed(2 + hashes, &close);
    }

    fn until_closed(&mut self, opening: usize, close: &[char]) {
        for _ in 0..opening {
            self.step(true);
        }
        let (line, mut text) = (self.line, String::new());
        while !self.done() && !self.chars.get(self.at..).is_some_and(|rest| rest.starts_with(close)) {
            text.push(self.step(false));
        }
        for _ in 0..close.len() {
            self.step(true);
        }
        self.last = '"';
        self.out.strings.push((line, text));
    }

    /// The code inside `${...}` is code, the rest is a string.
    fn template(&mut self) {
        self.step(true);
        let (line, mut text) = (self.line, String::new());
        while !self.done() && self.peek(0) != '`' {
            if self.peek(0) == '$' && self.peek(1) == '{' {
                self.step(false);
                self.step(true);
                self.code_until(Some('}'));
                self.step(true);
                text.push('\u{0}');
                continue;
            }
            if self.peek(0) == '\\' {
                text.push(self.step(false));
            }
            text.push(self.step(false));
        }
        self.step(true);
        self.last = '`';
        self.out.strings.push((line, text));
    }

    fn regex_may_start(&self) -> bool {
        "(,=:[!&|?{};+-~<>%\n".contains(self.last)
            || (is_word(self.last) && ["return", "typeof", "case", "of", "in"].contains(&self.word.as_str()))
    }

    fn regex(&mut self) {
        self.step(true);
        let mut class = false;
        while !self.done() && self.peek(0) != '\n' && (class || self.peek(0) != '/') {
            match self.peek(0) {
                '\\' => {
                    self.step(false);
                }
                '[' => class = true,
                ']' => class = false,
                _ => {}
            }
            self.step(false);
        }
        self.step(true);
        self.last = '/';
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[test]
fn code_strings_and_comments_are_told_apart() {
    let rust = Source::of(
        "fn a<'x>(c: char) { /* one /* two */ */ let s = \"fn \\\" b\"; // fn c\n let r = br#\"SELECT \"1\" \"#; '{' }",
        Language::Rust,
    );
    assert_eq!(rust.code.matches("fn").count(), 1);
    assert_eq!(rust.code.matches('{').count(), 1, "{}", rust.code);
    assert_eq!(rust.strings, [(1, String::from("fn \\\" b")), (2, String::from("SELECT \"1\" "))]);
    assert_eq!(rust.comments.len(), 2);
    let script = Source::of("a = b / c; d = /[/'\"]{2}/.test(`x ${f({ y: 'z' })} w`); // e", Language::Script);
    assert_eq!(script.code.matches('{').count(), 2, "{}", script.code);
    assert_eq!(script.strings, [(1, String::from("z")), (1, String::from("x \u{0} w"))]);
    let kotlin = Source::of("val a = \"\"\"x \" y\"\"\"; val b = 'c'", Language::Kotlin);
    assert_eq!(kotlin.strings, [(1, String::from("x \" y"))]);
}
