/** What predicates may ask about a request: a dotted path such as `metadata.tier` or `request.stream`. */
export type Facts = (path: string) => unknown

/** Every path a predicate may name, but for `metadata.*`, with its meaning. */
export const FACTS = {
  tenant: "the caller's tenant",
  team: "the caller's team",
  key: "the id of the caller's key",
  user: 'the end user named in the request',
  session: 'the session named in a header',
  'request.tokens': 'prompt tokens, estimated as a quarter of the body bytes',
  'request.messages': 'number of messages',
  'request.has_tools': 'the request offers tools',
  'request.has_images': 'a message carries an image',
  'request.stream': 'the reply is to be streamed',
  'request.language': "ISO 639-1 code of the last user message's language, e.g. `de`; absent when it is not clear",
  'request.hour': "hour of the gateway's local time, 0 to 23",
  'request.weekday': "day of the gateway's local time, 1 (Monday) to 7",
} as const

export type FactPath = keyof typeof FACTS

/** True for a path that a predicate may name. */
export function isFactPath(path: string): boolean {
  return Object.hasOwn(FACTS, path) || /^metadata\.[^.]+/.test(path)
}
