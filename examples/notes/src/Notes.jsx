import { useEffect, useState } from 'react'
import { addNote, addNoteByGraphql, listNotes, listNotesByGraphql, readNote } from './backend.js'
import { Form } from './Form.jsx'

export function Notes() {
  const [notes, setNotes] = useState([])
  const [opened, setOpened] = useState(null)
  const [byGraphql, setByGraphql] = useState([])
  const load = () =>
    Promise.all([listNotes().then(setNotes), listNotesByGraphql().then(setByGraphql)])
  useEffect(() => void load(), [])
  return (
    <section>
      <h2>Notes</h2>
      <Form id="add-note" label="Add" fields={{ text: 'text' }} onSubmit={({ text }) => addNote(text).then(load)} />
      <Form
        id="add-by-graphql"
        label="Add over GraphQL"
        fields={{ text: 'text' }}
        onSubmit={({ text }) => addNoteByGraphql(text).then(load)}
      />
      <ul id="notes">
        {notes.map(({ id, text }) => (
          <li key={id} data-id={id}>
            {text}
          </li>
        ))}
      </ul>
      <Form id="open-note" label="Open" fields={{ id: 'text' }} onSubmit={({ id }) => readNote(id).then(setOpened)} />
      <p id="graphql">{byGraphql.map(({ text }) => text).join(', ')}</p>
      {opened && <p id="opened">{opened.text}</p>}
    </section>
  )
}
