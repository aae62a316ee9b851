import type { EvaluatorKind, Subject } from '../core/evaluation.ts'
import { choiceOption, numberOption } from '../core/options.ts'
import { asks, endingPart } from './session/ending.ts'
import type { Part } from './session/part.ts'
import { reportPart } from './session/report.ts'
import { callsOf, loopPart, toolPart } from './session/tool-outcomes.ts'
import { moodPart } from './session/user-mood.ts'
import { onlyCallsTools } from './verdict.ts'

/** Of a longer session so many messages are looked at, the last ones; and the first, which has the goal. */
const MOST_MESSAGES = 400
/** No part takes everything away by itself. */
const LEAST = 0.05
const THRESHOLD = 0.75

/** How much each part counts; together 1. */
const WEIGHTS = { ending: 0.35, tools: 0.2, report: 0.15, mood: 0.2, loops: 0.1 } as const

/**
 * Whether a session has come to what the user wanted: the request's messages are the session, the reply is its last word. The
 * score is the weighted geometric mean of how it ends, what the tools came to, whether the reply tells of it, what the user
 * says meanwhile, and calls that go in circles, so that one bad part is not made up for by good ones.
 */
export const taskCompletion: EvaluatorKind = {
  id: 'task-completion',
  description: 'The session has come to what the user wanted: by its tools, its last reply and what the user says.',
  options: {
    unfinished:
      'replies that only call tools: `skip` (default), as live sessions go on; or `fail`, for sessions that are over',
    threshold: `the score to pass, 0..1; ${THRESHOLD} where none is given`,
  },
  create(options) {
    const isSkipped = choiceOption(options, 'unfinished', ['skip', 'fail']) === 'skip'
    const threshold = numberOption(options, 'threshold', 0, 1, THRESHOLD)
    return {
      kind: 'task-completion',
      cost: 'process',
      score(subject) {
        if (isSkipped && onlyCallsTools(subject.reply)) return null
        const parts = partsOf(subject)
        if (parts === null) return null
        const names = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[]
        const score = names.reduce((product, name) => product * Math.max(LEAST, parts[name].score) ** WEIGHTS[name], 1)
        const costs = (name: keyof typeof WEIGHTS) => Math.max(LEAST, parts[name].score) ** WEIGHTS[name]
        const weakest = names.reduce((worst, name) => (costs(name) < costs(worst) ? name : worst))
        const passed = score >= threshold
        const state = `The session looks ${passed ? 'completed' : 'not completed'}`
        return { score, passed, reason: parts[weakest].score < 1 ? `${state}: ${parts[weakest].fault}.` : `${state}.` }
      },
    }
  },
}

/** `null` for what is no session: one question, one answer and no tools. */
function partsOf({ reply, request }: Subject): Record<keyof typeof WEIGHTS, Part> | null {
  const all = request.messages
  const messages = all.length <= MOST_MESSAGES ? all : [all[0]!, ...all.slice(-MOST_MESSAGES)]
  const calls = callsOf(messages)
  const turns = messages.filter(({ role, text }) => role === 'user' && text.trim() !== '').length
  if (turns === 0 || (turns < 2 && calls.length === 0)) return null
  const asked = messages.some(({ role, text }) => role === 'assistant' && asks(text))
  return {
    ending: endingPart(reply, asked),
    tools: toolPart(calls),
    report: reportPart(messages, calls, reply.text),
    mood: moodPart(messages, reply.text),
    loops: loopPart(calls),
  }
}
