import { readWords } from '../../server/evaluators/text/words.ts'
import { Random } from '../cache-eval/random.ts'
import { alignedPairs } from './align.ts'
import type { Question } from './cases/question.ts'
import { QUESTIONS_ENGLISH } from './cases/questions-english.ts'
import { QUESTIONS_LANGUAGES } from './cases/questions-languages.ts'
import { readDocuments, readTexts } from './data.ts'

/** A question with a reply: one that was given to it, or another. */
export interface Exchange {
  question: string
  /** Where the answer may be found; empty: nowhere. */
  context: string
  reply: string
  /** 1: it was given to this question. */
  label: number
}

export interface ExchangeSet {
  name: string
  /** What it is. */
  note: string
  exchanges: Exchange[]
}

const SEED = 11
/** Words of a heading, characters of a section. */
const SHORTEST = { heading: 3, section: 150 }
const NO_PROSE = /<[^<>\n]{1,200}>|https?:\/\/[^\s)]{1,300}|^:::.*$/gm
const SECTION = /^#{1,4} +(.+)\n([^#]{1,1200})/gm
const MOST_SECTIONS = 1500
/** Every third pair is taken: these are enough. */
const EVERY = 3
const OWN_DRAWS = 4
/** Words in more questions make none alike. */
const COMMON = 200

type Pair = Omit<Exchange, 'label'>

let sets: ExchangeSet[] | null = null

/** Real pairs, and for each question a reply drawn from another one: what floors are for. */
export function randomSets(): ExchangeSet[] {
  sets ??= [
    {
      name: 'halueval',
      note: 'instructions to an assistant and its replies (HaluEval, general data), paired by their order',
      exchanges: withRandom(instructionPairs(), 1),
    },
    {
      name: 'headings',
      note: 'headings of technical documentation and the sections under them, as questions and answers',
      exchanges: withRandom(sectionPairs(), 1),
    },
    ...ownSets(),
  ]
  return sets
}

/** Our own questions, with short answers and full ones, with the text that holds the answer and without. */
export function ownSets(): ExchangeSet[] {
  const questions = [...QUESTIONS_ENGLISH, ...QUESTIONS_LANGUAGES]
  const pairs = (reply: 'short' | 'full', context: boolean) =>
    questions
      .filter((each) => !context || each.context !== '')
      .map((each): Pair => ({ question: each.question, context: context ? each.context : '', reply: each[reply] }))
  return [
    {
      name: 'own, full',
      note: 'our own questions, answers in a sentence',
      exchanges: withRandom(pairs('full', false), OWN_DRAWS),
    },
    {
      name: 'own, full, context',
      note: 'the same with the text that holds the answer',
      exchanges: withRandom(pairs('full', true), OWN_DRAWS),
    },
    {
      name: 'own, short, context',
      note: 'answers of a word or two, with the text',
      exchanges: withRandom(pairs('short', true), OWN_DRAWS),
    },
    {
      name: 'own, short',
      note: 'answers of a word or two, without any text',
      exchanges: withRandom(pairs('short', false), OWN_DRAWS),
    },
  ]
}

/** Wrong replies that are about the same subject: no floor is set for them. */
export function hardSets(): ExchangeSet[] {
  const questions: readonly Question[] = [...QUESTIONS_ENGLISH, ...QUESTIONS_LANGUAGES]
  const exchange = (each: Question, reply: string, label: number): Exchange => {
    return { question: each.question, context: each.context, reply, label }
  }
  return [
    {
      name: 'own, same subject',
      note: 'the wrong replies speak of the subject, and do not answer',
      exchanges: questions.flatMap((each) => [exchange(each, each.full, 1), exchange(each, each.aside, 0)]),
    },
    {
      name: 'own, repeated',
      note: 'the wrong replies only repeat the question',
      exchanges: questions.flatMap((each) => [exchange(each, each.full, 1), exchange(each, each.question, 0)]),
    },
    {
      name: 'halueval, like',
      note: 'the wrong replies were given to the question most like it',
      exchanges: withLike(instructionPairs()),
    },
  ]
}

/** Each reply stands for its own question, and as often for questions drawn at random. */
function withRandom(pairs: readonly Pair[], draws: number): Exchange[] {
  const random = new Random(SEED)
  return pairs.flatMap((pair) => [
    { ...pair, label: 1 },
    ...Array.from({ length: draws }, () => ({ ...pair, reply: random.pickOther(pairs, pair).reply, label: 0 })),
  ])
}

/** Each reply stands for its own question, and for the one that shares the rarest words with it. */
function withLike(pairs: readonly Pair[]): Exchange[] {
  const words = pairs.map(({ question }) => new Set(readWords(question).map(({ stem }) => stem)))
  const places = new Map<string, number[]>()
  words.forEach((stems, at) => {
    for (const stem of stems) places.set(stem, [...(places.get(stem) ?? []), at])
  })
  return pairs.flatMap((pair, at) => {
    const likeness = new Float64Array(pairs.length)
    for (const stem of words[at]!) {
      const there = places.get(stem)!
      if (there.length <= COMMON) for (const other of there) likeness[other]! += 1 / Math.sqrt(there.length)
    }
    likeness[at] = 0
    const like = likeness.indexOf(Math.max(...likeness))
    return [
      { ...pair, label: 1 },
      { ...pair, reply: pairs[like]!.reply, label: 0 },
    ]
  })
}

let instructions: Pair[] | null = null

function instructionPairs(): Pair[] {
  instructions ??= alignedPairs(readTexts('halueval_user_queries'), readTexts('halueval_responses'))
    .filter((_, at) => at % EVERY === 0)
    .map(([question, reply]) => ({ question, context: '', reply }))
  return instructions
}

/** Headings that stand in one place only, and sections that are prose for the most part. */
function sectionPairs(): Pair[] {
  const sections = readDocuments().flatMap((text) => [...text.matchAll(SECTION)])
  const counts = new Map<string, number>()
  for (const [, heading] of sections) counts.set(heading!, (counts.get(heading!) ?? 0) + 1)
  return sections
    .flatMap(([, heading, body]): Pair[] => {
      const reply = body!.replace(NO_PROSE, ' ').trim()
      const fits =
        heading!.split(/\s+/).length >= SHORTEST.heading && counts.get(heading!) === 1 && !/[`=/]/.test(heading!)
      return fits && reply.length >= SHORTEST.section
        ? [{ question: heading!.replace(/[*_]/g, ''), context: '', reply }]
        : []
    })
    .slice(0, MOST_SECTIONS)
}

/** Our own questions alone. */
export function ownQuestions(): string[] {
  return [...QUESTIONS_ENGLISH, ...QUESTIONS_LANGUAGES].map(({ question }) => question)
}
