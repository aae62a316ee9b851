import type { OutputFormat, Reasoning, Sampling } from '../../core/request.ts'
import { asBoolean, asList, asNumber, asObject, asText, isObject, type Json, objectOf } from '../members.ts'
import { camelMembers } from './names.ts'
import { readSchema } from './schema.ts'
import { readThinking } from './thinking.ts'

export interface ReadConfig {
  sampling: Sampling
  output: OutputFormat
  reasoning?: Reasoning
  /** The members without a place in the canonical model, by their path, e.g. `generationConfig.speechConfig`. */
  extra: Json
}

/** Numbers of `generationConfig` by our names: https://ai.google.dev/api/generate-content#GenerationConfig */
export const NUMBERS = [
  ['temperature', 'temperature'],
  ['topP', 'topP'],
  ['topK', 'topK'],
  ['maxTokens', 'maxOutputTokens'],
  ['seed', 'seed'],
  ['frequencyPenalty', 'frequencyPenalty'],
  ['presencePenalty', 'presencePenalty'],
  ['choices', 'candidateCount'],
] as const satisfies readonly (readonly [keyof Sampling, string])[]

/** Throws `invalid_request` that names the member. */
export function readConfig(value: unknown): ReadConfig {
  const config = camelMembers(asObject(value, 'generationConfig') ?? {})
  const { rest, ...sampling } = readSampling(config)
  const { output, rest: others } = readOutput(rest)
  const { thinkingConfig, ...unknown } = others
  const thinking = readThinking(camelMembers(asObject(thinkingConfig, 'generationConfig.thinkingConfig') ?? {}))
  return {
    sampling: sampling.sampling,
    output,
    ...(thinking.reasoning ? { reasoning: thinking.reasoning } : {}),
    extra: { ...prefixed('generationConfig', unknown), ...prefixed('thinkingConfig', thinking.rest) },
  }
}

function readSampling(config: Json): { sampling: Sampling; rest: Json } {
  const { stopSequences, responseLogprobs, logprobs, ...rest } = config
  const sampling: Sampling = {}
  for (const [ours, theirs] of NUMBERS) {
    const number = asNumber(rest[theirs], `generationConfig.${theirs}`)
    if (number !== undefined) sampling[ours] = number
    delete rest[theirs]
  }
  const stop = asList(stopSequences, 'generationConfig.stopSequences')
  if (stop !== undefined && stop.length > 0)
    sampling.stop = stop.map((word, index) => asText(word, `generationConfig.stopSequences.${index}`) ?? '')
  const top = asNumber(logprobs, 'generationConfig.logprobs')
  if (asBoolean(responseLogprobs, 'generationConfig.responseLogprobs') === true) sampling.logprobs = top ?? 0
  return { sampling, rest }
}

/** Of the ways to ask for JSON the one that is set; a media type that is neither text nor JSON stays as it is. */
function readOutput(config: Json): { output: OutputFormat; rest: Json } {
  const { responseMimeType, responseSchema, responseJsonSchema, _responseJsonSchema, responseFormat, ...rest } = config
  const format = readFormat(responseFormat)
  if (format !== null) return { output: format, rest }
  const kept = responseFormat === undefined ? rest : { ...rest, responseFormat }
  const mime = asText(responseMimeType, 'generationConfig.responseMimeType')
  const schema = responseJsonSchema ?? _responseJsonSchema ?? readSchema(responseSchema)
  if (mime === 'application/json')
    return { output: schema === undefined ? { type: 'json' } : { type: 'json-schema', schema }, rest: kept }
  if (mime === undefined || mime === 'text/plain') return { output: { type: 'text' }, rest: kept }
  const asked = responseSchema === undefined ? {} : { responseSchema }
  return { output: { type: 'text' }, rest: { ...kept, responseMimeType: mime, ...asked } }
}

/** The newer `responseFormat`, where it asks for JSON text and nothing else. */
function readFormat(value: unknown): OutputFormat | null {
  const formats = (Array.isArray(value) ? value : [value]).filter(isObject).map(camelMembers)
  const only = formats.length === 1 ? formats[0]! : {}
  if (Object.keys(only).length !== 1 || !isObject(only.text)) return null
  const { mimeType, schema } = camelMembers(objectOf(only.text))
  if (typeof mimeType !== 'string' || !/json/i.test(mimeType)) return null
  return schema === undefined ? { type: 'json' } : { type: 'json-schema', schema }
}

function prefixed(path: string, members: Json): Json {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [`${path}.${name}`, member]))
}
