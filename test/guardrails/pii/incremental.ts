import assert from 'node:assert/strict'
import type { Guardrail } from '../../../server/core/guardrail.ts'
import { matchesOf } from './support.ts'

/** Holds a guardrail to `Incremental` at every place where a text can be cut, or at every so many. */
export function assertIncremental(guardrail: Guardrail, text: string, step = 1): void {
  const { settled, lookBehind } = guardrail.incremental!
  const whole = matchesOf(guardrail, text)
  let last = 0
  for (let cut = 0; cut <= text.length; cut += step) {
    const start = text.slice(0, cut)
    const bound = settled(start)
    const where = () => `${JSON.stringify(start)} | ${JSON.stringify(text.slice(cut))}, settled to ${bound}`
    assert.ok(bound >= last && bound <= cut, `it goes back from ${last}: ${where()}`)
    last = bound
    const upTo = (matches: typeof whole) => matches.filter(({ end }) => end <= bound)
    assert.deepEqual(upTo(matchesOf(guardrail, start)), upTo(whole), `matches changed: ${where()}`)
    const across = whole.find((match) => match.start < bound && match.end > bound)
    assert.equal(across, undefined, `a match reaches across: ${where()}`)
    const forgotten = Math.max(0, bound - lookBehind)
    const later = matchesOf(guardrail, text.slice(forgotten)).filter((match) => match.start + forgotten >= bound)
    const moved = later.map((match) => ({ ...match, start: match.start + forgotten, end: match.end + forgotten }))
    assert.deepEqual(
      moved,
      whole.filter((match) => match.start >= bound),
      `what was forgotten had a say: ${where()}`,
    )
  }
}
