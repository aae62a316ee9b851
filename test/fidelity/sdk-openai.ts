import OpenAI, { APIError } from 'openai'
import type { Json } from '../support/gateway.ts'
import { errorMeaning, type Meaning } from './meaning.ts'
import { readChat, readCompletions } from './oracle-openai-chat.ts'
import { readResponse, readResponseEvents } from './oracle-openai-responses.ts'
import type { Sdk } from './sdks.ts'

const PROMPT = 'Hello'
const MESSAGES = [{ role: 'user', content: PROMPT } as const]

/** OpenAI's own SDK on its three endpoints. */
export const OPENAI_SDKS: readonly Sdk[] = [
  {
    dialect: 'openai-chat',
    label: 'chat',
    async ask(url, model, stream) {
      const { completions } = clientOf(url).chat
      if (!stream) return readChat([await completions.create({ model, messages: MESSAGES })])
      const options = { include_usage: true }
      return readChat(await all(completions.create({ model, messages: MESSAGES, stream, stream_options: options })))
    },
    errorOf,
  },
  {
    dialect: 'openai-completions',
    label: 'completions',
    async ask(url, model, stream) {
      const { completions } = clientOf(url)
      if (!stream) return readCompletions([await completions.create({ model, prompt: PROMPT })])
      const options = { include_usage: true }
      return readCompletions(await all(completions.create({ model, prompt: PROMPT, stream, stream_options: options })))
    },
    errorOf,
  },
  {
    dialect: 'openai-responses',
    label: 'responses',
    async ask(url, model, stream) {
      const { responses } = clientOf(url)
      if (!stream) return readResponse(await responses.create({ model, input: PROMPT }))
      const run = responses.stream({ model, input: PROMPT })
      const events = await all(run)
      await run.finalResponse()
      const failure = events.find(({ type }) => type === 'response.failed')
      return failure ? errorMeaning(failure.response.error.message) : readResponseEvents(events)
    },
    errorOf,
  },
]

function clientOf(url: string): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey: 'unused', maxRetries: 0 })
}

async function all(stream: AsyncIterable<unknown> | PromiseLike<AsyncIterable<unknown>>): Promise<Json[]> {
  return (await Array.fromAsync(await stream)) as Json[]
}

/** Refusals must come as the class of their status; errors inside a stream have none. */
function errorOf(error: unknown): Meaning | null {
  if (!(error instanceof APIError)) return null
  if (error.status === 404 && !(error instanceof OpenAI.NotFoundError)) return null
  if (error.status === 400 && !(error instanceof OpenAI.BadRequestError)) return null
  return errorMeaning(error.message, error.status ?? null)
}
