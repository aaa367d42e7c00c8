// Light between the phones of the page: which codes the phones show, and who looks at them.
//
// A phone's camera sees what the other phones hold up, never its own screen.

const shown = new Map();
const watchers = new Set();

/** Says which codes stand on a phone's screen now. */
export function shows(phone, name, nodes) {
  const codes = nodes.filter((it) => it.node === "code").map((it) => ({ phone, name, ...it.code }));
  const texts = (list) => list?.map((it) => it.content).join();
  const before = texts(shown.get(phone));
  shown.set(phone, codes);
  if (before === texts(codes)) return;
  for (const watcher of watchers) watcher(phone);
}

/** The codes that the camera of a phone can see. */
export const inView = (phone) => [...shown].filter(([other]) => other !== phone).flatMap(([, codes]) => codes);

/** Whether there is any other phone to look at; else the camera is the computer's own. */
export const hasOthers = (phone) => [...shown.keys()].some((other) => other !== phone);

/** Calls back with the phone whose codes changed. */
export const onLight = (watcher) => watchers.add(watcher);
