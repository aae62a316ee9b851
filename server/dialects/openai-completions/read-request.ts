import { GatewayError } from '../../core/errors.ts'
import type { ChatRequest, RequestHead } from '../../core/request.ts'
import { asBoolean, asNumber, type Json, present, refuse } from '../members.ts'
import { readSampling } from '../openai-chat/read-request.ts'

/** Members with a place in the canonical model, or whose default they are; the others go to `extra`. */
const KNOWN = new Set(
  `model prompt stream stream_options temperature top_p top_k max_tokens n logprobs echo stop presence_penalty
  frequency_penalty seed user best_of`.split(/\s+/),
)

/**
 * A legacy completion as a chat of one message. Throws `invalid_request` for prompts that only a provider with this
 * very endpoint can take.
 */
export function readRequest(json: Readonly<Json>, head: RequestHead): ChatRequest {
  const extra = present(Object.fromEntries(Object.entries(json).filter(([name]) => !KNOWN.has(name))))
  const { best_of, echo } = json
  if ((asNumber(best_of, 'best_of') ?? 1) > (asNumber(json.n, 'n') ?? 1)) extra.best_of = best_of
  // The writer of the reply repeats the prompt.
  asBoolean(echo, 'echo')
  const logprobs = asNumber(json.logprobs, 'logprobs')
  const sampling = readSampling({ ...json, logprobs: undefined, max_completion_tokens: undefined })
  return {
    dialect: 'openai-completions',
    model: head.model,
    messages: [{ role: 'user', parts: [{ type: 'text', text: readPrompt(json.prompt) }] }],
    tools: [],
    sampling: { ...sampling, ...(logprobs === undefined ? {} : { logprobs }) },
    output: { type: 'text' },
    stream: head.stream,
    streamUsage: head.streamUsage,
    ...(typeof json.user === 'string' ? { user: json.user } : {}),
    extra,
  }
}

/** The one text of a prompt. */
export function readPrompt(prompt: unknown): string {
  if (typeof prompt === 'string') return prompt
  if (!Array.isArray(prompt)) throw refuse('prompt', 'a string', prompt)
  const only = prompt[0]
  if (prompt.length === 1 && typeof only === 'string') return only
  const what = typeof only === 'string' ? 'More than one prompt' : 'A prompt of tokens'
  throw new GatewayError(
    'invalid_request',
    `${what} can only go to a provider of legacy completions; for any other, \`prompt\` must be one string.`,
    { param: 'prompt' },
  )
}
