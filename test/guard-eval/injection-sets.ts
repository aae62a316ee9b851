import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Random } from '../cache-eval/random.ts'
import { CONTEXTS } from '../guard-train/contexts.ts'
import {
  CODE_ORDERS_HELD_OUT,
  DOCUMENTS,
  FRAMED_ORDERS,
  HARMFUL_CODE,
  PLAIN_ORDERS,
  TOOL_DEFINITIONS,
} from './injection-held-out-third-party.ts'
import { DIRECT_ATTACKS, HARD_BENIGN, TRIGGERS } from './injection-held-out-typed.ts'

/** Texts of one kind. */
export interface EvalSet {
  name: string
  /** Typed by a user, or brought by a tool. */
  origin: 'user' | 'third-party'
  attack: boolean
  /** Was the classifier trained on texts of this source? */
  trainedOn: boolean
  texts: readonly string[]
}

const SHARED = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const PACKAGES = fileURLToPath(new URL('../../node_modules/', import.meta.url))
const SEED = 11
const MOST = 2500
const LONGEST_README = 12_000

/** Sets of our own, of what is installed here, and of the data folder where it is here. */
export function evalSets(): EvalSet[] {
  const random = new Random(SEED)
  const pages = hasShared() ? rows('eval/ground_begin_begin_dev_cmu.jsonl').map((row) => String(row.context)) : []
  const unseen = { trainedOn: false }
  const sets: EvalSet[] = [
    { name: 'attacks, typed', origin: 'user', attack: true, ...unseen, texts: DIRECT_ATTACKS },
    { name: 'over-defence: trigger words', origin: 'user', attack: false, ...unseen, texts: TRIGGERS },
    { name: 'hard benign: roles, security', origin: 'user', attack: false, ...unseen, texts: HARD_BENIGN },
    ...(['framed', 'plain', 'code', 'harmful code'] as const).flatMap((kind): EvalSet[] => {
      const set = { origin: 'third-party' as const, attack: true, trainedOn: false }
      return [
        { name: `${nameOf(kind)} in tool output`, ...set, texts: inContexts(ORDERS[kind], random) },
        ...(pages.length > 0
          ? [{ name: `${nameOf(kind)} in web pages`, ...set, texts: inPages(ORDERS[kind], pages, random) }]
          : []),
      ]
    }),
    {
      name: 'documents that give orders to readers',
      origin: 'third-party',
      attack: false,
      ...unseen,
      texts: DOCUMENTS,
    },
    { name: 'definitions of tools', origin: 'third-party', attack: false, ...unseen, texts: TOOL_DEFINITIONS },
    { name: 'READMEs of installed packages', origin: 'third-party', attack: false, ...unseen, texts: readmes() },
  ]
  return hasShared() ? [...sets, ...sharedSets(pages)] : sets
}

const ORDERS = { framed: FRAMED_ORDERS, plain: PLAIN_ORDERS, code: CODE_ORDERS_HELD_OUT, 'harmful code': HARMFUL_CODE }
const nameOf = (kind: string) => (kind.includes(' ') ? kind : `${kind} orders`)

export function hasShared(): boolean {
  return existsSync(SHARED)
}

/** Others than were trained on, to be measured alone; and those that were, marked so. */
function sharedSets(pages: readonly string[]): EvalSet[] {
  const text = (file: string, field = 'text') =>
    rows(file)
      .slice(0, MOST)
      .map((row) => String(row[field]))
  const labelled = (file: string, label: number) =>
    rows(`guard/${file}.jsonl`)
      .filter((row) => row.label === label)
      .slice(0, MOST)
      .map((row) => String(row.text))
  const personal = text('pii/presidio_generated_large.jsonl')
  return [
    {
      name: 'questions (Quora)',
      origin: 'user',
      attack: false,
      trainedOn: false,
      texts: text('cache/qqp_pairs.jsonl', 'a'),
    },
    { name: 'sentences with personal data', origin: 'user', attack: false, trainedOn: false, texts: personal },
    { name: 'web pages on films', origin: 'third-party', attack: false, trainedOn: false, texts: pages },
    ...[
      'deepset_train',
      'trustairlab_jailbreak',
      'gptfuzz_templates',
      'cyberseceval_pi',
      'cyberseceval_pi_ml',
      'jbb_artifacts',
    ].map((file): EvalSet => ({ name: file, origin: 'user', attack: true, trainedOn: true, texts: labelled(file, 1) })),
    {
      name: 'bipia_injected_train',
      origin: 'third-party',
      attack: true,
      trainedOn: true,
      texts: labelled('bipia_injected_train', 1),
    },
    ...['mitre_frr', 'awesome_prompts', 'clinc150', 'banking77_train', 'halueval_user_queries'].map(
      (file): EvalSet => ({ name: file, origin: 'user', attack: false, trainedOn: true, texts: labelled(file, 0) }),
    ),
    ...['docs_train', 'bipia_ctx_train', 'halueval_responses'].map(
      (file): EvalSet => ({
        name: file,
        origin: 'third-party',
        attack: false,
        trainedOn: true,
        texts: labelled(file, 0),
      }),
    ),
  ]
}

function rows(file: string): Record<string, unknown>[] {
  return readFileSync(join(SHARED, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

function inContexts(orders: readonly string[], random: Random): string[] {
  return orders.flatMap((order) => Object.values(CONTEXTS).map((context) => context(order, random)))
}

/** Between two sentences of a page: at its beginning, its end, and anywhere. */
function inPages(orders: readonly string[], pages: readonly string[], random: Random): string[] {
  return orders.flatMap((order) =>
    [0, 0.5, 1].map((place) => {
      const sentences = random.pick(pages).split(/(?<=\. )/)
      const at = place === 0.5 ? random.below(sentences.length + 1) : place * sentences.length
      return [...sentences.slice(0, at), `\n${order}\n`, ...sentences.slice(at)].join('')
    }),
  )
}

function readmes(): string[] {
  return readdirSync(PACKAGES)
    .sort()
    .flatMap((name) =>
      ['README.md', 'readme.md']
        .map((file) => join(PACKAGES, name, file))
        .filter((file) => existsSync(file))
        .slice(0, 1),
    )
    .map((file) => readFileSync(file, 'utf8').slice(0, LONGEST_README))
}
