import type { Change, PairRecord, SkipReason } from '../../core/experiment.ts'
import { cohortOfFacts, type RunItem, runPairId } from '../../core/run.ts'
import { draw } from '../../strategies/draw.ts'
import { changeOf } from '../change.ts'
import { type JudgedPreference, preferenceOf, resultsOf } from '../preference.ts'
import { type ArmDeps, ArmMaker, type CalledArm, type ItemWork, type MadeArm } from './arm-maker.ts'
import { Uncalled } from './uncalled.ts'

/** What came of one request of a run. */
export interface MadeItem {
  pair: PairRecord
  /** `lost`: it was cut off, so that nobody knows what came of it. */
  state: 'done' | 'failed' | 'lost'
  costNano: number
  /** The code of the error that the candidate failed with, or why it is lost. */
  problem: string | null
}

type About = Pick<ItemWork, 'run' | 'context' | 'recorded' | 'signal'>

/** A pair, but for what it is of. */
type PairBody = Omit<PairRecord, 'id' | 'experiment' | 'at' | 'cohort'>

const LOST: PairBody = {
  requestId: null,
  baseline: null,
  candidate: null,
  self: null,
  skipped: 'lost',
  change: null,
  selfChange: null,
}

/** Has both sides of a run answer a request, each once, and compares them. */
export class ItemMaker {
  readonly #deps: ArmDeps
  readonly #arms: ArmMaker

  constructor(deps: ArmDeps) {
    this.#deps = deps
    this.#arms = new ArmMaker(deps)
  }

  /** Never rejects. `Uncalled`: it is as if it had never begun. */
  async make(next: RunItem, about: About): Promise<MadeItem | Uncalled> {
    const work = workOf(next, about)
    try {
      const candidate = await this.#pair(work)
      return work.signal.aborted ? lost(work, 'It was cut off.') : candidate
    } catch (error) {
      if (error instanceof Uncalled) return error
      return lost(work, `A request could not be run: ${(error as Error).message}.`)
    }
  }

  async #pair(work: ItemWork): Promise<MadeItem> {
    const { experiment, plan } = work.run
    const { baseline } = plan
    // Whoever comes second finds the machine warm: neither side always does.
    const baselineFirst = draw(`order\0${experiment.id}\0${work.position}`) < 0.5
    const first = typeof baseline !== 'string' && baselineFirst ? await this.#arms.called(work, baseline, false) : null
    const candidate = await this.#arms.called(work, plan.candidate, true)
    const other = first ?? (await this.#baselineOf(work, candidate))
    const { outcome, error } = candidate.result
    return {
      pair: { ...placeOf(work), ...(await this.#compare(work, candidate, other)) },
      state: outcome === 'ok' ? 'done' : 'failed',
      costNano: work.spent,
      problem: outcome === 'ok' ? null : error,
    }
  }

  #baselineOf(work: ItemWork, candidate: CalledArm): Promise<MadeArm | SkipReason> {
    const { baseline } = work.run.plan
    if (baseline === 'none') return Promise.resolve('no_baseline')
    if (baseline === 'recorded') return this.#arms.recorded(work, candidate.exchange)
    return this.#arms.called(work, baseline, false)
  }

  async #compare(work: ItemWork, candidate: CalledArm, other: MadeArm | SkipReason): Promise<PairBody> {
    // The candidate's copy: the texts of the request itself may be past their time.
    const about = { requestId: candidate.exchange.id, self: null, selfChange: null }
    if (typeof other === 'string')
      return { ...about, baseline: null, candidate: candidate.result, skipped: other, change: null }
    const preference = await this.#prefer(work, candidate, other)
    return {
      ...about,
      ...resultsOf({ baseline: other.result, candidate: candidate.result }, preference),
      skipped: null,
      change: changeBetween(other, candidate),
    }
  }

  async #prefer(work: ItemWork, candidate: CalledArm, other: MadeArm): Promise<JudgedPreference | null> {
    const { judge } = work.run.experiment.settings
    if (judge === null || candidate.subject === null || other.subject === null) return null
    const services = this.#deps.servicesFor(candidate.exchange, work.account)
    return preferenceOf(judge, { baseline: other.subject, candidate: candidate.subject }, services)
  }
}

/** What its evaluators ask is on the run's own account. */
function workOf(next: RunItem, about: About): ItemWork {
  const spent = (_key: string, nano: number) => {
    work.spent += nano
  }
  const work: ItemWork = {
    ...about,
    ...next,
    account: { key: about.run.experiment.id, spent },
    spent: 0,
    called: false,
  }
  return work
}

function placeOf({ run: { experiment }, position, item }: ItemWork) {
  return {
    id: runPairId(experiment.id, position),
    experiment: experiment.id,
    at: Date.now(),
    cohort: cohortOfFacts(experiment.settings.cohorts, item.facts),
  }
}

function lost(work: ItemWork, problem: string): MadeItem {
  return { pair: { ...placeOf(work), ...LOST }, state: 'lost', costNano: work.spent, problem }
}

/** `null` where a text is not there any more. */
function changeBetween(other: MadeArm, candidate: MadeArm): Change | null {
  const isGone = (arm: MadeArm) => arm.subject === null && arm.result.error === null
  if (isGone(other) || isGone(candidate)) return null
  return changeOf(other.subject?.reply ?? null, candidate.subject?.reply ?? null)
}
