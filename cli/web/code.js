// A code for another phone's camera, and the camera that looks for one.

import { h, setVariable, svg } from "./dom.js";

// The standard asks for four light modules around a code, so that a camera finds its edge.
const QUIET = 4;

/** The dark modules as one path of runs: one shape has no seams that a zoomed page could tear open. */
function path(rows) {
  const runs = rows.flatMap((row, y) => [...row.matchAll(/1+/g)].map(({ 0: run, index }) => `M${index + QUIET} ${y + QUIET}h${run.length}v1h-${run.length}z`));
  return runs.join("");
}

/** The modules of a code with its quiet, on white in both themes. */
export function matrix(it) {
  const side = it.size + 2 * QUIET;
  return svg("svg", { viewBox: `0 0 ${side} ${side}`, "shape-rendering": "crispEdges", "aria-hidden": "true" },
    svg("path", { class: "paper", d: `M0 0h${side}v${side}H0z` }), svg("path", { class: "ink", d: path(it.rows) }));
}

/** A code as a picture with a name. */
export function code(it) {
  const figure = h("figure", { class: "code", role: "img", "aria-label": it.label }, matrix(it));
  setVariable(figure, "--modules", String(it.size + 2 * QUIET));
  return figure;
}
