import { type ClientRequest, request } from 'node:http'
import { readSse } from '../support/frames.ts'
import { answer } from './remote.ts'

export interface IdleClientsOrder {
  origin: string
  model: string
  /** Streams with an upstream of their own … */
  own: number
  /** … and streams that join one of those by its idempotency key. */
  joined: number
}

export type IdleClientsQuestion = { open: IdleClientsOrder } | { counts: true } | { leave: true }

export interface IdleClientsCounts {
  /** Streams whose first content has come and that are not over. */
  open: number
  /** Complete to the last word, each word once and in order. */
  right: number
  /** How often what went wrong. */
  wrong: Record<string, number>
  tokens: number
}

/** Opened at a time, so that the ramp is one of requests and not of connections waiting to be accepted. */
const OPENING = 200
const counts: IdleClientsCounts = { open: 0, right: 0, wrong: {}, tokens: 0 }
const requests = new Set<ClientRequest>()

/** Opens all streams; resolves when the first content of each has come, or it has failed. */
async function openAll({ origin, model, own, joined }: IdleClientsOrder): Promise<void> {
  let next = 0
  const openMore = async (end: number) => {
    while (next < end) {
      const index = next++
      await openStream(origin, model, index < own ? index : index - own, index % own < joined)
    }
  }
  for (const end of [own, own + joined]) await Promise.all(Array.from({ length: OPENING }, () => openMore(end)))
}

function openStream(origin: string, model: string, name: number, shared: boolean): Promise<void> {
  return new Promise((resolve) => {
    let body = ''
    let open = false
    let over = false
    const end = (problem: string | null) => {
      if (over) return
      over = true
      if (open) counts.open -= 1
      if (problem === null) counts.right += 1
      else counts.wrong[problem] = (counts.wrong[problem] ?? 0) + 1
      requests.delete(sent)
      resolve()
    }
    const headers = { 'content-type': 'application/json', ...(shared ? { 'idempotency-key': `stream-${name}` } : {}) }
    const sent = request(`${origin}/v1/chat/completions`, { method: 'POST', headers, agent: false }, (response) => {
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        body += text
        if (open || !body.includes(`"content":"${name}:`)) return
        open = true
        counts.open += 1
        resolve()
      })
      response.on('end', () =>
        end(response.statusCode === 200 ? problemOf(body, name) : `status ${response.statusCode}`),
      )
      response.on('error', (error: NodeJS.ErrnoException) => end(`cut: ${error.code}`))
    })
    requests.add(sent)
    sent.on('error', (error: NodeJS.ErrnoException) => end(`cut: ${error.code}`))
    sent.end(JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: String(name) }] }))
  })
}

function problemOf(body: string, name: number): string | null {
  const { text, done, error } = readSse(body)
  if (error) return `an error event: ${error.code}`
  if (!done) return 'no end'
  const words = text.trimEnd().split(' ')
  counts.tokens += words.length
  const expected = words.map((_, index) => `${name}:${index === words.length - 1 ? 'end' : index}`)
  return words.every((word, index) => word === expected[index]) ? null : 'another text'
}

/** Clients that hold streams open. */
answer(async (question: IdleClientsQuestion) => {
  if ('open' in question) await openAll(question.open)
  if ('leave' in question) for (const each of requests) each.destroy()
  return counts
})
