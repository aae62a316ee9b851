import type { Random } from './random.ts'

/** Two questions of one kind: `same` says whether the answer to one serves the other. */
export interface Pair {
  kind: string
  asked: string
  cached: string
  same: boolean
}

export type Pools = Readonly<Record<string, { kind: string; values: readonly string[] }>>

const PLACE = /\{(\w+)(?::([^}]*))?\}/g

interface Part {
  /** As in the template: the text between places, or the name of a pool or kind. */
  pool: string | null
  kind: string
  values: readonly string[]
  text: string
}

/** Fills a template; what is chosen can be changed afterwards. */
export function fill(template: string, pools: Pools, random: Random): { parts: Part[]; evenOrder: boolean } {
  const evenOrder = template.endsWith('~')
  const body = evenOrder ? template.slice(0, -1) : template
  const parts: Part[] = []
  let at = 0
  const plain = (text: string) => parts.push({ pool: null, kind: '', values: [], text })
  for (const match of body.matchAll(PLACE)) {
    plain(body.slice(at, match.index))
    at = match.index + match[0].length
    const [, name = '', listed] = match
    const known = pools[name]
    if (listed === undefined && !known) throw new Error(`no pool ${name} in ${template}`)
    const values = listed?.split('|') ?? known!.values
    const taken = parts.filter((part) => part.pool === name).map(({ text }) => text)
    const free = values.filter((value) => !taken.includes(value))
    parts.push({ pool: listed === undefined ? name : null, kind: known?.kind ?? name, values, text: random.pick(free) })
  }
  plain(body.slice(at))
  return { parts, evenOrder }
}

export function textOf(parts: readonly Part[]): string {
  const text = parts.map((part) => part.text).join('')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Every edit of one filled template that asks for something else. */
export function slotEdits(template: string, pools: Pools, random: Random): Pair[] {
  const { parts, evenOrder } = fill(template, pools, random)
  const cached = textOf(parts)
  const pairs: Pair[] = []
  parts.forEach((part, at) => {
    if (part.values.length < 2) return
    const taken = parts.filter(({ pool }) => pool !== null && pool === part.pool).map(({ text }) => text)
    const free = part.values.filter((value) => value !== part.text && !taken.includes(value))
    if (free.length === 0) return
    const edited = parts.with(at, { ...part, text: random.pick(free) })
    pairs.push({ kind: part.kind, asked: textOf(edited), cached, same: false })
    const twin = parts.findIndex((other, index) => index > at && other.pool !== null && other.pool === part.pool)
    if (twin < 0 || evenOrder) return
    const swapped = parts.with(at, parts[twin]!).with(twin, part)
    pairs.push({ kind: 'order', asked: textOf(swapped), cached, same: false })
  })
  return pairs.filter(({ asked }) => asked !== cached)
}
