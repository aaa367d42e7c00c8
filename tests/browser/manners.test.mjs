// How the page behaves while it redraws: focus, the keyboard, what is typed, the sound, the voice.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, SOON_MS, browser, open } from "./person.mjs";
import { endAll, folder, remove, street } from "./process.mjs";

const UNDO_S = 6;
let chrome, strict, data, program;

before(async () => {
  // A browser of a visitor gives no sound before the first press.
  strict = await browser("--autoplay-policy=document-user-activation-required");
  chrome = await browser("--autoplay-policy=no-user-gesture-required");
  data = await folder();
  program = await street(data, UNDO_S);
});
after(async () => {
  await chrome?.close();
  await strict?.close();
  await endAll();
  await remove(data);
});

const actionInFocus = (page) => page.evaluate(() => document.activeElement?.dataset.action ?? document.activeElement?.className);

test("by keyboard alone: three acts, focus on each new title, and it stays on Stop while seconds pass", async () => {
  const page = await open(chrome, program.url);
  const ria = new Person(page, "ria");
  for (const [action, screen] of [["report", "report-what"], ["kind-vehicle", "report-place"], ["send", "report-wait"]]) {
    await ria.control(action).focus();
    await page.keyboard.press("Enter");
    await ria.at(screen);
    assert.equal(await actionInFocus(page), "title");
  }
  await ria.control("stop").focus();
  const before = await ria.screen.locator(".title").innerText();
  await page.waitForFunction((old) => document.querySelector('[data-phone="ria"] .title').innerText !== old, before);
  assert.equal(await actionInFocus(page), "stop");
  await page.keyboard.press("Enter");
  await ria.control("stop").waitFor({ state: "detached" });
  await page.close();
});

test("a long screen keeps its place while another phone changes, and a way back finds it again", async () => {
  const page = await open(chrome, program.url);
  const ria = new Person(page, "ria");
  await ria.goesHome();
  await ria.taps("report");
  await ria.at("report-what");
  const scroll = ria.screen.locator(".scroll");
  await ria.control("kind-behaviour").scrollIntoViewIfNeeded();
  const place = await scroll.evaluate((it) => it.scrollTop);
  assert.ok(place > 0);
  await ria.taps("kind-behaviour");
  await ria.at("report-place");
  assert.equal(await scroll.evaluate((it) => it.scrollTop), 0);
  await ria.taps("back");
  await ria.at("report-what");
  assert.equal(await scroll.evaluate((it) => it.scrollTop), place);
  await page.close();
});

test("what Ahmed types stays while the screen redraws, and is kept when he presses something else", async () => {
  const page = await open(chrome, program.url);
  const ahmed = new Person(page, "ahmed");
  await ahmed.sets("mode", "full");
  await ahmed.goesHome();
  await ahmed.taps("report");
  await ahmed.taps("kind-vehicle");
  await ahmed.at("report-place");
  const field = ahmed.phone.locator("textarea");
  await field.fill('Een witte bus <img src="x" onerror="globalThis.ran = true"> staat hier.');
  await ahmed.sets("theme", "dark");
  await ahmed.sets("theme", "light");
  assert.match(await field.inputValue(), /witte bus/);
  await ahmed.taps("send");
  await ahmed.at("report-wait");
  await ahmed.reads(/witte bus <img src="x"/);
  assert.equal(await ahmed.phone.locator("img").count(), 0, "what a person writes is never markup");
  await ahmed.taps("stop");
  await page.close();
});

test("a text that is too long: one sentence that says what to do, and the text stays (U18)", async () => {
  const page = await open(chrome, program.url);
  const ahmed = new Person(page, "ahmed");
  await ahmed.sets("mode", "full");
  await ahmed.goesHome();
  await ahmed.taps("report");
  await ahmed.taps("kind-vehicle");
  await ahmed.at("report-place");
  const long = "\u20AC".repeat(4096);
  const field = ahmed.phone.locator("textarea");
  await field.fill(long);
  await ahmed.taps("save-note");
  const refused = ahmed.screen.getByRole("alert");
  await refused.waitFor();
  assert.match(await refused.innerText(), /te lang/);
  assert.equal(await field.inputValue(), long);
  await field.fill("Een bus.");
  await ahmed.taps("save-note");
  await refused.waitFor({ state: "detached" });
  await ahmed.goesHome();
  await page.close();
});

