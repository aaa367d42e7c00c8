// Three people of one street, each with an own folder and an own program, and the relay between them.

import assert from "node:assert/strict";
import { join } from "node:path";
import { Person, open } from "./person.mjs";
import { folder, freePort, ratel, relay, remove, serve } from "./process.mjs";
import { HEIGHT, WIDTHS } from "./sizes.mjs";

const SYNCS = 3;

/** Founds the street by command line: Fatma begins, Ahmed and Ria join by invitation. Gives back their folders. */
export async function neighbours() {
  const root = await folder();
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const data = Object.fromEntries(["relay", "fatma", "ahmed", "ria"].map((name) => [name, join(root, name)]));
  const running = await relay(data.relay, port);
  await ratel(data.fatma, "new", "Fatma", "--street", "Zonnebloemstraat", "--number", "12", "--relay", address);
  for (const [name, as, number] of [["ahmed", "Ahmed", "16"], ["ria", "Ria", "14"]]) {
    const { invitation } = JSON.parse(await ratel(data.fatma, "invite", "--json"));
    await ratel(data.fatma, "sync");
    await ratel(data[name], "join", invitation, "--as", as, "--number", number);
    for (let turn = 0; turn < SYNCS; turn += 1) {
      await ratel(data[name], "sync");
      await ratel(data.fatma, "sync");
    }
  }
  await ratel(data.ahmed, "sync");
  return { data, port, relay: running, startRelay: () => relay(data.relay, port), remove: () => remove(root) };
}

/** The person at the page of a phone, served from its folder; `leaves` ends both, and finds nothing in the console. */
export async function enter(chrome, folder) {
  const program = await serve(folder, 1);
  const page = await open(chrome, program.url, WIDTHS[0], HEIGHT);
  const person = new Person(page, await page.locator("[data-phone]").getAttribute("data-phone"));
  person.leaves = async () => {
    assert.deepEqual(page.errors, []);
    await page.close();
    await program.end();
  };
  return person;
}

/** Phones hear from each other, by their folders. */
export async function sync(...folders) {
  for (const folder of [...folders, ...folders]) await ratel(folder, "sync");
}
