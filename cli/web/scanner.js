// Looks for a code: among the phones of the page, or with the computer's own camera.
//
// In the street a camera sees what the other phones show; pressing the code in view is holding the phone before it.
// With one phone alone the browser's own detector reads the camera's picture, where there are both.

import { matrix } from "./code.js";
import { input } from "./controls.js";
import { h } from "./dom.js";
import { icon } from "./icon.js";
import { hasOthers, inView } from "./light.js";
import { words } from "./parts.js";

const LOOK_MS = 250;

const searching = (it) => h("p", { class: "line", role: "status", "aria-label": it.searching }, icon("scan"), h("span", {}, it.searching));

const lens = (it, seen) => h("button", { type: "button", class: "lens", "data-action": it.take.action.id, "data-code": seen.content, key: seen.phone },
  matrix(seen), h("span", { class: "line strong" }, icon(it.take.icon), h("span", {}, words(it.take.text, it.take.lang), " ", h("bdi", {}, seen.name))));

const blind = (it) => h("p", { class: "line tone waiting", role: "status", "aria-label": it.blind }, icon("info", "small"), h("span", {}, it.blind));

/** The camera of a real phone or computer; reads until it has a code or is taken away. */
class Eye {
  video = h("video", { class: "eye", muted: true, playsinline: true, "aria-hidden": "true" });
  failed = false;
  #stream = null;
  #done = false;

  async open(found, changed) {
    try {
      const detector = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (this.#done) return this.close();
      this.video.srcObject = this.#stream;
      await this.video.play();
      await this.#look(detector, found);
    } catch {
      this.failed = true;
      changed();
    }
    return undefined;
  }

  async #look(detector, found) {
    while (!this.#done) {
      const [code] = await detector.detect(this.video);
      if (code && !this.#done) {
        found(code.rawValue);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  close() {
    this.#done = true;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.video.remove();
  }
}

/** Whether this browser has what a scanner needs; asking for the camera itself comes later. */
export const canSee = () => "BarcodeDetector" in globalThis && Boolean(navigator.mediaDevices?.getUserMedia);

/** One phone's eye: opened with the scanner, closed when it goes. */
export class Camera {
  #eye = null;

  /** Follows a screen: opens or closes the camera. `found` gets the act and the text of a code. */
  follow(screen, place, found, changed) {
    const wanted = screen.nodes.find((it) => it.node === "scanner");
    if (!wanted || hasOthers(place) || !canSee()) {
      this.#eye?.close();
      this.#eye = null;
    } else if (!this.#eye) {
      this.#eye = new Eye();
      this.#eye.open((text) => found(wanted.scanner.take.action.id, text), changed);
    }
  }

  /** Puts the living picture where the scanner is drawn; a redraw must not restart it. */
  place(root) {
    const frame = root.querySelector("[data-eye]");
    if (!frame || !this.#eye || this.#eye.failed || this.#eye.video.parentElement === frame) return;
    frame.append(this.#eye.video);
    // A picture that moved in the page has stopped.
    if (this.#eye.video.srcObject) this.#eye.video.play().catch(() => undefined);
  }

  /** Sees nothing: no camera, no detector, or not allowed. */
  get blind() {
    return !canSee() || Boolean(this.#eye?.failed);
  }
}

/** The viewfinder of a phone. */
export function scanner(it, place, isBlind) {
  const others = hasOthers(place);
  const seen = inView(place);
  const picture = others
    ? h("div", { class: "viewfinder", role: "group", "aria-label": it.label }, seen.length > 0 ? seen.map((code) => lens(it, code)) : searching(it))
    : isBlind ? blind(it) : h("div", { class: "viewfinder", role: "group", "aria-label": it.label }, h("div", { "data-eye": true }), searching(it));
  return h("div", { class: "scanner" }, picture, it.field && input(it.field, place));
}
