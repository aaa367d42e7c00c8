// The post box: what the relay holds, read from its database file. Closed letters, and nothing else.

import { h, patch, svg } from "./dom.js";
import { icon } from "./icon.js";
import { Switches } from "./switches.js";

const GABLE = "M0 46V34Q0 6 28 6H242Q270 6 270 34V46Z";
const MOUTH = "M75 24h120v7H75Z";
// As many as fit on the front without scrolling; the newest come first.
const LETTERS_SHOWN = 5;
const LOG_SHOWN = 60;

const letter = (it) => h("tr", { key: it.id },
  h("td", {}, h("span", { class: "letter" }, icon("post"), h("span", { class: "id" }, it.id))), h("td", {}, it.size), h("td", {}, it.time));

const letters = (list) => h("tbody", {}, list.slice(0, LETTERS_SHOWN).map(letter));

const log = (list) => h("ol", { class: "log" }, list.slice(-LOG_SHOWN).map((text) => h("li", {}, text)));

// The relay's own request log, closed until somebody wants to see it.
const heard = (name, requests) => h("details", {}, h("summary", {}, name), h("div", { class: "log-frame", tabindex: 0, role: "group", "aria-label": name }, requests));

/** Draws the post box; gives back its element and what to call with the relay's events. */
export function drawPostbox(api, relay, words) {
  const table = letters([]);
  const requests = log([]);
  const switches = new Switches(api, "/api/relay/switches", { "aria-labelledby": "relay-name" }, relay.switches);
  const hear = (event) => {
    patch(table, letters(event.letters));
    patch(requests, log(event.log));
    switches.show(event.switches);
  };
  const element = h("section", { class: "box", "aria-labelledby": "relay-name" },
    svg("svg", { class: "gable", viewBox: "0 0 270 46", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("path", { d: GABLE }), svg("path", { class: "mouth", d: MOUTH })),
    h("div", { class: "front" },
      h("header", { class: "name" }, h("h2", { id: "relay-name" }, relay.name)),
      h("div", { class: "inside" },
        h("h3", {}, relay.title), h("p", {}, relay.about),
        h("table", { "aria-label": relay.title }, h("thead", {}, h("tr", {}, relay.columns.map((name) => h("th", { scope: "col" }, name)))), table),
        h("ul", {}, relay.facts.map((it) => h("li", {}, icon(it.icon), h("span", {}, it.text)))))),
    switches.element,
    h("div", { class: "aside" }, words.aside && h("p", {}, words.aside), words.log && heard(words.log, requests)));
  return { element, hear };
}
