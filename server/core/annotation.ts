import type { KeptContent } from './experiment.ts'

/** Why a request waits for a person. */
export const ANNOTATION_REASONS = [
  'evaluator-fail',
  'judge-disagreement',
  'guardrail-dispute',
  'thumbs-down',
  'sample',
  'by-hand',
] as const
export type AnnotationReason = (typeof ANNOTATION_REASONS)[number]

/** What a rule may wait for. */
export const RULE_REASONS = [
  'evaluator-fail',
  'judge-disagreement',
  'guardrail-dispute',
  'thumbs-down',
  'sample',
] as const satisfies readonly AnnotationReason[]
export type RuleReason = (typeof RULE_REASONS)[number]

/** `done`: it has the label that it waited for; `skipped`: somebody found it not worth one. */
export const ANNOTATION_STATES = ['open', 'done', 'skipped'] as const
export type AnnotationState = (typeof ANNOTATION_STATES)[number]

/** A question of the rubric. */
export interface Criterion {
  name: string
  /** From the best to the worst. */
  labels: readonly string[]
  /** Those with which a reply is good enough: what judges are held against. */
  good: readonly string[]
  description: string | null
}

/** Puts requests into the queue. */
export interface AnnotationRule {
  when: RuleReason
  /** `null`: any. */
  route: string | null
  /** Name of an evaluator; `null`: any. */
  evaluator: string | null
  /** Share of what it applies to. */
  sample: number
}

export interface AnnotationPolicy {
  rubric: readonly Criterion[]
  rules: readonly AnnotationRule[]
  /** Open ones beyond which rules queue nothing. */
  maxOpen: number
  /** How long the texts of what is queued are kept, in milliseconds. */
  keepMs: number
}

/** Of a config that says nothing of labels. */
export const DEFAULT_RUBRIC: readonly Criterion[] = [
  { name: 'verdict', labels: ['good', 'bad'], good: ['good'], description: null },
]

/** Of a config that says nothing of rules: what somebody, or a judge, has complained of. No text is kept for them. */
export const DEFAULT_RULES: readonly AnnotationRule[] = (
  ['thumbs-down', 'guardrail-dispute', 'judge-disagreement'] as const
).map((when) => ({ when, route: null, evaluator: null, sample: 1 }))

/** Criteria that some requests have besides those of the rubric. What is said there tunes more than judges. */
export const OWN_CRITERIA = ['guardrail', 'cache'] as const

/** A request for the queue. */
export interface NewAnnotation {
  requestId: string
  route: string
  tenant: string | null
  reason: AnnotationReason
  /** For people: names and figures, nothing of what was said. */
  detail: string | null
  /** Id of the guardrail's verdict that somebody disputes. */
  verdict: number | null
  at: number
}

/** What a person says: a label for each criterion. */
export type Labels = Readonly<Record<string, string>>

/** Of one request; further users are not heard. */
export const MOST_FEEDBACK = 100

/** What an app tells of a reply. The comment holds no secret and no personal data. */
export interface NewFeedback {
  /** Of a feedback that is not replaced. */
  id: string
  at: number
  requestId: string
  tenant: string
  key: string | null
  user: string | null
  /** -1 to 1; below 0 is a complaint. */
  value: number
  comment: string | null
}

/** Who did it: the name that they gave, and how they were let in. */
export interface Labeller {
  name: string
  letInBy: string
}

/** What is asked of the store for feedback and annotation. `at` is milliseconds since the epoch. */
export type AnnotationCommand =
  /** In place of what the same key and user said of the request before. `queue` is what comes of it. */
  | { type: 'add-feedback'; feedback: NewFeedback; queue: QueuedAnnotation | null }
  | ({ type: 'queue-annotation'; by: Labeller | null } & QueuedAnnotation)
  /** In place of what the same person said before. */
  | { type: 'label-annotation'; item: number; labels: Labels; comment: string | null; by: Labeller; at: number }
  | { type: 'assign-annotation'; item: number; assignee: string | null; by: Labeller; at: number }
  | { type: 'skip-annotation'; item: number; by: Labeller; at: number }

export interface QueuedAnnotation {
  item: NewAnnotation
  /** Texts to keep, where they are known. */
  content: KeptContent | null
  /** Until when texts that are kept already stay at least. */
  keptUntil: number
  /** `null`: as many as there are. */
  maxOpen: number | null
}

/** `known`: it was in the queue before; `full`: it is not in it. */
export type QueueOutcome = { outcome: 'queued' | 'known'; id: number } | { outcome: 'full' }

export interface AnnotationAnswers {
  /** `queued` is what `queue` came to. `unknown`: no request of the tenant has this id; `full`: `MOST_FEEDBACK` is there. */
  'add-feedback': { id: string; queued: QueueOutcome['outcome'] | null } | 'unknown' | 'full'
  'queue-annotation': QueueOutcome
  /** `null` where there is no such item. */
  'label-annotation': { state: AnnotationState } | null
  'assign-annotation': { state: AnnotationState } | null
  'skip-annotation': { state: AnnotationState } | null
}
