// What can be measured on a drawn page: sizes of targets, clipped words, sideways scroll, missing letters, axe.
//
// Every finding begins with the name of its kind, because the controls plant one fault of each kind and look for that
// name.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/* What follows runs inside the page: declarations that know each other and nothing else of this file. */

function box(it) {
  return it.getBoundingClientRect();
}

function called(it) {
  return it.innerText?.trim().replace(/\s+/g, " ").slice(0, 40) || it.tagName;
}

function visible(it) {
  return it.checkVisibility({ visibilityProperty: true }) && box(it).width > 0;
}

/** Words that leave the thing that holds them; `frame` holds what nothing else does, and may scroll. */
function clipped(root, holders, frame, found) {
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest("svg, textarea, .log-frame") || !visible(parent)) continue;
    const holder = parent.closest(holders) ?? frame;
    const edge = box(holder);
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const it of range.getClientRects()) {
      const out = it.left < edge.left - 1.5 || it.right > edge.right + 1.5;
      const cut = holder !== frame && (it.top < edge.top - 4 || it.bottom > edge.bottom + 4);
      if (out || cut) found.add(`clipped "${text.data.trim().slice(0, 40)}"`);
    }
  }
}

/** U6: letters of 18 and more, lines of 1.4. */
function letters(phone, found) {
  for (const it of phone.querySelectorAll("p, span, h3, h4, li, button, label, div")) {
    const own = [...it.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
    if (!own || !visible(it) || it.closest(".face")) continue;
    const { fontSize, lineHeight } = getComputedStyle(it);
    const size = parseFloat(fontSize);
    if (size < 18) found.add(`small letters ${size} "${called(it)}"`);
    if (parseFloat(lineHeight) / size < 1.39) found.add(`tight lines "${called(it)}"`);
  }
}

/** U5: 16 between targets; the slots of the bar lie side by side, the strip is the edge of the screen. */
function gaps(targets, found) {
  targets.forEach((a, index) => {
    for (const b of targets.slice(index + 1)) {
      const p = box(a), q = box(b);
      const apart = Math.max(q.left - p.right, p.left - q.right, q.top - p.bottom, p.top - q.bottom);
      if (apart < 15.5) found.add(`gap ${apart.toFixed(1)} "${called(a)}" "${called(b)}"`);
    }
  });
}

/** U5: 64, and 72 for what we expect, in simplified use; 48 in full use. Each has an icon and a word. */
function targets(phone, simplified, found) {
  const all = [...phone.querySelectorAll("button, textarea")].filter(visible);
  for (const it of all) {
    const { width, height } = box(it);
    const least = simplified ? 64 : 48;
    if (width < least - 0.5 || height < least - 0.5) found.add(`target ${width.toFixed()}x${height.toFixed()} "${called(it)}"`);
    if (simplified && it.matches(".primary, .strip, .huge") && height < 71.5) found.add(`target primary ${height.toFixed()} "${called(it)}"`);
    if (it.tagName === "BUTTON" && !it.querySelector("svg")) found.add(`no icon "${called(it)}"`);
    if (it.tagName === "BUTTON" && !it.innerText.trim()) found.add(`no words ${it.className}`);
  }
  if (simplified) gaps(all.filter((it) => !it.closest("dialog, .bar") && !it.matches(".strip")), found);
}

function phones(found) {
  for (const phone of document.querySelectorAll(".phone")) {
    const simplified = !phone.classList.contains("full");
    const frame = box(phone);
    for (const it of phone.querySelectorAll(".screen *")) {
      if (it.closest("svg") || !visible(it)) continue;
      if (box(it).left < frame.left - 1.5 || box(it).right > frame.right + 1.5) found.add(`sideways "${called(it)}"`);
    }
    const scroll = phone.querySelector(".scroll");
    if (scroll.scrollWidth > scroll.clientWidth) found.add(`sideways scroll ${scroll.scrollWidth - scroll.clientWidth}`);
    clipped(phone, ".button, .tile, .slot, .strip, .status, .look, .badge, .state, .face, .mark, .card, .foot", phone, found);
    if (simplified) letters(phone, found);
    targets(phone, simplified, found);
    for (const it of phone.querySelectorAll("svg.icon use")) {
      if (!document.querySelector(it.getAttribute("href"))) found.add(`no picture ${it.getAttribute("href")}`);
    }
  }
}

function pavement(found) {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.add(`sideways page ${wide}`);
  for (const it of document.querySelectorAll(".sw, summary")) {
    const { width, height } = box(it);
    if (visible(it) && (width < 43.5 || height < 43.5)) found.add(`target pavement ${width.toFixed()}x${height.toFixed()} "${called(it)}"`);
  }
  for (const part of document.querySelectorAll(".switches, .top, .box, .how, .name")) {
    // Words that only a screen reader meets have no room of their own.
    if (box(part).width > 1) clipped(part, ".sw, .inside, .name, th, td", document.body, found);
  }
}

const inPage = [box, called, visible, clipped, letters, gaps, targets, phones, pavement].map(String).join("\n");
const pixels = `(() => {\n${inPage}\nconst found = new Set();\nphones(found);\npavement(found);\nreturn [...found];\n})()`;

// A letter that no font has is drawn as the same box as one that nobody uses.
function missingLetters() {
  const UNUSED = "\u{10FFFD}";
  const canvas = new OffscreenCanvas(48, 48);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const drawn = (letter, font) => {
    pen.clearRect(0, 0, 48, 48);
    pen.font = font;
    pen.fillText(letter, 8, 36);
    return pen.getImageData(0, 0, 48, 48).data.join();
  };
  const found = new Set();
  const seen = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const { fontFamily, fontWeight } = getComputedStyle(text.parentElement);
    for (const letter of text.data) {
      const font = `${fontWeight} 24px ${fontFamily}`;
      if (/[\s\u00AD\u200B-\u200F]/.test(letter) || seen.has(letter + font)) continue;
      seen.add(letter + font);
      if (drawn(letter, font) === drawn(UNUSED, font)) found.add(`tofu U+${letter.codePointAt(0).toString(16)} in "${text.data.trim().slice(0, 20)}"`);
    }
  }
  return [...found];
}

