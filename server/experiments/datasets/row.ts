import { type DatasetItem, SPLITS, type Split } from '../../core/dataset.ts'
import { GatewayError } from '../../core/errors.ts'
import type { Reference, ReplyView, ToolCallView } from '../../core/evaluation.ts'
import { type ItemDraft, referenceOf } from './item.ts'
import { factsOf } from './row-facts.ts'
import { isObject, type Row, textIn, valueIn } from './row-members.ts'
import { RowProblem } from './row-problem.ts'
import { readRowRequest, SETTINGS, writeRowRequest } from './row-request.ts'

/** Names for one thing; a row has one of them at most. */
const REFERENCE = ['reference', 'expected', 'answer'] as const
const QUESTION = ['question', 'input', 'prompt'] as const
/** What is no fact of a row. */
const TAKEN: ReadonlySet<string> = new Set([
  ...['request', 'messages', 'system', 'context', 'parameters', ...QUESTION, ...SETTINGS],
  ...[...REFERENCE, 'expected_tool_calls', 'recorded', 'split', 'request_id'],
])
const FINISH_REASONS: readonly unknown[] = ['stop', 'length', 'tool-calls', 'content-filter', 'other']
const REQUEST_ID = /^req_[0-9a-f]{28}$/

/**
 * A row of a file: an OpenAI chat request, or a question, with what it may have beside it. Cells of CSV are texts, with
 * JSON where a row of JSONL has a list or an object. Throws a RowProblem.
 */
export function readRow(row: Row): ItemDraft {
  const question = oneOf(row, QUESTION)
  const { request, facts } = readRowRequest(row, question)
  return {
    request,
    reference: readReference(row),
    reply: readRecorded(valueIn(row, 'recorded')),
    facts: { ...facts, ...factsOf(row, TAKEN) },
    split: readSplit(textIn(row, 'split')),
    requestId: readRequestId(textIn(row, 'request_id')),
  }
}

/** What `readRow` makes the same item of. */
export function writeRow({ request, reference, reply, split, facts, requestId }: DatasetItem): Row {
  return {
    ...writeRowRequest(request),
    ...(reference ? writeReference(reference) : {}),
    ...(reply ? { recorded: writeRecorded(reply) } : {}),
    split,
    facts,
    ...(requestId === null ? {} : { request_id: requestId }),
  }
}

/** Name and value of the one that is there. */
function oneOf(row: Row, names: readonly string[]): string | null {
  const there = names.filter((name) => valueIn(row, name) !== null)
  if (there.length > 1)
    throw new RowProblem(`\`${there[0]}\` and \`${there[1]}\` mean the same here; rename or take out one of them`)
  return there[0] ?? null
}

function readReference(row: Row): Reference | null {
  const name = oneOf(row, REFERENCE)
  const calls = valueIn(row, 'expected_tool_calls')
  return referenceOf({
    text: name === null ? null : textIn(row, name),
    context: textIn(row, 'context'),
    toolCalls: calls === null ? null : readCalls(calls, 'expected_tool_calls'),
  })
}

function writeReference({ text, context, toolCalls }: Reference): Row {
  return {
    ...(text === undefined ? {} : { reference: text }),
    ...(context === undefined ? {} : { context }),
    ...(toolCalls === undefined ? {} : { expected_tool_calls: toolCalls }),
  }
}

/** Each as `{name, arguments}`, or as OpenAI has it in messages; arguments as JSON text or as an object. */
function readCalls(value: unknown, member: string): ToolCallView[] {
  if (!Array.isArray(value))
    throw new RowProblem(`\`${member}\` must be a list such as [{"name":"find","arguments":{}}]`)
  return value.map((call: unknown) => {
    const { name, arguments: given = {} } = isObject(call) ? (isObject(call.function) ? call.function : call) : {}
    if (typeof name !== 'string' || name === '') throw new RowProblem(`\`${member}\`: a call has no name`)
    return { name, arguments: typeof given === 'string' ? given : JSON.stringify(given) }
  })
}

/** A text, or what `writeRecorded` writes. */
function readRecorded(value: unknown): ReplyView | null {
  if (value === null) return null
  if (typeof value === 'string') return { text: value, refusal: '', toolCalls: [], finishReason: null }
  if (!isObject(value)) throw new RowProblem('`recorded` must be a text, or an object with `text`')
  const { text = '', refusal = '', tool_calls: calls = [], finish_reason: reason = null } = value
  if (typeof text !== 'string' || typeof refusal !== 'string')
    throw new RowProblem('`recorded.text` and `recorded.refusal` must be texts')
  if (reason !== null && !FINISH_REASONS.includes(reason))
    throw new RowProblem(`\`recorded.finish_reason\` must be one of ${FINISH_REASONS.join(', ')}`)
  const toolCalls = readCalls(calls, 'recorded.tool_calls')
  return { text, refusal, toolCalls, finishReason: reason as ReplyView['finishReason'] }
}

function writeRecorded({ text, refusal, toolCalls, finishReason }: ReplyView): Row {
  return {
    text,
    ...(refusal === '' ? {} : { refusal }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
    ...(finishReason === null ? {} : { finish_reason: finishReason }),
  }
}

function readSplit(text: string | null): Split | null {
  const split = SPLITS.find((known) => known === text)
  if (text !== null && split === undefined) throw new RowProblem(`\`split\` must be train or test, not "${text}"`)
  return split ?? null
}

function readRequestId(text: string | null): string | null {
  if (text !== null && !REQUEST_ID.test(text))
    throw new RowProblem('`request_id` must be one of this gateway’s; rename the column to keep other ids')
  return text
}

/** The words of what was thrown over a row. Throws what is no fault of the row. */
export function problemOf(error: unknown): string {
  if (error instanceof RowProblem) return error.message
  if (error instanceof GatewayError && error.code === 'invalid_request') return error.message.replace(/\.$/, '')
  throw error
}
