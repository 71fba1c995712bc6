// What the app does in a browser, in Node: by npm aws-amplify and amplify_outputs.json alone.
import { readFileSync } from 'node:fs'
import { Amplify } from 'aws-amplify'
import { generateClient, get, post } from 'aws-amplify/api'
import { confirmSignUp, fetchAuthSession, getCurrentUser, signIn, signOut, signUp } from 'aws-amplify/auth'
import { downloadData, uploadData } from 'aws-amplify/storage'

const outputs = JSON.parse(readFileSync('amplify_outputs.json'))
Amplify.configure(outputs)
const configured = Amplify.getConfig()
Amplify.configure({ ...configured, API: { ...configured.API, REST: outputs.custom.API } })
const graphql = generateClient()
const password = 'Correct-horse-7'
const nameOf = (error) => error.name

async function enter(username) {
  await signUp({ username, password, options: { userAttributes: { email: username } } })
  const wrongCode = await confirmSignUp({ username, confirmationCode: '000000' }).catch(nameOf)
  await confirmSignUp({ username, confirmationCode: '123456' })
  const wrongPassword = await signIn({ username, password: 'Wrong-horse-7' }).catch(nameOf)
  await signIn({ username, password })
  return { wrongCode, wrongPassword }
}

async function rest(method, path, body) {
  const { tokens } = await fetchAuthSession()
  const options = { headers: { Authorization: `Bearer ${tokens.idToken}` }, ...(body ? { body } : {}) }
  return (await method({ apiName: 'rest', path, options }).response).body.json()
}

const found = await enter('nora@example.com')
const note = await rest(post, '/notes', { text: 'by REST' })
found.rest = (await rest(get, '/notes')).map(({ text }) => text)
await graphql.graphql({ query: 'mutation { createNote(text: "by GraphQL") { id } }' })
const { data } = await graphql.graphql({ query: 'query { listNotes { text } }' })
found.graphql = data.listNotes.map(({ text }) => text).sort()
const { path } = await uploadData({ path: ({ identityId }) => `private/${identityId}/a.txt`, data: 'a picture' }).result
found.picture = await (await downloadData({ path }).result).body.text()
await signOut()

await enter('olaf@example.com')
found.otherNote = await rest(get, `/notes/${note.id}`).catch((error) => error.response?.statusCode ?? error.name)
found.otherPicture = await downloadData({ path }).result.catch(nameOf)
await signOut()
found.signedOut = await getCurrentUser().catch(nameOf)
console.log(JSON.stringify(found))
