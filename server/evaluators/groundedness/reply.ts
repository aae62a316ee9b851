import { type Chatter, chatterOf } from '../text/chatter.ts'
import { splitSentences } from '../text/sentences.ts'
import { type Claim, readClaim, readSentence, type Sentence } from './claim.ts'
import type { Context } from './context.ts'

/** A reply, sentence by sentence. */
export interface ReplyRead {
  claims: Claim[]
  /** What the sentences do that were left out, in order. */
  chatter: Chatter[]
}

/** So many characters of a reply are read. */
const LONGEST_REPLY = 16_384
const FENCE = '```'
/** `The plans are:` */
const LEAD_IN = /[:：]["'”’*_\s]*$/
const LONGEST_LEAD_IN = 80

/** The sentences of a reply, but for code. */
export function sentencesOf(reply: string): Sentence[] {
  const text = reply.slice(0, LONGEST_REPLY)
  return splitSentences(text)
    .filter(({ start }) => !text.startsWith(FENCE, start))
    .map((span) => readSentence(text, span))
}

/** Reads every sentence that claims something. `ignore`: leaves out courtesies, questions and `I do not know`. */
export function readReply(
  sentences: readonly Sentence[],
  context: Context,
  asked: ReadonlySet<string>,
  ignore: boolean,
): ReplyRead {
  const kinds = sentences.map(({ text, words }) => (ignore ? chatterOf(text, words) : null))
  const chatter = kinds.filter((kind) => kind !== null)
  const claims = sentences.filter((_, at) => kinds[at] === null)
  const told = claims.filter((sentence) => !isLeadIn(sentence))
  const read = (each: readonly Sentence[]) => each.map((sentence) => readClaim(sentence, context, asked))
  if (told.length > 0) return { claims: read(told), chatter }
  // A reply that only asks says by what it asks what it takes for given.
  if (chatter.includes('not-known') || !chatter.includes('question')) return { claims: read(claims), chatter }
  return { claims: read(sentences), chatter: [] }
}

function isLeadIn({ text }: Sentence): boolean {
  return text.length <= LONGEST_LEAD_IN && LEAD_IN.test(text)
}
