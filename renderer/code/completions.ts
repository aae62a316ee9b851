import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  startCompletion,
} from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import { configSchemaQuery, queryClient } from '../queries.ts'
import { type SchemaNode, schemaAt, valuesOf } from './config-schema.ts'

/** The keys and values that the config may have where the cursor stands, from the gateway's own schema. */
export async function schemaCompletions(context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\w$.-]*/)
  if (word === null || (word.from === word.to && !context.explicit)) return null
  const schema = await queryClient.ensureQueryData(configSchemaQuery).catch(() => null)
  if (schema === null || inComment(context)) return null
  const line = context.state.doc.lineAt(context.pos)
  const before = line.text.slice(0, word.from - line.from)
  const key = /(?:^|[\s{,-])([\w.:-]+):\s+$/.exec(before)?.[1]
  const path = pathAt(context, word.from)
  const node = schemaAt(schema as SchemaNode, key === undefined ? path : [...path, key])
  if (node === null) return null
  const options = key === undefined ? keysOf(node) : valuesOf(node).map((label) => ({ label }))
  return options.length === 0 ? null : { from: word.from, options, validFor: /^[\w$.-]*$/ }
}

function keysOf({ properties = {} }: SchemaNode): Completion[] {
  return Object.entries(properties).map(([label, { description, default: fallback }]) => ({
    label,
    apply: (view, _, from, to) => {
      view.dispatch({ changes: { from, to, insert: `${label}: ` }, selection: { anchor: from + label.length + 2 } })
      startCompletion(view)
    },
    ...(fallback === undefined ? {} : { detail: String(fallback) }),
    ...(description === undefined ? {} : { info: description }),
  }))
}

function inComment({ state, pos }: CompletionContext): boolean {
  return syntaxTree(state).resolveInner(pos, -1).name === 'Comment'
}

/** The keys that lead to a place: by indentation, and within its line by the braces that are open there. */
function pathAt({ state }: CompletionContext, offset: number): string[] {
  const line = state.doc.lineAt(offset)
  const path = openKeys(line.text.slice(0, offset - line.from))
  let indent = indentOf(line.text.slice(0, offset - line.from))
  for (let number = line.number - 1; number > 0 && indent > 0; number -= 1) {
    const { text } = state.doc.line(number)
    const above = indentOf(text)
    const key = /^[\s-]*([^\s#:][^#:]*):(\s|$)/.exec(text)?.[1]
    if (text.trim() === '' || text.trim().startsWith('#') || above >= indent) continue
    if (key !== undefined) path.unshift(key.trim())
    indent = text.search(/\S/)
  }
  return path
}

/** Where the content of a line begins; behind the dash of a list's item. */
function indentOf(text: string): number {
  const [lead] = /^[\s-]*/.exec(text)!
  return lead.length
}

/** `['if', 'metadata.tier']` for `- { if: { metadata.tier: { `. */
function openKeys(text: string): string[] {
  const open: string[] = []
  for (const [, key, close] of text.matchAll(/(?:([\w.:-]+):\s*)?[[{]|([\]}])/g))
    if (close === undefined) open.push(key ?? '')
    else open.pop()
  return open.filter((key) => key !== '')
}
