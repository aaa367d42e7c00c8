// What a finger presses: buttons and tiles. Each carries its act's id; the phone knows the intent behind it.

import { h, setVariable } from "./dom.js";
import { icon } from "./icon.js";
import { badges, classes, stamp, words } from "./parts.js";

/** Attributes of any control: its id for tests and tools, and whether it is the person's choice. */
const press = (action, chosen, more = {}) => ({
  type: "button",
  key: `action-${action.id}`,
  "data-action": action.id,
  "aria-pressed": chosen ? "true" : undefined,
  ...more,
});

const slot = (it) => h("button", press(it.action, false, { class: "slot" }), stamp(it.icon, "", "small"), words(it.text, it.lang));

const framed = (style, size) => (it) => {
  const text = words(it.text, it.lang, it.sample && "sample");
  if (it.sample) setVariable(text, "--sample", it.sample / 100);
  return h("button", press(it.action, it.chosen, { class: classes("button", style, it.tone, it.chosen && "chosen") }), icon(it.icon, size), text);
};

const buttonOf = {
  choice: framed(""),
  primary: framed("primary"),
  minor: framed("minor"),
  huge: framed("huge", "large"),
  call: framed("call"),
  slot,
};

/** A button in the style the core asks for. */
export const button = (it) => buttonOf[it.style](it);

/** 112 at the foot of a simplified screen. */
export const strip = (it) => h("button", press(it.action, false, { class: "strip" }), icon(it.icon), words(it.text, it.lang));

const second = (it) => it.detail && h("span", { class: "second small" }, it.detail);

const plain = (style) => (it) => {
  const picture = it.chosen ? icon(it.icon) : stamp(it.icon, it.tone);
  const full = it.detail || it.badges.length > 0;
  const text = full ? h("span", {}, h("span", { class: "strong" }, it.text), second(it), badges(it.badges)) : h("span", {}, it.text);
  return h("button", press(it.action, it.chosen, { class: classes("tile", style, it.tone, it.chosen && "chosen", full && "full-words") }), picture, text);
};

// The whole card is the target; the inner frame only says so.
const alertTile = (it) => h("button", press(it.action, false, { class: classes("tile alert", it.tone) }),
  h("span", { class: "line fold" }, stamp(it.icon, it.tone),
    h("span", {}, h("span", { class: "strong" }, it.text), second(it), badges(it.badges))),
  it.look && h("span", { class: "look" }, icon(it.look.icon), h("span", {}, it.look.text)));

const tileOf = { row: plain(""), stack: plain("stack"), primary: plain("big primary"), alert: alertTile };

/** A tile in the style the core asks for. */
export const tile = (it) => tileOf[it.style](it);

// A field for a name is one line high, one for a story three.
const LINE_BYTES = 100;

/** A field with its words and the button that hands it over. `place` makes its id unique in the page. */
export const input = (it, place) => h("div", { class: "field" },
  h("label", { class: "strong", for: `${place}-${it.id}` }, it.label),
  h("textarea", { id: `${place}-${it.id}`, "data-input": it.submit.action.id, rows: it.max_bytes > LINE_BYTES ? 3 : 1, maxlength: it.max_bytes, dir: "auto" }, it.value),
  button(it.submit));

/** Says of every control that shares its kind of act with a chosen one whether it is pressed. */
export function markUnchosen(root, acts) {
  const kinds = new Set([...root.querySelectorAll("[aria-pressed]")].map((it) => acts.get(it.dataset.action)?.type));
  for (const it of root.querySelectorAll(".button:not(.minor), .tile")) {
    if (kinds.has(acts.get(it.dataset.action)?.type) && !it.hasAttribute("aria-pressed")) it.setAttribute("aria-pressed", "false");
  }
}
