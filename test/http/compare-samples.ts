import type { Change } from '../../server/core/experiment.ts'
import { requestOf, type SeededArm, type SeededPair, sayingOf } from './compare-seed.ts'

/** How a candidate does beside the baseline. Shares of the requests, but `slower`, which is a factor. */
export interface Quality {
  errors: number
  timeouts: number
  /** Replies that say something else, and are scored lower. */
  worse: number
  slower: number
}

export const EQUAL: Quality = { errors: 0, timeouts: 0, worse: 0, slower: 1 }
export const WORSE: Quality = { errors: 0.06, timeouts: 0.02, worse: 0.4, slower: 1.6 }

const SYSTEM = 'You are the help desk of a shop for tea. Answer briefly, and only from the handbook.'
const TENANTS = ['acme', 'globex', 'initech']
const APPS = ['web', 'mail']

/** Pairs of a help desk: plain texts, JSON and calls of tools, the same for the same seed. */
export function helpDeskPairs(count: number, quality: Quality, seed = 1): SeededPair[] {
  const draw = drawFrom(seed)
  return Array.from({ length: count }, (_, index) => helpDeskPair(index, quality, draw))
}

type Draw = () => number

function helpDeskPair(index: number, quality: Quality, draw: Draw): SeededPair {
  const { request, answers } = subjects[index % subjects.length]!(index)
  const cohort = { tenant: TENANTS[index % 5 === 4 ? 2 : index % 2]!, 'metadata.app': APPS[index % 3 === 0 ? 1 : 0]! }
  if (index % 23 === 11) return { request, cohort, skipped: index % 2 === 0 ? 'budget' : 'not_idle' }
  const baseline = armOf(answers.right, 0.9, 1, draw)
  const failing = draw()
  const failed: SeededArm | null =
    failing < quality.errors
      ? { reply: null, outcome: 'error', error: 'upstream_unavailable' }
      : failing < quality.errors + quality.timeouts
        ? { reply: null, outcome: 'timeout', error: 'upstream_timeout' }
        : null
  const isWorse = draw() < quality.worse
  const style = draw()
  const said = isWorse ? answers.wrong : style < 0.3 ? answers.right : style < 0.55 ? answers.dressed : answers.reworded
  const candidate = failed ?? armOf(said, isWorse ? 0.55 : 0.9, quality.slower, draw)
  const again = draw() < 0.5 ? answers.right : answers.reworded
  const withSelf = draw() < 0.4
  return {
    request,
    cohort,
    baseline,
    candidate,
    ...(withSelf && { self: armOf(again, 0.9, 1, draw), selfChange: changeTo(again, answers) }),
    change: failed ? { kind: 'failure', amount: 1 } : changeTo(said, answers),
    ...(draw() < 0.08 && { votes: { ann: isWorse ? 'baseline' : 'tie' } }),
  }
}

interface Answers {
  right: ReturnType<typeof sayingOf>
  /** The same in other clothes. */
  dressed: ReturnType<typeof sayingOf>
  reworded: ReturnType<typeof sayingOf>
  wrong: ReturnType<typeof sayingOf>
}

function changeTo(said: Answers[keyof Answers], { right, dressed, wrong }: Answers): Change {
  if (said === right) return { kind: 'identical', amount: 0 }
  if (said === dressed) return { kind: 'format-only', amount: 0 }
  return { kind: 'substantive', amount: said === wrong ? 0.71 : 0.38 }
}

function armOf(reply: SeededArm['reply'], score: number, slower: number, draw: Draw): SeededArm {
  // Of two draws the shape of a time: often short, now and then long.
  const latency = (300 - 400 * Math.log(1 - draw() * 0.98)) * slower
  return {
    reply,
    measures: {
      ttft: latency * 0.3,
      latency,
      tokens: 40 + Math.floor(draw() * 30),
      cost: 0.0004 + draw() * 0.0002,
      refusal: 0,
      guardrail_block: 0,
      'score:groundedness': Math.min(1, Math.max(0, score + (draw() - 0.5) * 0.12)),
    },
  }
}

const call = (name: string, value: unknown) => ({ name, arguments: JSON.stringify(value) })

const subjects: readonly ((index: number) => { request: ReturnType<typeof requestOf>; answers: Answers })[] = [
  (index) => ({
    request: requestOf(`How long may I send order ${1000 + index} back?`, { system: SYSTEM }),
    answers: {
      right: sayingOf('You can send it back within 30 days of delivery, unopened. We pay for the parcel.'),
      dressed: sayingOf('You can send it back **within 30 days** of delivery, unopened.\n\nWe pay for the parcel.'),
      reworded: sayingOf('You have 30 days after delivery to return it unopened, and the parcel is on us.'),
      wrong: sayingOf('You can send it back within 14 days of the order. You pay for the parcel yourself.'),
    },
  }),
  (index) => {
    const order = { order: 1000 + index, status: 'sent', carrier: 'DHL', items: [{ sku: 'sencha-100', count: 2 }] }
    return {
      request: requestOf(`Give me the state of order ${1000 + index} as JSON.`, { system: SYSTEM }),
      answers: {
        right: sayingOf(JSON.stringify(order)),
        dressed: sayingOf(`\`\`\`json\n${JSON.stringify(order, null, 2)}\n\`\`\``),
        reworded: sayingOf(JSON.stringify({ ...order, carrier: 'DHL Express' })),
        wrong: sayingOf(JSON.stringify({ order: 1000 + index, status: 'packed', items: [], note: 'late' })),
      },
    }
  },
  (index) => {
    const find = call('find_order', { id: 1000 + index })
    const refund = (amount: number) => call('refund', { id: 1000 + index, amount, reason: { code: 'damaged' } })
    const twist = { name: 'find_order', arguments: `{ "id": ${1000 + index} }` }
    return {
      request: requestOf(`Order ${1000 + index} came damaged, pay me back the 12 €.`, {
        system: SYSTEM,
        tools: ['find_order', 'refund'],
      }),
      answers: {
        right: sayingOf('', [find, refund(12)]),
        dressed: sayingOf('', [twist, refund(12)]),
        reworded: sayingOf('I am looking into it.', [find, refund(12)]),
        wrong: sayingOf('', [refund(21)]),
      },
    }
  },
]

/** Numbers from 0 to 1, the same for the same seed (Marsaglia's xorshift). */
function drawFrom(seed: number): Draw {
  let state = seed * 0x9e3779b9 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 0x1_0000_0000
  }
}
