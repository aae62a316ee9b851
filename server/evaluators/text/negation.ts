import { isSmallWord } from './small-words.ts'
import type { Word } from './words.ts'

/** Words that turn what is said into its opposite, without accents. */
const NEGATORS = new Set(
  `not no never none nobody nothing nowhere neither nor without cannot hardly barely rarely seldom unable lack lacks false
nicht kein keine keinen keinem keiner keines nie niemals ohne weder
pas jamais aucun aucune sans rien ni
nunca jamas ningun ninguna ninguno sin tampoco
non senza mai nessun nessuna nao sem nenhum nenhuma niet geen nooit zonder inte ingen inga aldrig ikke intet
не нет без никогда нельзя لا ليس لم لن नहीं`.split(/\s+/),
)
/** In pairs of characters: Chinese, Japanese, Korean. */
const NEGATING_PAIR = /[不没無无非未]|ない|せん|なし|なか|なく|않|없|못/u
/** Behind a negation they say that there is more: `not only`. */
const UNDONE_BY = new Set('only nur seulement solo solamente just merely'.split(' '))
/** A clause begins that is not denied. */
const TURNS = new Set('but however although though aber sondern jedoch mais cependant pero sino ma'.split(' '))
/** Whoever speaks of what they do not know denies nothing of it. */
const SPEAKERS = new Set(['i', 'ich', 'je', 'yo'])
const SPEAKER_REACH = 3
/** Words of meaning that a negation reaches, behind it and, for some, before it. */
const REACH = { after: 3, before: 1 }
/** They stand behind the verb that they deny. */
const BEHIND = new Set('nicht niet inte ikke pas jamais rien false'.split(' '))

/** What is told before or behind them is not told of all. */
const EXCEPTIONS = new Set(
  'except unless only excluding besides ausser sofern nur sauf hormis seulement excepto salvo solo'.split(' '),
)

/** Is something told of all but some, or of some only? */
export function hasException(words: readonly Word[]): boolean {
  return words.some(({ text, kind }) => kind === 'word' && EXCEPTIONS.has(text))
}

/** Is it a word, or a pair of characters, that denies? */
export function isDenial({ text, kind }: Word): boolean {
  return kind === 'characters' ? NEGATING_PAIR.test(text) : kind === 'word' && NEGATORS.has(text)
}

/** Does the word at this place deny something of what the text is about? */
export function isNegator(words: readonly Word[], at: number): boolean {
  const { text, kind } = words[at]!
  if (!isDenial(words[at]!)) return false
  if (kind === 'characters') return true
  const next = words[at + 1]
  if (next !== undefined && UNDONE_BY.has(next.text)) return false
  // An answer to a question: `No, it is from 2009`.
  if (text === 'no' && at === 0 && (words[at]!.pause || next === undefined || isSmallWord(next.text))) return false
  return !words.slice(Math.max(0, at - SPEAKER_REACH), at).some((word) => SPEAKERS.has(word.text))
}

/** Places of the words of meaning that the negation at a place denies, nearest first. */
export function reachOf(words: readonly Word[], negator: number): number[] {
  const found: number[] = []
  for (
    let at = negator + 1;
    at < words.length && found.length < REACH.after && !words[at - 1]!.pause && !turns(words[at]!);
    at++
  )
    if (isMeaning(words[at]!)) found.push(at)
  const { text, kind } = words[negator]!
  if (kind === 'word' && !BEHIND.has(text)) return found
  const most = found.length + REACH.before
  for (let at = negator - 1; at >= 0 && found.length < most && !words[at]!.pause && !turns(words[at]!); at--)
    if (isMeaning(words[at]!)) found.push(at)
  return found
}

/** Is there another negation in its clause: not this without that? */
export function isDeniedTwice(words: readonly Word[], negator: number): boolean {
  for (let at = negator + 1; at < words.length && !words[at - 1]!.pause; at++) if (isDenial(words[at]!)) return true
  for (let at = negator - 1; at >= 0 && !words[at]!.pause; at--) if (isDenial(words[at]!)) return true
  return false
}

/** For each word whether an odd number of negations reaches it. */
export function negated(words: readonly Word[]): boolean[] {
  const odd = words.map(() => false)
  for (let at = 0; at < words.length; at++)
    if (isNegator(words, at)) for (const place of reachOf(words, at)) odd[place] = !odd[place]
  return odd
}

/** Another clause, or what is denied by another word. */
function turns(word: Word): boolean {
  return word.kind === 'word' && (TURNS.has(word.text) || NEGATORS.has(word.text))
}

function isMeaning({ text, kind }: Word): boolean {
  return kind !== 'word' || !isSmallWord(text)
}
