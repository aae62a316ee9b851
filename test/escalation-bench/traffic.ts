import { Random } from '../cache-eval/random.ts'
import type { Passage, Recorded } from './recordings.ts'

/** One request of the sequence, with what either model says to it. */
export interface Turn {
  /** Tells it from all others of its round. */
  id: number
  context: string
  /** Where the app puts the context. */
  place: 'system' | 'user'
  cheap: Recorded
  frontier: Recorded
}

/** Share of grounded replies of each model, 0..1. */
export interface Shares {
  cheap: number
  frontier: number
}

/** The requests that a threshold is chosen by, and those that are reported; no context is in both. */
export interface Traffic {
  tuning: Turn[]
  reported: Turn[]
}

export interface TrafficOptions {
  shares: Shares
  /** Of each half. */
  requests: number
  seed: number
}

type Kind = 'both' | 'grounded' | 'ungrounded'

/**
 * Makes two models of recorded replies. Each says what was recorded for the very context, so that the label is that of
 * the reply; how often either is right is set, the errors of one are independent of the other's, and both counts are
 * exact. A context comes again only when all others that have the wanted replies have had their turn.
 */
export function drawTraffic(passages: readonly Passage[], { shares, requests, seed }: TrafficOptions): Traffic {
  const random = new Random(seed)
  const halves: [Passage[], Passage[]] = [[], []]
  for (const kind of ['both', 'grounded', 'ungrounded'] as const) {
    const some = shuffled(
      passages.filter((passage) => kindOf(passage) === kind),
      random,
    )
    for (const [index, passage] of some.entries()) halves[index % 2]!.push(passage)
  }
  const [tuning, reported] = halves.map((half, index) => drawTurns(half, shares, requests, random, index * requests))
  return { tuning: tuning!, reported: reported! }
}

function drawTurns(
  passages: readonly Passage[],
  shares: Shares,
  requests: number,
  random: Random,
  firstId: number,
): Turn[] {
  const shuffle = <Item>(items: readonly Item[]) => new Deck(shuffled(items, random))
  const decks: Record<Kind, Deck<Passage>> = {
    both: shuffle(passages.filter((passage) => kindOf(passage) === 'both')),
    grounded: shuffle(passages.filter(({ grounded }) => grounded.length > 0)),
    ungrounded: shuffle(passages.filter(({ ungrounded }) => ungrounded.length > 0)),
  }
  const replies = new Map(
    passages.map((passage) => [
      passage,
      { grounded: shuffle(passage.grounded), ungrounded: shuffle(passage.ungrounded) },
    ]),
  )
  return shuffled(outcomes(shares, requests), random).map(({ cheap, frontier }, index) => {
    const passage = decks[cheap !== frontier ? 'both' : cheap ? 'grounded' : 'ungrounded'].next()
    const say = (grounded: boolean) => replies.get(passage)![grounded ? 'grounded' : 'ungrounded'].next()
    const place = random.next() < 0.5 ? 'system' : 'user'
    return { id: firstId + index, context: passage.context, place, cheap: say(cheap), frontier: say(frontier) }
  })
}

/** Who is right how often: of independent models, as counts that add up. */
function outcomes({ cheap, frontier }: Shares, requests: number): { cheap: boolean; frontier: boolean }[] {
  const right = Math.round(requests * cheap)
  const rightOf = (count: number) => Math.round(count * frontier)
  return Array.from({ length: requests }, (_, index) => {
    const ofCheap = index < right
    const ofFrontier = ofCheap ? index < rightOf(right) : index - right < rightOf(requests) - rightOf(right)
    return { cheap: ofCheap, frontier: ofFrontier }
  })
}

function kindOf({ grounded, ungrounded }: Passage): Kind {
  if (grounded.length > 0 && ungrounded.length > 0) return 'both'
  return grounded.length > 0 ? 'grounded' : 'ungrounded'
}

/** Gives one after the other, over and over. */
class Deck<Item> {
  readonly #items: readonly Item[]
  #next = 0

  constructor(items: readonly Item[]) {
    this.#items = items
  }

  next(): Item {
    const item = this.#items[this.#next % this.#items.length]
    if (item === undefined) throw new RangeError('no reply of the wanted kind was recorded')
    this.#next += 1
    return item
  }
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const list = [...items]
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = random.below(index + 1)
    ;[list[index], list[other]] = [list[other]!, list[index]!]
  }
  return list
}
