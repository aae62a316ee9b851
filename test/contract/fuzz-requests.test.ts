import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Dialect } from '../../server/core/dialect.ts'
import type { ChatDialectId } from '../../server/core/dialect-id.ts'
import type { ChatRequest, Message, Part } from '../../server/core/request.ts'
import { clients, upstreams } from '../../server/dialects/index.ts'
import { requests } from './fuzz-requests-support.ts'

const RUNS = { seed: 3, numRuns: 200 }

for (const dialect of clients.filter((client): client is Dialect => upstreams.has(client.id)))
  describe(`random requests in ${dialect.id}`, () => {
    const read = (body: Record<string, unknown>, stream: boolean) =>
      dialect.readRequest(body, dialect.readHead(body, { model: 'other', stream }))

    it('come back as the same body', () => {
      fc.assert(
        fc.property(requests(dialect.id), (request) => {
          const once = plain(dialect.writeRequest(request, 'other', {}).body)
          const again = plain(dialect.writeRequest(read(once, request.stream), 'other', {}).body)
          assert.deepEqual(again, once)
        }),
        RUNS,
      )
    })

    it('say the same when they come back, but for what is named as lost', () => {
      fc.assert(
        fc.property(requests(dialect.id), (request) => {
          const { body, lost } = dialect.writeRequest(request, 'other', {})
          const back = read(plain(body), request.stream)
          const kept = <T extends object>(members: T) =>
            Object.fromEntries(Object.entries(members).filter(([name]) => !isLost(name, lost)))
          const aspects = (given: ChatRequest) => ({
            said: lost.includes('image_url') ? null : conversationOf(given.messages, dialect.id, lost),
            tools: given.tools,
            sampling: kept(given.sampling),
            stream: given.stream,
            ...kept({ output: given.output.type }),
            ...kept({ toolChoice: given.tools.length > 0 ? (given.toolChoice ?? AUTO) : AUTO }),
          })
          assert.deepEqual(plain(aspects(withoutDefault(back, request))), plain(aspects(asSaid(request))))
        }),
        RUNS,
      )
    })
  })

/** Ollama has no choice of tools, so that those that may not be called are left out. */
function asSaid(request: ChatRequest): ChatRequest {
  if (request.dialect !== 'ollama' || request.toolChoice?.mode !== 'none') return request
  return { ...request, tools: [], toolChoice: { mode: 'auto' } }
}

/** Anthropic demands a limit, so that one is made up where none was given. */
function withoutDefault(back: ChatRequest, { sampling }: ChatRequest): ChatRequest {
  const { maxTokens: _, ...others } = back.sampling
  return back.dialect === 'anthropic-messages' && sampling.maxTokens === undefined
    ? { ...back, sampling: others }
    : back
}

const AUTO = { mode: 'auto' }

/** Members by the names in which they are told as lost. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  topP: ['top_p'],
  topK: ['top_k'],
  maxTokens: ['max_tokens'],
  frequencyPenalty: ['frequency_penalty'],
  presencePenalty: ['presence_penalty'],
  choices: ['n'],
  toolChoice: ['tool_choice'],
  output: ['response_format'],
}

function isLost(name: string, lost: readonly string[]): boolean {
  return [name, ...(NAMES[name] ?? [])].some((candidate) => lost.includes(candidate))
}

interface Atom {
  who: string
  what: string
  said: unknown
}

/** What is said in a conversation, however it is cut into messages and whatever ids it has. */
function conversationOf(messages: readonly Message[], dialect: ChatDialectId, lost: readonly string[]): Atom[] {
  const atoms: Atom[] = []
  for (const { role, parts } of messages)
    for (const part of parts) {
      const atom = atomOf(role, part, dialect)
      const last = atoms.at(-1)
      if (atom === null || (atom.what === 'reasoning' && lost.includes('reasoning'))) continue
      if (last?.who === atom.who && last.what === 'text' && atom.what === 'text') last.said = `${last.said}${atom.said}`
      else atoms.push(atom)
    }
  return atoms
}

function atomOf(who: string, part: Part, dialect: ChatDialectId): Atom | null {
  switch (part.type) {
    case 'text':
      return { who, what: 'text', said: part.text }
    case 'media':
      return { who, what: 'media', said: part.url ?? part.data }
    case 'tool-call':
      return { who, what: part.name, said: JSON.parse(part.arguments) }
    case 'tool-result': {
      const texts = part.parts.map((inner) => (inner.type === 'text' ? inner.text : inner.type))
      return { who: 'tool', what: 'result', said: texts.join('') }
    }
    case 'reasoning':
      // OpenAI takes thoughts back only where the vendor says so; their state it always takes.
      return { who, what: 'reasoning', said: [dialect === 'openai-chat' ? '' : part.text, part.state] }
    default:
      return null
  }
}

function plain(value: unknown) {
  return JSON.parse(JSON.stringify(value))
}
