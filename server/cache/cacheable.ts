import type { CachePolicy } from '../core/cache-policy.ts'
import type { ChatEvent } from '../core/events.ts'
import type { ChatRequest } from '../core/request.ts'

/** Members by which a provider continues what it remembers itself: the request is not all of the conversation. */
const STATEFUL = ['previous_response_id', 'conversation', 'cachedContent', 'cached_content', 'container', 'context']

/** Why a request is neither answered from the cache nor its reply kept; `null` where nothing speaks against it. */
export function whyNotAsked(request: ChatRequest, policy: CachePolicy): string | null {
  const { sampling, tools, extra } = request
  if ((sampling.temperature ?? 0) > policy.maxTemperature)
    return `temperature ${sampling.temperature} is above ${policy.maxTemperature}`
  if ((sampling.choices ?? 1) > 1 && !policy.choices) return 'several choices are asked for'
  const hosted = tools.find(({ type }) => type === 'hosted')
  if (hosted && !policy.toolCalls) return `the provider runs a tool of its own (${hosted.name})`
  const member = STATEFUL.find((name) => extra[name] !== undefined && extra[name] !== null)
  if (member) return `the conversation goes on from \`${member}\``
  return null
}

/** Why a reply is not kept; `null` for one that is whole, ended by itself and says something. */
export function whyNotKept(events: readonly ChatEvent[], policy: CachePolicy): string | null {
  let said = false
  let finished = false
  for (const event of events) {
    switch (event.type) {
      case 'error':
        return 'it ended with an error'
      case 'part-start':
        if (event.kind === 'tool-call' && !policy.toolCalls) return 'it calls a tool'
        if (event.kind === 'refusal') return 'it is a refusal'
        said ||= event.kind === 'tool-call'
        break
      case 'part-delta':
        said ||= event.text !== '' || event.value !== undefined
        break
      case 'finish':
        finished = true
        if (event.reason !== 'stop' && event.reason !== 'tool-calls') return `it ended with ${event.reason}`
    }
  }
  if (!finished) return 'it is not complete'
  return said ? null : 'it is empty'
}
