"""U13: a voice can say every text. espeak-ng renders it, and what comes out is sound, not silence."""

import array
from concurrent.futures import ThreadPoolExecutor
import io
import subprocess
import wave

import texts

# Shorter is no speech (seconds), quieter is silence (of 32,767).
SHORTEST = 0.15
QUIETEST = 500


def render(lang, text):
    """Seconds and loudest sample of the rendered text."""
    said = subprocess.run(
        ["espeak-ng", "-v", lang, "--stdin", "--stdout"], input=text.encode(), capture_output=True, check=True
    ).stdout
    with wave.open(io.BytesIO(said)) as sound:
        frames = sound.readframes(min(sound.getnframes(), len(said)))
        samples = array.array("h", frames[: len(frames) // 2 * 2])
        return len(samples) / sound.getframerate(), max((abs(sample) for sample in samples), default=0)


def judge(job):
    lang, item = job
    try:
        seconds, loudest = render(lang, item.text)
    except (subprocess.CalledProcessError, wave.Error, EOFError) as error:
        return f"{item.where}: not rendered: {error}"
    if seconds < SHORTEST or loudest < QUIETEST:
        return f"{item.where}: silence ({seconds:.2f} s, loudest {loudest}): {item.text!r}"
    return None


def silent_texts(lang, all_texts):
    with ThreadPoolExecutor(2) as pool:
        return [finding for finding in pool.map(judge, [(lang, item) for item in all_texts]) if finding]


def controls():
    yield "a text without a sound", silent_texts("nl", [texts.Text("control", "…")])
    yield "a language without a voice", silent_texts("zz-none", [texts.Text("control", "Melden")])
