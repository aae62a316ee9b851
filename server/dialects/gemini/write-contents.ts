import type { Message, Part, ToolResultPart } from '../../core/request.ts'
import { type Lost, opaqueName } from '../lost.ts'
import { isObject, type Json } from '../members.ts'
import { argumentsObject } from '../tool-arguments.ts'
import { flatName } from '../tool-names.ts'
import { writeMedia } from './media.ts'
import { isThirdGeneration } from './models.ts'
import { SKIP_SIGNATURE, writeSignature } from './signatures.ts'

/** What a message's parts are written for. */
export interface WriteContext {
  model: string
  /** The request came in this dialect. */
  own: boolean
  lost: Lost
}

/** Function responses stay apart from what the user says, as Google's own clients send them. */
type Kind = 'user' | 'model' | 'result'

interface Turn {
  kind: Kind
  parts: Json[]
}

/** Messages other than the system's as `contents`: turns of one kind merged, results in the order of their calls. */
export function writeContents(messages: readonly Message[], context: WriteContext): Json[] {
  const turns: Turn[] = []
  const names = new Map<string, string>()
  const add = (kind: Kind, parts: Json[]) => {
    const last = turns.at(-1)
    if (parts.length === 0) return
    if (last?.kind === kind) last.parts.push(...parts)
    else turns.push({ kind, parts })
  }
  /** Media of results, which must not stand between two of them. */
  let waiting: Json[] = []
  const flush = () => {
    add('user', waiting)
    waiting = []
  }
  for (const message of messages) {
    if (message.name !== undefined) context.lost.add('name')
    if (message.role === 'assistant') {
      flush()
      for (const part of message.parts)
        if (part.type === 'tool-call') names.set(part.id, flatName(part.name, part.namespace))
      add('model', writeParts(message.parts, context))
      continue
    }
    const results = message.parts.filter((part) => part.type === 'tool-result')
    const written = results.map((part) => writeResult(part, names.get(part.id), context))
    const others = message.parts.filter((part) => part.type !== 'tool-result')
    add(
      'result',
      written.map(({ part }) => part),
    )
    waiting.push(...written.flatMap(({ media }) => media))
    if (others.length === 0) continue
    flush()
    add('user', writeParts(others, context))
  }
  flush()
  turns.forEach((turn, index) => {
    if (turn.kind === 'model') signFirstCall(turn, context.model)
    if (turn.kind === 'result') sortResults(turn, turns[index - 1])
  })
  return turns.map(({ kind, parts }) => ({ role: kind === 'model' ? 'model' : 'user', parts }))
}

/** Parts of one side of the conversation; what Gemini cannot be given is named in `lost`. */
export function writeParts(parts: readonly Part[], context: WriteContext): Json[] {
  return parts.map((part) => writePart(part, context)).filter((part) => part !== undefined)
}

function writePart(part: Part, context: WriteContext): Json | undefined {
  const { own, model, lost } = context
  switch (part.type) {
    case 'text': {
      if (part.citations?.length) lost.add('citations')
      const signature = writeSignature(part.state)
      return part.text === '' && signature.thoughtSignature === undefined
        ? undefined
        : { text: part.text, ...signature }
    }
    case 'refusal':
      return part.text === '' ? undefined : { text: part.text }
    case 'reasoning': {
      // Thoughts of another model mean nothing to Gemini, which does not read its own without their signature either.
      const signature = writeSignature(part.state)
      return own || signature.thoughtSignature !== undefined
        ? { text: part.text, thought: true, ...signature }
        : undefined
    }
    case 'tool-call': {
      const { id, name, namespace, custom, arguments: text, state } = part
      const call = { ...(id === '' ? {} : { id }), name: flatName(name, namespace) }
      return { functionCall: { ...call, args: argumentsObject(text, custom) }, ...writeSignature(state) }
    }
    case 'media':
      return writeMedia(part, own, model, lost)
    case 'opaque':
      if (part.dialect === 'gemini' && isObject(part.value)) return part.value
      lost.add(opaqueName(part.value))
      return undefined
    default:
      return undefined
  }
}

/** What a function's response may hold besides JSON: https://ai.google.dev/gemini-api/docs/function-calling */
const IN_RESPONSES = /^(image\/|application\/pdf$|text\/plain$)/

/** A function's response, and its media where they have to follow it as parts of the user's. */
function writeResult(result: ToolResultPart, called: string | undefined, context: WriteContext) {
  let text = ''
  const inside: Json[] = []
  const media: Json[] = []
  for (const part of result.parts) {
    if (part.type === 'text' || part.type === 'refusal') text += part.text
    else {
      const written = writePart(part, context)
      if (written === undefined) continue
      const fits =
        context.own ||
        (isThirdGeneration(context.model) &&
          isObject(written.inlineData) &&
          IN_RESPONSES.test(String(written.inlineData.mimeType)))
      if (fits) inside.push(written)
      else media.push(written)
    }
  }
  const response = {
    ...(result.id === '' ? {} : { id: result.id }),
    name: called ?? result.name ?? 'tool',
    response: text === '' && inside.length > 0 ? {} : writeResponse(text, result.isError === true),
    ...(inside.length > 0 ? { parts: inside } : {}),
  }
  return { part: { functionResponse: response }, media }
}

/** A JSON object is the response itself; other text goes where Gemini expects a function's output or failure. */
function writeResponse(text: string, isError: boolean): Json {
  const name = isError ? 'error' : 'output'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { [name]: text }
  }
  if (!isObject(value)) return { [name]: text }
  return isError ? { error: value } : value
}

/** In each step the first call needs a signature; where it has none, the documented value turns the check off. */
function signFirstCall(turn: Turn, model: string): void {
  const index = turn.parts.findIndex((part) => part.functionCall !== undefined)
  const first = turn.parts[index]
  if (first !== undefined && first.thoughtSignature === undefined && isThirdGeneration(model))
    turn.parts[index] = { ...first, thoughtSignature: SKIP_SIGNATURE }
}

function sortResults(turn: Turn, before: Turn | undefined): void {
  const order = (before?.parts ?? []).flatMap(({ functionCall }) => (isObject(functionCall) ? [functionCall.id] : []))
  const rank = ({ functionResponse }: Json) => {
    const index = isObject(functionResponse) ? order.indexOf(functionResponse.id) : -1
    return index < 0 ? order.length : index
  }
  turn.parts.sort((left, right) => rank(left) - rank(right))
}
