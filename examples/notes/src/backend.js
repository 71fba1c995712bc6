// Everything the app asks of its backend, by npm aws-amplify alone.
import { Amplify } from 'aws-amplify'
import { generateClient, get, post } from 'aws-amplify/api'
import { fetchAuthSession } from 'aws-amplify/auth'
import { downloadData, getUrl, list, uploadData } from 'aws-amplify/storage'
import outputs from '../amplify_outputs.json'

Amplify.configure(outputs)
// https://docs.amplify.aws/react/build-a-backend/add-aws-services/rest-api/set-up-http-api/
const configured = Amplify.getConfig()
Amplify.configure({ ...configured, API: { ...configured.API, REST: outputs.custom.API } })

async function signed(options = {}) {
  const { tokens } = await fetchAuthSession()
  return { ...options, headers: { Authorization: `Bearer ${tokens.idToken}` } }
}

export async function listNotes() {
  const { body } = await get({ apiName: 'rest', path: '/notes', options: await signed() }).response
  return body.json()
}

export async function addNote(text) {
  const options = await signed({ body: { text } })
  const { body } = await post({ apiName: 'rest', path: '/notes', options }).response
  return body.json()
}

export async function readNote(id) {
  const { body } = await get({ apiName: 'rest', path: `/notes/${id}`, options: await signed() }).response
  return body.json()
}

const client = generateClient()

export async function listNotesByGraphql() {
  const { data } = await client.graphql({ query: 'query { listNotes { id text } }' })
  return data.listNotes
}

export async function addNoteByGraphql(text) {
  const query = 'mutation ($text: String!) { createNote(text: $text) { id owner text } }'
  const { data } = await client.graphql({ query, variables: { text } })
  return data.createNote
}

export const addPicture = (file) =>
  uploadData({ path: ({ identityId }) => `private/${identityId}/${file.name}`, data: file }).result

export async function listPictures() {
  const { items } = await list({ path: ({ identityId }) => `private/${identityId}/` })
  return Promise.all(items.map(async ({ path }) => ({ path, url: (await getUrl({ path })).url.href })))
}

export const readPicture = (path) => downloadData({ path }).result
