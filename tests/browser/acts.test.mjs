// New coordinators where none is left, who has been silent for long, until which day a badge shows a role, and stopping:
// pressed with real phones, looked at in every size, and walked through by keyboard.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { walk } from "./keyboard.mjs";
import { enter as visit, neighbours } from "./neighbours.mjs";
import { browser } from "./person.mjs";
import { endAll, ratel } from "./process.mjs";
import { look } from "./sizes.mjs";

const HUNDRED_DAYS_S = 100 * 86_400;

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

async function enter(name, mode) {
  const person = await visit(chrome, home.data[name]);
  await person.sets("mode", mode);
  return person;
}

/** Looks at the screen in every size, and walks through it by Tab. */
async function looksAt(t, person, screen, name) {
  await person.at(screen);
  await t.test(name, async () => {
    assert.deepEqual(await look(person, name), []);
    assert.deepEqual(await walk(person), [], "by keyboard");
  });
}

/** Fatma and Ahmed give a role that takes two. */
async function byTwo(whom, role) {
  const [code] = (await ratel(home.data.fatma, "role", whom, role)).split("\n");
  await ratel(home.data.ahmed, "cosign", code);
  for (const name of ["ahmed", "fatma"]) await ratel(home.data[name], "sync");
}

async function toPeople(person) {
  await person.goesHome();
  await person.taps("people");
  await person.at("people");
}

const members = async (name) => JSON.parse(await ratel(home.data[name], "members", "--json"));

test("Ria chooses who takes care of the street, Ahmed signs too, and the third name makes it so", async (t) => {
  const ria = await enter("ria", "simplified");
  await toPeople(ria);
  await ria.taps("recover");
  await looksAt(t, ria, "recover", "recover");
  await ria.screen.getByRole("button", { name: /^Ahmed/ }).click();
  await ria.reads("U kiest Ahmed.");
  await looksAt(t, ria, "recover", "recover-chosen");
  await ria.taps("sign");
  await ria.reads("1 van 3 buren zeiden al ja.");
  await looksAt(t, ria, "sign-code", "recover-code");
  await ria.taps("home");
  await ria.at("home");
  await ria.control("proposal").waitFor();
  await ria.leaves();

  const [code] = (await ratel(home.data.ria, "recover", "Ahmed")).split("\n");
  const ahmed = await enter("ahmed", "full");
  await toPeople(ahmed);
  await ahmed.taps("scan");
  await ahmed.at("scan");
  await ahmed.phone.locator("textarea, input").first().fill(code);
  await ahmed.page.keyboard.press("Tab");
  await ahmed.page.keyboard.press("Enter");
  await looksAt(t, ahmed, "sign", "recover-sign");
  await ahmed.taps("sign");
  await ahmed.reads("2 van 3 buren zeiden al ja.");
  await ahmed.leaves();
  const [second] = (await ratel(home.data.ahmed, "cosign", code)).split("\n");
  await ratel(home.data.fatma, "cosign", second);
  assert.deepEqual((await members("fatma")).find((it) => it.name === "Ahmed").roles, ["coordinator"]);
  for (const name of ["fatma", "ahmed", "ria", "fatma"]) await ratel(home.data[name], "sync");
});

test("Fatma chooses a last day, and is asked whether she stops (R12, U17)", async (t) => {
  await byTwo("Ria", "trustee");
  const fatma = await enter("fatma", "simplified");
  await toPeople(fatma);
  await fatma.page.getByRole("button", { name: /^Ahmed/ }).click();
  await fatma.at("member");
  await fatma.taps("last-day");
  await looksAt(t, fatma, "last-day", "last-day");
  await fatma.taps("badge-month");
  await fatma.at("sign-code");
  await toPeople(fatma);
  await fatma.taps("charter");
  await fatma.taps("leave");
  await fatma.reads("Daarna tekenen twee anderen nog dat u weg bent.");
  await looksAt(t, fatma, "leave", "leave-official");
  await fatma.taps("stays");
  await fatma.at("charter");
  await fatma.leaves();
  await byTwo("Ria", "resident");
});

test("a hundred days later nothing was heard of Ria: Fatma takes her out in one act (R22)", async (t) => {
  process.env.RATEL_CLOCK_OFFSET_S = String(HUNDRED_DAYS_S);
  const fatma = await enter("fatma", "simplified");
  delete process.env.RATEL_CLOCK_OFFSET_S;
  await toPeople(fatma);
  await fatma.taps("lapse");
  await looksAt(t, fatma, "lapse", "lapse");
  await fatma.taps("all");
  await fatma.reads("U kiest Ria.");
  await looksAt(t, fatma, "lapse", "lapse-chosen");
  await fatma.taps("next");
  await looksAt(t, fatma, "lapse-sure", "lapse-sure");
  await fatma.taps("stays");
  await fatma.page.locator('.phone:not([data-screen="lapse-sure"])').waitFor();
  await toPeople(fatma);
  await fatma.taps("lapse");
  await fatma.taps("all");
  await fatma.taps("next");
  await fatma.taps("goes");
  await fatma.at("changes");
  await fatma.reads("Ria doet niet meer mee.");
  await fatma.leaves();
});
