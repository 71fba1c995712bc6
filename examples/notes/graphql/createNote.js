import { util } from '@aws-appsync/utils'
import { put } from '@aws-appsync/utils/dynamodb'

export function request(ctx) {
  const note = { owner: ctx.identity.sub, id: util.autoId(), text: ctx.args.text }
  return put({ key: { owner: note.owner, id: note.id }, item: note })
}

export function response(ctx) {
  return ctx.result
}
