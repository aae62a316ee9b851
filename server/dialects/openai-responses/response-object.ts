import type { ReplyStart } from '../../core/events.ts'
import { isObject, type Json, objectOf } from '../members.ts'

/** What a response says of itself besides how it was asked for. */
export interface ResponseState {
  status: string
  output: readonly Json[]
  usage?: Json | null
  error?: Json | null
  incomplete_details?: unknown
  completed_at?: number | null
}

/** Members of the request that a response repeats, with what stands for one that was not said. */
const ECHOED: Readonly<Json> = {
  instructions: null,
  max_output_tokens: null,
  max_tool_calls: null,
  parallel_tool_calls: true,
  prompt_cache_key: null,
  safety_identifier: null,
  temperature: 1,
  tool_choice: 'auto',
  tools: [],
  top_logprobs: 0,
  top_p: 1,
  truncation: 'disabled',
  user: null,
  metadata: {},
}

/** The response object, which repeats the request: https://platform.openai.com/docs/api-reference/responses/object */
export function responseObject(start: ReplyStart, request: Readonly<Json>, state: ResponseState): Json {
  const echoed = Object.entries(ECHOED).map(([name, byDefault]) => [name, request[name] ?? byDefault])
  const text = objectOf(request.text)
  return {
    id: responseId(start.id),
    object: 'response',
    created_at: start.created,
    status: state.status,
    background: false,
    completed_at: state.completed_at ?? null,
    error: state.error ?? null,
    incomplete_details: state.incomplete_details ?? null,
    model: start.model,
    output: state.output,
    previous_response_id: null,
    reasoning: { effort: null, summary: null, ...objectOf(request.reasoning) },
    service_tier: start.extra?.service_tier ?? request.service_tier ?? 'default',
    store: false,
    text: { ...text, format: isObject(text.format) ? text.format : { type: 'text' } },
    usage: state.usage ?? null,
    ...Object.fromEntries(echoed),
  }
}

/** An id of the form that clients know, out of a reply's. */
export function responseId(id: string): string {
  return id.startsWith('resp_') ? id : `resp_${tailOf(id)}`
}

/** What is left of an id for other ids to be made of. */
export function tailOf(id: string): string {
  return id.replace(/^resp_/, '').replace(/[^A-Za-z0-9]/g, '') || '0'
}
