import { query } from '@aws-appsync/utils/dynamodb'

// The notes of who asks, and of nobody else.
export function request(ctx) {
  return query({ query: { owner: { eq: ctx.identity.sub } } })
}

export function response(ctx) {
  return ctx.result.items
}
