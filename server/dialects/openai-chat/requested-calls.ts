import type { CollectedPart } from '../collect.ts'
import type { Lost } from '../lost.ts'
import { isObject, type Json, objectOf, objectsOf } from '../members.ts'
import { customText, flatName } from '../tool-names.ts'
import { stateMembers } from './own-state.ts'

/** Tool calls in the words of the client that offered the tools. */
export interface RequestedCalls {
  /** Whether the call of this name is one of a custom tool, although its upstream knows only functions. */
  isCustom(name: string): boolean
  /** A whole call. */
  write(part: Pick<CollectedPart, 'id' | 'name' | 'namespace' | 'custom' | 'text' | 'state'>): Json
  /** The member of a message or delta that has the calls. */
  member(calls: readonly Json[], lost: Lost): Json
  /** The word for a choice's end. */
  finish(word: string): string
}

export function requestedCalls(request: Readonly<Json>): RequestedCalls {
  const custom = new Set(
    objectsOf(request.tools).flatMap((tool) => (tool.type === 'custom' ? [objectOf(tool.custom).name] : [])),
  )
  // Clients from before `tools` look for one call in a member of its own.
  const legacy = objectsOf(request.functions).length > 0 && objectsOf(request.tools).length === 0
  return {
    isCustom: (name) => custom.has(name),
    write(part) {
      const { extra_content } = stateMembers(part.state)
      const name = flatName(part.name ?? '', part.namespace)
      const more = extra_content === undefined ? {} : { extra_content }
      if (!part.custom && !custom.has(name))
        return { id: part.id, type: 'function', function: { name, arguments: part.text }, ...more }
      const input = part.custom ? part.text : customText(part.text)
      return { id: part.id, type: 'custom', custom: { name, input }, ...more }
    },
    member(calls, lost) {
      if (!legacy) return { tool_calls: calls }
      if (calls.length > 1) lost.add('tool_calls')
      const call = calls[0]!
      return { function_call: isObject(call.function) ? call.function : {} }
    },
    finish: (word) => (legacy && word === 'tool_calls' ? 'function_call' : word),
  }
}
