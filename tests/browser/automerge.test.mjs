// An alert's Automerge file, opened by Automerge's own JavaScript package, says what the JSON export says.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import * as Automerge from "@automerge/automerge";
import { neighbours } from "./neighbours.mjs";
import { RATEL, endAll, ratel } from "./process.mjs";

const NAMES = ["ria", "ahmed", "fatma"];
let home, id;

/** Everybody hears what everybody wrote. */
async function meet() {
  for (const name of [...NAMES, ...NAMES]) await ratel(home.data[name], "sync");
}

before(async () => {
  home = await neighbours();
  const { ria, ahmed, fatma } = home.data;
  await ratel(ria, "alert", "vehicle", "--at", "bij de speeltuin", "--note", "Witte bus, één man", "--called-112", "no");
  [{ id }] = JSON.parse(await ratel(ria, "alerts", "--json"));
  await meet();
  await ratel(ahmed, "answer", id, "see");
  await ratel(ahmed, "answer", id, "come");
  await ratel(fatma, "answer", id, "cannot");
  await ratel(ria, "edit", id, "--note", "Twee mannen");
  await ratel(fatma, "edit", id, "--note", "De politie komt 👮");
  await meet();
});
after(async () => {
  await endAll();
  await home?.remove();
});

async function exported(data, format) {
  const child = spawn(RATEL, ["--data", data, "export", id, "--as", format], { stdio: ["ignore", "pipe", "inherit"] });
  const pieces = [];
  child.stdout.on("data", (piece) => pieces.push(piece));
  const [code] = await once(child, "close");
  assert.equal(code, 0);
  return Buffer.concat(pieces);
}

/** The document as a program reads it that knows Automerge and nothing of Ratel. */
const read = (bytes) => JSON.parse(JSON.stringify(Automerge.load(new Uint8Array(bytes))));

test("the Automerge export opens in its own package and equals the document of the JSON export (R04)", async () => {
  const files = new Set();
  for (const name of NAMES) {
    const json = JSON.parse(await exported(home.data[name], "json"));
    const bytes = await exported(home.data[name], "automerge");
    assert.deepEqual(read(bytes), json.document, name);
    assert.equal(json.document.kind, "vehicle");
    assert.equal(json.document.place.words, "bij de speeltuin");
    assert.equal(Object.keys(json.document.answers).length, 2);
    files.add(bytes.toString("base64"));
  }
  assert.equal(files.size, 1, "three phones, one file");
});

test("both texts written at once are in the file", async () => {
  const document = Automerge.load(new Uint8Array(await exported(home.data.ahmed, "automerge")));
  const texts = Object.values(Automerge.getConflicts(document, "note")).map((note) => String(note.text));
  assert.deepEqual(texts.sort(), ["De politie komt 👮", "Twee mannen"]);
});

test("control: a document with one value changed is noticed", async () => {
  const { document } = JSON.parse(await exported(home.data.ria, "json"));
  document.until += 1;
  assert.notDeepEqual(read(await exported(home.data.ria, "automerge")), document);
});
