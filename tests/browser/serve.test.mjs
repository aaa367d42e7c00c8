// The same alert between three separate programs, each with its own page, and a relay that is taken away.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { neighbours } from "./neighbours.mjs";
import { Person, browser, open } from "./person.mjs";
import { endAll, serve } from "./process.mjs";

const NAMES = ["ria", "ahmed", "fatma"];
let chrome, home, programs = {};

before(async () => {
  chrome = await browser();
  home = await neighbours();
});
after(async () => {
  await chrome?.close();
  await endAll();
  await home?.remove();
});

async function start(name, undo) {
  programs[name] = await serve(home.data[name], undo);
  const page = await open(chrome, programs[name].url, 400, 800);
  return new Person(page, await page.locator("[data-phone]").getAttribute("data-phone"));
}

async function report(person, kind) {
  await person.goesHome();
  await person.taps("report");
  await person.taps(`kind-${kind}`);
  await person.taps("send");
}

test("three programs and a relay: the alert arrives, the answer comes back (R01 R02)", async () => {
  const [ria, ahmed, fatma] = await Promise.all(NAMES.map((name) => start(name, 1)));
  await report(ria, "break-in");
  await ahmed.reads("Iemand wil naar binnen");
  await fatma.reads("Iemand wil naar binnen");
  await ahmed.tapsFirst("open-");
  await ahmed.taps("answer-come");
  await ria.reads(/Ahmed komt kijken/);
  for (const person of [ria, ahmed, fatma]) {
    assert.deepEqual(person.page.errors, []);
    await person.page.close();
  }
  for (const name of NAMES) await programs[name].end();
});

test("the relay is gone and Ria's program is killed: kept, and it arrives (R10)", async () => {
  await home.relay.end();
  const ria = await start("ria", 1);
  await report(ria, "fire");
  await ria.control("stop").waitFor({ state: "detached" });
  await ria.reads(/Bewaard/);
  await programs.ria.end("SIGKILL");
  await ria.page.close();

  home.relay = await home.startRelay();
  await start("ria", 1);
  const [ahmed, fatma] = await Promise.all([start("ahmed", 1), start("fatma", 1)]);
  for (const person of [ahmed, fatma]) {
    await person.goesHome();
    await person.reads("Brand of rook");
  }
});
