import type { ChatEvent, PartDelta } from '../core/events.ts'

/** A reply as it is kept: in no dialect, so that it can be given to a client of any. */
export interface StoredReply {
  /** Without pings; the text of a part in as few pieces as its citations and probabilities allow. */
  events: ChatEvent[]
  /** Milliseconds from the first content to the end when it first came as a stream; 0 for one that came whole. */
  streamMs: number
}

/** A piece of a paced stream is a word with the space after it, and no longer than this many characters. */
const WORD = /\S{1,12}\s*|\s+/gu
/** What a reply that came whole is paced by: a usual local model. */
const WORDS_PER_SECOND = 30
/** No reply is drawn out longer than this. */
const LONGEST_PACE_MS = 60_000
/** Words of one moment go together. */
const TICK_MS = 20

/** Joins what a stream cut in pieces. */
export function joined(events: readonly ChatEvent[]): ChatEvent[] {
  const kept: ChatEvent[] = []
  for (const event of events) {
    if (event.type === 'ping') continue
    const last = kept.at(-1)
    if (event.type === 'part-delta' && last?.type === 'part-delta' && isPlain(event) && isPlain(last)) {
      if (last.choice === event.choice && last.part === event.part) {
        kept[kept.length - 1] = { ...last, text: last.text + event.text }
        continue
      }
    }
    kept.push(event)
  }
  return kept
}

function isPlain({ value, citation, logprobs, state }: PartDelta): boolean {
  return value === undefined && citation === undefined && logprobs === undefined && state === undefined
}

/** The text of a reply's first choice. */
export function textOf(events: readonly ChatEvent[]): string {
  let text = ''
  const kinds = new Map<number, string>()
  for (const event of events) {
    if (event.type === 'part-start' && event.choice === 0) kinds.set(event.part, event.kind)
    if (event.type === 'part-delta' && event.choice === 0 && kinds.get(event.part) === 'text') text += event.text
  }
  return text
}

/** A kept reply word by word, about as fast as it first came. `wait` resolves after so many milliseconds. */
export async function* paced(reply: StoredReply, wait: (ms: number) => Promise<void>): AsyncGenerator<ChatEvent> {
  const pieces = reply.events.flatMap(inWords)
  const words = pieces.filter(({ type }) => type === 'part-delta').length
  const wholeMs = Math.min(LONGEST_PACE_MS, reply.streamMs || (words / WORDS_PER_SECOND) * 1000)
  const perWord = words === 0 ? 0 : wholeMs / words
  let owed = 0
  for (const piece of pieces) {
    yield piece
    if (piece.type !== 'part-delta') continue
    owed += perWord
    if (owed < TICK_MS) continue
    await wait(owed)
    owed = 0
  }
}

/** What carries more than text stays in one piece. */
function inWords(event: ChatEvent): ChatEvent[] {
  if (event.type !== 'part-delta' || !isPlain(event)) return [event]
  return (event.text.match(WORD) ?? [event.text]).map((text) => ({ ...event, text }))
}
