// Who takes part, and what a coordinator does about it, with real phones: Fatma gives a task, chooses a second
// coordinator with Ahmed, takes Ria out; everybody sees it. Every screen on the way is looked at like the others.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter as visit, neighbours, sync as hear } from "./neighbours.mjs";
import { browser } from "./person.mjs";
import { endAll, ratel } from "./process.mjs";
import { looksAt } from "./sizes.mjs";

let chrome, home;

before(async () => {
  chrome = await browser();
  home = await neighbours();
});
after(async () => {
  await chrome?.close();
  await endAll();
  await home?.remove();
});

const enter = (name) => visit(chrome, home.data[name]);

/** Everybody hears from everybody. */
const sync = (...names) => hear(...names.map((name) => home.data[name]));

const people = async (name) => JSON.parse(await ratel(home.data[name], "members", "--json"));

async function toPeople(person) {
  await person.goesHome();
  await person.taps("people");
  await person.at("people");
}

test("Ria reads who takes part, chooses her helper and sees what was agreed (R13, R20, R25)", async (t) => {
  const ria = await enter("ria");
  await looksAt(t, ria, "who-home");
  await toPeople(ria);
  await ria.reads("Doet de politie mee? Nee.");
  await ria.reads(/komt nooit uw geld of sieraden/);
  await looksAt(t, ria, "who-people");
  await ria.taps("charter");
  await ria.at("charter");
  await looksAt(t, ria, "who-charter");
  await ria.taps("leave");
  await ria.at("leave");
  await looksAt(t, ria, "who-leave");
  await ria.taps("stays");
  await ria.at("charter");
  await ria.goesHome();
  await ria.taps("settings");
  await ria.taps("helper");
  await ria.at("helper");
  await looksAt(t, ria, "who-helper");
  await ria.tapsFirst("helper-");
  await ria.at("settings");
  await toPeople(ria);
  await ria.reads("mijn helper");
  await ria.leaves();
  assert.equal((await people("ria")).length, 3);
});

test("Fatma gives a task, signs with Ahmed, changes the agreements and takes Ria out (R12, U17)", async (t) => {
  await sync("ria", "fatma", "ahmed");
  const fatma = await enter("fatma");
  await fatma.sets("mode", "full");
  await toPeople(fatma);
  await looksAt(t, fatma, "acts-people");
  await fatma.tapsFirst("neighbour-");
  await fatma.at("member");
  await fatma.taps("back");

  await fatma.taps("charter");
  await fatma.taps("edit");
  await fatma.at("charter-edit");
  await fatma.taps("agree-vehicle");
  await fatma.reads(/Een auto of fiets: alleen/);
  await looksAt(t, fatma, "acts-charter");
  await fatma.taps("sign");
  await fatma.at("charter");
  await fatma.reads("alleen wie een ronde loopt");
  await fatma.taps("back");

  await fatma.page.getByRole("button", { name: /^Ahmed/ }).click();
  await fatma.at("member");
  await looksAt(t, fatma, "acts-member");
  await fatma.taps("roles");
  await fatma.at("roles");
  await looksAt(t, fatma, "acts-roles");
  await fatma.taps("give-coordinator");
  await fatma.at("sign-code");
  await looksAt(t, fatma, "acts-sign-code");
  await fatma.goesHome();

  await toPeople(fatma);
  await fatma.page.getByRole("button", { name: /^Ria/ }).click();
  await fatma.at("member");
  await fatma.taps("remove");
  await fatma.at("remove-why");
  await looksAt(t, fatma, "acts-why");
  await fatma.taps("why-come");
  await fatma.at("remove");
  await looksAt(t, fatma, "acts-remove");
  await fatma.taps("stays");
  await fatma.at("member");
  await fatma.taps("remove");
  await fatma.taps("why-come");
  await fatma.taps("goes");
  await fatma.at("people");
  assert.equal(await fatma.seesNow(/^Ria/), false);
  await fatma.taps("changes");
  await fatma.at("changes");
  await fatma.reads("Ria doet niet meer mee.");
  await fatma.reads("Waarom: Verhuisd");
  await looksAt(t, fatma, "acts-changes");
  await fatma.leaves();
});

test("Ahmed hears of it on his first screen and reads no reason", async (t) => {
  await sync("fatma", "ahmed");
  const ahmed = await enter("ahmed");
  await ahmed.sets("mode", "simplified");
  await ahmed.control("news").waitFor();
  await looksAt(t, ahmed, "news-home");
  await ahmed.taps("news");
  await ahmed.at("changes");
  await ahmed.reads("Ria doet niet meer mee.");
  assert.equal(await ahmed.seesNow(/Waarom/), false);
  await ahmed.goesHome();
  assert.equal(await ahmed.control("news").count(), 0, "what was read is no news");
  await ahmed.leaves();
  const names = (await people("ahmed")).map((member) => member.name).sort();
  assert.deepEqual(names, ["Ahmed", "Fatma"]);
});
