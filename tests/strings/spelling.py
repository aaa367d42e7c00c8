"""Every word is in the dictionary of its language, or a name of ours."""

import subprocess

import texts

DICTIONARIES = {"nl": "nl", "en": "en_GB"}
# Names of people, places and things, each language's own name, and what the dictionaries of Debian 12 lack.
NAMES = {"Ratel", "Ria", "Ria's", "Ahmed", "Fatma", "Lindestraat", "Ctrl", "https", "English", "Nederlands"}
OURS = {"nl": {"Eén", "relay", "sync", "fresh", "rebuild", "cosign", "admit", "again", "aside", "sign"}, "en": {"wijkagent"}}


def unknown_words(lang, all_texts):
    where = {}
    for item in all_texts:
        for word in texts.words(item.text):
            where.setdefault(word.replace("’", "'"), item.where)
    listed = subprocess.run(
        ["hunspell", "-d", DICTIONARIES[lang], "-l"],
        input="\n".join(where) + "\n",
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    ).stdout.split()
    ours = NAMES | OURS[lang] | set(texts.SAMPLES.values())
    return [f"{where.get(word, lang)}: {word!r} is in no dictionary" for word in listed if word not in ours]


def controls():
    yield "a misspelled Dutch word", unknown_words("nl", [texts.Text("control", "Stuur naar de buurrt")])
    yield "a misspelled English word", unknown_words("en", [texts.Text("control", "Send to the neighbrs")])
