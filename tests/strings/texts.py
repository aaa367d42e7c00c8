"""What people read and hear: messages from the locale files, screens from the golden files."""

from dataclasses import dataclass
from pathlib import Path
import re

from fluent.syntax import FluentParser, ast

TOP = Path(__file__).resolve().parents[2]
LOCALES = TOP / "core/locales"
SCREENS = TOP / "tests/golden/screens"
# The local page is for visitors of a demonstration and the command line for volunteers: both are checked for spelling
# and voice; the rule about reading ease is about what every neighbour reads.
EVERYBODY = ("screens.ftl", "people.ftl", "aside.ftl", "first.ftl", "errors.ftl", "times.ftl")

# One sample for each argument that a message may have; a message with another fails here and must get one.
SAMPLES = {
    "name": "Ria",
    "number": "14",
    "street": "Lindestraat",
    "count": "3",
    "seconds": "8",
    "hour": "9",
    "next": "10",
    "hours": "9",
    "minutes": "5",
    "percent": "130",
    "state": "",
    "first": "Ria",
    "last": "Jan",
    "other": "Jan",
    "role": "buur",
    "reason": "verhuisd",
    "day": "3 mei",
    "month": "mei",
    "year": "2025",
    "begin": "9",
    "end": "7",
    "kind": "Brand of rook",
}

# A street's name is its own: how it reads says nothing about our words.
STREET = "Zonnebloemstraat"


@dataclass(frozen=True)
class Text:
    """One text under the name by which one finds it."""

    where: str
    text: str


def languages():
    return sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir())


def messages(lang, files=None):
    """Every message and attribute of a language, once for each of its variants."""
    found = []
    for path in sorted((LOCALES / lang).glob("*.ftl")):
        if files and path.name not in files:
            continue
        resource = FluentParser().parse(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                raise SystemExit(f"{path}: cannot be read: {entry.content!r}")
            if isinstance(entry, ast.Message):
                found += texts_of(f"{lang}/{path.name}:{entry.id.name}", entry)
    return found


def texts_of(where, message):
    patterns = [("", message.value)] + [("." + attribute.id.name, attribute.value) for attribute in message.attributes]
    return [
        Text(where + name, text)
        for name, pattern in patterns
        if pattern is not None
        for text in variants(pattern)
    ]


def variants(pattern):
    """All texts that a pattern can become, each argument with its sample."""
    whole = [""]
    for element in pattern.elements:
        parts = [element.value] if isinstance(element, ast.TextElement) else expression(element.expression)
        whole = [text + part for text in whole for part in parts]
    return [text.strip() for text in whole]


def expression(node):
    if isinstance(node, ast.SelectExpression):
        return [text for variant in node.variants for text in variants(variant.value)]
    if isinstance(node, ast.VariableReference):
        return [SAMPLES.get(node.id.name, "Ria")]
    if isinstance(node, ast.StringLiteral):
        return [node.value]
    if isinstance(node, ast.NumberLiteral):
        return [node.value]
    if isinstance(node, ast.Placeable):
        return expression(node.expression)
    return [""]


def screens(lang):
    """What each golden screen says aloud, as one text of sentences."""
    found = []
    for path in sorted(SCREENS.glob(f"*.{lang}.txt")):
        text = path.read_text(encoding="utf-8").replace(STREET, "Straat")
        spoken = [line[1:] for line in text.splitlines() if line.startswith('"')]
        sentences = [re.sub(r"^\s*\d*\s+", "", line).strip() for line in spoken]
        found.append(Text(path.name, " ".join(end(sentence) for sentence in sentences if sentence)))
    return found


def end(sentence):
    return sentence if sentence[-1] in ".!?" else sentence + "."


def words(text):
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
