import { h, render } from "preact";

const harbour = location.pathname.slice(1) || "Every harbour";

render(h("h1", null, `${harbour}: high tide at noon`), document.getElementById("app"));
