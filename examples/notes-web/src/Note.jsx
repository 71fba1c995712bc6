import { Link, useParams } from "react-router";
import { find } from "./notes.js";

export default function Note() {
  const note = find(useParams().id);
  return (
    <>
      <h1>{note ? note.text : "There is no such note"}</h1>
      <Link to="/">All notes</Link>
    </>
  );
}
