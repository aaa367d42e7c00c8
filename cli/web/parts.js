// The parts that nodes share: badges, marks, lines, words in another language.

import { h } from "./dom.js";
import { clock, icon } from "./icon.js";

/** Class names from what is there. */
export const classes = (...names) => names.filter(Boolean).join(" ");

/** Words, tagged where their language is not the screen's. */
export const words = (text, lang, className) => h("span", { class: className, lang, dir: lang && "auto" }, text);

const badgeShape = { role: "badge", state: "state" };

/** A role is a pill, a state a box; both are icon and word. */
export const badge = (it) => h("span", { class: classes(badgeShape[it.kind], it.tone) }, icon(it.icon), h("span", {}, it.text));

/** Badges in a row; an empty row is not drawn. */
export const badges = (list) => list.length > 0 && h("span", { class: "badges" }, list.map(badge));

/** The pictogram of a control on its sand-coloured stamp. */
export const stamp = (name, tone, size) => h("span", { class: classes("stamp", tone) }, icon(name, size));

const markOf = {
  none: () => null,
  icon: (it, size) => icon(it.icon, size),
  clock: (it) => clock(it.hour, it.minute),
  face: (it) => h("span", { class: "face tiny", "aria-hidden": "true" }, it.initial),
};

/** What stands before the words of a line. */
export const mark = (it, size = "small") => markOf[it.mark](it, size);

/** Icon and words in one line; a tinted line is a fact that may change while somebody looks, so it is announced. */
export function line(it, size) {
  const live = it.tone ? { role: "status", "aria-label": it.text } : {};
  return h("p", { class: classes("line", it.strong && "strong", it.tone && `tone ${it.tone}`), ...live },
    mark(it.mark, size),
    h("span", { lang: it.lang, dir: it.lang && "auto" }, it.text, it.badge && [" ", badge(it.badge)]));
}
