import { render } from "preact";

const KNOTS = { bowline: "A loop that does not slip.", hitch: "Ties a rope to a post." };

function Knot() {
  const name = location.pathname.split("/")[2];
  return name ? <p>{KNOTS[name] ?? "No such knot."}</p> : Object.keys(KNOTS).map((knot) => <a href={`/knots/${knot}`}>{knot}</a>);
}

render(<Knot />, document.getElementById("app"));
