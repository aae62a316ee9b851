import { hasException, isDeniedTwice, isNegator, negated, reachOf } from '../text/negation.ts'
import { areOpposites, hasOpposite } from '../text/opposites.ts'
import { rootOf, stemOf } from '../text/stems.ts'
import type { Word } from '../text/words.ts'
import type { Context } from './context.ts'
import type { Evidence, Weighed } from './evidence.ts'

/** Below this share of its weight a sentence says something else than its passage, rather than the contrary. */
const LEAST_HELD = 0.5
/** What is forbidden may be said not to be done. */
const FORBIDDING = new Set(
  'prohibited forbidden banned avoid prevented excluded refuse verboten untersagt vermeiden interdit defendu prohibido evitar'
    .split(' ')
    .map((word) => rootOf(stemOf(word))),
)
/** How many words away a neighbour may stand: in the reply, and in the passage from the opposite; and at least from the same word. */
const NEAR = { own: 4, other: 4, same: 6 }

/**
 * The word at which a sentence says the contrary of the passages it rests on; `null` where it does not. Told by a
 * negation on one side whose words the other side has only without, and by opposites said alike.
 */
export function findFlip({ words, passages }: Evidence, context: Context): Word | null {
  const weight = words.reduce((sum, each) => sum + each.weight, 0)
  const held = words.reduce((sum, each) => sum + (each.held ? each.weight : 0), 0)
  if (passages.length === 0 || held < weight * LEAST_HELD) return null
  const own = words.map(({ word }) => word)
  const ownNegated = negated(own)
  const read = passages.map((passage) => readSides(context.passages[passage]!))
  const denied = deniedAlone(own, words, read)
  const at = denied >= 0 ? denied : saidAlone(words, ownNegated, read)
  return own[at >= 0 ? at : opposed(words, read[0]!.passage, ownNegated)] ?? null
}

function saidAlone(words: readonly Weighed[], ownNegated: readonly boolean[], read: readonly Sides[]): number {
  const places = read.map(({ passage }) => saidOnlyDenied(words, passage, ownNegated, read))
  return places.find((place) => place >= 0) ?? -1
}

/** A passage, and of its words which are said and which denied. */
interface Sides {
  passage: readonly Word[]
  said: Set<string>
  denied: Set<string>
}

function readSides(passage: readonly Word[]): Sides {
  const odd = negated(passage)
  const pick = (wanted: boolean) =>
    new Set(passage.flatMap(({ stem }, at) => (odd[at] === wanted ? [rootOf(stem)] : [])))
  return { passage, said: pick(false), denied: pick(true) }
}

/** The reply denies words that the passage with most of them only says, and that passage denies nothing of the reply. */
function deniedAlone(own: readonly Word[], words: readonly Weighed[], read: readonly Sides[]): number {
  const all = words.flatMap((each) => (each.held ? [rootThere(each)] : []))
  for (let at = 0; at < own.length; at++) {
    // What is no longer so was so: texts tell that in many ways.
    if (!isNegator(own, at) || own[at + 1]?.text === 'longer') continue
    const roots = reachOf(own, at).flatMap((place) => (words[place]!.held ? [rootThere(words[place]!)] : []))
    const shared = read.map(({ said, denied }) => roots.filter((root) => said.has(root) || denied.has(root)).length)
    const most = Math.max(...shared)
    const { said, denied } = read[shared.indexOf(most)]!
    const forbidden = [...said].some(
      (other) => FORBIDDING.has(other) || roots.some((root) => areOpposites(root, other)),
    )
    if (most > 0 && !all.some((root) => denied.has(root)) && !forbidden) return at
  }
  return -1
}

/** The passage denies words that the reply only says: most of those that both have. */
function saidOnlyDenied(
  words: readonly Weighed[],
  passage: readonly Word[],
  ownNegated: readonly boolean[],
  read: readonly Sides[],
): number {
  if (hasException(passage) || hasException(words.map(({ word }) => word))) return -1
  for (let at = 0; at < passage.length; at++) {
    if (!isNegator(passage, at) || isDeniedTwice(passage, at)) continue
    const roots = reachOf(passage, at).map((place) => rootOf(passage[place]!.stem))
    const shared = words.flatMap((each, place) => (each.held && roots.includes(rootThere(each)) ? [place] : []))
    const nearest = shared.some((place) => rootThere(words[place]!) === roots[0])
    if (!nearest || shared.length * 2 < roots.length || shared.some((place) => ownNegated[place])) continue
    const against = shared.filter((place) => !read.some(({ said }) => said.has(rootThere(words[place]!))))
    if (against.length * 2 > shared.length) return shared[0]!
  }
  return -1
}

function rootThere({ match }: Weighed): string {
  return rootOf(match!.stem)
}

/** `increase` for `decrease`: beside a word that both texts have stands one, and the other one only here. */
function opposed(words: readonly Weighed[], passage: readonly Word[], ownNegated: readonly boolean[]): number {
  const odd = negated(passage)
  for (let at = 0; at < words.length; at++) {
    const { word } = words[at]!
    if (word.kind !== 'word' || !(words[at]!.meaning || hasOpposite(word.stem))) continue
    const places = placesOf(passage, ({ stem }) => stem === word.stem)
    const others = placesOf(passage, ({ stem, kind }, place) => {
      return kind === 'word' && odd[place] === ownNegated[at] && areOpposites(word.stem, stem)
    })
    if (others.length === 0) continue
    const near = words.slice(Math.max(0, at - NEAR.own), at + NEAR.own + 1)
    for (const { held, meaning, match } of near) {
      if (!held || !meaning || match!.stem === word.stem) continue
      const beside = placesOf(passage, ({ stem }) => stem === match!.stem)
      if (distance(others, beside) <= NEAR.other && distance(places, beside) > NEAR.same) return at
    }
  }
  return -1
}

function placesOf(words: readonly Word[], such: (word: Word, at: number) => boolean): number[] {
  return words.flatMap((word, at) => (such(word, at) ? [at] : []))
}

function distance(ones: readonly number[], others: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY
  for (const one of ones) for (const other of others) least = Math.min(least, Math.abs(one - other))
  return least
}
