// Starts the page: takes the secret from the address, fetches the street and draws it.
//
// The page only draws. Every word comes from the core through the local server; a rule about alerts has no place
// here. Where something goes wrong before there is a street, the server's own sentence is what people see.

import { Api, Refused } from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icon.js";
import { drawStreet } from "./street.js";

const RETRY_MS = 1000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function showSentence(text) {
  document.body.replaceChildren(
    h("main", { class: "refused" }, h("h1", {}, document.title), h("p", { role: "alert" }, text)),
  );
}

async function start() {
  const api = new Api(location.hash.slice(1));
  // The first start of a street takes some seconds; until then its sign hangs there.
  document.body.replaceChildren(h("main", { class: "top" }, h("h1", {}, icon("ratel"), h("span", {}, document.title))));
  for (;;) {
    try {
      const street = await api.get("/api/street");
      drawStreet(api, street);
      return;
    } catch (error) {
      if (error instanceof Refused) {
        showSentence(error.message);
        return;
      }
      await pause(RETRY_MS);
    }
  }
}

// A new secret in the fragment does not reload a page by itself.
addEventListener("hashchange", () => location.reload());
await start();
