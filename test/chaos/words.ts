import { chunk, DONE, goodReply, ROLE, STOP, USAGE } from '../support/frames.ts'

/** What every upstream of the laboratory says, so that a reply can be checked and another can go on with it. */
const COUNT = 12
export const WORDS: readonly string[] = Array.from({ length: COUNT }, (_, index) => `tide-${index} `)
export const TEXT = WORDS.join('')
/** Tokens that are billed for a prompt; a word is one token. */
export const PROMPT_TOKENS = 30
/** Of a request that goes well. */
export const USUAL_TOKENS = PROMPT_TOKENS + COUNT
/** Stands in the first frame with content, whoever wrote it. */
export const CONTENT_MARK = '"content":"tide'

/** Each piece and the tokens in it. */
export interface Piece {
  text: string
  tokens: number
}

/** A whole reply with the words from `from` on, in one piece. */
export function wholeReply(from: number): Piece {
  return { text: goodReply(WORDS.slice(from).join('')).chunks[0]!, tokens: COUNT - from }
}

/** The frames of a stream with the words from `from` on. */
export function streamFrames(from: number, usage: boolean): Piece[] {
  const mute = (text: string): Piece => ({ text, tokens: 0 })
  return [
    mute(ROLE),
    ...WORDS.slice(from).map((content) => ({ text: chunk({ content }), tokens: 1 })),
    mute(STOP),
    ...(usage ? [mute(USAGE)] : []),
    mute(DONE),
  ]
}

interface Asked {
  messages?: { role: string; content: unknown }[]
}

/** The word at which to begin: behind the text of the last assistant message, where it is ours. */
export function wordToBeginAt({ messages = [] }: Asked): number {
  const said = messages.findLast(({ role }) => role === 'assistant')?.content
  if (typeof said !== 'string' || said === '' || !TEXT.startsWith(said)) return 0
  return said.split(' ').length - 1
}