/** Findings of axe: all its default rules, and the two stricter ones that a phone in a hurry needs. */
export async function axe(page) {
  // The debugger may run what the page's strict policy forbids.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const rules = { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } };
    const result = await globalThis.axe.run(document, { rules, resultTypes: ["violations"] });
    return result.violations.map((it) => [it.id, it.nodes.length, String(it.nodes[0].target), it.nodes[0].any[0]?.message ?? ""]);
  });
  return found.map(([id, count, target, message]) => `axe ${id} x${count} ${target} ${message}`.slice(0, 240));
}

/** Everything that is wrong with what the page shows now. */
export async function findings(page) {
  return [...(await page.evaluate(pixels)), ...(await page.evaluate(missingLetters)), ...(await axe(page))];
}

/** U8: 112 is in view without scrolling, and so is the upper edge of the next thing to press. */
export async function firstView(page) {
  return page.evaluate(() => [...document.querySelectorAll(".phone:not(.full)")].flatMap((phone) => {
    const bottom = Math.min(phone.getBoundingClientRect().bottom, innerHeight) + 0.5;
    const strip = phone.querySelector(".strip").getBoundingClientRect();
    const next = [...phone.querySelectorAll(".main button, .foot button")].find((it) => it.getBoundingClientRect().width);
    const found = [];
    if (strip.bottom > bottom || strip.top < 0) found.push(`U8 112 ends at ${strip.bottom.toFixed()}`);
    if (phone.dataset.screen === "home" && next.getBoundingClientRect().top > strip.top - 24) found.push("U8 the next thing to press is out of view");
    const urgent = phone.querySelector(".urgent button")?.getBoundingClientRect();
    if (urgent && urgent.bottom > strip.top + 0.5) found.push("U8 Stop is out of view");
    return found;
  }));
}
