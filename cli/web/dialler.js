// Says that a telephone would now open its dialler. It never dials: a page on a computer cannot, and must not.
//
// The notice covers its own phone only, for the other phones of the street belong to other people.

import { h } from "./dom.js";
import { icon } from "./icon.js";

/** Shows the notice on a phone; `event` holds the core's words. */
export function showDialler(phone, { title, text, close }) {
  phone.querySelector(":scope > dialog")?.close();
  const before = document.activeElement;
  const id = `${phone.parentElement.id}-dialler`;
  const done = h("button", { type: "button", class: "button", "data-action": "close-dialler" }, icon("back"), h("span", {}, close));
  const dialog = h("dialog", { class: "dialler", "aria-labelledby": id },
    icon("call", "picture"), h("h3", { class: "title", id }, title), h("p", {}, text), done);
  done.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => event.key === "Escape" && dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    phone.querySelector(":scope > .screen").inert = false;
    if (before?.isConnected) before.focus({ preventScroll: true });
  });
  phone.append(dialog);
  phone.querySelector(":scope > .screen").inert = true;
  dialog.show();
  done.focus();
}
