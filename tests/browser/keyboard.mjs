// What somebody meets who has no mouse and no touch screen: the stops of Tab, whether each can be seen, and Enter.

import { SOON_MS } from "./person.mjs";

const MOST_STOPS = 120;

/* Runs inside the page: what has focus, whether a frame shows it, and whether something else lies over it. */
function focused() {
  const it = document.activeElement;
  const phone = it?.closest(".phone");
  if (!phone) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(it);
  const { left, top, width, height } = it.getBoundingClientRect();
  const at = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 24));
  return {
    name: it.dataset.action ?? it.dataset.input ?? it.className,
    framed: outlineStyle !== "none" && parseFloat(outlineWidth) >= 3,
    covered: at !== null && !it.contains(at) && !at.contains(it),
    outside: top >= innerHeight || top + height <= 0,
  };
}

/* Runs inside the page: the names of all that can be pressed or typed into, in reading order. */
function pressable() {
  const all = [...document.querySelectorAll(".phone [data-action], .phone textarea")];
  return all.filter((it) => it.checkVisibility({ visibilityProperty: true })).map((it) => it.dataset.action ?? it.dataset.input);
}

/** Walks through the screen by Tab, from its first control on, and gives back what is wrong with the way. */
export async function walk(person) {
  const { page } = person;
  const all = await page.evaluate(pressable);
  await page.evaluate(() => document.querySelector(".phone [data-action]").focus({ focusVisible: true }));
  const found = [];
  const met = [];
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    const stop = await page.evaluate(focused);
    if (!stop) break;
    if (all.includes(stop.name)) met.push(stop.name);
    if (!stop.framed) found.push(`no frame ${stop.name}`);
    if (stop.covered || stop.outside) found.push(`out of sight ${stop.name}`);
    await page.keyboard.press("Tab");
  }
  for (const name of all) if (!met.includes(name)) found.push(`never met ${name}`);
  if (found.length === 0 && met.join() !== all.join()) found.push(`another order ${met.join()}`);
  return found;
}

/** Goes by Tab to the control whose action begins so, and presses Enter. */
export async function enters(person, prefix) {
  const { page } = person;
  await reaches(person, prefix);
  await page.keyboard.press("Enter");
}

/** Goes by Tab to a control or a field. */
export async function reaches(person, prefix) {
  const { page } = person;
  await person.phone.locator(`[data-action^="${prefix}"], [data-input^="${prefix}"]`).first().waitFor({ timeout: SOON_MS });
  await page.evaluate(() => document.querySelector(".phone [data-action]").focus({ focusVisible: true }));
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    const stop = await page.evaluate(focused);
    if (stop?.name.startsWith(prefix)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never comes to ${prefix}`);
}
