import type { Agreement } from '../core/cache.ts'
import { isCommonWord } from '../core/lexicon.ts'
import { comparison } from './guards/comparison.ts'
import { type Question, readQuestion, type Word } from './language/read.ts'

/** Answers of up to so many content words are read word by word, longer ones by what most of them say. */
const SHORT = 10
/** Where two such have no word in common, they say different things. */
const SHORTEST = 3
/** Shares of all content words that both have: from one on the same is said, up to the other something else. */
const SAME_SHORT = 0.8
/** Share of the shorter one's words in the other from which on a denial turns the answer around. */
const MOSTLY = 0.75
const SAME_LONG = 0.55
const DIFFERENT_LONG = 0.1
/** Of a longer answer so many characters are read. */
const LONGEST = 10_000
const YES = new Set('yes yeah yep correct true indeed certainly absolutely definitely affirmative'.split(' '))
const NO = new Set('no nope false incorrect wrong'.split(' '))
const DENIALS = new Set('not never no without none nobody nothing neither nor cannot'.split(' '))
const LITTLE = new Set(
  `a an the is was be been being do did have had to of in on at for from by with as and or but if then than that this
these those it its i you he she we they me my your his her our their which who there here so about into will would can
could should may might must also just very such some any each more most other approximately around roughly nearly`.split(
    /\s+/,
  ),
)

interface Gist {
  read: Question
  text: string
  stance: 'yes' | 'no' | null
  denies: boolean
  content: Set<string>
  numbers: Set<string>
  names: Set<string>
}

/**
 * Do two answers to what should be one question say the same? Decided offline and with care: yes against no, other
 * numbers and other names make them different; short answers are the same with the same words, long ones with most of
 * them; what lies between is `unsure`, which is for people and counts for nothing.
 */
export function answersAgree(cached: string, fresh: string): Agreement {
  const [one, other] = [gistOf(cached), gistOf(fresh)]
  if (one.text === '' || other.text === '') return 'unsure'
  if (one.text === other.text) return 'same'
  if (one.stance !== null && other.stance !== null && one.stance !== other.stance) return 'different'
  const short = Math.max(one.content.size, other.content.size) <= SHORT
  return short ? compareShort(one, other) : compareLong(one, other)
}

function compareShort(one: Gist, other: Gist): Agreement {
  const shared = sharedBy(one.content, other.content)
  const [numbers, names] = [relation(one.numbers, other.numbers), relation(one.names, other.names)]
  if (numbers === 'apart' || names === 'apart') return 'different'
  const shorter = Math.min(one.content.size, other.content.size)
  if (one.denies !== other.denies) return shared > 0 && shared >= MOSTLY * shorter ? 'different' : 'unsure'
  if (comparison.differ(one.read, other.read) !== null) return shared >= shorter / 2 ? 'different' : 'unsure'
  // What one of them adds may be what was asked for.
  if (numbers === 'more' || names === 'more') return 'unsure'
  if (shared >= SAME_SHORT * unionOf(one, other, shared)) return 'same'
  if (shorter === 0) return one.stance !== null && one.stance === other.stance ? 'same' : 'unsure'
  if (shared === shorter) return 'same'
  return shared === 0 && Math.max(one.content.size, other.content.size) <= SHORTEST ? 'different' : 'unsure'
}

function compareLong(one: Gist, other: Gist): Agreement {
  const shared = sharedBy(one.content, other.content)
  const share = shared / unionOf(one, other, shared)
  if (share <= DIFFERENT_LONG) return 'different'
  const [numbers, names] = [relation(one.numbers, other.numbers), relation(one.names, other.names)]
  if (numbers === 'apart' || names === 'apart') {
    // The same sentences about another thing are another answer; a free wording brings other details.
    return share >= SAME_LONG ? 'different' : 'unsure'
  }
  const alike = numbers === 'equal' && one.denies === other.denies
  return share >= SAME_LONG && alike ? 'same' : 'unsure'
}

function gistOf(answer: string): Gist {
  const read = readQuestion(answer.slice(0, LONGEST))
  const words = read.words.filter(({ text }) => text !== '')
  const first = words[0]?.text ?? ''
  const gist: Gist = {
    read,
    text: words.map(({ stem }) => stem).join(' '),
    stance: YES.has(first) ? 'yes' : NO.has(first) ? 'no' : null,
    denies: words.some(({ text }, at) => DENIALS.has(text) && at > 0),
    content: new Set(),
    numbers: new Set(),
    names: new Set(),
  }
  words.forEach((word, at) => {
    if (at === 0 && gist.stance !== null) return
    if (word.kind === 'number' || /\d/.test(word.text)) gist.numbers.add(word.text)
    else if (read.english && isName(word)) gist.names.add(word.stem)
    if (!LITTLE.has(word.stem) && !DENIALS.has(word.stem)) gist.content.add(word.stem)
  })
  return gist
}

function isName({ text, stem, kind, capital }: Word): boolean {
  if (kind !== 'word' || !/^\p{L}{2}/u.test(text)) return kind === 'code'
  return capital || (!isCommonWord(text) && !isCommonWord(stem))
}

/** `apart`: each has what the other has not; `more`: one has all of the other and more. */
function relation(one: ReadonlySet<string>, other: ReadonlySet<string>): 'equal' | 'more' | 'apart' {
  const shared = sharedBy(one, other)
  const [left, right] = [one.size - shared, other.size - shared]
  if (left === 0 && right === 0) return 'equal'
  return left > 0 && right > 0 ? 'apart' : 'more'
}

function sharedBy(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0
  for (const each of one) if (other.has(each)) shared++
  return shared
}

/** At least 1, so that it can be divided by. */
function unionOf(one: Gist, other: Gist, shared: number): number {
  return Math.max(1, one.content.size + other.content.size - shared)
}
