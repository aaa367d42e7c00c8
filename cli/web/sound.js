// The sounds of an alert, made from noise and tones: no file to fetch, the same on every computer.
//
// A wooden rattle lies between 700 and 1200 Hz, because older ears lose what is above 2 kHz. A browser gives no
// sound before the first press in the page; until then the phone says that its sound is off.

import { notify } from "./permission.js";
import { sayOnce } from "./speak.js";

const REPEAT_MS = 5000;
const CLICK_S = 0.018;
const BURST_S = 0.4;
const BURST_GAP_S = 0.25;
const CLICKS_PER_BURST = 9;
const BELL_HZ = 196;
const BELL_S = 1.8;

/** One knock of wood on wood at time `at`, heard around `hertz`. */
function click(context, at, hertz, loud) {
  const length = Math.ceil(context.sampleRate * CLICK_S * 2);
  const buffer = context.createBuffer(1, length, context.sampleRate);
  const data = buffer.getChannelData(0);
  for (let i = 0; i < length; i += 1) data[i] = (Math.random() * 2 - 1) * Math.exp((-6 * i) / length);
  const wood = new BiquadFilterNode(context, { type: "bandpass", frequency: hertz, Q: 5 });
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(wood).connect(new GainNode(context, { gain: loud })).connect(context.destination);
  source.start(at);
}

function bell(context, at) {
  for (const [partial, loud] of [[1, 0.3], [2.01, 0.12], [2.76, 0.06]]) {
    const tone = new OscillatorNode(context, { frequency: BELL_HZ * partial });
    const fade = new GainNode(context, { gain: loud });
    fade.gain.setValueAtTime(loud, at);
    fade.gain.exponentialRampToValueAtTime(0.0001, at + BELL_S / partial);
    tone.connect(fade).connect(context.destination);
    tone.start(at);
    tone.stop(at + BELL_S);
  }
}

function danger(context) {
  const start = context.currentTime + 0.02;
  for (const burst of [0, 1]) {
    for (let i = 0; i < CLICKS_PER_BURST; i += 1) {
      const at = start + burst * (BURST_S + BURST_GAP_S) + (i * BURST_S) / CLICKS_PER_BURST;
      click(context, at, i % 2 === 0 ? 700 : 1200, 2.5);
    }
  }
  bell(context, start + 2 * BURST_S + 2 * BURST_GAP_S);
}

const knock = (context) => click(context, context.currentTime + 0.02, 700, 3);
const soundOf = { danger, knock };

class Sounds {
  #context = null;
  #alarms = new Map();
  #played = new Set();
  #listeners = [];

  constructor() {
    const wake = () => this.#wake();
    for (const press of ["pointerdown", "keydown"]) addEventListener(press, wake, { capture: true });
    setInterval(() => this.#repeat(), REPEAT_MS);
  }

  /** Calls `listener` when sound becomes possible. */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** Whether the browser still holds sound back. */
  blocked() {
    return this.#audio().state !== "running";
  }

  /** The newest screen of a phone asks for this alarm, or for none. */
  follow(phone, alarm, lang) {
    if (!alarm) {
      this.#alarms.delete(phone);
      return;
    }
    if (this.#alarms.get(phone)?.id !== alarm.id) notify({ ...alarm, lang });
    this.#alarms.set(phone, { ...alarm, lang });
    this.#once(phone);
  }

  #audio() {
    if (!this.#context) {
      this.#context = new AudioContext();
      this.#context.addEventListener("statechange", () => this.#woken());
    }
    return this.#context;
  }

  async #wake() {
    if (this.blocked()) await this.#audio().resume().catch(() => undefined);
  }

  #woken() {
    for (const phone of this.#alarms.keys()) this.#once(phone);
    for (const listener of this.#listeners) listener();
  }

  #once(phone) {
    const alarm = this.#alarms.get(phone);
    const name = `${phone} ${alarm.id}`;
    if (this.blocked() || this.#played.has(name)) return;
    this.#played.add(name);
    this.#play(alarm);
  }

  #repeat() {
    if (this.#alarms.size === 0 || this.blocked()) return;
    for (const alarm of this.#alarms.values()) if (alarm.repeats) this.#play(alarm);
  }

  #play(alarm) {
    soundOf[alarm.sound](this.#audio());
    if (alarm.spoken) sayOnce(alarm.spoken, alarm.lang);
  }
}

/** The page's one loudspeaker. */
export const sounds = new Sounds();
