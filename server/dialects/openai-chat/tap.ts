import type { StreamTap, TapOptions, TapState } from '../../core/dialect.ts'
import { GatewayError } from '../../core/errors.ts'
import { emptyTapState } from '../../core/event-state.ts'
import { FrameBuffer, splitFrames } from '../sse.ts'
import { errorInside, writeError } from './errors.ts'
import { readFinishReason } from './finish-reason.ts'
import { readUsage } from './usage.ts'

/**
 * Marks of the few frames worth parsing once content flows: those that end a choice, carry usage or an error, or
 * end the stream. Inside content these quotes would be escaped, so that content never matches.
 */
const MARKS = /"finish_reason": ?"|"usage": ?\{|"error": ?[{"]|\[DONE\]/

const NEXT_FRAME = Buffer.from('\ndata:')

interface Chunk {
  id?: unknown
  model?: unknown
  error?: unknown
  usage?: unknown
  x_groq?: { usage?: unknown }
  choices?: { delta?: Record<string, unknown> | null; text?: unknown; finish_reason?: unknown }[]
}

/** Members of a delta that a client shows. */
const SHOWN = ['content', 'reasoning_content', 'reasoning', 'refusal', 'tool_calls', 'function_call', 'audio'] as const

/** Follows OpenAI's chunks, of chat and of legacy completions; parses every frame up to the first content and only marked ones after that. */
export function tap(options: TapOptions): StreamTap {
  const frames = new FrameBuffer()
  const state = emptyTapState()
  const pass = (bytes: Buffer): Buffer | null => {
    if (!state.content || MARKS.test(bytes.toString('latin1'))) return inspect(bytes, state, options)
    state.seenTokens += countFrames(bytes)
    return bytes
  }
  return {
    state,
    push(chunk) {
      const whole = frames.push(chunk)
      return whole === null ? null : pass(whole)
    },
    end() {
      const rest = frames.takeRest()
      if (rest !== null && isWhole(rest)) return pass(Buffer.concat([rest, Buffer.from('\n\n')]))
      // A server that closes in good order after the last finish reason but without [DONE] is done as well.
      if (state.finishReason !== null && rest === null) state.complete = true
      return null
    },
    errorFrame: (error: GatewayError) => `data: ${JSON.stringify(writeError(error))}\n\n`,
  }
}

/** What a tap would have seen of a whole reply. */
export function tapReply(json: unknown): TapState {
  const state = emptyTapState()
  const reply = json as Chunk | null
  if (!reply?.error && !Array.isArray(reply?.choices))
    throw new GatewayError(
      'upstream_invalid_reply',
      'The provider sent JSON that is no chat reply: it has no `choices`.',
    )
  readChunk(reply, state)
  state.complete = state.error === null
  return state
}

/** Of whole frames; most servers send one for each token. */
function countFrames(bytes: Buffer): number {
  let count = 1
  for (let at = bytes.indexOf(NEXT_FRAME); at >= 0; at = bytes.indexOf(NEXT_FRAME, at + 1)) count += 1
  return count
}

/** Reads every frame and returns the bytes without those that are to be stripped. */
function inspect(bytes: Buffer, state: TapState, options: TapOptions): Buffer | null {
  const kept: Buffer[] = []
  let position = 0
  for (const frame of splitFrames(bytes)) {
    if (frame.data === null) continue
    if (frame.data === '[DONE]') {
      state.complete = true
      continue
    }
    const chunk = parse(frame.data)
    if (chunk === null) continue
    readChunk(chunk, state)
    if (state.content) state.seenTokens += 1
    if (options.stripUsage && chunk.usage && chunk.choices?.length === 0) {
      if (frame.start > position) kept.push(bytes.subarray(position, frame.start))
      position = frame.end
    }
  }
  if (position === 0) return bytes
  if (position < bytes.length) kept.push(bytes.subarray(position))
  return kept.length === 0 ? null : Buffer.concat(kept)
}

function readChunk(chunk: Chunk, state: TapState): void {
  if (typeof chunk.id === 'string' && chunk.id !== '') state.id ??= chunk.id
  if (typeof chunk.model === 'string' && chunk.model !== '') state.model ??= chunk.model
  state.usage = readUsage(chunk.usage) ?? readUsage(chunk.x_groq?.usage) ?? state.usage
  if (chunk.error !== undefined && chunk.error !== null) {
    // What an error frame says besides is no content.
    state.error ??= errorInside(chunk)
    return
  }
  for (const choice of Array.isArray(chunk.choices) ? chunk.choices : []) {
    if (typeof choice?.finish_reason === 'string') {
      state.finishReason = readFinishReason(choice.finish_reason)
      state.content = true
    }
    // Legacy completions have the text itself where chat has a delta.
    if (isShown(choice?.text)) state.content = true
    const delta = choice?.delta
    if (delta && SHOWN.some((name) => isShown(delta[name]))) state.content = true
  }
}

function isShown(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return value !== undefined && value !== null && value !== ''
}

function parse(data: string): Chunk | null {
  try {
    const json: unknown = JSON.parse(data)
    return typeof json === 'object' && json !== null ? (json as Chunk) : null
  } catch {
    return null
  }
}

/** A last frame whose blank line is missing. */
function isWhole(rest: Buffer): boolean {
  const data = rest
    .toString('utf8')
    .trimEnd()
    .replace(/^data: ?/, '')
  return data === '[DONE]' || parse(data) !== null
}
