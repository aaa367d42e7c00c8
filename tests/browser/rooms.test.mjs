// Taking an alert away for ever, the team's notes, and the move of the post box: in every size on a phone of its own, and
// pressed in the street, where three phones see what becomes of it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter as visit, neighbours, sync as hear } from "./neighbours.mjs";
import { Person, browser, open } from "./person.mjs";
import { endAll, folder, freePort, ratel, relay, remove, street } from "./process.mjs";
import { looksAt } from "./sizes.mjs";

const LAMP = "De lamp bij de brug is stuk. Ook de lamp bij het speelplein.";

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

test("Ria takes her alert away for ever: the way to it, the question, and that it is gone (U17)", async (t) => {
  await ratel(home.data.ria, "alert", "vehicle", "--note", "Een grijze bus rijdt rondjes.");
  await sync("ria", "fatma");
  const ria = await enter("ria");
  await ria.tapsFirst("open-");
  await ria.at("sent");
  await looksAt(t, ria, "erase-sent");
  await ria.taps("erase");
  await ria.at("erase");
  await looksAt(t, ria, "erase");
  await ria.taps("stays");
  await ria.at("sent");
  await ria.taps("withdraw");
  await ria.reads("Teruggenomen.");
  await looksAt(t, ria, "erase-withdrawn");
  await ria.taps("erase");
  await ria.taps("goes");
  await ria.at("erased");
  await looksAt(t, ria, "erased");
  await ria.leaves();
  assert.deepEqual(JSON.parse(await ratel(home.data.ria, "alerts", "--json")), []);
});

test("Fatma writes for the team, and moves the post box after a wrong address (R23, U18)", async (t) => {
  await ratel(home.data.ahmed, "alert", "vehicle", "--note", "Een rode fiets staat hier al dagen.");
  await sync("ahmed", "fatma");
  const fatma = await enter("fatma");
  await fatma.sets("mode", "full");
  await looksAt(t, fatma, "rooms-home");
  await fatma.tapsFirst("open-");
  await fatma.at("detail");
  await looksAt(t, fatma, "erase-detail-full");
  await fatma.taps("erase");
  await fatma.at("erase");
  await looksAt(t, fatma, "erase-full");
  await fatma.taps("stays");
  await fatma.at("detail");
  await fatma.goesHome();
  await fatma.taps("team");
  await fatma.at("team");
  await fatma.reads("Het team schreef nog niets.");
  await fatma.taps("team-write");
  await fatma.at("team-write");
  await fatma.taps("team-send");
  await fatma.screen.getByRole("alert").getByText("Er staat nog niets. Schrijf eerst iets.").waitFor();
  await looksAt(t, fatma, "team-write");
  await fatma.phone.locator("textarea").fill(LAMP);
  await fatma.taps("team-send");
  await fatma.at("team");
  await fatma.reads(LAMP);
  await looksAt(t, fatma, "team-full");
  await fatma.sets("mode", "simplified");
  await fatma.at("team");
  await looksAt(t, fatma, "team-simplified");
  await fatma.sets("mode", "full");
  await fatma.goesHome();

  await fatma.taps("settings");
  await fatma.at("settings");
  await looksAt(t, fatma, "rooms-settings");
  await fatma.taps("relay");
  await fatma.at("relay");
  const field = fatma.phone.locator("textarea");
  await field.fill("http://postbus.zonnebloemstraat.example");
  await fatma.taps("relay-next");
  await fatma.screen.getByRole("alert").getByText("Dit adres kan niet. Schrijf https:// en dan alleen de naam.").waitFor();
  await fatma.sets("theme", "dark");
  await fatma.sets("theme", "light");
  assert.equal(await field.inputValue(), "http://postbus.zonnebloemstraat.example", "what was typed stays");
  await looksAt(t, fatma, "relay");
  await field.fill("https://postbus.zonnebloemstraat.example");
  await fatma.taps("relay-next");
  await fatma.at("relay-move");
  await looksAt(t, fatma, "relay-move");
  await fatma.taps("back");
  await fatma.at("relay");
  assert.equal(await field.inputValue(), "https://postbus.zonnebloemstraat.example");
  await fatma.goesHome();
  await fatma.leaves();
});

test("in the street: gone on three phones, a note that Ria cannot find, and a post box that all follow to", async () => {
  const data = await folder();
  const program = await street(data, 1);
  const page = await open(chrome, program.url);
  const [ria, ahmed, fatma] = ["ria", "ahmed", "fatma"].map((id) => new Person(page, id));

  await ria.taps("report");
  await ria.taps("kind-vehicle");
  await ria.taps("send");
  for (const person of [ahmed, fatma]) await person.reads("Een auto of fiets");
  await ria.at("sent");
  await ria.taps("erase");
  await ria.at("erase");
  await ria.taps("goes");
  await ria.at("erased");
  for (const person of [ahmed, fatma]) await person.screen.getByText("Een auto of fiets").waitFor({ state: "detached" });

  for (const person of [ria, ahmed]) {
    await person.goesHome();
    assert.equal(await person.control("team").count(), 0, "no way to the team for who is not of it");
  }
  await fatma.goesHome();
  await fatma.taps("team");
  await fatma.taps("team-write");
  await fatma.phone.locator("textarea").fill(LAMP);
  await fatma.taps("team-send");
  await fatma.at("team");
  await fatma.reads(LAMP);
  await fatma.goesHome();

  const port = await freePort();
  const elsewhere = await folder();
  const other = await relay(elsewhere, port);
  await fatma.taps("settings");
  await fatma.taps("relay");
  await fatma.at("relay");
  await fatma.phone.locator("textarea").fill(`http://127.0.0.1:${port}`);
  await fatma.taps("relay-next");
  await fatma.at("relay-move");
  await fatma.taps("goes");
  await fatma.at("changes");
  await fatma.reads("De postbus van de buurt is verhuisd.");
  for (const person of [ria, ahmed]) {
    await person.goesHome();
    await person.reads("De postbus van de buurt is verhuisd.");
  }
  await fatma.goesHome();
  await ria.taps("report");
  await ria.taps("kind-behaviour");
  await ria.taps("send");
  for (const person of [ahmed, fatma]) await person.reads("Iemand doet raar");
  assert.deepEqual(page.errors, []);
  await page.close();
  await program.end();
  await other.end();
  await remove(elsewhere);
  await remove(data);
});