test("a second and a third tab of the same browser live as well", async () => {
  const context = await chrome.newContext();
  const tabs = [];
  for (let tab = 0; tab < 3; tab += 1) tabs.push(await open(context, program.url));
  await new Person(tabs[2], "fatma").sets("theme", "dark");
  for (const tab of tabs) await tab.locator('[data-phone="fatma"] .phone[data-theme="dark"]').waitFor();
  await new Person(tabs[0], "fatma").sets("theme", "light");
  for (const tab of tabs) await tab.locator('[data-phone="fatma"] .phone[data-theme="light"]').waitFor();
  await context.close();
});

test("no voice in this browser: the phone says so in its own language (U13)", async () => {
  const page = await open(chrome, program.url);
  const ria = new Person(page, "ria");
  assert.equal(await page.evaluate(() => speechSynthesis.getVoices().length), 0, "this browser has no voice");
  await ria.taps("speak");
  const said = ria.screen.locator(".line[role=status]").filter({ hasText: /voorlezen/ });
  await said.waitFor();
  await ria.sets("language", "en");
  await said.waitFor({ state: "detached" });
  await ria.sets("language", "nl");
  await page.close();
});

test("with a voice: it reads 112 first, marks what it reads, and stops (U13)", async () => {
  const page = await chrome.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    const said = [];
    globalThis.said = said;
    speechSynthesis.getVoices = () => [{ lang: "nl-NL", localService: true }];
    globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    speechSynthesis.speak = (it) => { said.push(it); setTimeout(() => it.onend(), 50); };
  });
  await page.goto(program.url);
  const ria = new Person(page, "ria");
  await ria.goesHome();
  await ria.taps("report");
  await ria.at("report-what");
  await ria.taps("speak");
  await page.locator("[data-reading]").first().waitFor();
  await page.waitForFunction(() => document.querySelector('[data-phone="ria"] [data-action="speak"]').getAttribute("aria-pressed") === "false");
  const said = await page.evaluate(() => globalThis.said.map((it) => [it.text, it.lang]));
  assert.match(said[0][0], /112/);
  assert.ok(said.length >= 8);
  assert.ok(said.every(([, lang]) => lang === "nl"));
  await page.close();
});

async function counting(page) {
  await page.addInitScript(() => {
    globalThis.sounds = 0;
    const { start } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function counted(...when) {
      globalThis.sounds += 1;
      return start.apply(this, when);
    };
  });
  await page.goto(program.url);
}

const soundsOf = (page) => page.evaluate(() => globalThis.sounds);

/** Asks a page something without a press: the usual way of asking counts as one, and would free the sound. */
async function waitUntouched(page, expression) {
  const session = await page.context().newCDPSession(page);
  for (const end = Date.now() + SOON_MS; ;) {
    const { result } = await session.send("Runtime.evaluate", { expression, userGesture: false, returnByValue: true });
    if (result.value) return;
    if (Date.now() > end) throw new Error(`never true: ${expression}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function report(person, kind) {
  await person.goesHome();
  await person.taps("report");
  await person.taps(`kind-${kind}`);
  await person.taps("send");
}

test("danger sounds at the neighbours until it is seen; an answer makes no sound (U22)", async () => {
  const visitor = await strict.newPage({ viewport: { width: 1440, height: 900 } });
  await counting(visitor);
  const page = await chrome.newPage({ viewport: { width: 1440, height: 900 } });
  await counting(page);
  const [ria, ahmed, fatma] = ["ria", "ahmed", "fatma"].map((id) => new Person(page, id));
  await report(ria, "break-in");
  await page.waitForFunction(() => globalThis.sounds > 0, null, { timeout: 20_000 });

  // In a browser that nobody pressed yet: words instead of sound, until the first press.
  const muted = `[...document.querySelectorAll('[data-phone="ahmed"] .line[role=status]')].some((it) => it.innerText === "geluid uit")`;
  await waitUntouched(visitor, muted);
  await waitUntouched(visitor, "globalThis.sounds === 0");
  await visitor.mouse.click(700, 20);
  await waitUntouched(visitor, `!(${muted})`);
  await waitUntouched(visitor, "globalThis.sounds > 0");
  await visitor.close();

  const once = await soundsOf(page);
  await page.waitForFunction((before) => globalThis.sounds > before, once, { timeout: 20_000 });
  for (const person of [ahmed, fatma]) {
    await person.goesHome();
    await person.tapsFirst("open-");
    await person.at("detail");
  }
  const seen = await soundsOf(page);
  await ahmed.taps("answer-come");
  await ria.reads(/Ahmed komt kijken/);
  // Longer than the pause between two soundings.
  await page.waitForTimeout(6500);
  assert.equal(await soundsOf(page), seen);
  await page.close();
});
