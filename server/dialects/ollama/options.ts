import type { Sampling } from '../../core/request.ts'
import { asList, asNumber, asText, type Json } from '../members.ts'

/** `options` by our names: https://github.com/ollama/ollama/blob/main/docs/modelfile.mdx#valid-parameters-and-values */
const NUMBERS = [
  ['temperature', 'temperature'],
  ['topP', 'top_p'],
  ['topK', 'top_k'],
  ['maxTokens', 'num_predict'],
  ['seed', 'seed'],
  ['frequencyPenalty', 'frequency_penalty'],
  ['presencePenalty', 'presence_penalty'],
] as const satisfies readonly (readonly [keyof Sampling, string])[]

/** Options that other formats have at the top, by the names that they have there. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  min_p: 'min_p',
  typical_p: 'typical_p',
  repeat_penalty: 'repeat_penalty',
  repetition_penalty: 'repeat_penalty',
}

/** Extra members of foreign requests that Ollama understands. */
export const KEPT = ['options', 'keep_alive', 'think', ...Object.keys(ELSEWHERE)]

/** The sampling in `options`, and the options without a place in the canonical model. Throws `invalid_request`. */
export function readOptions(options: Json): { sampling: Sampling; rest: Json } {
  const { stop, ...others } = options
  const rest: Json = { ...others }
  const sampling: Sampling = {}
  for (const [ours, theirs] of NUMBERS) {
    const number = asNumber(rest[theirs], `options.${theirs}`)
    // A negative `num_predict` is no limit, but a word for how to go on.
    if (ours === 'maxTokens' && number !== undefined && number < 0) continue
    delete rest[theirs]
    if (number !== undefined) sampling[ours] = number
  }
  const words = typeof stop === 'string' ? [stop] : (asList(stop, 'options.stop') ?? [])
  if (words.length > 0) sampling.stop = words.map((word, index) => asText(word, `options.stop.${index}`) ?? '')
  return { sampling, rest }
}

/** `options` out of sampling and the members that are options here. */
export function writeOptions(sampling: Sampling, extra: Json): Json {
  const options: Json = { ...(extra.options as Json | undefined) }
  for (const [name, option] of Object.entries(ELSEWHERE)) if (extra[name] !== undefined) options[option] = extra[name]
  for (const [ours, theirs] of NUMBERS) if (sampling[ours] !== undefined) options[theirs] = sampling[ours]
  if (sampling.stop !== undefined && sampling.stop.length > 0) options.stop = sampling.stop
  return options
}
