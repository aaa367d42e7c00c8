// Makes the picture of README from the live page: node tests/browser/picture.mjs
//
// Ria reported, Ahmed comes to look, Fatma sees it at home. Look at the picture before it is committed.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Person, browser, open } from "./person.mjs";
import { folder, remove, street } from "./process.mjs";

const PICTURE = fileURLToPath(new URL("../golden/pictures/street.png", import.meta.url));

const data = await folder();
const program = await street(data, 1);
const chrome = await browser("--autoplay-policy=no-user-gesture-required");
try {
  const page = await open(chrome, program.url, 1440, 900);
  const [ria, ahmed, fatma] = ["ria", "ahmed", "fatma"].map((id) => new Person(page, id));
  for (const action of ["report", "kind-break-in", "send"]) await ria.taps(action);
  await ria.at("sent");
  await ria.taps("called-112");
  await ahmed.tapsFirst("open-");
  await ahmed.taps("answer-come");
  await ria.reads("Ahmed komt kijken");
  await ria.reads(/Gezien door/);
  await fatma.reads("1 komt");
  await page.locator("h1").click();
  await page.waitForFunction(() => [...document.querySelectorAll("svg use")].every((it) => document.querySelector(it.getAttribute("href"))));
  await ahmed.screen.locator(".scroll").evaluate((it) => { it.scrollTop = 0; });
  await mkdir(new URL("../golden/pictures/", import.meta.url), { recursive: true });
  await page.screenshot({ path: PICTURE });
} finally {
  await chrome.close();
  await program.end();
  await remove(data);
}
