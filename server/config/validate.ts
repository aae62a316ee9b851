import type { TSchema } from 'typebox'
import type { TLocalizedValidationError } from 'typebox/error'
import { Value } from 'typebox/value'
import type { Path, ProblemList } from './problems.ts'
import { suggest } from './suggest.ts'

type SchemaNode = Record<string, unknown>

/** Checks a parsed document against a schema and adds a readable problem for each departure. */
export function validateShape(schema: TSchema, document: unknown, problems: ProblemList): void {
  const seen = new Set<string>()
  for (const error of Value.Errors(schema, document)) {
    if (error.keyword === 'boolean') continue
    const path = readPointer(error.instancePath, document)
    const place = path.join('/')
    // Of a union only the outcome is reported, not what each branch missed.
    if (error.keyword !== 'anyOf' && isInsideUnion(error.schemaPath)) continue
    if (seen.has(place) && error.keyword !== 'additionalProperties' && error.keyword !== 'required') continue
    seen.add(place)
    report(schema as SchemaNode, error, path, document, problems)
  }
}

/** Checks one value of a document, which stands at `path`, against a JSON Schema of its own. */
export function validateValue(schema: TSchema, value: unknown, path: Path, problems: ProblemList): void {
  const [error] = Value.Errors(schema, value)
  if (error === undefined) return
  const within = readPointer(error.instancePath, value)
  const node = schemaAt(schema as SchemaNode, error.schemaPath)
  problems.add([...path, ...within], `${shown(node, valueAt(value, within))} ${expectation(node, error)}`)
}

function report(
  root: SchemaNode,
  error: TLocalizedValidationError,
  path: Path,
  document: unknown,
  problems: ProblemList,
): void {
  const node = schemaAt(root, error.schemaPath)
  const params = error.params as Record<string, unknown>
  switch (error.keyword) {
    case 'additionalProperties':
      for (const key of params.additionalProperties as string[]) {
        const known = Object.keys((node.properties ?? {}) as object)
        const pattern = Object.keys((node.patternProperties ?? {}) as object)[0]
        const message = pattern ? `the name "${key}" has characters that are not allowed here` : `unknown key "${key}"`
        problems.add([...path, key], message, { at: 'key', suggestion: suggest(key, known) ?? listKnown(known) })
      }
      return
    case 'required':
      for (const key of params.requiredProperties as string[]) problems.add(path, `"${key}" is missing`, { at: 'key' })
      return
    default:
      problems.add(path, `${shown(node, valueAt(document, path))} ${expectation(node, error)}`, {
        suggestion: suggestValue(node, valueAt(document, path)),
      })
  }
}

function expectation(node: SchemaNode, error: TLocalizedValidationError): string {
  if (typeof node.expects === 'string') return `is not ${node.expects}`
  if (Array.isArray(node.enum)) return `is not one of ${node.enum.join(', ')}`
  if (error.keyword === 'type') return `is not of type ${String(node.type)}`
  return error.message
}

function suggestValue(node: SchemaNode, value: unknown): string | null {
  return Array.isArray(node.enum) && typeof value === 'string' ? suggest(value, node.enum as string[]) : null
}

function listKnown(known: readonly string[]): string | null {
  return known.length === 0 ? null : `known here: ${known.join(', ')}`
}

/** Where a reference belongs, what stands there may be the secret itself: it is never repeated. */
function shown(node: SchemaNode, value: unknown): string {
  const isSecret = typeof node.expects === 'string' && node.expects.startsWith('a reference')
  return isSecret ? 'what stands here' : describe(value)
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function isInsideUnion(schemaPath: string): boolean {
  return /\/anyOf\/\d+/.test(schemaPath)
}

function readPointer(pointer: string, document: unknown): (string | number)[] {
  let value = document
  return pointer
    .split('/')
    .slice(1)
    .map((step) => {
      const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
      const key = Array.isArray(value) ? Number(name) : name
      value = (value as Record<string, unknown> | undefined)?.[key]
      return key
    })
}

function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], document)
}

/** Follows a schema path such as `#/properties/routes/patternProperties/^x$`, whose steps may hold slashes. */
function schemaAt(root: SchemaNode, schemaPath: string): SchemaNode {
  let node: unknown = root
  let rest = schemaPath.replace(/^#\/?/, '')
  while (rest !== '' && typeof node === 'object' && node !== null) {
    const key = Object.keys(node).find((name) => rest === name || rest.startsWith(`${name}/`))
    if (key === undefined) break
    node = (node as SchemaNode)[key]
    rest = rest.slice(key.length + 1)
  }
  return (node ?? {}) as SchemaNode
}
