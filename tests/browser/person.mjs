// People at the page: a browser, and what somebody does with one phone in it.

import { chromium } from "playwright-core";

const EXECUTABLE = process.env.CHROMIUM_BIN ?? "/usr/bin/chromium";
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
export const SOON_MS = 15_000;

/** Debian's browser; more flags make it stricter. */
export const browser = (...more) => chromium.launch({ executablePath: EXECUTABLE, args: [...FLAGS, ...more] });

/** Opens a page and fails the test on any error in it. */
export async function open(chrome, url, width = 1440, height = 900) {
  const page = await chrome.newPage({ viewport: { width, height } });
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(String(error)));
  page.on("console", (said) => said.type() === "error" && !/ERR_|Failed to load resource/.test(said.text()) && page.errors.push(said.text()));
  page.setDefaultTimeout(SOON_MS);
  await page.goto(url);
  await page.locator(".phone .title").first().waitFor();
  return page;
}

/** One phone of the page and the person who holds it. */
export class Person {
  constructor(page, id) {
    this.page = page;
    this.id = id;
    this.phone = page.locator(`[data-phone="${id}"]`);
    this.screen = this.phone.locator(".phone");
  }

  control(action) {
    return this.phone.locator(`[data-action="${action}"]`).first();
  }

  /** Presses the control with this action. */
  async taps(action) {
    await this.control(action).click();
  }

  /** Waits until words stand on the phone. */
  async reads(text) {
    await this.screen.getByText(text).first().waitFor();
  }

  /** Waits until the phone shows a screen. */
  async at(id) {
    await this.page.locator(`[data-phone="${this.id}"] .phone[data-screen="${id}"]`).waitFor();
  }

  /** Presses a control of which only the beginning of the action is known, such as the one card of an open alert. */
  async tapsFirst(prefix) {
    await this.phone.locator(`[data-action^="${prefix}"]`).first().click();
  }

  /** Whether words stand on the phone now. */
  async seesNow(text) {
    return (await this.screen.getByText(text).count()) > 0;
  }

  /** Presses a choice on the pavement until it shows a value. */
  async sets(id, value) {
    const choice = this.phone.locator(`[data-switch="${id}"]`);
    for (let presses = 0; ; presses += 1) {
      const before = await choice.getAttribute("data-value");
      if (before === value) return;
      if (presses > 12) throw new Error(`${id} has no ${value}`);
      await choice.click();
      await this.phone.locator(`[data-switch="${id}"]:not([data-value="${before}"])`).waitFor();
    }
  }

  /** Home, from wherever the phone is. */
  async goesHome() {
    for (let presses = 0; (await this.screen.getAttribute("data-screen")) !== "home"; presses += 1) {
      if (presses > 9) throw new Error(`${this.id} does not come home`);
      const before = await this.screen.getAttribute("data-screen");
      await this.taps("back");
      await this.page.locator(`[data-phone="${this.id}"] .phone:not([data-screen="${before}"])`).waitFor();
    }
  }

  /** Sets a toggle on the pavement. */
  async internet(on) {
    const toggle = this.phone.getByRole("switch", { name: "Internet", exact: true });
    if ((await toggle.getAttribute("aria-checked")) !== String(on)) await toggle.click();
    await this.phone.locator(`[role="switch"][data-switch="internet"][aria-checked="${on}"]`).waitFor();
  }
}

/** Sets the plug of the relay. */
export async function plug(page, isIn) {
  const toggle = page.locator('[data-switch="plug"]');
  if ((await toggle.getAttribute("aria-checked")) !== String(isIn)) await toggle.click();
  await page.locator(`[data-switch="plug"][aria-checked="${isIn}"]`).waitFor();
}
