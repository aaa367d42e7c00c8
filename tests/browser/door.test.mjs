// Who may come in, as the page itself meets it: the local page lets nobody else in, and says what to do.

import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { browser, open } from "./person.mjs";
import { endAll, folder, remove, street } from "./process.mjs";

let chrome, data, program, origin, secret;

before(async () => {
  chrome = await browser();
  data = await folder();
  program = await street(data, 1);
  [origin, secret] = program.url.split("/#");
});
after(async () => {
  await chrome?.close();
  await endAll();
  await remove(data);
});

/** Status of a bare request; `fetch` would not let us lie about the host. */
function status(path, headers, method = "GET") {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (answer) => {
      answer.destroy();
      resolve(answer.statusCode);
    });
    asked.on("error", (error) => error.code !== "ECONNRESET" && reject(error)).end();
  });
}

test("the right address opens the street, and the secret never stands in a request's path (R29)", async () => {
  const page = await chrome.newPage();
  const asked = [];
  page.on("request", (it) => asked.push(it.url()));
  await page.goto(program.url);
  await page.locator(".phone .title").nth(2).waitFor();
  assert.ok(asked.length > 10);
  assert.deepEqual(asked.filter((url) => new URL(url).search.length > 0 || new URL(url).pathname.includes(secret)), []);
  await page.close();
});

test("a wrong secret, or none: one sentence that says what to do, and no phone", async () => {
  for (const fragment of ["#wrong", ""]) {
    const page = await chrome.newPage();
    await page.goto(`${origin}/${fragment}`);
    const said = page.getByRole("alert");
    await said.waitFor();
    assert.match(await said.innerText(), /\w+ \w+.*\./);
    assert.equal(await page.locator(".phone").count(), 0);
    await page.close();
  }
});

test("401 without the secret, 403 for another host or origin whatever the path, 404 for an unknown call", async () => {
  const { host } = new URL(origin);
  const bearer = { authorization: `Bearer ${secret}` };
  assert.equal(await status("/api/street", { host }), 401);
  assert.equal(await status("/api/nothing", { host }), 401);
  assert.equal(await status("/api/street", { host, ...bearer }), 200);
  assert.equal(await status("/api/nothing", { host, ...bearer }), 404);
  for (const path of ["/", "/assets/main.js", "/api/street", "/nowhere"]) {
    assert.equal(await status(path, { host: "ratel.example", ...bearer }), 403, path);
    assert.equal(await status(path, { host, origin: "http://ratel.example", ...bearer }), 403, path);
  }
});

test("a strict policy: no script runs that is not one of the page's own files", async () => {
  const page = await open(chrome, program.url);
  const answer = await page.request.get(`${origin}/`);
  const policy = answer.headers()["content-security-policy"];
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.ran = true";
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => globalThis.ran), undefined);
  await page.close();
});

test("the program goes away: every phone says so in words", async () => {
  const page = await open(chrome, program.url);
  await program.end();
  const said = page.locator(".phone [role=alert]");
  await said.nth(2).waitFor();
  for (const text of await said.allInnerTexts()) assert.match(text, /Ratel is gestopt/);
  await page.close();
  program = await street(data, 1);
});
