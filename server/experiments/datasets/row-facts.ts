import { isObject, type Row, textIn, valueIn } from './row-members.ts'
import { RowProblem } from './row-problem.ts'

/** Characters of a fact: longer values make no groups. */
const LONGEST = 256
const LONGEST_NAME = 64
const MOST = 64

/** Columns that are facts under their own name. */
const PLAIN: ReadonlySet<string> = new Set(['tenant', 'team', 'model', 'route'])

/** What cohorts can be made of: `facts` as they are, and other columns as `metadata.NAME`. Throws a RowProblem. */
export function factsOf(row: Row, taken: ReadonlySet<string>): Record<string, string> {
  const others = Object.keys(row).filter((name) => !taken.has(name) && name !== 'facts' && name !== 'metadata')
  const facts = new Map<string, string>([
    ...membersOf(row, 'metadata').map(([name, value]): [string, string] => [`metadata.${name}`, value]),
    ...textsOf(row, others).map(([name, value]): [string, string] => [
      PLAIN.has(name) ? name : `metadata.${name}`,
      value,
    ]),
    ...membersOf(row, 'facts'),
  ])
  if (facts.size > MOST) throw new RowProblem(`it has ${facts.size} other columns; ${MOST} can be kept: take some out`)
  return Object.fromEntries(facts)
}

function membersOf(row: Row, name: string): [string, string][] {
  const value = valueIn(row, name)
  if (value === null) return []
  if (!isObject(value)) throw new RowProblem(`\`${name}\` must be an object of short texts`)
  return textsOf(value, Object.keys(value))
}

function textsOf(row: Row, names: readonly string[]): [string, string][] {
  return names.flatMap((name): [string, string][] => {
    if (name.length > LONGEST_NAME) throw new RowProblem(`the name of \`${name.slice(0, 20)}…\` is too long`)
    const value = Object.hasOwn(row, name) ? row[name] : null
    if (typeof value === 'object' && value !== null)
      throw new RowProblem(`\`${name}\` is a list or an object; take it out, or put short texts under \`metadata\``)
    const text = textIn(row, name)
    return text === null ? [] : [[name, text.slice(0, LONGEST)]]
  })
}
