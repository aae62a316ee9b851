import type { Span } from '../text/sentences.ts'
import { isSmallWord } from '../text/small-words.ts'
import type { Word } from '../text/words.ts'
import type { Context } from './context.ts'
import type { Weighed } from './evidence.ts'

/** The passage that speaks of what a sentence speaks of holds at least this share of the sentence, numbers aside. */
const LEAST_ALIGNED = 0.4
/** One that holds as much of it, or nearly, speaks of the same. */
const AS_GOOD = 0.6
const AS_GOOD_FOR_A_UNIT = 0.85
/** Units of time are counted in each other's stead. */
const TIMES = new Set(
  `second seconds minute minutes hour hours day days week weeks month months year years sekunde sekunden minuten stunde
stunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren heure heures jour jours semaine semaines mois an
ans annee annees hora horas dia dias semana semanas mes meses ano anos`.split(/\s+/),
)
const MOST_PLACES = 400

/**
 * Numbers that the context says of something else: the passage that speaks of what the sentence speaks of has another
 * one in their stead. A number that stands by the same unit elsewhere is only one if that passage counts the same unit.
 */
export function findSwapped(words: readonly Weighed[], context: Context): Span[] {
  if (!words.some(({ word, match }) => match !== null && isNumber(word))) return []
  const others = words.filter(({ word }) => !isNumber(word))
  const gains = gainsOf(others, context)
  let [best, most] = [-1, 0]
  for (const [passage, gain] of gains) if (gain > most) [best, most] = [passage, gain]
  if (most < others.reduce((sum, { weight }) => sum + weight, 0) * LEAST_ALIGNED) return []
  const own = words.map(({ word }) => word)
  const said = new Set(own.map(({ stem }) => stem))
  return words.flatMap(({ word, match }, at) => {
    if (match === null || !isNumber(word)) return []
    const places = context.vocabulary.places.get(match.stem)!
    const unit = unitAfter(own, at)
    const bound =
      unit !== null && places.some((place) => counts(context.passages[place]!, unit, (n) => n === word.stem))
    const enough = most * (bound ? AS_GOOD_FOR_A_UNIT : AS_GOOD)
    if (places.some((place) => (gains.get(place) ?? 0) >= enough)) return []
    const instead = counts(context.passages[best]!, bound ? unit : null, (number) => !said.has(number))
    return instead ? [{ start: word.start, end: word.end }] : []
  })
}

/** Does the passage have such a number, by this unit where one is given? */
function counts(passage: readonly Word[], unit: string | null, such: (number: string) => boolean): boolean {
  return passage.some(
    (word, at) => isNumber(word) && such(word.stem) && (unit === null || unitAfter(passage, at) === unit),
  )
}

function unitAfter(words: readonly Word[], at: number): string | null {
  for (let next = at + 1; next < words.length && !words[next - 1]!.pause; next++)
    if (!isSmallWord(words[next]!.text)) return TIMES.has(words[next]!.text) ? 'time' : words[next]!.stem
  return null
}

function isNumber({ stem }: Word): boolean {
  const code = stem.charCodeAt(0)
  return code >= 48 && code <= 57
}

function gainsOf(words: readonly Weighed[], context: Context): Map<number, number> {
  const gains = new Map<number, number>()
  const seen = new Set<string>()
  for (const { match, weight } of words) {
    if (match === null || seen.has(match.stem)) continue
    seen.add(match.stem)
    for (const place of context.vocabulary.places.get(match.stem)!.slice(0, MOST_PLACES))
      gains.set(place, (gains.get(place) ?? 0) + weight * match.quality)
  }
  return gains
}
