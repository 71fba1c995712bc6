// Gives a function its secrets as variables when it starts, and then is the function's own handler.
// See windlass_secrets.py. It runs on Lambda (Node.js 20 and later), beside the function's code.

import { existsSync } from "node:fs"
import { createRequire } from "node:module"

const AT_ONCE = 10
const SDK = "@aws-sdk/client-ssm"

function sdk() {
  try {
    // Lambda has it where `require` looks, by NODE_PATH, and `import` does not.
    return createRequire(import.meta.url)(SDK)
  } catch (cause) {
    throw new Error(`secrets need ${SDK}, which Lambda has: add it to the function's package.json to run here`, { cause })
  }
}

async function read() {
  const { SSMClient, GetParametersCommand } = sdk()
  const names = Object.fromEntries(Object.entries(JSON.parse(process.env.WINDLASS_SECRETS)).map(([name, path]) => [path, name]))
  const paths = Object.keys(names)
  const ssm = new SSMClient({})
  for (let first = 0; first < paths.length; first += AT_ONCE) {
    const asked = paths.slice(first, first + AT_ONCE)
    const answer = await ssm.send(new GetParametersCommand({ Names: asked, WithDecryption: true }))
    if (answer.InvalidParameters?.length) {
      throw new Error(`secrets are gone since the deployment: ${answer.InvalidParameters.join(", ")}`)
    }
    for (const parameter of answer.Parameters) process.env[names[parameter.Name]] = parameter.Value
  }
}

await read()
const [, file, name] = process.env.WINDLASS_HANDLER.match(/^(.*)\.(\w+)$/)
const url = [".mjs", ".js", ".cjs"].map((ending) => new URL(`./${file}${ending}`, import.meta.url)).find(existsSync)
const loaded = await import(url)
export const handler = loaded[name] ?? loaded.default?.[name]
