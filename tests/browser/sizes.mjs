// Looks at one screen in every size and colour, and gives back what is wrong with it.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { findings, firstView } from "./measure.mjs";

export const SHOTS = fileURLToPath(new URL("shots/", import.meta.url));
export const WIDTHS = [360, 800];
export const HEIGHT = 640;
const LETTERS = ["100", "200", "310"];
const THEMES = ["light", "dark"];

/** As somebody finds it: at the top, with its pictograms. */
export async function settled(page) {
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction(() => [...document.querySelectorAll("svg use")].every((it) => document.querySelector(it.getAttribute("href"))));
}

/** Looks at the screen that the person is at; leaves a picture of each size, and the phone as it was. */
export async function look(person, name) {
  const { page } = person;
  await mkdir(SHOTS, { recursive: true });
  const found = [];
  for (const letters of LETTERS) {
    for (const theme of THEMES) {
      await person.sets("letters", letters);
      await person.sets("theme", theme);
      for (const width of WIDTHS) {
        const at = `${name}-${letters}-${theme}-${width}`;
        await page.setViewportSize({ width, height: HEIGHT });
        await settled(page);
        const early = await firstView(page);
        // Tall enough to hold the whole screen, so that everything in it is measured and seen.
        await page.setViewportSize({ width, height: await page.evaluate((least) => Math.max(least, document.querySelector(".scroll").scrollHeight + 400), HEIGHT) });
        await page.screenshot({ path: `${SHOTS}${at}.png` });
        found.push(...[...early, ...(await findings(page))].map((it) => `${at}: ${it}`));
      }
      await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
    }
  }
  await person.sets("letters", "100");
  await person.sets("theme", "light");
  return found;
}

/** A test of its own that finds nothing wrong with the screen. */
export async function looksAt(t, person, name) {
  await t.test(name, async () => assert.deepEqual(await look(person, name), []));
}
