import OpenAI from 'openai'
import type { ChatEvent } from '../../server/core/events.ts'
import { openaiResponses } from '../../server/dialects/openai-responses/index.ts'
import { type Json, OPTIONS } from './openai-support.ts'

/** Items as clients send them. */
export const user = (text: string, more: Json = {}) => ({
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text }],
  ...more,
})
export const assistant = (text: string, more: Json = {}) => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text }],
  ...more,
})
export const call = (call_id: string, more: Json = {}) => ({
  type: 'function_call',
  call_id,
  name: 'f',
  arguments: '{}',
  ...more,
})
export const output = (call_id: string, value: unknown, more: Json = {}) => ({
  type: 'function_call_output',
  call_id,
  output: value,
  ...more,
})
export const say = (...input: Json[]): Json => ({ model: 'm', input })

/** A request with tools of every kind that replies are mapped back to. */
export const REQUEST: Json = {
  model: 'gpt-x',
  input: [{ type: 'additional_tools', role: 'developer', tools: [{ type: 'custom', name: 'patch' }] }],
  instructions: 'Be brief.',
  tools: [{ type: 'namespace', name: 'crm', description: 'd', tools: [{ type: 'function', name: 'find' }] }],
  reasoning: { effort: 'low' },
  temperature: 0.5,
  store: true,
  metadata: { a: 'b' },
}

/** A stream's text, and what it could not carry. */
export function writeStream(events: readonly ChatEvent[], request = REQUEST) {
  const writer = openaiResponses.eventWriter({ ...OPTIONS, request })
  return { text: events.map((event) => writer.write(event)).join('') + writer.end(), lost: [...writer.lost].sort() }
}

export function eventsOf(text: string): Json[] {
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json!))
}

/** OpenAI's own client, which checks the order, ids and places of all events, over a stream. */
export function clientOf(text: string): OpenAI {
  return new OpenAI({
    apiKey: 'unused',
    baseURL: 'http://gatehouse.test/v1',
    maxRetries: 0,
    fetch: async () => new Response(text, { headers: { 'content-type': 'text/event-stream' } }),
  })
}

export function accumulate(text: string) {
  return clientOf(text).responses.stream({ model: 'm', input: 'x' }).finalResponse()
}
