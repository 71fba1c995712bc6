import { useState } from 'react'

/** A form of text fields that shows what went wrong when it was sent. */
export function Form({ id, label, fields, onSubmit }) {
  const [error, setError] = useState('')

  async function send(event) {
    event.preventDefault()
    const form = event.target
    setError('')
    try {
      await onSubmit(Object.fromEntries(new FormData(form)))
      form.reset()
    } catch (reason) {
      setError(`${reason.name}: ${reason.message}`)
    }
  }
  return (
    <form id={id} onSubmit={send}>
      {Object.entries(fields).map(([name, type]) => (
        <input key={name} name={name} type={type} placeholder={name} required />
      ))}
      <button>{label}</button>
      {error && <output role="alert">{error}</output>}
    </form>
  )
}
