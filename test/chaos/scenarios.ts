import { type Fault, HEALTHY, type Trouble } from './faults.ts'
import { type Behaviour, USUAL } from './laboratory.ts'

/** Two equal targets, A and B, and what goes wrong with them. */
export interface Scenario {
  name: string
  /** For the reader of the tables. */
  title: string
  a: Behaviour
  b: Behaviour
  /** Members of the gateway's route besides the usual ones. */
  route?: Record<string, unknown>
  /** The kind of both providers; the usual one is `openai-compatible`. */
  kind?: string
  kinds: readonly Kind[]
  /** Requests per second, where time matters; else as fast as replies come. */
  perSecond?: number
  /** Gatehouse's requests at a time, where not the usual number. */
  concurrency?: number
  /** How long the load goes on at most; needed where it has a pace. */
  mostMs?: number
  deadlineMs?: number
  targets: readonly TargetName[]
}

export type Kind = 'unary' | 'stream'

/** What the measurements of Gatehouse are held against; verdicts.ts says how. */
export type TargetName = 'success' | 'no-worse' | 'whole' | 'attempts' | 'deadline'

const BOTH: readonly Kind[] = ['unary', 'stream']
const ALL: readonly TargetName[] = ['success', 'attempts', 'deadline']

const behaves = (trouble: Trouble): Behaviour => ({ ...USUAL, trouble })
const healthy = behaves(HEALTHY)
const always = (...faults: Fault[]) => behaves({ schedule: { when: 'always' }, faults })
const sometimes = (share: number, ...faults: Fault[]) => behaves({ schedule: { when: 'share', share }, faults })

const REFUSALS: readonly Fault[] = [500, 502, 503].map((status) => ({ kind: 'status', status }))
const MIDDLE: readonly Fault[] = [
  { kind: 'cut' },
  { kind: 'end-early' },
  { kind: 'reset', at: 'middle' },
  { kind: 'error-in-200', at: 'middle' },
]

/** Nothing goes wrong: what comes first, so that faults meet a gateway that has been at work, as they do in life. */
export const WARM_UP: Scenario = {
  name: 'warm-up',
  title: 'both are well',
  a: healthy,
  b: healthy,
  kinds: BOTH,
  targets: [],
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'down',
    title: 'A is down: nothing listens at its address',
    a: { ...healthy, gone: true },
    b: healthy,
    kinds: BOTH,
    targets: ALL,
  },
  {
    name: 'brown-out',
    title: 'A browns out: 20 % of its replies are 500, 502 or 503',
    a: sometimes(0.2, ...REFUSALS),
    b: healthy,
    kinds: BOTH,
    targets: ALL,
  },
  {
    name: 'bursts',
    title: 'A refuses in bursts: of 100 requests 40 get 500, 503 and 529, or 429 with and without retry-after',
    a: behaves({
      schedule: { when: 'bursts', good: 60, bad: 40 },
      faults: [
        { kind: 'status', status: 500 },
        { kind: 'status', status: 503, retryAfter: '1' },
        { kind: 'status', status: 529 },
        { kind: 'status', status: 429 },
        { kind: 'status', status: 429, retryAfter: '1' },
      ],
    }),
    b: healthy,
    kinds: BOTH,
    targets: ALL,
  },
  {
    name: 'stalls',
    title: 'A accepts every request and never answers',
    a: always({ kind: 'stall' }),
    b: healthy,
    kinds: BOTH,
    targets: ALL,
  },
  {
    name: 'half-open',
    title: 'each connection to A goes dead after three replies: it accepts, and nothing comes any more',
    a: always({ kind: 'half-open', replies: 3 }),
    b: healthy,
    kinds: BOTH,
    targets: ALL,
  },
  {
    name: 'resets',
    title: 'A resets 30 % of connections and requests',
    a: sometimes(0.3, { kind: 'reset-at-connect' }, { kind: 'reset', at: 'request' }),
    b: healthy,
    kinds: BOTH,
    targets: ALL,
  },
  {
    name: 'not-a-reply',
    title: 'A answers 30 % with 200 and an error, or a web page',
    a: sometimes(0.3, { kind: 'error-in-200', at: 'start' }, { kind: 'web-page' }),
    b: healthy,
    kinds: BOTH,
    targets: ALL,
  },
  {
    name: 'slow',
    title: 'A takes 700 ms longer for 10 % of its replies, Gatehouse hedges after 100 ms',
    a: sometimes(0.1, { kind: 'slow-start', ms: 700 }),
    b: healthy,
    route: { hedge: { after: '100ms' } },
    kinds: BOTH,
    targets: ['success', 'deadline'],
  },
  {
    name: 'drip',
    title: 'A sends 30 % of its replies in pieces of 64 bytes',
    a: sometimes(0.3, { kind: 'drip', bytes: 64, everyMs: 3 }),
    b: healthy,
    kinds: BOTH,
    targets: ['success', 'whole', 'deadline'],
  },
  {
    name: 'flapping',
    title: 'A is up for 2 s and down for 2 s',
    a: behaves({
      schedule: { when: 'flapping', upMs: 2000, downMs: 2000 },
      faults: [{ kind: 'reset-at-connect' }, { kind: 'reset', at: 'request' }],
    }),
    b: healthy,
    kinds: BOTH,
    perSecond: 260,
    mostMs: 12_000,
    targets: ALL,
  },
  {
    name: 'cut-streams',
    title: 'A breaks 30 % of its streams in the middle; Gatehouse resumes, and no breaker spares it the work',
    a: sometimes(0.3, ...MIDDLE),
    b: healthy,
    route: { on_stream_failure: 'resume', breaker: { failures: 0 } },
    kind: 'vllm',
    kinds: ['stream'],
    targets: ['success', 'whole', 'deadline'],
  },
  {
    name: 'silent-streams',
    title: 'A falls silent in the middle of 5 % of its streams, Gatehouse resumes',
    a: sometimes(0.05, { kind: 'hang' }),
    b: healthy,
    route: { on_stream_failure: 'resume' },
    kind: 'vllm',
    kinds: ['stream'],
    targets: ['success', 'whole', 'deadline'],
  },
  {
    name: 'nobody',
    title: 'neither answers; callers have 800 ms, and no breaker cuts it short',
    a: always({ kind: 'stall' }),
    b: always({ kind: 'stall' }),
    route: { breaker: { failures: 0 } },
    kinds: BOTH,
    concurrency: 64,
    mostMs: 2000,
    deadlineMs: 800,
    targets: ['deadline'],
  },
  {
    name: 'both-brown-out',
    title: 'both brown out: 20 % of their replies are 500, 502 or 503',
    a: sometimes(0.2, ...REFUSALS),
    b: sometimes(0.2, ...REFUSALS),
    route: { retry: { max: 2 } },
    kinds: BOTH,
    targets: ['no-worse', 'deadline'],
  },
]
