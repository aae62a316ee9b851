import type { GuardrailKind } from '../core/guardrail.ts'
import { membersOption, textsOption } from '../core/options.ts'
import { nothingFound, wholeText } from './inspection.ts'

interface Example {
  topic: string
  text: string
}

interface Neighbour {
  topic: string
  /** 0..1. */
  similarity: number
}

const EXAMPLES = {
  type: 'object',
  minProperties: 1,
  additionalProperties: { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
}

/** What a text is about, by its likeness to examples. */
export const topic: GuardrailKind = {
  kind: 'topic',
  description: 'Texts that are like examples of denied topics, or unlike those of all allowed ones.',
  stages: ['pre', 'post'],
  actions: ['block', 'warn', 'escalate'],
  threshold: 0.6,
  cost: 'call',
  options: {
    allowed: {
      description:
        'Names of topics, each with examples. The score is 1 less the similarity to the nearest example (cosine of the ' +
        'embeddings, 0..1): with a threshold of 0.6, a text must be similar to one of them by more than 0.4.',
      schema: EXAMPLES,
    },
    denied: {
      description:
        'Names of topics, each with examples. The score is the similarity to the nearest example: with a threshold of ' +
        '0.6, a text may be similar to them by less than 0.6. Where both are given, the larger score counts.',
      schema: EXAMPLES,
    },
  },
  create(options) {
    const [allowed, denied] = [examplesOf(options, 'allowed'), examplesOf(options, 'denied')]
    const examples = [...allowed, ...denied]
    if (examples.length === 0) throw new TypeError('`allowed` or `denied` must be given')
    const texts = examples.map(({ text }) => text)
    let known: readonly Float32Array[] | null = null
    return {
      kind: 'topic',
      takes: 'latest',
      ignores: new Set(['tool-call']),
      async inspect({ text }, { services, signal }) {
        if (text.trim() === '') return nothingFound
        // The examples go with the first text, and are asked for again only if that fails.
        const vectors = await services.embed(known === null ? [text, ...texts] : [text], signal)
        known ??= vectors.slice(1)
        const [vector] = vectors
        if (vector === undefined || known.length !== examples.length)
          throw new Error('the embedder answered with too few vectors')
        const best = (from: number, among: readonly Example[]): Neighbour =>
          nearest(vector, among, known!.slice(from, from + among.length))
        const no = denied.length > 0 ? best(allowed.length, denied) : null
        const yes = allowed.length > 0 ? best(0, allowed) : null
        const unlike = yes === null ? 0 : 1 - yes.similarity
        if (no !== null && no.similarity >= unlike)
          return wholeText(no.similarity, no.topic, 'So similar is the text to the nearest example of a denied topic.')
        return wholeText(unlike, 'off-topic', 'So unlike is the text to the nearest example of an allowed topic.')
      },
    }
  },
}

function examplesOf(options: Readonly<Record<string, unknown>>, name: string): Example[] {
  const topics = membersOption(options, name)
  return Object.keys(topics).flatMap((each) => textsOption(topics, each).map((text) => ({ topic: each, text })))
}

function nearest(vector: Float32Array, examples: readonly Example[], vectors: readonly Float32Array[]): Neighbour {
  let found: Neighbour = { topic: examples[0]!.topic, similarity: 0 }
  for (const [at, example] of examples.entries()) {
    const similarity = cosine(vector, vectors[at]!)
    if (similarity > found.similarity) found = { topic: example.topic, similarity }
  }
  return found
}

/** Of unit vectors; what points away is as unlike as can be. */
function cosine(one: Float32Array, other: Float32Array): number {
  if (one.length !== other.length) throw new Error('the embedder answered with vectors of different lengths')
  let sum = 0
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!
  return Math.min(1, Math.max(0, sum))
}
