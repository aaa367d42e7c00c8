// Pictograms: one sprite, fetched once and kept in the page, so that they take the colour of the words beside them.

import { svg } from "./dom.js";

const SPRITE = "/assets/icons.svg";
// Things that point along the reading direction; a tick, a telephone and a clock do not.
const MIRRORED = new Set(["back", "speak", "send", "undo", "come", "report"]);
const boxes = new Map();

/** Fetches the sprite. Without it words still stand alone, so a failure is not the end. */
export async function loadIcons() {
  const response = await fetch(SPRITE).catch(() => null);
  if (!response?.ok) return;
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("svg");
  if (!parsed) return;
  for (const symbol of parsed.querySelectorAll("symbol")) boxes.set(symbol.id, symbol.getAttribute("viewBox"));
  const sprite = document.adoptNode(parsed);
  sprite.setAttribute("class", "sprite");
  sprite.setAttribute("aria-hidden", "true");
  document.documentElement.append(sprite);
}

/** A pictogram; `size` is one of small, large, picture, or empty. */
export function icon(name, size = "") {
  const flip = MIRRORED.has(name) ? "flip" : "";
  return svg("svg", { class: ["icon", size, flip].filter(Boolean).join(" "), "aria-hidden": "true", key: `icon-${name}` },
    svg("use", { href: `#i-${name}` }));
}

/** A drawing that keeps its own shape, such as the row of houses. */
export function drawing(name, className) {
  return svg("svg", { class: className, viewBox: boxes.get(`i-${name}`), "aria-hidden": "true" }, svg("use", { href: `#i-${name}` }));
}

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
