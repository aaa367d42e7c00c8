// Reads a screen aloud, sentence by sentence, and marks what is being read.
//
// A browser may have no voice for a language, or none at all; then this says so instead of staying silent, and the
// phone shows the core's words for it. Voices that live on the computer come first: they work without internet.

const VOICES_MS = 800;
// Slower than a browser's own pace; a proposal, until tried with older listeners.
const RATE = 0.9;

const engine = globalThis.speechSynthesis;

function voices() {
  const now = engine?.getVoices() ?? [];
  if (!engine || now.length > 0) return Promise.resolve(now);
  return new Promise((resolve) => {
    const answer = () => resolve(engine.getVoices());
    engine.addEventListener("voiceschanged", answer, { once: true });
    setTimeout(answer, VOICES_MS);
  });
}

const primary = (tag) => tag.toLowerCase().split(/[-_]/)[0];

function voiceFor(all, lang) {
  const fitting = all.filter((voice) => primary(voice.lang) === primary(lang));
  return fitting.find((voice) => voice.localService) ?? fitting[0];
}

function say(text, lang, voice) {
  return new Promise((resolve) => {
    const sentence = new SpeechSynthesisUtterance(text);
    Object.assign(sentence, { lang, voice, rate: RATE });
    sentence.onend = () => resolve(true);
    sentence.onerror = () => resolve(false);
    engine.speak(sentence);
  });
}

/** Says one sentence where there is a voice for it; for what follows a sound. */
export async function sayOnce(text, lang) {
  const voice = voiceFor(await voices(), lang);
  if (voice) await say(text, lang, voice);
}

export class Reader {
  #root;
  #changed;
  #run = 0;
  #node = null;
  reading = false;

  /** `root` holds the elements to mark; `changed` is called when reading begins or ends. */
  constructor(root, changed) {
    this.#root = root;
    this.#changed = changed;
  }

  /** Begins, or stops when it is reading. False where there is no voice. */
  async toggle(screen) {
    if (this.reading) {
      this.stop();
      return true;
    }
    const all = await voices();
    const voice = voiceFor(all, screen.lang);
    if (!voice) return false;
    this.#read(screen, all, voice);
    return true;
  }

  async #read(screen, all, voice) {
    this.#run += 1;
    const run = this.#run;
    engine.cancel();
    this.reading = true;
    for (const { text, lang, node } of screen.spoken) {
      this.#node = node;
      this.mark();
      const other = lang && voiceFor(all, lang);
      const said = await say(text, lang ?? screen.lang, other ?? voice);
      if (run !== this.#run || !said) break;
    }
    if (run === this.#run) this.stop();
  }

  /** Stops reading. */
  stop() {
    if (!this.reading) return;
    this.#run += 1;
    this.reading = false;
    this.#node = null;
    engine.cancel();
    this.mark();
    this.#changed();
  }

  /** Marks the node being read, and brings it into view; again after each redraw. */
  mark() {
    for (const element of this.#root.querySelectorAll("[data-node]")) {
      const now = this.#node !== null && element.dataset.node === String(this.#node);
      if (now && !element.hasAttribute("data-reading")) element.scrollIntoView({ block: "nearest" });
      element.toggleAttribute("data-reading", now);
    }
  }
}
