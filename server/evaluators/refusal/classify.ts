import { afterPhrase, anyOf, wordsOf } from '../phrases.ts'
import { chinese, japanese, polish } from './east.ts'
import { english, withoutContractions } from './english.ts'
import { dutch, german } from './germanic.ts'
import { openingOf, type Sentence } from './opening.ts'
import type { RefusalPhrases } from './phrases.ts'
import { french, italian, portuguese, spanish } from './romance.ts'

/**
 * `refusal`: it will not, or cannot, do what was asked. `abstention`: it does not know, finds nothing in what it was
 * given, or asks for what is missing.
 */
export type Opening = 'answer' | 'refusal' | 'abstention'

/** Whatever the language: texts in which several are mixed are common. */
const LANGUAGES: readonly RefusalPhrases[] = [
  english,
  german,
  dutch,
  french,
  spanish,
  italian,
  portuguese,
  polish,
  japanese,
  chinese,
]

/** Data, code: nothing that speaks for itself. */
const NO_PROSE = /^\s*(?:[{[<]|```)/
const COMPLIES =
  /^ (?:sure|certainly|of course|absolutely|yes|here is|here are|here's|happy to|gern|gerne|natürlich|selbstverständlich|hier ist|hier sind|bien sûr|voici|claro|por supuesto|aquí|certo|certamente|ecco|claro|aqui está|natuurlijk|zeker|oczywiście|jasne|oto) |^ (?:もちろん|はい|当然可以|好的|当然)/
/** Why models refuse on principle: then a list that follows is of other ways, not of what was asked for. */
const namesGrounds = anyOf(`
  illegal unlawful harmful dangerous unethical policy policies guidelines unsafe malicious hateful abusive violence weapon weapons
  illegale illegales gefährlich* dangereux peligroso* peligrosa* pericoloso* pericolosa* perigoso* perigosa*`)

const LIST_ITEM = /^[ \t]{0,8}(?:\d{1,3}[.)]|[-*•])[ \t]/
const TABLE_RULE = /^[ \t]{0,8}\|?[ \t]{0,8}:?-{3}/
/** So many items make a list. */
const FEWEST_ITEMS = 2
/** Of what follows, so many characters are read for structure. */
const LONGEST_REST = 4000
/** What goes on for so long after a “however” is an answer. */
const SHORTEST_ANSWER = 90

interface Said {
  opening: 'refusal' | 'abstention'
  /** On principle, so that whatever follows is no answer. */
  firm: boolean
  /** What the sentence says after that. */
  after: string
}

/** What the first sentences of a reply say. */
export function classifyOpening(text: string): Opening {
  if (NO_PROSE.test(text)) return 'answer'
  let found: (Said & Pick<Sentence, 'end'>) | null = null
  for (const { words, end } of openingOf(text)) {
    if (found === null && COMPLIES.test(words)) return 'answer'
    const said = readSentence(words)
    if (said === null) continue
    if (found === null) found = { ...said, end }
    // Asks for what is missing, after saying that it cannot go on without; or explains itself on principle.
    else if (said.firm || (said.opening === 'abstention' && !found.firm)) found = { ...said, end }
  }
  if (found === null) return 'answer'
  return !found.firm && goesOnToAnswer(found.after, text.slice(found.end)) ? 'answer' : found.opening
}

function readSentence(words: string): Said | null {
  const full = withoutContractions(words)
  const refuses = firstOf(({ refuses }) => afterPhrase(full, refuses))
  if (refuses !== null) return { opening: 'refusal', firm: true, after: refuses }
  const abstains = firstOf(({ abstains }) => afterPhrase(full, abstains))
  if (abstains !== null) return { opening: 'abstention', firm: false, after: abstains }
  const unable = firstOf((language) => deedAfter(full, language))
  if (unable === null) return null
  const contrast = contrastIn(unable)?.length ?? 0
  return { opening: 'refusal', firm: namesGrounds(full.slice(0, full.length - contrast)), after: unable }
}

/** What follows an “I cannot” that is about something assistants are asked to do. */
function deedAfter(words: string, { unable, namesDeed }: RefusalPhrases): string | null {
  for (const expression of unable) {
    const after = afterPhrase(words, [expression])
    if (after !== null && namesDeed(words, after)) return after
  }
  return null
}

function firstOf<Found>(find: (language: RefusalPhrases) => Found | null): Found | null {
  for (const language of LANGUAGES) {
    const found = find(language)
    if (found !== null) return found
  }
  return null
}

/** Says that it cannot, and does it all the same, or as well as it can. */
function goesOnToAnswer(sameSentence: string, following: string): boolean {
  const rest = following.slice(0, LONGEST_REST)
  if (hasStructure(rest)) return true
  const contrast = contrastIn(`${sameSentence}${withoutContractions(wordsOf(rest))}`)
  return contrast !== null && contrast.length >= SHORTEST_ANSWER && !refersAway(contrast)
}

/** A list, a table or a block of code. */
function hasStructure(text: string): boolean {
  const lines = text.split('\n')
  if (lines.filter((line) => LIST_ITEM.test(line)).length >= FEWEST_ITEMS) return true
  return text.includes('```') || lines.some((line) => TABLE_RULE.test(line) && line.includes('|'))
}

/** From the word on that turns to something else. */
function contrastIn(words: string): string | null {
  const places = LANGUAGES.map(({ goesOn }) => words.search(goesOn)).filter((place) => place >= 0)
  return places.length === 0 ? null : words.slice(Math.min(...places))
}

/** In its first words. */
function refersAway(contrast: string): boolean {
  const first = `${contrast.split(' ').slice(0, 7).join(' ')} `
  return LANGUAGES.some(({ refers }) => refers.test(first))
}
