import { readFileSync, statSync } from 'node:fs'
import { classify, classifyTyped, SHIPPED_THRESHOLD } from '../../server/guardrails/injection/classifier.ts'
import { areaOf } from '../../server/http/admin/guardrail-roc.ts'
import type { Evaluation } from '../guard-train/evaluation.ts'
import { tablesOf } from '../guard-train/model-card.ts'
import { DISGUISES } from './injection-disguises.ts'
import { FRAMED_ORDERS } from './injection-held-out-third-party.ts'
import { DIRECT_ATTACKS } from './injection-held-out-typed.ts'
import { PUBLISHED } from './injection-published.ts'
import { type EvalSet, evalSets, hasShared } from './injection-sets.ts'
import { percent } from './markdown.ts'

const RESOURCES = new URL('../../resources/injection/', import.meta.url)

interface SetResult {
  name: string
  trainedOn: boolean
  attack: boolean
  texts: number
  /** Share at or above the shipped threshold. */
  flagged: number
  /** Against benign texts of the same origin that were not trained on; `null` for these. */
  auc: number | null
}

export interface InjectionResults {
  sets: SetResult[]
  /** Of attacks that are caught as they are, the share that is caught in disguise, by disguise. */
  disguised: { name: string; caught: number }[]
  /** Of texts of a kilobyte and more. */
  millisecondsPerKilobyte: { p50: number; p99: number }
  weightBytes: number
  leaveOneSourceOut: Evaluation['leaveOneSourceOut']
}

/** Measures the injection guardrail as shipped. Sets of the data folder are left out where it is not here. */
export async function evaluateInjection(): Promise<{ markdown: string; results: InjectionResults }> {
  const times: number[] = []
  // The first texts pay for reading the weights and for compiling.
  for (const text of DIRECT_ATTACKS) for (const disguise of Object.values(DISGUISES)) classify(disguise(text))
  const judged = evalSets().map((set) => ({ set, scores: set.texts.map((text) => timed(text, set.origin, times)) }))
  const evaluation = JSON.parse(readFileSync(new URL('evaluation.json', RESOURCES), 'utf8')) as Evaluation
  const results: InjectionResults = {
    sets: judged.map(({ set, scores }) => resultOf(set, scores, benignScores(judged, set))),
    disguised: disguised(),
    /** Of texts of a kilobyte and more. */
    millisecondsPerKilobyte: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
    weightBytes: statSync(new URL('weights.bin', RESOURCES)).size,
    leaveOneSourceOut: evaluation.leaveOneSourceOut,
  }
  return { markdown: page(results, evaluation), results }
}

function scoreOf(text: string, origin: EvalSet['origin']): number {
  if (origin === 'user') return classifyTyped(text).score
  const { direct, indirect } = classify(text)
  return Math.max(direct.score, indirect.score)
}

function timed(text: string, origin: EvalSet['origin'], times: number[]): number {
  const begun = performance.now()
  const score = scoreOf(text, origin)
  // What a call costs whatever the length would hide what a kilobyte costs.
  if (text.length >= 1024) times.push((performance.now() - begun) / (text.length / 1024))
  return score
}

function benignScores(judged: readonly { set: EvalSet; scores: number[] }[], { origin }: EvalSet): number[] {
  return judged.flatMap(({ set, scores }) => (!set.attack && !set.trainedOn && set.origin === origin ? scores : []))
}

function resultOf(set: EvalSet, scores: readonly number[], benign: readonly number[]): SetResult {
  const flagged = scores.filter((score) => score >= SHIPPED_THRESHOLD).length / Math.max(1, scores.length)
  const { name, trainedOn, attack } = set
  const labelled = [
    ...scores.map((score) => ({ score, harmful: true })),
    ...benign.map((score) => ({ score, harmful: false })),
  ]
  return { name, trainedOn, attack, texts: scores.length, flagged, auc: attack ? areaOf(labelled) : null }
}

function disguised(): InjectionResults['disguised'] {
  const caught = [...DIRECT_ATTACKS, ...FRAMED_ORDERS].filter(
    (text) => /^[ -~\n]+$/.test(text) && scoreOf(text, 'third-party') >= SHIPPED_THRESHOLD,
  )
  return Object.entries(DISGUISES).map(([name, disguise]) => {
    const still = caught.filter((text) => scoreOf(disguise(text), 'third-party') >= SHIPPED_THRESHOLD)
    return { name, caught: still.length / caught.length }
  })
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

function page(results: InjectionResults, evaluation: Evaluation): string {
  const { sets, disguised: hidden, millisecondsPerKilobyte: cost, weightBytes } = results
  const mean = hidden.reduce((sum, { caught }) => sum + caught, 0) / hidden.length
  const table = (trainedOn: boolean) => [
    '| set | texts | flagged | AUC |',
    '|---|---:|---:|---:|',
    ...sets
      .filter((set) => set.trainedOn === trainedOn)
      .map(({ attack, name, texts, flagged, auc }) => {
        const kind = attack ? 'attacks' : 'benign'
        return `| ${kind}: ${name} | ${texts} | ${percent(flagged)} | ${auc === null ? '' : auc.toFixed(3)} |`
      }),
  ]
  return [
    '## injection',
    '',
    `Threshold ${SHIPPED_THRESHOLD}; ${(weightBytes / 1000).toFixed(0)} kB of weights; ${cost.p50.toFixed(3)} ms/KB (p50), ${cost.p99.toFixed(3)} (p99).`,
    '`flagged` is recall for attacks, false alarms for benign texts.',
    ...(hasShared() ? [] : ['', 'The data folder ../shared/data is not here: its sets are left out.']),
    '',
    '### Not trained on',
    '',
    ...table(false),
    '',
    '### In distribution: trained on',
    '',
    ...table(true),
    '',
    `### Of what is caught as it is, caught in disguise: ${percent(mean)} on average`,
    '',
    '| disguise | caught |',
    '|---|---:|',
    ...hidden.map(({ name, caught }) => `| ${name} | ${percent(caught)} |`),
    '',
    tablesOf(evaluation),
    '',
    '### What others publish, on sets of their own',
    '',
    '| detector | figures | source |',
    '|---|---|---|',
    ...PUBLISHED.map(({ model, figure, source }) => `| ${model} | ${figure} | ${source} |`),
  ].join('\n')
}
