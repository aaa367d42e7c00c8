// By keyboard alone through every screen about trust: who takes part, what a coordinator does, codes, agreements, what was
// set aside, the team, the post box, and taking away for ever. Tab comes to everything in reading order, with a frame and
// in sight; Enter presses it; focus comes to the title of every new screen.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enters, reaches, walk } from "./keyboard.mjs";
import { neighbours } from "./neighbours.mjs";
import { Person, browser, open } from "./person.mjs";
import { endAll, ratel, serve } from "./process.mjs";
import { HEIGHT, WIDTHS, settled } from "./sizes.mjs";

let chrome, home;

before(async () => {
  chrome = await browser();
  home = await neighbours();
  // Ria reports while she does not know that this is not agreed any more: it is set aside.
  await ratel(home.data.fatma, "charter", "set", "--forbid", "vehicle");
  await ratel(home.data.ria, "alert", "vehicle", "--note", "Een grijze bus.");
  await ratel(home.data.ria, "alert", "behaviour", "--note", "Hij kijkt in alle tuinen.");
  for (const name of ["ria", "fatma", "ria", "fatma", "ahmed"]) await ratel(home.data[name], "sync");
});
after(async () => {
  await chrome?.close();
  await endAll();
  await home?.remove();
});

async function enter(t, name, mode) {
  const program = await serve(home.data[name], 1);
  const page = await open(chrome, program.url, WIDTHS[0], HEIGHT);
  t.after(async () => {
    await page.close();
    await program.end();
  });
  const person = new Person(page, await page.locator("[data-phone]").getAttribute("data-phone"));
  await person.sets("mode", mode);
  return person;
}

/** Presses by keyboard, and finds the focus on the title of the screen that comes; then walks through that. */
async function goes(person, prefix, screen) {
  await enters(person, prefix);
  await person.at(screen);
  await person.page.waitForFunction(() => document.activeElement?.className === "title");
  assert.deepEqual(await walk(person), [], screen);
}

/** The way of presses and the screens that they lead to. */
async function follows(person, way) {
  for (const [prefix, screen] of way) await goes(person, prefix, screen);
}

test("Fatma's acts: people, tasks, out of the street, agreements, codes, what was set aside", async (t) => {
  const fatma = await enter(t, "fatma", "full");
  await follows(fatma, [["people", "people"], ["neighbour-", "member"], ["back", "people"]]);
  await fatma.page.getByRole("button", { name: /^Ahmed/ }).focus();
  await fatma.page.keyboard.press("Enter");
  await fatma.at("member");
  await follows(fatma, [
    ["roles", "roles"], ["give-coordinator", "sign-code"], ["back", "member"], ["replace", "scan"], ["back", "member"],
    ["remove", "remove-why"], ["why-come", "remove"], ["stays", "member"],
  ]);
  await fatma.goesHome();
  await follows(fatma, [
    ["people", "people"], ["charter", "charter"], ["edit", "charter-edit"], ["back", "charter"], ["leave", "leave"], ["stays", "charter"],
    ["back", "people"], ["changes", "changes"], ["back", "people"], ["new", "scan"], ["invite", "invitation"],
  ]);
  await fatma.goesHome();
  await follows(fatma, [["aside", "aside"], ["back", "home"]]);
  assert.deepEqual(fatma.page.errors, []);
});

test("Fatma writes for the team, moves the post box and takes an alert away without a mouse (U17, U18)", async (t) => {
  const fatma = await enter(t, "fatma", "full");
  await follows(fatma, [["team", "team"], ["team-write", "team-write"]]);
  await reaches(fatma, "save-note");
  await fatma.page.keyboard.type("De lamp bij de brug is stuk.");
  await goes(fatma, "team-send", "team");
  await fatma.reads("De lamp bij de brug is stuk.");
  await follows(fatma, [["back", "home"], ["settings", "settings"], ["helper", "helper"], ["back", "settings"], ["relay", "relay"]]);
  await reaches(fatma, "relay-next");
  await fatma.page.keyboard.type("postbus");
  await fatma.page.keyboard.press("Tab");
  await fatma.page.keyboard.press("Enter");
  await fatma.screen.getByRole("alert").waitFor();
  assert.deepEqual(await walk(fatma), [], "with a refusal on the screen");
  assert.equal(await fatma.phone.locator("textarea").inputValue(), "postbus");
  await reaches(fatma, "relay-next");
  for (let letters = 0; letters < "postbus".length; letters += 1) await fatma.page.keyboard.press("Backspace");
  await fatma.page.keyboard.type("https://postbus.example");
  await fatma.page.keyboard.press("Tab");
  await fatma.page.keyboard.press("Enter");
  await fatma.at("relay-move");
  assert.deepEqual(await walk(fatma), [], "relay-move");
  await goes(fatma, "stays", "home");
  await follows(fatma, [["open-", "detail"], ["erase", "erase"], ["goes", "erased"], ["back", "home"]]);
  assert.deepEqual(fatma.page.errors, []);
});

test("Ria in simplified use: who takes part, the agreements, stopping, her helper, her alert that is set aside", async (t) => {
  const ria = await enter(t, "ria", "simplified");
  await follows(ria, [
    ["people", "people"], ["charter", "charter"], ["leave", "leave"], ["stays", "charter"], ["back", "people"], ["changes", "changes"],
    ["back", "people"], ["back", "home"], ["settings", "settings"], ["helper", "helper"], ["helper-", "settings"], ["back", "home"],
    ["open-", "sent"], ["erase", "erase"], ["stays", "sent"],
  ]);
  assert.deepEqual(ria.page.errors, []);
});

test("the walk finds what it looks for: a control that Tab leaves out, one without a frame, one under another", async (t) => {
  const ria = await enter(t, "ria", "simplified");
  await ria.goesHome();
  await ria.taps("people");
  await ria.at("people");
  const faults = {
    "never met charter": () => document.querySelector('[data-action="charter"]').setAttribute("tabindex", "-1"),
    "no frame charter": () => document.querySelector('[data-action="charter"]').style.setProperty("outline", "none"),
    "out of sight charter": () => {
      const over = document.createElement("div");
      for (const [name, value] of [["position", "fixed"], ["inset", "0"], ["z-index", "9"]]) over.style.setProperty(name, value);
      document.querySelector(".phone").append(over);
    },
  };
  for (const [kind, plant] of Object.entries(faults)) {
    await ria.page.reload();
    await ria.at("people");
    await settled(ria.page);
    // A redraw would mend it.
    await ria.page.evaluate(`setInterval(${plant}, 10)`);
    await ria.page.waitForTimeout(50);
    const found = await walk(ria);
    assert.ok(found.includes(kind), `${kind} is not among ${JSON.stringify(found)}`);
  }
  assert.deepEqual(ria.page.errors, []);
});
