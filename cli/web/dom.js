// Builds elements, and changes a tree into a new one with as few touches as it can.
//
// A screen is redrawn as a whole, many times a minute while somebody waits for "Stop". If every redraw replaced the
// elements, the keyboard's focus would jump and a screen reader would start over; so the new tree is laid over the
// old one. Text only ever enters as text nodes: there is no way in for markup.

const SVG = "http://www.w3.org/2000/svg";
const key = Symbol("key");

// What goes back to the core, or into a field, is left as it came.
const KEPT = new Set(["intent", "value"]);
const SOFT_HYPHENS = /\u00AD/g;

function make(node, { key: name, ...attributes }, children) {
  if (name !== undefined) node[key] = String(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    // A name that is heard has no place to break.
    node.setAttribute(attribute, value === true ? "" : String(value).replace(SOFT_HYPHENS, ""));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A value without the places where its long words may break: small letters do not need them. */
export function unbroken(value) {
  if (typeof value === "string") return value.replace(SOFT_HYPHENS, "");
  if (Array.isArray(value)) return value.map(unbroken);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, KEPT.has(name) ? inner : unbroken(inner)]));
}

/** An HTML element. `key` names it among its siblings, across redraws; false and null attributes and children go. */
export const h = (tag, attributes = {}, ...children) => make(document.createElement(tag), attributes, children);

/** An SVG element. */
export const svg = (tag, attributes = {}, ...children) => make(document.createElementNS(SVG, tag), attributes, children);

/** A length or number for the style sheets; goes through the object model, which a strict policy allows. */
export function setVariable(element, name, value) {
  if (element.style.getPropertyValue(name) !== String(value)) element.style.setProperty(name, value);
}

const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && a[key] === b[key];

function patchAttributes(old, next) {
  for (const { name } of [...old.attributes]) {
    if (name !== "style" && !next.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (name !== "style" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const variable of next.style) setVariable(old, variable, next.style.getPropertyValue(variable));
}

/** Makes `old` look like `next`; both are alike. What a person is typing stays. */
export function patch(old, next) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return;
  }
  patchAttributes(old, next);
  if (old.nodeName !== "TEXTAREA") patchChildren(old, next);
}

function patchChildren(old, next) {
  const named = new Map();
  for (const child of old.childNodes) if (child[key] !== undefined) named.set(child[key], child);
  let here = old.firstChild;
  for (const wanted of [...next.childNodes]) {
    const candidate = wanted[key] === undefined ? here : named.get(wanted[key]);
    if (!candidate || !alike(candidate, wanted)) {
      old.insertBefore(wanted, here);
      continue;
    }
    if (candidate === here) here = here.nextSibling;
    else old.insertBefore(candidate, here);
    patch(candidate, wanted);
  }
  while (here) {
    const gone = here;
    here = here.nextSibling;
    gone.remove();
  }
}
