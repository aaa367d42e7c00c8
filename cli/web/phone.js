// One phone: draws the newest of its screens, and hands back what is pressed.
//
// Focus stays where it was while a screen only changes; when another screen comes, focus goes to its title, so that
// a screen reader says where the person is. Going back finds the old place in a long screen again.

import { showDialler } from "./dialler.js";
import { h, patch, setVariable, unbroken } from "./dom.js";
import { onLight, shows } from "./light.js";
import { ask } from "./permission.js";
import { Camera } from "./scanner.js";
import { SPEAK, actsOf, drawScreen } from "./screen.js";
import { Reader } from "./speak.js";
import { sounds } from "./sound.js";

// From this letter size on, in percent, a long word may need its places to break.
const BREAKING = 150;

export class Phone {
  #api;
  #about;
  #screen = null;
  #acts = new Map();
  #reader;
  #refusal = "";
  #unlinked = "";
  #silent = false;
  #places = new Map();
  #goesBack = false;
  #camera = new Camera();
  #queue = Promise.resolve();
  #words;
  #onSwitches;

  /** `about` is the street's description of the phone; `onSwitches` hears of switches that moved. */
  constructor(api, about, words, onSwitches) {
    this.#api = api;
    this.#about = about;
    this.#words = words;
    this.#onSwitches = onSwitches;
    this.element = h("article", { class: "phone", "aria-label": about.name });
    this.#reader = new Reader(this.element, () => this.#draw());
    this.element.addEventListener("click", (event) => this.#pressed(event));
    this.element.addEventListener("focusout", (event) => this.element.contains(event.relatedTarget) || this.#keepTyped());
    this.element.addEventListener("focusin", (event) => this.#showBar(event.target));
    sounds.onChange(() => this.#draw());
    onLight((phone) => phone !== about.id && this.#looks() && this.#draw());
  }

  /** Takes what the stream says of this phone. */
  hear(event) {
    const act = {
      screen: () => this.#show(event.screen.letters < BREAKING ? unbroken(event.screen) : event.screen),
      dial: () => showDialler(this.element, event),
      switches: () => this.#onSwitches(event.switches),
    }[event.event];
    act?.();
  }

  /** The stream stands, or not; `why` is the server's sentence where it gave one. */
  link(up, why) {
    const sentence = up ? "" : (why ?? this.#words.lost ?? "");
    if (sentence === this.#unlinked) return;
    this.#unlinked = sentence;
    this.#draw();
  }

  #show(screen) {
    const moved = this.#screen?.id !== screen.id;
    const top = moved ? this.#enter(screen.id) : (this.#scroll()?.scrollTop ?? 0);
    if (moved) {
      this.#reader.stop();
      this.#silent = false;
      this.#refusal = "";
    }
    this.#screen = screen;
    this.#acts = actsOf(screen);
    sounds.follow(this.#about.id, screen.alarm, screen.lang);
    shows(this.#about.id, this.#about.name, screen.nodes);
    this.#camera.follow(screen, this.#about.id, (id, code) => this.#hand({ ...this.#acts.get(id), code }), () => this.#draw());
    this.#draw(moved);
    this.#scroll().scrollTop = top;
    // Who asked for it hears every new screen without pressing.
    if (moved && screen.read_aloud) this.#speak();
  }

  #looks() {
    return this.#screen?.nodes.some((it) => it.node === "scanner");
  }

  // Going back finds the place where the person was; every other way in begins at the top.
  #enter(id) {
    if (this.#screen) this.#places.set(this.#screen.id, this.#scroll().scrollTop);
    const top = this.#goesBack ? (this.#places.get(id) ?? 0) : 0;
    this.#goesBack = false;
    return top;
  }

  #scroll() {
    return this.element.querySelector(".scroll");
  }

  #notes() {
    const { alarm, bar } = this.#screen;
    const muted = alarm && sounds.blocked() && { key: "muted", icon: "sound", tone: "waiting", text: alarm.muted, role: "status" };
    const silent = this.#silent && { key: "silent", icon: "info", tone: "info", text: bar.no_voice, role: "status" };
    const refused = this.#refusal && { key: "refused", icon: "warning", tone: "attention", text: this.#refusal, role: "alert" };
    const lost = this.#unlinked && { key: "lost", icon: "no-internet", tone: "waiting", text: this.#unlinked, role: "alert" };
    return [lost, refused, muted, silent].filter((it) => it?.text);
  }

  #draw(moved = false) {
    if (!this.#screen) return;
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    this.#dress();
    const state = { place: this.#about.id, name: this.#about.name, reading: this.#reader.reading, blind: this.#camera.blind, notes: this.#notes() };
    const next = drawScreen(this.#screen, state);
    const old = this.element.querySelector(":scope > .screen");
    if (old) patch(old, next);
    else this.element.append(next);
    this.#reader.mark();
    this.#camera.place(this.element);
    if (focused && moved) this.element.querySelector(".title").focus({ preventScroll: true });
    else if (focused?.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true });
  }

  #dress() {
    const { mode, theme, id, letters } = this.#screen;
    this.element.classList.toggle("full", mode === "full");
    this.element.dataset.theme = theme;
    this.element.dataset.screen = id;
    setVariable(this.element, "--scale", String(letters / 100));
  }

  #pressed(event) {
    const { action: id, code } = event.target.closest("[data-action]")?.dataset ?? {};
    if (id === SPEAK) this.#speak();
    else if (this.#acts.has(id)) this.#keepTyped(id);
    this.#goesBack = id !== undefined && id === this.#screen.bar.start?.action.id;
    const intent = this.#acts.get(id);
    if (intent) ask(id);
    if (intent) this.#hand(code === undefined ? this.#withTyped(id, intent) : { ...intent, code });
  }

  // A browser takes what sticks to an edge for in view, although the page was scrolled past it.
  #showBar(target) {
    if (target.closest(".bar, .head")?.getBoundingClientRect().top < 0) this.element.scrollIntoView({ block: "start" });
  }

  // What somebody typed and did not hand over yet goes first, so that the next press does not lose it.
  #keepTyped(except) {
    for (const field of this.element.querySelectorAll("[data-input]")) {
      const id = field.dataset.input;
      const intent = this.#acts.get(id);
      if (intent && id !== except && field.value !== field.defaultValue) this.#hand(this.#withTyped(id, intent));
    }
  }

  #withTyped(id, intent) {
    const field = this.element.querySelector(`[data-input="${CSS.escape(id)}"]`);
    if (!field) return intent;
    field.defaultValue = field.value;
    return { ...intent, ["code" in intent ? "code" : "note"]: field.value };
  }

  // One after the other: a press must not overtake what was typed before it.
  #hand(intent) {
    this.#queue = this.#queue.then(async () => {
      try {
        await this.#api.post(`/api/phones/${encodeURIComponent(this.#about.id)}/intents`, intent);
        this.#refusal = "";
      } catch (error) {
        this.#refusal = error.status ? error.message : (this.#words.lost ?? "");
      }
      this.#draw();
    });
  }

  async #speak() {
    this.#silent = !(await this.#reader.toggle(this.#screen));
    this.#draw();
  }
}
