import type { FunctionTool, MediaPart } from '../../core/request.ts'
import { defined } from '../loose-json.ts'
import type { Json } from '../members.ts'

/**
 * Anthropic's own members of tools and media have no place in the canonical model. Those of tools are kept in the
 * request's `extra` by their path (`tools.search.defer_loading`), those of media beside the part, with their names in
 * `extra`: so another dialect names them as lost, and Anthropic's gets them back. No top-level member has a dot.
 */
export type OwnMedia = MediaPart & { own?: Json }

const TOOL = new Set(['type', 'name', 'description', 'input_schema', 'strict', 'cache_control'])
const MEDIA = new Set(['type', 'source', 'title', 'cache_control'])

/** The own members of the tool of this name by their path. */
export function toolMembers(tool: Json, toolName: string): Json {
  const own = Object.entries(tool).filter(([name, value]) => !TOOL.has(name) && value !== null)
  return Object.fromEntries(own.map(([name, value]) => [`tools.${toolName}.${name}`, value]))
}

/** What `toolMembers` kept of one tool. */
export function membersOfTool({ name }: FunctionTool, extra: Readonly<Json>): Json {
  const prefix = `tools.${name}.`
  const own = Object.entries(extra).filter(([path]) => path.startsWith(prefix))
  return Object.fromEntries(own.map(([path, value]) => [path.slice(prefix.length), value]))
}

/** A media block's own members, and the names under which other dialects lose them. */
export function mediaMembers(block: Json): { own?: Json; names: Json } {
  const own = Object.entries(block).filter(([name, value]) => !MEDIA.has(name) && value !== null)
  if (own.length === 0) return { names: {} }
  return {
    own: Object.fromEntries(own),
    names: Object.fromEntries(own.map(([name]) => [`${block.type}.${name}`, true])),
  }
}

/** The members of `extra` that stand at the top of a request. */
export function topMembers(extra: Readonly<Json>): Json {
  return defined(Object.fromEntries(Object.entries(extra).filter(([name]) => !name.includes('.'))))
}
