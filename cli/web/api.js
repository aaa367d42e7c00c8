// Talks to the local server: plain calls, and streams of one JSON object a line that come back by themselves.
//
// The secret travels in a header only, never in an address, so that it lands in no history and no log.

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 4000;

/** The server answered and said no; `message` is its sentence for the person. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function refusal(response) {
  const answer = await response.json().catch(() => ({}));
  return new Refused(response.status, answer.message ?? `${response.status} ${response.statusText}`);
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    for (const part of parts) if (part.trim()) yield JSON.parse(part);
  }
}

export class Api {
  #headers;

  constructor(secret) {
    this.#headers = { Authorization: `Bearer ${secret}` };
  }

  async #call(path, options) {
    const response = await fetch(path, { cache: "no-store", ...options, headers: { ...this.#headers, ...options?.headers } });
    if (!response.ok) throw await refusal(response);
    return response;
  }

  /** Reads one answer. */
  async get(path) {
    return (await this.#call(path)).json();
  }

  /** Hands something over; throws `Refused` with the server's sentence where it does not want it. */
  async post(path, value) {
    const body = JSON.stringify(value);
    await this.#call(path, { method: "POST", body, headers: { "Content-Type": "application/json" } });
  }

  /**
   * Follows a stream until the server refuses it. `onEvent` gets every object; `onLink` hears whether the stream
   * stands, so that the page can say that the program behind it has gone.
   */
  async follow(path, onEvent, onLink) {
    let wait = FIRST_RETRY_MS;
    for (;;) {
      try {
        const response = await this.#call(path);
        onLink(true);
        wait = FIRST_RETRY_MS;
        for await (const event of lines(response.body)) onEvent(event);
      } catch (error) {
        if (error instanceof Refused && error.status < 500) {
          onLink(false, error.message);
          return;
        }
      }
      onLink(false);
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, LAST_RETRY_MS);
    }
  }
}
