// The checks of the looks must be able to fail: one fault of each kind is planted in a page that has none, and found.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, firstView } from "./measure.mjs";
import { Person, browser, open } from "./person.mjs";
import { endAll, folder, remove, street } from "./process.mjs";

let chrome, data, program, page, ria;

before(async () => {
  chrome = await browser();
  data = await folder();
  program = await street(data, 1);
  page = await open(chrome, program.url, 360, 640);
  ria = new Person(page, "ria");
});
after(async () => {
  await chrome?.close();
  await endAll();
  await remove(data);
});

/** Faults run inside the page, on Ria's phone at "Wat ziet u?"; the names are those of the findings. */
const faults = {
  "sideways page": () => { document.querySelector(".house").style.setProperty("width", "520px"); },
  sideways: (phone) => { phone.querySelector(".main").style.setProperty("width", "520px"); },
  "sideways scroll": (phone) => {
    phone.querySelector(".scroll").style.setProperty("overflow-x", "auto");
    phone.querySelector(".tile").style.setProperty("min-width", "520px");
  },
  clipped: (phone) => {
    const words = phone.querySelector(".tile > span:last-child");
    words.style.setProperty("white-space", "nowrap");
    words.textContent = "Iemand aan de deur die u niet vertrouwt, en nog meer";
  },
  "small letters": (phone) => { phone.querySelector(".tile > span:last-child").style.setProperty("font-size", "14px"); },
  "tight lines": (phone) => { phone.querySelector(".tile > span:last-child").style.setProperty("line-height", "1.1"); },
  "target ": (phone) => {
    const tile = phone.querySelector(".main .tile");
    tile.style.setProperty("min-height", "40px");
    tile.style.setProperty("height", "40px");
  },
  "target primary": (phone) => {
    const strip = phone.querySelector(".strip");
    strip.style.setProperty("min-height", "66px");
    strip.style.setProperty("height", "66px");
    strip.style.setProperty("padding", "0");
  },
  "target pavement": () => {
    const it = document.querySelector(".sw");
    it.style.setProperty("min-height", "30px");
    it.style.setProperty("height", "30px");
  },
  gap: (phone) => { phone.querySelector(".main").style.setProperty("gap", "6px"); },
  "no icon": (phone) => { phone.querySelector(".tile .stamp").remove(); },
  "no words": (phone) => { phone.querySelector(".tile > span:last-child").textContent = ""; },
  "no picture": (phone) => { phone.querySelector(".tile use").setAttribute("href", "#i-of-nothing"); },
  tofu: (phone) => { phone.querySelector(".title").append("\u{10FFFC}"); },
  "axe color-contrast ": (phone) => { phone.querySelector(".title").style.setProperty("color", "#BBBBBB"); },
  // 4.54:1 is enough for the ordinary rule and not for the stricter one.
  "axe color-contrast-enhanced": () => { document.querySelector(".sw .first").style.setProperty("color", "#767676"); },
  "axe target-size": () => {
    for (const name of ["a", "b", "c"]) {
      const small = document.createElement("button");
      small.setAttribute("aria-label", name);
      for (const [side, value] of [["width", "12px"], ["height", "12px"], ["padding", "0"], ["border", "0"], ["display", "block"]]) small.style.setProperty(side, value);
      document.querySelector(".side, .house").append(small);
    }
  },
  "axe button-name": (phone) => { phone.querySelector(".strip").replaceChildren(); },
  "axe landmark-unique": () => { for (const it of document.querySelectorAll(".scroll")) it.setAttribute("aria-label", "x"); },
  "axe html-has-lang": () => { document.documentElement.removeAttribute("lang"); },
  "axe page-has-heading-one": () => { document.querySelector("h1").remove(); },
};

async function clean() {
  await page.reload();
  await page.locator(".phone .title").nth(2).waitFor();
  await ria.goesHome();
  await ria.taps("report");
  await ria.at("report-what");
  await page.locator(".letter").first().waitFor();
}

test("a page without a fault: nothing is found", async () => {
  await clean();
  assert.deepEqual(await findings(page), []);
});

for (const [kind, plant] of Object.entries(faults)) {
  test(`planted and found: ${kind.trim()}`, async () => {
    await clean();
    await page.evaluate(`(${plant})(document.querySelector('[data-phone="ria"] .phone'))`);
    const found = await findings(page);
    assert.ok(found.some((it) => it.startsWith(kind)), `${kind} is not among ${JSON.stringify(found)}`);
  });
}

test("planted and found: 112 out of view (U8)", async () => {
  await clean();
  await page.evaluate(() => document.querySelector('[data-phone="ria"] .screen').style.setProperty("height", "150%"));
  assert.ok((await firstView(page)).some((it) => it.startsWith("U8 112")));
});
