import type { ArmResult } from '../../core/experiment.ts'
import type { ChatRequest } from '../../core/request.ts'
import { readReplyView } from '../../evaluators/reply-view.ts'
import type { OwnResult } from '../../pipeline/own-request.ts'
import { callResult } from '../arm.ts'
import { type ToolTape, turnOf } from './tool-tape.ts'

/** What one side made of a request. */
export interface Conversation {
  /** Its calls in order, one at least. */
  turns: readonly [OwnResult, ...OwnResult[]]
  /** What the last of them was asked. */
  request: ChatRequest
  /** It asked for something else than was asked for then, or did not come to an end. `null`: there was no tape. */
  diverged: boolean | null
}

/** Beyond so many calls of one request something goes in circles. */
const MOST_TURNS = 20

/** Asks once or, where there is a tape, until no tool is asked for any more, or another one. */
export async function converse(
  request: ChatRequest,
  tape: ToolTape | null,
  send: (request: ChatRequest) => Promise<OwnResult>,
): Promise<Conversation> {
  if (tape === null) return { turns: [await send(request)], request, diverged: null }
  let asked: ChatRequest = { ...request, messages: [...tape.begin] }
  const turns: [OwnResult, ...OwnResult[]] = [await send(asked)]
  for (;;) {
    const turn = turnOf(turns.at(-1)!.events ?? [])
    if (!turn.some(({ type }) => type === 'tool-call')) return { turns, request: asked, diverged: false }
    const more = tape.answer(turn)
    if (more === null || turns.length === MOST_TURNS) return { turns, request: asked, diverged: true }
    asked = { ...asked, messages: [...asked.messages, ...more] }
    turns.push(await send(asked))
  }
}

/** Of several calls: how the last one ended, with times, tokens and cost of all. */
export function wholeResult({ turns, diverged }: Pick<Conversation, 'turns' | 'diverged'>): ArmResult {
  const results = turns.map(({ exchange, events }) => callResult({ exchange, reply: events && readReplyView(events) }))
  const last = results.at(-1)!
  if (diverged === null || last.error !== null) return last
  const sum = (name: string) =>
    results.reduce<number | null>((total, { measures }) => {
      const value = measures[name] ?? null
      return total === null || value === null ? null : total + value
    }, 0)
  return {
    ...last,
    measures: {
      ...last.measures,
      ttft: results[0]!.measures.ttft ?? null,
      latency: sum('latency'),
      tokens: sum('tokens'),
      cost: sum('cost'),
      diverged: Number(diverged),
    },
  }
}

/** Without times, tokens and cost. */
export function withoutMeasures(result: ArmResult): ArmResult {
  const { success = null, guardrail_block = null } = result.measures
  return { ...result, measures: { success, guardrail_block } }
}
