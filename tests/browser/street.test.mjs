// Ria reports, Ahmed and Fatma see it: the street as a visitor finds it, with a real relay in the middle.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, browser, open, plug } from "./person.mjs";
import { endAll, folder, plainStreet, remove, street } from "./process.mjs";

let chrome, data, program, page, ria, ahmed, fatma;

async function enter(start) {
  await program?.end();
  program = await start();
  page = await open(chrome, program.url);
  [ria, ahmed, fatma] = ["ria", "ahmed", "fatma"].map((id) => new Person(page, id));
}

async function leave() {
  assert.deepEqual(page.errors, []);
  await page.close();
  await program.end();
}

/** Three taps: report, what, send. */
async function report(person, kind) {
  await person.goesHome();
  await person.taps("report");
  await person.taps(`kind-${kind}`);
  await person.taps("send");
}

async function opensAlert(person) {
  await person.tapsFirst("open-");
  await person.at("detail");
}

before(async () => {
  chrome = await browser();
  data = await folder();
});
after(async () => {
  await chrome?.close();
  await endAll();
  await remove(data);
});

test("three taps, ten seconds, two neighbours, one who comes (R01 R02 U3 U16)", async (t) => {
  await enter(() => plainStreet(data));

  await t.test("Ria needs three taps; it is kept at once, and can be stopped for ten seconds", async () => {
    await report(ria, "break-in");
    await ria.control("stop").waitFor();
    await ria.reads(/Bewaard/);
    assert.equal(await ahmed.phone.locator('[data-action^="open-"]').count(), 0, "nobody hears of it before it goes");
    await ria.at("sent");
    await ria.reads(/Verstuurd/);
  });

  await t.test("Ahmed and Fatma see it without pressing anything", async () => {
    await ahmed.reads("Iemand wil naar binnen");
    await fatma.reads("Iemand wil naar binnen");
  });

  await t.test("Ria called 112: it stands above the answers at Ahmed's", async () => {
    await ria.taps("called-112");
    await opensAlert(ahmed);
    await ahmed.reads("112 is gebeld");
    const [line, answer] = await Promise.all([
      ahmed.screen.getByText("112 is gebeld").first().boundingBox(),
      ahmed.control("answer-come").boundingBox(),
    ]);
    assert.ok(line.y < answer.y, "the line about 112 stands above the answers");
  });

  await t.test("Ahmed comes to look; Ria and Fatma see who comes", async () => {
    await ahmed.taps("answer-come");
    await ria.reads(/Ahmed komt kijken/);
    await opensAlert(fatma);
    await fatma.reads(/Ahmed komt kijken/);
  });

  await t.test("Ahmed changes his answer; everybody sees the new one only", async () => {
    if ((await ahmed.control("answer-see").count()) === 0) await ahmed.taps("change-answer");
    await ahmed.taps("answer-see");
    await ria.screen.getByText(/Ahmed komt kijken/).waitFor({ state: "detached" });
    await fatma.screen.getByText(/Ahmed komt kijken/).waitFor({ state: "detached" });
  });
  await leave();
});

test("Stop in time: nothing leaves the phone (U16)", async () => {
  await enter(() => street(data, 4));
  await report(ria, "vehicle");
  await ria.taps("stop");
  await ria.screen.locator('[data-action="stop"]').waitFor({ state: "detached" });
  // Fatma's own alert, sent after it and arrived, shows that Ria's had every chance to.
  await report(fatma, "behaviour");
  await ahmed.goesHome();
  await ahmed.reads("Iemand doet raar");
  assert.equal(await ahmed.seesNow("Een auto of fiets"), false);
  assert.equal(await fatma.seesNow("Een auto of fiets"), false);
  await leave();
});

test("the plug is out and the program is killed: kept, and it arrives (R10)", async () => {
  await enter(() => street(data, 1));
  await plug(page, false);
  await report(ria, "fire");
  await ria.reads(/Bewaard/);
  await ria.control("stop").waitFor({ state: "detached" });
  await ria.reads(/Bewaard/);
  await program.end("SIGKILL");
  await page.close();

  await enter(() => street(data, 1));
  await plug(page, true);
  for (const person of [ahmed, fatma]) {
    await person.goesHome();
    await person.reads("Brand of rook");
  }
  await leave();
});

test("Ria's internet is off: kept, shown so, and it goes by itself when it is back (R10)", async () => {
  await enter(() => street(data, 1));
  await ria.internet(false);
  await report(ria, "help");
  await ria.control("stop").waitFor({ state: "detached" });
  await ria.reads(/Bewaard/);
  await page.locator('[data-phone="ria"].dark').waitFor();
  assert.equal(await ahmed.seesNow("Iemand heeft hulp nodig"), false);
  await ria.internet(true);
  await ria.reads(/Verstuurd/);
  for (const person of [ahmed, fatma]) {
    await person.goesHome();
    await person.reads("Iemand heeft hulp nodig");
  }
  await leave();
});
