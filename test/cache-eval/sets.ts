import { Random } from './random.ts'
import { fill, type Pair, type Pools, slotEdits, textOf } from './slot-edits.ts'
import type { Variant } from './surface-variants.ts'

/** Pairs of one origin. */
export interface PairSet {
  edits: Pair[]
  variants: Pair[]
}

/** What a generator consists of. */
export interface Generator {
  templates: readonly string[]
  pools: Pools
  variants: Readonly<Record<string, Variant>>
}

/** Fills every template so many times, edits each place and says each question in every other way. */
export function generate({ templates, pools, variants }: Generator, rounds: number, seed: number): PairSet {
  const random = new Random(seed)
  const set: PairSet = { edits: [], variants: [] }
  for (let round = 0; round < rounds; round++)
    for (const template of templates) {
      set.edits.push(...slotEdits(template, pools, random))
      set.variants.push(...vary(textOf(fill(template, pools, random).parts), variants, random))
    }
  return set
}

/** A question in every other way in which it can be said. */
export function vary(question: string, variants: Readonly<Record<string, Variant>>, random: Random): Pair[] {
  return Object.entries(variants).flatMap(([kind, variant]) => {
    const asked = variant(question, random)
    return asked === null || asked === question ? [] : [{ kind, asked, cached: question, same: true }]
  })
}
