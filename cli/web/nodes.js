// One drawing function for each kind of node in a screen.

import { code } from "./code.js";
import { button, input, tile } from "./controls.js";
import { h, svg } from "./dom.js";
import { drawing, icon } from "./icon.js";
import { badge, classes, line } from "./parts.js";
import { scanner } from "./scanner.js";

const RING_RADIUS = 64;
const RING_LENGTH = 2 * Math.PI * RING_RADIUS;

const textOf = {
  body: (it) => h("p", {}, it.text),
  sub: (it) => h("h4", { class: "sub" }, it.text),
  soft: (it) => h("p", { class: "soft" }, it.text),
};

function card(it) {
  const tone = it.tone && `tone ${it.tone}`;
  const live = it.tone ? { role: "status", "aria-label": it.lines.map((each) => each.text).join(" ") } : {};
  const said = it.lines.map((each) => line({ ...each, tone: null }));
  const picture = it.icon && icon(it.icon, it.centre ? "picture" : "large");
  const body = it.centre || !picture ? [picture, said] : h("div", { class: "line fold" }, picture, h("div", { class: "stack-lines" }, said));
  return h("div", { class: classes("card", tone, it.centre && "centre") },
    h("div", { class: classes("card-words", it.centre && "centre"), ...live }, body), it.button && button(it.button));
}

const step = (it) => h("li", { class: it.state, "aria-current": it.state === "now" ? "step" : undefined },
  h("span", { class: "mark" }, icon(it.icon)),
  h("div", {}, it.text, it.badge && [" ", badge(it.badge)], it.detail && h("span", { class: "second small soft" }, it.detail)));

function ring(it) {
  const part = it.seconds_total > 0 ? Math.min(it.seconds_left / it.seconds_total, 1) * RING_LENGTH : 0;
  const circle = { cx: 75, cy: 75, r: RING_RADIUS };
  return svg("svg", { class: "ring", viewBox: "0 0 150 150", role: "img", "aria-label": it.label },
    svg("circle", circle),
    svg("circle", { ...circle, class: "part", "stroke-dasharray": `${part.toFixed(1)} ${RING_LENGTH.toFixed(1)}`, transform: "rotate(-90 75 75)" }),
    svg("text", { x: 75, y: 76 }, String(it.seconds_left)));
}

const people = (it) => h("div", { class: "line fold", role: "status", "aria-label": it.text },
  h("span", { class: "faces", "aria-hidden": "true" }, it.faces.map((initial) => h("span", { class: "face" }, initial))),
  h("p", { class: "strong" }, it.text));


const nodeOf = {
  tile: (it) => tile(it.tile),
  pair: (it) => h("div", { class: "pair" }, tile(it.first), tile(it.second)),
  button: (it) => button(it.button),
  text: (it) => textOf[it.role](it),
  line: (it) => line(it.line),
  facts: (it) => h("div", { class: "facts" }, it.lines.map((each) => line(each))),
  card: (it) => card(it.card),
  badges: (it) => h("div", { class: "badges", role: "status", "aria-label": it.badges.map((each) => each.text).join(", ") }, it.badges.map(badge)),
  people,
  path: (it) => h("ol", { class: "path" }, it.steps.map(step)),
  ring,
  picture: (it) => h("div", { class: "deco push" }, h("p", { class: "strong soft" }, it.text), drawing(it.icon, "street")),
  input: (it, state) => input(it.input, state.place),
  code: (it) => code(it.code),
  scanner: (it, state) => scanner(it.scanner, state.place, state.blind),
};

/** Draws a node. `state` holds the phone's id, for ids that must be unique in the page, and whether it sees. */
export function node(it, index, state) {
  const element = nodeOf[it.node](it, state);
  element.dataset.node = index;
  return element;
}
