import type { Message, Part, ToolCallPart, ToolResultPart } from '../../core/request.ts'
import { asObject, asObjects, asText, isObject, type Json, refuse } from '../members.ts'
import { OpenCalls } from '../open-calls.ts'
import { readMedia } from './media.ts'
import { camelMembers } from './names.ts'
import { readSignature } from './signatures.ts'

const ROLES: Readonly<Record<string, 'user' | 'assistant' | 'system'>> = {
  user: 'user',
  function: 'user',
  tool: 'user',
  model: 'assistant',
  system: 'system',
}

/** `contents` as messages; function responses become messages of their own. Throws `invalid_request`. */
export function readContents(value: unknown): Message[] {
  const calls = new OpenCalls()
  return asObjects(value, 'contents').flatMap((item, index) => {
    const param = `contents.${index}`
    const content = camelMembers(item)
    const name = asText(content.role, `${param}.role`) ?? 'user'
    const role = Object.hasOwn(ROLES, name) ? ROLES[name]! : undefined
    if (role === undefined) throw refuse(`${param}.role`, '`user` or `model`', name)
    return messagesOf(role, readParts(content.parts, `${param}.parts`, role, calls))
  })
}

/** `systemInstruction`: a content, or its text alone. */
export function readSystem(value: unknown): Message[] {
  if (value === undefined) return []
  if (typeof value === 'string') return [{ role: 'system', parts: [{ type: 'text', text: value }] }]
  const param = 'systemInstruction'
  const { parts } = camelMembers(asObject(value, param) ?? {})
  const read = readParts(isObject(parts) ? [parts] : parts, `${param}.parts`, 'system', new OpenCalls())
  return read.length === 0 ? [] : [{ role: 'system', parts: read }]
}

/** One message, or more where results of tools stand among other parts. */
function messagesOf(role: 'user' | 'assistant' | 'system', parts: readonly Part[]): Message[] {
  const messages: Message[] = []
  for (const part of parts) {
    const kind = part.type === 'tool-result' ? 'tool' : role
    const last = messages.at(-1)
    if (last?.role === kind) last.parts.push(part)
    else messages.push({ role: kind, parts: [part] })
  }
  return messages
}

function readParts(value: unknown, param: string, role: string, calls: OpenCalls): Part[] {
  return asObjects(value, param).map((item, index) => readPart(camelMembers(item), `${param}.${index}`, role, calls))
}

function readPart(part: Json, param: string, role: string, calls: OpenCalls): Part {
  const { text, thought, thoughtSignature, functionCall, functionResponse } = part
  const state = readSignature(thoughtSignature)
  if (functionCall !== undefined) {
    if (role !== 'assistant') throw refuse(`${param}.functionCall`, 'in a content with the role `model`', functionCall)
    return { ...readCall(functionCall, `${param}.functionCall`, calls), ...state }
  }
  if (functionResponse !== undefined) return readResult(functionResponse, `${param}.functionResponse`, calls)
  if (part.inlineData !== undefined || part.fileData !== undefined) {
    const media = readMedia(part, param)
    if (media !== null) return media
  } else if (text !== undefined || Object.keys(part).every((name) => name.startsWith('thought'))) {
    const content = asText(text, `${param}.text`) ?? ''
    return thought === true ? { type: 'reasoning', text: content, ...state } : { type: 'text', text: content, ...state }
  }
  return { type: 'opaque', dialect: 'gemini', value: part }
}

function readCall(value: unknown, param: string, calls: OpenCalls): ToolCallPart {
  const { id, name: given, args } = camelMembers(asObject(value, param) ?? {})
  const name = asText(given, `${param}.name`)
  if (!name) throw refuse(`${param}.name`, 'the name of a function', given)
  return {
    type: 'tool-call',
    id: calls.open(asText(id, `${param}.id`), name),
    name,
    arguments: JSON.stringify(asObject(args, `${param}.args`) ?? {}),
  }
}

function readResult(value: unknown, param: string, calls: OpenCalls): ToolResultPart {
  const { id, name: given, response, parts } = camelMembers(asObject(value, param) ?? {})
  const name = asText(given, `${param}.name`) ?? ''
  const media = asObjects(parts, `${param}.parts`).map((item, index): Part => {
    const part = camelMembers(item)
    const known = part.inlineData !== undefined || part.fileData !== undefined
    return (
      (known ? readMedia(part, `${param}.parts.${index}`) : null) ?? { type: 'opaque', dialect: 'gemini', value: part }
    )
  })
  const { text, isError } = readResponse(asObject(response, `${param}.response`))
  return {
    type: 'tool-result',
    id: calls.close(asText(id, `${param}.id`), name),
    ...(name === '' ? {} : { name }),
    parts: [...(['', '{}'].includes(text) && media.length > 0 ? [] : [{ type: 'text' as const, text }]), ...media],
    ...(isError ? { isError } : {}),
  }
}

/**
 * A function's response: `output` and `error` hold its result and its failure, anything else is the result as a whole
 * (https://ai.google.dev/api/caching#FunctionResponse). `result` is what Google's own examples write.
 */
function readResponse(response: Json | undefined): { text: string; isError: boolean } {
  if (response === undefined) return { text: '', isError: false }
  const names = Object.keys(response)
  const only = names.length === 1 ? names[0]! : ''
  if (!['output', 'result', 'error'].includes(only)) return { text: JSON.stringify(response), isError: false }
  const value = response[only]
  return { text: typeof value === 'string' ? value : JSON.stringify(value), isError: only === 'error' }
}
