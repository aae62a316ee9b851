/** What a reply says, whatever the format it is written in. Two replies with equal meanings are equally good. */
export interface Meaning {
  text: string
  reasoning: string
  toolCalls: CallMeaning[]
  finish: FinishMeaning | null
  /** `made up`: the format wants counts and the provider gave none. */
  usage: UsageMeaning | 'made up' | null
  id: string | null
  model: string | null
  /** Sources of the text, each once: addresses, else names, else the words that are cited. */
  citations: string[]
  /** Types of blocks that only one vendor has, in order: calls of tools that it runs itself, and their results. */
  hosted: string[]
  /** Opaque state of the vendor's: signatures and encrypted reasoning. */
  state: string[]
  error: ErrorMeaning | null
}

export interface CallMeaning {
  /** `null` where the format gives none. */
  id: string | null
  name: string
  /** Parsed; text that is no JSON stays as it is. */
  arguments: unknown
}

/** A reply that calls the client's tools and stopped by itself stopped for them. */
export type FinishMeaning = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other'

export interface UsageMeaning {
  /** All prompt tokens, cached or not. */
  input: number
  cacheRead: number
  /** With reasoning. */
  output: number
  reasoning: number
}

export interface ErrorMeaning {
  /** `null` for an error inside a reply, whose status is only a guess. */
  status: number | null
  message: string
}

export const NOTHING: Readonly<Meaning> = {
  text: '',
  reasoning: '',
  toolCalls: [],
  finish: null,
  usage: null,
  id: null,
  model: null,
  citations: [],
  hosted: [],
  state: [],
  error: null,
}

/** A meaning out of what is known of it. Repeated sources count once; calls decide what a plain stop means. */
export function meaningOf(known: Partial<Meaning>): Meaning {
  const meaning = { ...NOTHING, ...known }
  const called = meaning.toolCalls.length > 0
  return {
    ...meaning,
    finish: meaning.finish === 'stop' && called ? 'tool-calls' : meaning.finish,
    citations: [...new Set(meaning.citations)].sort(),
    state: [...meaning.state].sort(),
  }
}

/** Nothing but an error, which may come with a status. */
export function errorMeaning(message: string, status: number | null = null): Meaning {
  return { ...NOTHING, error: { status, message } }
}

/** Arguments of a tool call as the program that runs it sees them. */
export function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text === '' ? '{}' : text)
  } catch {
    return text
  }
}

/** The word of a format by a table; a word that is not in it is a reason of its own. */
export function finishOf(
  word: string | null | undefined,
  words: Readonly<Record<string, FinishMeaning>>,
): FinishMeaning | null {
  return word ? (words[word] ?? 'other') : null
}
