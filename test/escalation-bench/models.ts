import { type FakeUpstream, type Script, startFakeUpstream } from '../support/fake-upstream.ts'
import type { Turn } from './traffic.ts'

/** Names that the price catalogue knows: 0.15 and 0.60, 2.50 and 10 dollars per million tokens in and out. */
export const CHEAP = 'gpt-4o-mini'
export const FRONTIER = 'gpt-4o'

/** A usual guess for English. */
const CHARACTERS_PER_TOKEN = 4
const ORDER = 'Answer from the context alone. Where it does not tell, say so.'
/** The sets have no questions, only what was said about a context. */
const QUESTION = 'What can you tell me about this?'

/** The request as an app with retrieval sends it. The seed tells the models which turn it is, and nobody else. */
export function bodyOf({ id, context, place }: Turn, route: string): Record<string, unknown> {
  const [system, user] =
    place === 'system'
      ? [`${ORDER}\n\n<context>\n${context}\n</context>`, QUESTION]
      : [ORDER, `Context:\n${context}\n\nQuestion: ${QUESTION}`]
  const messages = [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ]
  return { model: route, seed: id, messages }
}

/** A provider whose one model says what was recorded for each turn. */
export async function startModel(who: 'cheap' | 'frontier', turns: readonly Turn[]): Promise<FakeUpstream> {
  const byId = new Map(turns.map((turn) => [turn.id, turn]))
  const upstream = await startFakeUpstream(({ json }) => {
    // Only the latest is looked at: thousands come.
    upstream.seen = []
    return replyWith(byId.get(json.seed as number)![who].text, json)
  })
  return upstream
}

function replyWith(content: string, { model, messages }: Record<string, unknown>): Script {
  const prompt = (messages as { content: string }[]).reduce((sum, message) => sum + message.content.length, 0)
  const [promptTokens, completionTokens] = [tokensOf(prompt), tokensOf(content.length)]
  const reply = {
    id: 'chatcmpl-recorded',
    object: 'chat.completion',
    created: 1,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  }
  return { chunks: [JSON.stringify(reply)] }
}

function tokensOf(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN)
}
