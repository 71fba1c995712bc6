import { useState } from "react";
import { Link } from "react-router";
import { add, load } from "./notes.js";

export default function List() {
  const [notes, setNotes] = useState(load);
  const [text, setText] = useState("");

  function submit(event) {
    event.preventDefault();
    if (text.trim()) setNotes(add(text.trim()));
    setText("");
  }

  return (
    <>
      <h1>Notes</h1>
      <form onSubmit={submit}>
        <input aria-label="New note" value={text} onChange={(event) => setText(event.target.value)} />
        <button>Add</button>
      </form>
      <ul>
        {notes.map((note) => (
          <li key={note.id}>
            <Link to={`/notes/${note.id}`}>{note.text}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}
