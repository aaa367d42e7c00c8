// Pictograms: each is fetched once and kept in the page, so that it takes the colour of the words beside it.

import { svg } from "./dom.js";

// Things that point along the reading direction; a tick, a telephone and a clock do not.
const MIRRORED = new Set(["back", "next", "speak", "send", "undo", "come", "report"]);
const boxes = new Map();
const sprite = svg("svg", { class: "sprite", "aria-hidden": "true" });
document.documentElement.append(sprite);

// Without its picture a control still has its words, so a failure is not the end.
async function fetchPictogram(name) {
  const response = await fetch(`/assets/icons/${encodeURIComponent(name)}.svg`).catch(() => null);
  if (!response?.ok) return;
  const drawn = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("svg");
  if (!drawn) return;
  const viewBox = drawn.getAttribute("viewBox");
  boxes.set(name, viewBox);
  sprite.append(svg("symbol", { id: `i-${name}`, viewBox }, ...drawn.childNodes));
}

function use(name) {
  if (!boxes.has(name)) {
    boxes.set(name, null);
    fetchPictogram(name);
  }
  return svg("use", { href: `#i-${name}` });
}

/** A pictogram; `size` is one of small, large, picture, or empty. */
export function icon(name, size = "") {
  const flip = MIRRORED.has(name) ? "flip" : "";
  const className = ["icon", size, flip].filter(Boolean).join(" ");
  return svg("svg", { class: className, "aria-hidden": "true", key: `icon-${name}` }, use(name));
}

/** A drawing that fills its width, such as the row of houses, in the shape that the style sheet gives it. */
export const drawing = (name, className) => svg("svg", { class: className, "aria-hidden": "true" }, use(name));

/** A clock face with its two hands. */
export function clock(hour, minute) {
  const hand = (turn, length) => {
    const angle = turn * 2 * Math.PI;
    return `M24 24 ${(24 + length * Math.sin(angle)).toFixed(1)} ${(24 - length * Math.cos(angle)).toFixed(1)}`;
  };
  const hands = hand((hour % 12) / 12 + minute / 720, 9) + hand(minute / 60, 14);
  return svg("svg", { class: "icon small clock", viewBox: "0 0 48 48", "aria-hidden": "true" },
    svg("circle", { cx: 24, cy: 24, r: 20 }), svg("path", { d: hands }));
}
