// Draws a whole screen: the bar, the title, the nodes, the foot, the status line and 112, in the order in which a
// keyboard and a screen reader meet them.

import { button, markUnchosen, strip } from "./controls.js";
import { h } from "./dom.js";
import { icon } from "./icon.js";
import { node } from "./nodes.js";
import { classes, line, stamp } from "./parts.js";

/** Action id of the control that reads aloud; the page's own, because the core asks for no intent there. */
export const SPEAK = "speak";

function speakButton(screen, reading, className) {
  const { icon: name, text } = screen.bar.speak;
  return h("button", { type: "button", class: className, key: "speak", "data-action": SPEAK, "aria-pressed": String(reading) },
    className === "slot" ? stamp(name, "", "small") : icon(name), h("span", {}, text));
}

function title(screen) {
  const heading = h("h3", { class: "title", tabindex: -1, key: "title" }, screen.title.text);
  if (!screen.title.icon) return heading;
  return h("div", { class: "line fold" }, stamp(screen.title.icon, screen.mode === "full" ? "attention" : ""), heading);
}

function foot(it) {
  return h("div", { class: classes("foot", it.urgent && "urgent"), key: "foot" }, it.line && line(it.line), button(it.button));
}

// The line is a status that somebody may press: the status holds the button, for a button's inside has no roles.
function status(it, place) {
  const id = `${place}-status`;
  return h("div", { class: "status-slot", role: "status", "aria-labelledby": id, key: "status" },
    h("button", { type: "button", class: classes("status", it.tone), key: "action", "data-action": it.action.id }, icon(it.icon), h("span", { id }, it.text)));
}

/** A sentence about the page itself, not the core's screen: sound is blocked, no voice, something was refused. */
const note = (it) => h("p", { class: classes("line tone", it.tone), role: it.role, "aria-label": it.text, key: it.key }, icon(it.icon, "small"), h("span", {}, it.text));

function simplified(screen, state, middle) {
  const { start } = screen.bar;
  return [
    h("div", { class: "bar", key: "bar" }, start && button(start), speakButton(screen, state.reading, "slot")),
    h("div", { class: "main", key: `main-${screen.id}` }, title(screen), middle),
    screen.foot && foot(screen.foot),
    screen.status && status(screen.status, state.place),
  ];
}

function full(screen, state, middle) {
  const { start } = screen.bar;
  return [
    h("div", { class: "head", key: "bar" }, start && button(start), button(screen.call)),
    h("div", { class: "main", key: `main-${screen.id}` }, title(screen), screen.status && status(screen.status, state.place), middle,
      speakButton(screen, state.reading, "button minor")),
    screen.foot && foot(screen.foot),
  ];
}

const layout = { simplified, full };

/** Every act of a screen by its id: the intent to hand back when it is pressed. */
export function actsOf(value, found = new Map()) {
  if (value === null || typeof value !== "object") return found;
  if (typeof value.id === "string" && value.intent) found.set(value.id, value.intent);
  for (const inner of Object.values(value)) actsOf(inner, found);
  return found;
}

/**
 * The element tree of a screen. `state` is {place, name, reading, blind, notes}: the phone's id and name, whether the
 * screen is being read aloud, whether there is no camera, and the sentences about the page itself.
 */
export function drawScreen(screen, state) {
  const middle = [...state.notes.map(note), ...screen.nodes.map((it, index) => node(it, index, state))];
  const scroll = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `${state.name}: ${screen.title.text}`, key: "scroll" },
    layout[screen.mode](screen, state, middle));
  const tree = h("div", { class: "screen", key: "screen", lang: screen.lang, dir: screen.direction },
    scroll, screen.mode === "simplified" && strip(screen.call));
  markUnchosen(tree, actsOf(screen));
  return tree;
}
