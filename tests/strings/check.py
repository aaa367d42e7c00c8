"""Reads every string of every language aloud, spells it and judges how it reads. Prints findings; fails if any."""

import sys

import reading
import spelling
import texts
import voice


def controls():
    """A check that finds nothing in planted faults checks nothing."""
    missed = [name for module in (reading, spelling, voice) for name, found in module.controls() if not found]
    return [f"control: {name} was not found" for name in missed]


def dutch():
    known = reading.glossary()
    icons = {path.stem for path in (texts.TOP / "core/assets/icons").glob("*.svg")}
    everybody = texts.messages("nl", texts.EVERYBODY)
    screens = texts.screens("nl")
    print(f"reading ease of {len(screens)} screens and {len(everybody)} texts (nl)", flush=True)
    if not screens or not everybody:
        return ["there are no Dutch screens or texts to judge"]
    whole = texts.end(" ".join(texts.end(item.text) for item in everybody))
    print(f"   all texts together: {reading.ease(whole):.1f}", flush=True)
    return (
        reading.glossary_findings(known, icons)
        + reading.hard_texts(everybody)
        + reading.hard_screens(screens)
        + reading.rare_words(everybody, known)
    )


def main():
    findings = controls() + dutch()
    for lang in texts.languages():
        messages = texts.messages(lang)
        spoken = messages + texts.screens(lang)
        print(f"spelling of {len(messages)} texts, voice for {len(spoken)} ({lang})", flush=True)
        findings += spelling.unknown_words(lang, messages)
        findings += voice.silent_texts(lang, spoken)
    for finding in findings:
        print(finding)
    print(f"{len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
