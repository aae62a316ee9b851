import type { Flow, Waiter } from './flow.ts'

/** A waiter at its place in the fair order: by the virtual time at which it would begin, then by arrival. */
interface Place {
  waiter: Waiter
  tag: number
}

/**
 * The first waiter in the fair order that wants `model`, if it may go now: everyone before it must have been overtaken
 * fewer than `most` times, and is counted as overtaken once more. `null` where nobody may. `spacingMs` is what a call
 * is expected to take.
 */
export function overtaker(flows: ReadonlySet<Flow>, model: string, most: number, spacingMs: number): Waiter | null {
  const place = firstFor(flows, model, spacingMs)
  if (place === null) return null
  for (const flow of flows)
    for (const waiter of ahead(flow, place, spacingMs)) if (waiter.overtaken >= most) return null
  for (const flow of flows) for (const waiter of ahead(flow, place, spacingMs)) waiter.overtaken += 1
  return place.waiter
}

function firstFor(flows: ReadonlySet<Flow>, model: string, spacingMs: number): Place | null {
  let best: Place | null = null
  for (const flow of flows) {
    let { tag } = flow
    for (let waiter = flow.waiters.first; waiter !== null; waiter = waiter.next) {
      if (best !== null && !isBefore(waiter, tag, best)) break
      if (waiter.ask.model === model) {
        best = { waiter, tag }
        break
      }
      tag += spacingMs
    }
  }
  return best
}

/** Those of a flow that stand before a place. */
function* ahead(flow: Flow, place: Place, spacingMs: number): Generator<Waiter> {
  let { tag } = flow
  for (let waiter = flow.waiters.first; waiter !== null && isBefore(waiter, tag, place); waiter = waiter.next) {
    yield waiter
    tag += spacingMs
  }
}

function isBefore(waiter: Waiter, tag: number, place: Place): boolean {
  return tag < place.tag || (tag === place.tag && waiter.order < place.waiter.order)
}
