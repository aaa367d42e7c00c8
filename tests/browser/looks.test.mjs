// Every screen, in simplified and full use, at 100, 200 and 310 %, light and dark, 360 and 800 px wide: axe, sideways
// scroll, clipped words, targets, gaps, letters, tofu. Nothing may be found; controls.test.mjs shows that it would be.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { findings } from "./measure.mjs";
import { neighbours } from "./neighbours.mjs";
import { Person, browser, open, plug } from "./person.mjs";
import { endAll, folder, ratel, remove, serve, street } from "./process.mjs";
import { HEIGHT, SHOTS, WIDTHS, looksAt, settled } from "./sizes.mjs";

const NOTE = "Iemand duwt tegen de achterdeur. Hij heeft een rode fiets bij zich.";
// Nobody can stop an alert for this long in real life; it holds the ten-second screen still.
const STILL_S = 60;

let chrome, home, program;

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  chrome = await browser();
  home = await neighbours();
});
after(async () => {
  await chrome?.close();
  await endAll();
  await home?.remove();
});

async function enter(name, undo) {
  program = await serve(home.data[name], undo);
  const page = await open(chrome, program.url, WIDTHS[0], HEIGHT);
  return new Person(page, await page.locator("[data-phone]").getAttribute("data-phone"));
}

async function leave(person) {
  assert.deepEqual(person.page.errors, []);
  await person.page.close();
  await program.end();
}

async function settings(t, person, mode) {
  await person.goesHome();
  await person.taps("settings");
  await person.at("settings");
  await looksAt(t, person, `${mode}-settings`);
  for (const id of ["letters", "language"]) {
    await person.taps(id);
    await person.at(id);
    await looksAt(t, person, `${mode}-${id}`);
    await person.taps("back");
    await person.at("settings");
  }
  await person.goesHome();
}

/** Home, what, where, the seconds to stop it. */
async function reporting(t, person, mode) {
  await person.sets("mode", mode);
  await person.goesHome();
  await looksAt(t, person, `${mode}-home-quiet`);
  await person.taps("report");
  await person.at("report-what");
  await looksAt(t, person, `${mode}-report-what`);
  for (const kind of ["doorstep-scam", "fire", "break-in"]) {
    await person.taps(`kind-${kind}`);
    await person.screen.locator(".title").waitFor();
    await person.page.locator('.phone:not([data-screen="report-what"])').waitFor();
    await looksAt(t, person, `${mode}-report-${kind}`);
    if (kind !== "break-in") {
      await person.taps("back");
      await person.at("report-what");
    }
  }
  await person.taps("send");
  await person.at("report-wait");
  await looksAt(t, person, `${mode}-report-wait`);
  await person.taps("stop");
  await person.control("stop").waitFor({ state: "detached" });
  await person.goesHome();
  await settings(t, person, mode);
}

test("reporting and settings (U1 to U10)", async (t) => {
  const ria = await enter("ria", STILL_S);
  for (const mode of ["simplified", "full"]) await reporting(t, ria, mode);
  await leave(ria);
});

test("kept without internet: home, the kept alert, is everything sent", async (t) => {
  await home.relay.end();
  await ratel(home.data.ria, "alert", "break-in", "--at", "home", "--note", NOTE, "--called-112", "no");
  const ria = await enter("ria", 1);
  for (const mode of ["simplified", "full"]) {
    await ria.sets("mode", mode);
    await ria.goesHome();
    await looksAt(t, ria, `${mode}-home-kept`);
    await ria.tapsFirst("open-");
    await ria.reads(/Bewaard/);
    await looksAt(t, ria, `${mode}-kept`);
    await ria.goesHome();
    await ria.taps("status");
    await ria.at("status");
    await looksAt(t, ria, `${mode}-status-waits`);
  }
  await leave(ria);
  home.relay = await home.startRelay();
});

