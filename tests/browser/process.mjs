// Starts the real programs and ends them: the street, a relay, single phones, single commands.
//
// Every program gets its own folder under the system's temporary one, and is ended by its own process id.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const target = fileURLToPath(new URL("../../target/release/", import.meta.url));
export const RATEL = process.env.RATEL_BIN ?? `${target}ratel`;
const RELAY = process.env.RATEL_RELAY_BIN ?? `${target}ratel-relay`;
const ADDRESS = /^(http:\/\/127\.0\.0\.1:\d+\/#\S+)$/m;
const START_MS = 60_000;

/** A new empty folder. */
export const folder = () => mkdtemp(join(tmpdir(), "ratel-browser-"));

/** Removes a folder with everything in it. */
export const remove = (path) => rm(path, { recursive: true, force: true });

/** A port that is free now. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

const running = new Set();

/** Ends whatever still runs, so that a test that failed half-way leaves nothing behind. */
export async function endAll() {
  for (const program of running) await program.end();
}

class Program {
  output = "";
  #child;

  constructor(path, args) {
    this.#child = spawn(path, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, LANG: "nl_NL.UTF-8" } });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.on("data", (piece) => { this.output += piece; });
    this.ended = once(this.#child, "exit").finally(() => running.delete(this));
    running.add(this);
  }

  /** The first match of a pattern in what the program prints. */
  async prints(pattern) {
    const end = Date.now() + START_MS;
    for (;;) {
      const found = this.output.match(pattern);
      if (found) return found[1] ?? found[0];
      if (this.#child.exitCode !== null) throw new Error(`the program ended:\n${this.output}`);
      if (Date.now() > end) throw new Error(`not printed: ${pattern}\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Ends the program by a signal and waits until it has gone. */
  async end(signal = "SIGTERM") {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
    await this.ended;
  }
}

async function page(args) {
  const program = new Program(RATEL, args);
  program.url = await program.prints(ADDRESS);
  return program;
}

const delays = (undo) => ["--no-open", "--undo-s", String(undo), "--seen-delay-s", "0"];

/** The street in a folder; `undo` is the seconds in which an alert can be stopped. */
export const street = (data, undo) => page(["street", "--data", data, ...delays(undo)]);

/** The street exactly as a visitor starts it. */
export const plainStreet = (data) => page(["street", "--data", data, "--no-open"]);

/** One phone in the browser. */
export const serve = (data, undo) => page(["serve", "--data", data, ...delays(undo)]);

/** A relay on a port; open means that anybody may register a neighbourhood. */
export async function relay(data, port) {
  const program = new Program(RELAY, ["--data", data, "--listen", `127.0.0.1:${port}`, "--open"]);
  const end = Date.now() + START_MS;
  while (!(await fetch(`http://127.0.0.1:${port}/`).then(() => true, () => false))) {
    if (Date.now() > end) throw new Error(`the relay does not answer:\n${program.output}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return program;
}

/** Runs one command to its end and gives back what it wrote; throws where it fails. */
export async function ratel(data, ...args) {
  const child = spawn(RATEL, ["--data", data, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "", err = "";
  child.stdout.on("data", (piece) => { out += piece; });
  child.stderr.on("data", (piece) => { err += piece; });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`ratel ${args.join(" ")} ended with ${code}: ${err}`);
  return out;
}
