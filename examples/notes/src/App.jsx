import { useEffect, useState } from 'react'
import './backend.js'
import { getCurrentUser, signOut } from 'aws-amplify/auth'
import { Notes } from './Notes.jsx'
import { Pictures } from './Pictures.jsx'
import { SignIn } from './SignIn.jsx'

export function App() {
  const [user, setUser] = useState(undefined)
  const look = () => getCurrentUser().then(setUser, () => setUser(null))
  useEffect(() => void look(), [])
  if (user === undefined) return <p>Loading</p>
  if (user === null) return <SignIn onSignedIn={look} />
  return (
    <main>
      <header>
        <span id="user">{user.signInDetails?.loginId ?? user.username}</span>
        <button id="sign-out" onClick={() => signOut().then(look)}>
          Sign out
        </button>
      </header>
      <Notes />
      <Pictures />
    </main>
  )
}
