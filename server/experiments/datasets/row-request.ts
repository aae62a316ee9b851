import type { ChatRequest } from '../../core/request.ts'
import { readCanonical } from './canonical-request.ts'
import { promptOf } from './item.ts'
import { isObject, type Row, textIn, valueIn } from './row-members.ts'
import { RowProblem } from './row-problem.ts'
import { readWire, writeWire } from './wire-request.ts'

/** Members of OpenAI's request that stand in a row by themselves; others are under `parameters`. */
export const SETTINGS = `tools tool_choice parallel_tool_calls response_format temperature top_p max_tokens
  max_completion_tokens stop seed n frequency_penalty presence_penalty reasoning_effort`.split(/\s+/)

/** As cohorts call what is not there. */
const NO_PROMPT = '-'

/** The request of a row, and the facts that follow from how it is given. Throws a RowProblem or `invalid_request`. */
export function readRowRequest(
  row: Row,
  question: string | null,
): { request: ChatRequest; facts: Readonly<Record<string, string>> } {
  const whole = valueIn(row, 'request')
  if (whole !== null) return { request: readCanonical(whole), facts: {} }
  const parameters = valueIn(row, 'parameters') ?? {}
  if (!isObject(parameters)) throw new RowProblem('`parameters` must be an object')
  const settings = SETTINGS.map((name): [string, unknown] => [name, settingIn(row, name)])
  const more = { ...parameters, ...Object.fromEntries(settings.filter(([, value]) => value !== null)) }
  const messages = valueIn(row, 'messages')
  if (messages !== null) return { request: readWire({ ...more, messages }), facts: {} }
  if (question === null) throw new RowProblem('it has no `messages` and no `question`')
  const asked = valueIn(row, question)
  if (Array.isArray(asked)) return { request: readWire({ ...more, messages: asked }), facts: {} }
  return {
    request: readWire({ ...more, messages: messagesOf(row, textIn(row, question)!) }),
    // The context is another one in each row: it belongs to no version of the prompt.
    facts: valueIn(row, 'context') === null ? {} : { prompt: promptOf(textIn(row, 'system') ?? '') ?? NO_PROMPT },
  }
}

/** What `readRowRequest` makes the same request of. */
export function writeRowRequest(request: ChatRequest): Row {
  const wire = writeWire(request)
  if (wire === null) return { request }
  const { messages, ...more } = wire
  const others = Object.entries(more).filter(([name]) => !SETTINGS.includes(name))
  return {
    messages,
    ...Object.fromEntries(Object.entries(more).filter(([name]) => SETTINGS.includes(name))),
    ...(others.length === 0 ? {} : { parameters: Object.fromEntries(others) }),
  }
}

/** Cells of CSV are texts: a number or a truth value is meant as one. */
function settingIn(row: Row, name: string): unknown {
  const value = valueIn(row, name)
  if (typeof value !== 'string') return value
  if (value === 'true' || value === 'false') return value === 'true'
  const number = Number(value)
  return Number.isFinite(number) && name !== 'stop' ? number : value
}

function messagesOf(row: Row, question: string): object[] {
  const system = ['system', 'context']
    .flatMap((name) => (valueIn(row, name) === null ? [] : [textIn(row, name)]))
    .join('\n\n')
  return [...(system === '' ? [] : [{ role: 'system', content: system }]), { role: 'user', content: question }]
}
