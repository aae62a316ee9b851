import { Context } from '../../server/evaluators/groundedness/context.ts'
import { readReply, sentencesOf } from '../../server/evaluators/groundedness/reply.ts'
import { SIGNALS, signalsOf } from '../../server/evaluators/groundedness/signals.ts'
import { AGAINST, FOR, isFatal, signalsOf as relevancySignals } from '../../server/evaluators/relevancy/signals.ts'
import { stemsAsked } from '../../server/evaluators/text/brought.ts'
import { requestOf, subjectOf } from '../evaluators/subject.ts'
import { TUNING } from './cases/index.ts'
import { type Answer, readAnswers, SOURCES } from './data.ts'
import { balanced, fit } from './fit.ts'
import { areaUnderCurve } from './measures.ts'
import { randomSets } from './relevancy-sets.ts'
import { repliesOf } from './replies.ts'

/** Signals of a reply, against it, and what it is. */
interface Example {
  signals: readonly number[]
  label: number
  /** Only half of the score is left. */
  halved?: boolean
}

export interface TrainingSet {
  name: string
  /** Sets of one source are left out together. */
  source: string
  examples: Example[]
}

/** How one evaluator is trained. */
export interface Training {
  signals: readonly string[]
  /** Weights that are not to be less, by signal. */
  floors: Readonly<Record<string, number>>
  /** Half of what the square of a weight costs. */
  penalty: number
  sets: TrainingSet[]
}

export interface Trained {
  bias: number
  /** By signal, none below 0. */
  weights: Readonly<Record<string, number>>
}

/** The sets of relevancy are larger. */
const PENALTY = { groundedness: 0.002, relevancy: 0.0005 }
/** What is plainly wrong must outweigh that everything else is right, however rare it is in the data. */
const GROUNDEDNESS_FLOORS = { numbers: 3.2, names: 2.4, flips: 3.2, swapped: 3 }
const RELEVANCY_FLOORS = { fits: 2.3, brief: 1.9, empty: 2, foreign: 1.5 }

/** Labelled dialogues by source, and the half of our own cases that is for training. */
export function groundednessTraining(): Training {
  const own = TUNING.flatMap((from) =>
    repliesOf(from).flatMap(({ answer, label }) =>
      groundednessExample({ context: from.context, answer, label }, from.question),
    ),
  )
  const labelled = SOURCES.map((source) => {
    return { name: source, source, examples: readAnswers(source).flatMap((answer) => groundednessExample(answer)) }
  })
  return {
    signals: SIGNALS,
    floors: GROUNDEDNESS_FLOORS,
    penalty: PENALTY.groundedness,
    sets: [...labelled, { name: 'our own cases for training', source: 'own', examples: own }],
  }
}

/** Replies that claim nothing have no signals to learn from. */
function groundednessExample({ context, answer, label }: Answer, question = ''): Example[] {
  const asked = stemsAsked(subjectOf(answer, { request: requestOf(question) }))
  const { claims } = readReply(sentencesOf(answer), new Context(context), asked, true)
  const signals = signalsOf(claims)
  return claims.length === 0 ? [] : [{ signals: SIGNALS.map((signal) => signals[signal]), label }]
}

/** Pairs of questions and replies, and as many put together at random. */
export function relevancyTraining(): Training {
  return {
    signals: [...FOR, ...AGAINST],
    floors: RELEVANCY_FLOORS,
    penalty: PENALTY.relevancy,
    sets: randomSets().map(({ name, exchanges }) => ({
      name,
      source: name.split(',')[0]!,
      examples: exchanges.map(({ question, reply, context, label }) => {
        const signals = relevancySignals(question, reply, context)
        return {
          label,
          halved: isFatal(signals),
          signals: [...FOR.map((signal) => -signals[signal]), ...AGAINST.map((signal) => signals[signal])],
        }
      }),
    })),
  }
}

/** Trained on sets that count alike. */
export function trainOn({ signals, floors, penalty }: Training, sets: readonly TrainingSet[]): Trained {
  const rounded = (value: number) => Math.round(value * 1000) / 1000
  const least = signals.map((signal) => floors[signal] ?? 0)
  const { bias, weights } = fit(balanced(sets.map(({ examples }) => examples)), least, penalty)
  return {
    bias: rounded(bias),
    weights: Object.fromEntries(signals.map((signal, index) => [signal, rounded(weights[index]!)])),
  }
}

/** By training and source left out. */
const withoutSource = new WeakMap<Training, Map<string, Trained>>()

/** What a set's AUC is by weights that no set of its source was used for. */
export function heldOutAuc(training: Training, set: TrainingSet): number {
  const bySource = withoutSource.get(training) ?? new Map<string, Trained>()
  withoutSource.set(training, bySource)
  const others = training.sets.filter(({ source }) => source !== set.source)
  const trained = bySource.get(set.source) ?? trainOn(training, others)
  bySource.set(set.source, trained)
  return aucOf(training, set, trained)
}

export function aucOf({ signals }: Training, { examples }: TrainingSet, { bias, weights }: Trained): number {
  return areaUnderCurve(
    examples.map(({ signals: values, label, halved = false }) => {
      const against = signals.reduce((sum, signal, index) => sum + weights[signal]! * values[index]!, 0)
      const likely = 1 / (1 + Math.exp(against - bias))
      return { label, score: halved ? likely / 2 : likely }
    }),
  )
}
