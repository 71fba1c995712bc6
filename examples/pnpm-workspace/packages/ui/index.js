import { h, render } from "preact";

/** Show a heading in the page's main element. */
export function show(text) {
  render(h("h1", { class: "harbour-heading" }, text), document.getElementById("app"));
}
