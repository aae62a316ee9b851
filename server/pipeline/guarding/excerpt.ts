import type { GuardContext, GuardMatch, Guardrail } from '../../core/guardrail.ts'
import { inOrder } from './placeholders.ts'

/** A piece of a text around a match, with nothing secret or personal in it. */
export interface Excerpt {
  excerpt: string
  highlight: [start: number, end: number] | null
}

export type ExcerptOf = (text: string, match: GuardMatch | null) => Excerpt

/** Characters on each side of a match, and most of the match itself. */
const AROUND = 80
const LONGEST_MATCH = 160
/** Looked at on each side beyond that, so that nothing is cut in two before it is found. */
const MARGIN = 200

/**
 * Takes out of an excerpt what finders find, which are made when they are first needed: personal data, secrets. What the
 * guardrail itself found stays, unless it is one of these as well, or a category in capitals, which names a thing to be
 * kept out.
 */
export function excerpter(open: () => readonly Guardrail[], context: GuardContext): ExcerptOf {
  let finders: readonly Guardrail[] | null = null
  return (text, match) => {
    finders ??= open()
    const centre = match ?? { start: 0, end: Math.min(text.length, LONGEST_MATCH) }
    const shownEnd = Math.min(centre.end, centre.start + LONGEST_MATCH)
    const from = Math.max(0, centre.start - AROUND - MARGIN)
    const to = Math.min(text.length, shownEnd + AROUND + MARGIN)
    const piece = text.slice(from, to)
    const shift = ({ start, end, category, score }: GuardMatch): GuardMatch => ({
      start: Math.max(0, start - from),
      end: Math.min(piece.length, end - from),
      category,
      score,
    })
    const found = finders.flatMap((finder) => matchesOf(finder, piece, context))
    const own = match && isNamed(match) ? [shift(match)] : []
    const hidden = inOrder([...own, ...found])
    const window: Window = { start: Math.max(0, centre.start - from - AROUND), end: shownEnd - from + AROUND }
    return cut(piece, hidden, window, match && { start: centre.start - from, end: shownEnd - from })
  }
}

interface Window {
  start: number
  end: number
}

function isNamed({ category }: GuardMatch): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(category)
}

function matchesOf(finder: Guardrail, text: string, context: GuardContext): readonly GuardMatch[] {
  return (finder.inspect({ text, origin: 'user', place: '' }, context) as { matches: readonly GuardMatch[] }).matches
}

/** The window of a text with what is hidden in it as `[EMAIL]`, and where `marked` then stands. */
function cut(text: string, hidden: readonly GuardMatch[], window: Window, marked: Window | null): Excerpt {
  let out = ''
  let at = window.start
  const places = new Map<number, number>()
  const note = (position: number, place: number) => void places.set(position, place)
  const copy = (end: number) => {
    const stop = Math.min(end, window.end, text.length)
    if (marked && marked.start >= at && marked.start <= stop) note(marked.start, out.length + marked.start - at)
    if (marked && marked.end >= at && marked.end <= stop) note(marked.end, out.length + marked.end - at)
    if (stop > at) out += text.slice(at, stop)
    at = Math.max(at, stop)
  }
  for (const { start, end, category } of hidden) {
    if (end <= window.start || start >= window.end) continue
    copy(start)
    const before = out.length
    out += `[${category}]`
    if (marked && marked.start >= start && marked.start < end) note(marked.start, before)
    if (marked && marked.end > start && marked.end <= end) note(marked.end, out.length)
    at = Math.max(at, end)
  }
  copy(window.end)
  const [start, end] = marked ? [places.get(marked.start), places.get(marked.end)] : []
  const isPlaced = start !== undefined && end !== undefined && end > start
  return { excerpt: out, highlight: isPlaced ? [start, end] : null }
}
