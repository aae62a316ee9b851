import type { RequestHead } from '../../core/request.ts'
import { asBoolean, asNumber, asObject, asText, type Json, refuse } from '../members.ts'

/** Checks a request's shape and reads what routing needs. Throws `invalid_request` that names the member. */
export function readHead(json: Readonly<Json>): RequestHead {
  const model = asText(json.model, 'model')
  if (!model || model.length > 512) throw refuse('model', 'the name of a model', json.model)
  if (!isPrompt(json.prompt)) throw refuse('prompt', 'a string, or a list of strings or tokens', json.prompt)
  for (const name of ['temperature', 'top_p', 'max_tokens', 'n', 'best_of', 'logprobs'])
    if ((asNumber(json[name], name) ?? 0) < 0) throw refuse(name, 'a number from 0', json[name])
  const options = asObject(json.stream_options, 'stream_options')
  return {
    model,
    stream: asBoolean(json.stream, 'stream') === true,
    streamUsage: asBoolean(options?.include_usage, 'stream_options.include_usage') === true,
    user: asText(json.user, 'user') ?? null,
    metadata: asObject(json.metadata, 'metadata') ?? null,
  }
}

function isPrompt(prompt: unknown): boolean {
  return typeof prompt === 'string' || (Array.isArray(prompt) && prompt.length > 0)
}
