import { useState } from 'react'
import { confirmSignUp, signIn, signUp } from 'aws-amplify/auth'
import { Form } from './Form.jsx'

export function SignIn({ onSignedIn }) {
  const [asked, setAsked] = useState(null)

  async function register({ email, password }) {
    await signUp({ username: email, password, options: { userAttributes: { email } } })
    setAsked({ email, password })
  }
  async function confirm({ code }) {
    await confirmSignUp({ username: asked.email, confirmationCode: code })
    await enter(asked)
  }
  async function enter({ email, password }) {
    await signIn({ username: email, password })
    onSignedIn()
  }

  const account = { email: 'email', password: 'password' }
  return (
    <main>
      <h1>Notes</h1>
      {asked ? (
        <Form id="confirm" label="Confirm" fields={{ code: 'text' }} onSubmit={confirm} />
      ) : (
        <>
          <Form id="sign-in" label="Sign in" fields={account} onSubmit={enter} />
          <Form id="sign-up" label="Sign up" fields={account} onSubmit={register} />
        </>
      )}
    </main>
  )
}
