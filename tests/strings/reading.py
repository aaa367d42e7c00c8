"""U12: short, common words. Flesch-Douma by textstat, frequency of words by wordfreq."""

import textstat
from wordfreq import zipf_frequency

import texts

# Reading ease (Douma, Dutch): 80 for a screen, 60 for a text of four words or more.
SCREEN_EASE = 80
TEXT_EASE = 60
WORDS_JUDGED = 4
# Words below this frequency (Zipf, 3.5 is about three in a million) must be in the glossary, each with its picture.
RARE = 3.5

textstat.set_lang("nl")


def glossary():
    """Word and icon of each line; the first line names the columns."""
    lines = (texts.TOP / "tests/strings/glossary.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t")[:2] for line in lines if line)


def glossary_findings(known, icons):
    return [f"glossary: {word}: there is no picture {icon}.svg" for word, icon in known.items() if icon not in icons]


def ease(text):
    return textstat.flesch_reading_ease(text)


def hard_texts(all_texts):
    found = []
    for item in all_texts:
        if len(texts.words(item.text)) >= WORDS_JUDGED and ease(item.text) < TEXT_EASE:
            found.append(f"{item.where}: reading ease {ease(item.text):.0f}, at least {TEXT_EASE}: {item.text!r}")
    return found


def hard_screens(all_screens):
    found = []
    for item in all_screens:
        if ease(item.text) < SCREEN_EASE:
            found.append(f"{item.where}: reading ease {ease(item.text):.0f}, at least {SCREEN_EASE}")
    return found


def rare_words(all_texts, known):
    found = {}
    for item in all_texts:
        for word in texts.words(item.text):
            if word in texts.SAMPLES.values() or word.lower() in known:
                continue
            frequency = zipf_frequency(word, "nl")
            if frequency < RARE:
                found.setdefault(word.lower(), f"{item.where}: {word!r} is rare ({frequency:.2f}) and not in the glossary")
    return sorted(found.values())


def controls():
    """Planted faults; each must be found."""
    hard = texts.Text("control", "Onverwijlde identificatie van verdachte individuen vereist burgerparticipatie.")
    yield "a hard text", hard_texts([hard])
    yield "a hard screen", hard_screens([hard])
    yield "a rare word", rare_words([texts.Text("control", "Een burgerparticipatieplan")], {})
    yield "a glossary word without a picture", glossary_findings({"wijkagent": "no-such-icon"}, {"police"})
