// The street: every phone is a house, the relay a post box between them, the switches lie on the pavement.

import { h, svg } from "./dom.js";
import { icon } from "./icon.js";
import { Phone } from "./phone.js";
import { drawPostbox } from "./postbox.js";
import { Switches } from "./switches.js";

// Stepped, bell and neck gables; a street of more houses begins again.
const GABLES = [
  "M0 46V40h44V30h40V20h40V10h28V0h40v10h28v10h40v10h40v10h44v6Z",
  "M0 46V40h60q34-2 40-18T172 0q66 4 72 22t40 18h60v6Z",
  "M0 46V40h92q24-4 24-20V12L172 0l56 12v8q0 16 24 20h92v6Z",
];
const WINDOW = "M160 18h24v20H160Z";

const gable = (index) => svg("svg", { class: "gable", viewBox: "0 0 344 46", preserveAspectRatio: "none", "aria-hidden": "true" },
  svg("path", { d: GABLES[index % GABLES.length] }), svg("path", { class: "window", d: WINDOW }));

function house(api, about, index, words) {
  const id = `house-${about.id}`;
  const section = h("section", { class: "house", "data-phone": about.id, "aria-labelledby": id, hidden: about.waits_inside });
  // The window in the gable burns as long as the phone has internet.
  const light = (list) => section.classList.toggle("dark", list.some((it) => it.id === "internet" && it.value !== "true"));
  const path = `/api/phones/${encodeURIComponent(about.id)}/switches`;
  const switches = new Switches(api, path, { "aria-labelledby": id }, about.switches, light);
  const phone = new Phone(api, about, words, (list) => switches.show(list));
  section.append(gable(index),
    h("div", { class: "front", id: `front-${about.id}` },
      h("header", { class: "name" }, about.plate && h("span", { class: "plate" }, about.plate), h("h2", { id }, about.name), h("p", {}, about.about)),
      phone.element),
    switches.element);
  return { section, phone };
}

// One stream for the whole page: a browser opens at most six connections to a host, and a second tab needs some too.
function follow(api, phones, postbox) {
  const hear = (event) => {
    if (event.phone) phones.get(event.phone)?.hear(event);
    else postbox?.hear(event);
  };
  api.follow("/api/events", hear, (up, why) => {
    for (const phone of phones.values()) phone.link(up, why);
  });
}

const how = (list) => h("ol", { class: "how" }, list.map((it) => h("li", {}, icon(it.icon), h("span", {}, it.text))));

// A phone that is still in its box: its house opens when somebody wants to join.
function newcomer(sections, words) {
  const section = sections.find((it) => it.hidden);
  if (!section) return null;
  const open = h("button", { type: "button", class: "sw", "aria-expanded": "false" }, icon("new"), h("span", {}, words.newcomer));
  open.addEventListener("click", () => {
    section.hidden = false;
    open.remove();
    section.scrollIntoView({ block: "nearest" });
    section.querySelector(".title")?.focus();
  });
  return open;
}

/** Draws the whole page for what `/api/street` answered. */
export function drawStreet(api, street) {
  document.title = street.title;
  if (street.lang) document.documentElement.lang = street.lang;
  document.body.classList.toggle("single", !street.relay && street.phones.length === 1);
  const houses = street.phones.map((about, index) => house(api, about, index, street.words));
  const postbox = street.relay && drawPostbox(api, street.relay, street.words);
  const side = postbox && h("div", { class: "side" }, how(street.how), postbox.element);
  document.body.replaceChildren(
    h("header", { class: "top" }, h("h1", {}, icon("ratel"), h("span", {}, street.title)), h("p", { class: "lead" }, street.lead), newcomer(houses.map((it) => it.section), street.words)),
    h("main", { class: "row" }, houses.map((it) => it.section), side));
  follow(api, new Map(houses.map((it, index) => [street.phones[index].id, it.phone])), postbox);
}
