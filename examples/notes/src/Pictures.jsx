import { useEffect, useState } from 'react'
import { addPicture, listPictures, readPicture } from './backend.js'
import { Form } from './Form.jsx'

export function Pictures() {
  const [pictures, setPictures] = useState([])
  const [opened, setOpened] = useState(null)
  const open = async ({ path }) => setOpened(await (await readPicture(path)).body.blob())
  const load = () => listPictures().then(setPictures)
  useEffect(() => void load(), [])
  return (
    <section>
      <h2>Pictures</h2>
      <input id="picture" type="file" accept="image/*" onChange={({ target }) => addPicture(target.files[0]).then(load)} />
      <Form id="open-picture" label="Open" fields={{ path: 'text' }} onSubmit={open} />
      {opened && <p id="opened-picture">{opened.size} bytes</p>}
      <div id="pictures">
        {pictures.map(({ path, url }) => (
          <img key={path} alt={path} src={url} width="160" />
        ))}
      </div>
    </section>
  )
}
