// Codes that phones show each other: a decoder that we did not write reads the page's pixels, and a newcomer joins with
// them, from the box to the first alert, without internet and without typing (R22, R29).

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Person, browser, open } from "./person.mjs";
import { endAll, folder, remove, street } from "./process.mjs";

const run = promisify(execFile);
const SHOTS = fileURLToPath(new URL("shots/", import.meta.url));
// As a phone's camera sees it: two pixels for each CSS pixel would be a good screen, one is a poor one.
const LETTERS = ["100", "310"];
const LEAST_MODULE_PX = 3;

let chrome, data, program, page;

before(async () => {
  await mkdir(SHOTS, { recursive: true });
  chrome = await browser();
  data = await folder();
  program = await street(data, 1);
  page = await open(chrome, program.url, 1440, 900);
});
after(async () => {
  await chrome?.close();
  await endAll();
  if (data) await remove(data);
});

/** What zbar reads in a picture; empty where it reads nothing. */
async function read(picture) {
  const file = `${SHOTS}code.png`;
  await writeFile(file, picture);
  const { stdout } = await run("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file]).catch((failed) => failed);
  await rm(file);
  return stdout.trim();
}

/** The code on a phone, as pixels of the page, and how large a module is. */
async function photo(person) {
  const code = person.phone.locator(".code");
  await code.evaluate((it) => it.scrollIntoView({ block: "nearest" }));
  const { width } = await code.locator("svg").boundingBox();
  const side = Number((await code.locator("svg").getAttribute("viewBox")).split(" ")[2]);
  return { picture: await page.screenshot({ clip: await code.boundingBox() }), modulePx: width / side, code };
}

/** Shows a phone alone on a telephone's width, in every size and colour, and reads the code each time. */
async function readsEverywhere(person, name) {
  const texts = new Set();
  await page.setViewportSize({ width: 372, height: 800 });
  for (const mode of ["simplified", "full"]) {
    for (const letters of LETTERS) {
      for (const theme of ["light", "dark"]) {
        await person.sets("mode", mode);
        await person.sets("letters", letters);
        await person.sets("theme", theme);
        const at = `${name} ${mode} ${letters} ${theme}`;
        const { picture, modulePx, code } = await photo(person);
        assert.ok(modulePx >= LEAST_MODULE_PX, `${at}: a module of ${modulePx.toFixed(2)} px`);
        assert.ok(await code.getAttribute("aria-label"), `${at}: a name for who cannot see it`);
        const text = await read(picture);
        assert.match(text, /^RATEL/, at);
        texts.add(text);
      }
    }
  }
  await person.sets("letters", "100");
  await person.sets("theme", "light");
  await person.sets("mode", "simplified");
  await page.setViewportSize({ width: 1440, height: 900 });
  assert.equal(texts.size, 1, `${name}: the same code in every size and colour`);
  return [...texts][0];
}

test("from the box to the first alert, by codes alone and without internet (R22 R29)", async (t) => {
  const [fatma, noor] = ["fatma", "newcomer"].map((id) => new Person(page, id));
  let card;

  await t.test("a phone comes out of its box and asks one thing at a time", async () => {
    assert.equal(await noor.screen.isVisible(), false, "it stays inside until somebody asks");
    await page.getByRole("button", { name: "Nieuwe buur" }).first().click();
    await noor.at("first-language");
    await fatma.internet(false);
    await noor.internet(false);
    for (const [screen, action] of [["first-language", "next"], ["first-letters", "next"], ["first-read-aloud", "aloud-off"], ["first-name", "next"]]) {
      await noor.at(screen);
      await noor.taps(action);
    }
    await noor.at("first-code");
    await noor.taps("show-card");
    await noor.at("card");
  });

  await t.test("zbar reads the card from the page's pixels", async () => {
    card = await readsEverywhere(noor, "card");
  });

  await t.test("the control: a damaged code is not read", async () => {
    const { code } = await photo(noor);
    await code.locator(".ink").evaluate((ink) => ink.setAttribute("d", ink.getAttribute("d").replace(/M4 4h7[^M]*|M4 (5|6|7|8|9|10)h1[^M]*/g, "")));
    const { picture } = await photo(noor);
    assert.notEqual(await read(picture), card);
    await noor.sets("theme", "dark");
    await noor.sets("theme", "light");
  });

  await t.test("Fatma's camera sees it; she knows her and lets her in", async () => {
    await fatma.sets("mode", "simplified");
    await fatma.taps("people");
    await fatma.taps("new");
    await fatma.at("scan");
    await fatma.phone.locator(".lens").first().click();
    await fatma.at("let-in");
    await fatma.taps("let-in-resident");
    await fatma.at("give-answer");
    assert.notEqual(await readsEverywhere(fatma, "answer"), card);
  });

  await t.test("the newcomer scans the answer, agrees, and her first alert is kept", async () => {
    await noor.taps("open-scan");
    await noor.at("scan");
    await noor.phone.locator(".lens").first().click();
    for (const screen of ["first-danger", "first-behaviour", "first-follow", "first-photo"]) {
      await noor.at(screen);
      await noor.taps("agree");
    }
    await noor.at("first-practise");
    await noor.taps("practise");
    await noor.taps("kind-break-in");
    await noor.taps("send");
    await noor.control("stop").waitFor({ state: "detached" });
    await noor.reads(/Bewaard/);
    await fatma.taps("home");
  });

  await t.test("with internet everybody hears of it, marked as practice", async () => {
    await fatma.internet(true);
    await noor.internet(true);
    await noor.reads(/Verstuurd/);
    await new Person(page, "ria").reads("oefening");
    assert.deepEqual(page.errors, []);
  });
});

test("a new phone's own internet is the one that its switch cuts", async () => {
  const noor = new Person(page, "newcomer");
  await noor.internet(false);
  await noor.goesHome();
  for (const action of ["report", "kind-vehicle", "send"]) await noor.taps(action);
  await noor.control("stop").waitFor({ state: "detached" });
  await noor.reads(/Bewaard/);
  await noor.internet(true);
  await noor.reads(/Verstuurd/);
});