test("an alert at a neighbour: card, question, answer, the path, at home again", async (t) => {
  await ratel(home.data.ria, "sync");
  await ratel(home.data.fatma, "sync");
  const [{ id }] = JSON.parse(await ratel(home.data.fatma, "alerts", "--json"));
  await ratel(home.data.fatma, "answer", id, "see");
  await ratel(home.data.fatma, "sync");
  await ratel(home.data.ahmed, "sync");
  const ahmed = await enter("ahmed", 1);
  for (const mode of ["simplified", "full"]) {
    await ahmed.sets("mode", mode);
    await ahmed.goesHome();
    await looksAt(t, ahmed, `${mode}-home-alert`);
    await ahmed.tapsFirst("open-");
    await ahmed.at("detail");
    await looksAt(t, ahmed, `${mode}-detail`);
    await ahmed.taps("answer-come");
    await ahmed.page.locator('[data-action="answer-come"][aria-pressed="true"]').waitFor();
    await looksAt(t, ahmed, `${mode}-detail-answered`);
    await ahmed.goesHome();
    await ahmed.taps("status");
    await ahmed.at("status");
    await looksAt(t, ahmed, `${mode}-status-sent`);
  }
  await leave(ahmed);
});

test("Ria's own alert, seen and answered; and in English", async (t) => {
  await ratel(home.data.ria, "sync");
  const ria = await enter("ria", 1);
  for (const [mode, lang] of [["simplified", "nl"], ["full", "nl"], ["simplified", "en"]]) {
    await ria.sets("language", lang);
    await ria.sets("mode", mode);
    await ria.goesHome();
    await ria.tapsFirst("open-");
    await ria.at("sent");
    await looksAt(t, ria, `${mode}-${lang}-sent`);
    if (mode === "full") {
      await ria.taps("edit");
      await ria.at("edit");
      await looksAt(t, ria, "full-edit");
    }
    await ria.goesHome();
  }
  await leave(ria);
});

test("a phone out of its box: the first run, its card, the scanner (screen 7)", async (t) => {
  home.data.noor = await folder();
  const noor = await enter("noor", 1);
  const steps = [["language", "next"], ["letters", "next"], ["read-aloud", "aloud-off"], ["name", "next"], ["code", "show-card"]];
  for (const [step, action] of steps) {
    await noor.at(`first-${step}`);
    await looksAt(t, noor, `first-${step}`);
    await noor.taps(action);
  }
  await noor.at("card");
  await looksAt(t, noor, "card");
  await noor.taps("open-scan");
  for (const mode of ["full", "simplified"]) {
    await noor.sets("mode", mode);
    await noor.at("scan");
    await looksAt(t, noor, `scan-${mode}`);
  }
  for (const screen of ["card", "first-code"]) {
    await noor.taps("back");
    await noor.at(screen);
  }
  const rest = [["code", "no-code"], ["no-code", "without"], ["danger", "agree"], ["behaviour", "agree"], ["follow", "agree"],
    ["photo", "agree"], ["notifications", "not-now"], ["practise", "later"]];
  for (const [step, action] of rest) {
    await noor.at(`first-${step}`);
    if (!["code", "behaviour", "follow"].includes(step)) await looksAt(t, noor, `first-${step}`);
    await noor.taps(action);
  }
  await noor.at("home");
  await looksAt(t, noor, "home-waiting");
  await leave(noor);
  await remove(home.data.noor);
});

test("the street itself: wide, on a tablet, on a telephone; the dialler's notice; the plug out", async (t) => {
  const data = await folder();
  program = await street(data, 1);
  for (const [width, height] of [[1440, 900], [1024, 900], [390, 844], [320, 700]]) {
    await t.test(`${width} px`, async () => {
      const page = await open(chrome, program.url, width, height);
      await page.locator(".letter").first().waitFor();
      await settled(page);
      const found = await findings(page);
      await page.screenshot({ path: `${SHOTS}street-${width}.png`, fullPage: true });
      if (width === 1440) assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), "one view without scrolling");
      const ria = new Person(page, "ria");
      await ria.taps("call-112");
      await page.locator("dialog[open]").waitFor();
      await settled(page);
      found.push(...(await findings(page)));
      await page.screenshot({ path: `${SHOTS}street-${width}-dial.png`, fullPage: true });
      await ria.taps("close-dialler");
      await plug(page, false);
      await ria.internet(false);
      await settled(page);
      found.push(...(await findings(page)));
      await page.screenshot({ path: `${SHOTS}street-${width}-off.png`, fullPage: true });
      await ria.internet(true);
      await plug(page, true);
      assert.deepEqual(found, []);
      assert.deepEqual(page.errors, []);
      await page.close();
    });
  }
  await program.end();
  await remove(data);
});
