import type { Candidate } from '../finder/candidate.ts'
import { plausible } from './plausible.ts'
import { isPublished } from './published.ts'
import { TOKEN_FORMS, type TokenForm } from './tokens.ts'

/** By prefix; `sk-ant-` is also an `sk-`. */
const FORMS: ReadonlyMap<string, readonly TokenForm[]> = new Map(
  TOKEN_FORMS.flatMap(({ prefixes }) => prefixes).map((longest) => [
    longest,
    TOKEN_FORMS.filter(({ prefixes }) => prefixes.some((prefix) => longest.startsWith(prefix))),
  ]),
)

const escaped = [...FORMS.keys()]
  .toSorted((a, b) => b.length - a.length)
  .map((prefix) => prefix.replace(/[.\\/=]/g, '\\$&'))
const PREFIX = new RegExp(`(?<![A-Za-z0-9_-])(?:${escaped.join('|')})`, 'g')

/** Keys whose prefix says whose they are. */
export function findPrefixed(text: string, found: Candidate[]): void {
  PREFIX.lastIndex = 0
  for (let match = PREFIX.exec(text); match !== null; match = PREFIX.exec(text)) {
    const start = match.index
    for (const { category, form } of FORMS.get(match[0])!) {
      form.lastIndex = start
      const value = form.exec(text)?.[0]
      if (value === undefined || !plausible(value) || isPublished(value)) continue
      found.push({ start, end: start + value.length, category, score: 0.98 })
    }
    PREFIX.lastIndex = start + 1
  }
}
