// The switches on the pavement. A toggle is on or off; a choice goes to its next value with every press.

import { h, patch } from "./dom.js";
import { icon } from "./icon.js";

const isOn = (it) => it.value === "true";

const toggle = (it) => h("button", { type: "button", class: "sw", key: it.id, role: "switch", "aria-checked": String(isOn(it)), "aria-label": it.label, "data-switch": it.id },
  icon(it.icon), h("span", {}, h("span", { class: "first" }, it.label), it.shown && h("b", {}, it.shown)), h("span", { class: "knob", "aria-hidden": "true" }));

const choice = (it) => h("button", { type: "button", class: "sw pick", key: it.id, "data-switch": it.id, "data-value": it.value },
  icon(it.icon), h("span", {}, h("span", { class: "first" }, it.label), " ", h("b", {}, it.shown)));

const drawOf = { toggle, choice };

const nextOf = {
  toggle: (it) => String(!isOn(it)),
  choice: (it) => {
    const at = it.options.findIndex((option) => option.value === it.value);
    return it.options[(at + 1) % it.options.length].value;
  },
};

export class Switches {
  #list = [];
  #listener;
  element;

  /** `path` is where a switch is thrown; `named` labels the group; `listener` hears the newest list. */
  constructor(api, path, named, list, listener = () => undefined) {
    this.#listener = listener;
    this.element = h("div", { class: "switches", role: "group", ...named });
    this.element.addEventListener("click", async (event) => {
      const id = event.target.closest("[data-switch]")?.dataset.switch;
      const it = this.#list.find((each) => each.id === id);
      if (!it) return;
      await api.post(`${path}/${encodeURIComponent(id)}`, { value: nextOf[it.kind](it) }).catch(() => undefined);
    });
    this.show(list);
  }

  /** Draws the newest state, as the server reports it. */
  show(list) {
    this.#list = list;
    patch(this.element, h("div", Object.fromEntries([...this.element.attributes].map((it) => [it.name, it.value])), list.map((it) => drawOf[it.kind](it))));
    this.#listener(list);
  }
}
