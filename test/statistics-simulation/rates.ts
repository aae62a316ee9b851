import { wilsonBounds } from '../../server/telemetry/score-book.ts'
import { FAMILIES, runFamily } from './family.ts'
import { OFF_THE_BAR, ON_THE_BAR } from './scenarios.ts'
import { runOnce } from './simulate.ts'
import { runTurn } from './turn.ts'

/** How often answers were given, of so many runs. */
export interface Rates {
  name: string
  length: number
  runs: number
  nonInferior: number
  worse: number
  /** Runs with any answer: each is false, as the truth lies on the bar. */
  either: number
  /** Upper end of the 95 % interval of Wilson for the true rate of `either`. */
  bound: number
}

/** The truth lies on the bar: every answer is false. */
export function* falseRates(runs: number): Generator<Rates> {
  for (const scenario of ON_THE_BAR)
    yield ratesOf(scenario.name, scenario.length, runs, (seed) => {
      const { nonInferior, worse } = runOnce(scenario, seed)
      return { nonInferior: nonInferior !== null, worse: worse !== null }
    })
}

/** Likewise for the overall answers of five metrics, of all traffic and of any of ten cohorts. */
export function* familyRates(runs: number, pairs: number): Generator<Rates> {
  for (const [name, onBar] of Object.entries(FAMILIES)) {
    const paths = Array.from({ length: runs }, (_, seed) => runFamily(onBar, pairs, seed))
    for (const part of ['all', 'cohorts'] as const)
      yield ratesOf(`${name}: ${part === 'all' ? 'all traffic' : 'any of ten cohorts'}`, pairs, runs, (seed) => ({
        nonInferior: paths[seed]![part].has('non-inferior'),
        worse: paths[seed]![part].has('worse'),
      }))
  }
}

function ratesOf(
  name: string,
  length: number,
  runs: number,
  run: (seed: number) => { nonInferior: boolean; worse: boolean },
): Rates {
  const results = Array.from({ length: runs }, (_, seed) => run(seed))
  const count = (holds: (result: { nonInferior: boolean; worse: boolean }) => boolean) => results.filter(holds).length
  const either = count(({ nonInferior, worse }) => nonInferior || worse)
  return {
    name,
    length,
    runs,
    nonInferior: count(({ nonInferior }) => nonInferior),
    worse: count(({ worse }) => worse),
    either,
    bound: wilsonBounds(either / runs, runs).upper,
  }
}

/** How often and how soon what is true is found. */
export interface Power {
  name: string
  truth: string
  length: number
  runs: number
  found: number
  /** Pairs, or requests, by which half and four fifths of the runs had found it; infinite: they had not. */
  half: number
  fourFifths: number
}

export function* power(runs: number): Generator<Power> {
  for (const { truth, ...scenario } of OFF_THE_BAR)
    yield powerOf(scenario.name, truth, scenario.length, runs, (seed) => {
      const path = runOnce(scenario, seed)
      return truth === 'worse' ? path.worse : path.nonInferior
    })
}

/** After how many requests a live candidate that turns bad is found out. */
export function* turns(runs: number): Generator<Power> {
  for (const [turnAt, turnedTo] of [
    [0, 0.5],
    [20_000, 0.5],
    [20_000, 0.8],
    [100_000, 0.5],
  ] as const)
    yield powerOf(`live 5:95, success 0.95 until request ${turnAt}, then ${turnedTo}`, 'worse', 50_000, runs, (seed) =>
      runTurn(turnAt, turnedTo, 50_000, seed),
    )
}

function powerOf(
  name: string,
  truth: string,
  length: number,
  runs: number,
  run: (seed: number) => number | null,
): Power {
  const found = Array.from({ length: runs }, (_, seed) => run(seed) ?? Infinity).sort((one, other) => one - other)
  return {
    name,
    truth,
    length,
    runs,
    found: found.filter(Number.isFinite).length,
    half: found[Math.ceil(runs * 0.5) - 1]!,
    fourFifths: found[Math.ceil(runs * 0.8) - 1]!,
  }
}
