// What the browser asks the person to allow, at the moment when the screen has said why.

// The answer is the browser's to keep; what needs it asks again when it is used.
const asks = {
  "ask-notifications": () => globalThis.Notification?.requestPermission(),
  "ask-camera": async () => {
    const stream = await navigator.mediaDevices?.getUserMedia({ video: true });
    for (const track of stream?.getTracks() ?? []) track.stop();
  },
  "ask-position": () => new Promise((resolve) => navigator.geolocation.getCurrentPosition(resolve, resolve)),
};

/** A notice for who looks at another page; says only that there is something. */
export function notify(alarm) {
  if (document.hidden && globalThis.Notification?.permission === "granted") new Notification(alarm.notice, { tag: alarm.id, lang: alarm.lang });
}

/** Opens the browser's own question for an act that is one; a refusal is an answer too. */
export function ask(action) {
  asks[action]?.()?.catch(() => undefined);
}
