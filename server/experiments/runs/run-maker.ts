import type { ConfigStore } from '../../config/watch.ts'
import type { DatasetItem, PlacedItem } from '../../core/dataset.ts'
import { GatewayError } from '../../core/errors.ts'
import type { EvaluatorRule } from '../../core/evaluation.ts'
import type { Experiment, ExperimentSettings } from '../../core/experiment.ts'
import type { Policy, Target } from '../../core/policy.ts'
import type { PriceAttempt, Provider } from '../../core/ports.ts'
import type { RunArm, RunPlan } from '../../core/run.ts'
import type { CleanContent } from '../../pipeline/afterwards/clean-content.ts'
import type { DeskAsker } from '../../stores/desk-asker.ts'
import type { Reader } from '../../stores/reader.ts'
import { breather } from '../datasets/breather.ts'
import { doneOf } from '../datasets/fill.ts'
import { targetsOf } from '../open-evaluation.ts'
import { ALPHA } from '../settings.ts'
import { experimentId } from '../store.ts'
import { callOf, type RunContext, routeOf } from './arm-call.ts'
import { compileContext, rulesFor } from './context.ts'
import { Estimator, type RunEstimate } from './estimate.ts'
import { writeItem } from './item-request.ts'
import { type ItemSource, itemSource } from './item-source.ts'
import { armName, armOf, type RunOrder, sourceName } from './order.ts'
import { isUnbound, ResidencyCheck } from './residency.ts'
import { checkMargins } from './rules.ts'
import { ToolTape } from './tool-tape.ts'

export interface RunMakerDeps {
  config: Pick<ConfigStore, 'current' | 'compile'>
  desk: DeskAsker
  reader: Reader
  clean: CleanContent
  providers: ReadonlyMap<string, Provider>
  price: PriceAttempt
}

/** Of a candidate whose providers say nothing. */
const USUAL_CONCURRENCY = 4

/** Makes runs: checks what is asked for, says what it will take, and writes down what it will go through. */
export class RunMaker {
  readonly #deps: RunMakerDeps

  constructor(deps: RunMakerDeps) {
    this.#deps = deps
  }

  /** Throws a GatewayError where the run would be refused. */
  async estimate(order: RunOrder): Promise<RunEstimate> {
    const draft = await this.#draft(order)
    for await (const page of draft.source.pages()) await this.#look(draft, page)
    return this.#finish(draft).estimate
  }

  /** As `estimate`, and the run is there afterwards, waiting. Nothing has been called. */
  async create(order: RunOrder, actor: string): Promise<{ id: string; estimate: RunEstimate }> {
    const { desk } = this.#deps
    const draft = await this.#draft(order)
    const startedAt = Date.now()
    const id = experimentId(startedAt)
    const { dataset } = draft.source
    if (dataset)
      doneOf(await desk.experiment({ type: 'freeze-dataset', id: dataset.id, at: startedAt }), draft.source.label!)
    const proposed = order.candidate.config ?? null
    await desk.experiment({ type: 'begin-run', id, dataset: dataset?.id ?? null, proposed, actor, at: startedAt })
    try {
      for await (const page of draft.source.pages()) {
        await this.#look(draft, page)
        const items = page.map(({ position, item }) => ({ position, item: dataset ? null : item }))
        await desk.experiment({ type: 'fill-run', id, items })
      }
      const { estimate, experiment, plan } = this.#finish(draft)
      await desk.experiment({ type: 'open-run', experiment: { ...experiment, id, startedAt }, plan })
      return { id, estimate }
    } catch (error) {
      await desk.experiment({ type: 'drop-run', id }).catch(() => {})
      throw error
    }
  }

  async #draft(order: RunOrder): Promise<Draft> {
    const { config, reader, clean, providers, price } = this.#deps
    const running = config.current()
    const context = compileContext(
      { running, proposed: order.candidate.config ?? null, evaluators: order.evaluators },
      (source) => config.compile(source),
    )
    const { baseline } = order
    return {
      order,
      context,
      candidate: armOf(order.candidate, running, 'candidate'),
      baseline: typeof baseline === 'string' ? baseline : armOf(baseline, running, 'baseline'),
      asked: askedTargets(order, running),
      source: await itemSource(order, { reader, clean, routes: [...running.routes.keys()] }),
      residency: new ResidencyCheck(running, order.allowResidency),
      estimator: new Estimator({
        providers,
        price,
        usualDuration: ({ provider, model }) => reader.ask('usualDuration', provider, model),
      }),
      rules: new Map(),
      routes: new Set(),
      providers: new Map(),
      unbound: 0,
    }
  }

  /** Takes requests into account. Throws where one of them cannot be run, or may not. */
  async #look(draft: Draft, page: readonly PlacedItem[]): Promise<void> {
    const ids = page.flatMap(({ item }) => (item.requestId === null ? [] : [item.requestId]))
    const output = await this.#deps.reader.ask<Record<string, number>>('recordedOutput', ids)
    const breathe = breather()
    for (const { item } of page) {
      await lookAt(item, draft, output[item.requestId ?? ''] ?? null)
      await breathe()
    }
  }

  #finish(draft: Draft): Made {
    const { order, context, candidate, baseline, source, estimator } = draft
    if (draft.routes.size === 0) throw source.nothing()
    const limits = [...draft.providers.values()]
    const concurrency = order.concurrency ?? (limits.includes(1) ? 1 : USUAL_CONCURRENCY)
    const settings = settingsOf(draft)
    checkMargins(settings.margins, settings.evaluators)
    const from = sourceName(order, source.label)
    const names = {
      candidate: armName(candidate, context.proposed),
      baseline: typeof baseline === 'string' ? baseline : armName(baseline, null),
    }
    const estimate = estimator.result(concurrency)
    if (draft.unbound > 0)
      estimate.warnings.push(`${draft.unbound} requests name no route, so that no residency binds them.`)
    const [route, ...others] = draft.routes
    return {
      estimate,
      experiment: {
        kind: 'replay',
        name: order.name ?? `${from} → ${names.candidate}`,
        route: others.length === 0 ? route! : null,
        ...names,
        settings,
        endedAt: null,
      },
      plan: {
        revision: context.running.revision,
        source: order.traces
          ? { of: 'traces', ...order.traces }
          : { of: 'dataset', dataset: source.dataset!.id, label: source.label!, split: order.split },
        candidate,
        baseline,
        evaluators: order.evaluators,
        replaysTools: order.replaysTools,
        concurrency,
        when: order.when,
        budgetNano: order.budgetUsd === null ? null : Math.round(order.budgetUsd * 1e9),
      },
    }
  }
}

/** A run that is being made. */
interface Draft {
  order: RunOrder
  context: RunContext
  candidate: RunArm
  baseline: RunArm | 'recorded' | 'none'
  /** What judges and evaluators may call. */
  asked: readonly Target[]
  source: ItemSource
  residency: ResidencyCheck
  estimator: Estimator
  /** Found so far: evaluators by name, routes of requests, most calls at a time by provider, requests without a route. */
  rules: Map<string, EvaluatorRule>
  routes: Set<string | null>
  providers: Map<string, number | null>
  unbound: number
}

interface Made {
  estimate: RunEstimate
  experiment: Omit<Experiment, 'id' | 'startedAt'>
  plan: RunPlan
}

async function lookAt(item: DatasetItem, draft: Draft, outputTokens: number | null): Promise<void> {
  const { context, baseline, residency, estimator, order } = draft
  const candidate = callOf(draft.candidate, item, context)
  const other = typeof baseline === 'string' ? null : callOf(baseline, item, context)
  residency.check(item, candidate.targets, candidate.policy, 'candidate')
  if (other) residency.check(item, other.targets, other.policy, 'baseline')
  residency.check(item, draft.asked, context.running, 'judge')
  const rules = rulesFor(item, context)
  for (const rule of rules) if (!draft.rules.has(rule.name)) draft.rules.set(rule.name, rule)
  draft.routes.add(routeOf(item))
  if (isUnbound(item)) draft.unbound += 1
  for (const { provider } of candidate.targets)
    draft.providers.set(provider, candidate.policy.providers.get(provider)?.queue.maxConcurrency ?? null)
  const { body, lost } = writeItem(item.request, candidate.model)
  const calls = other ? [candidate, other] : [candidate]
  const maxTokens = item.request.sampling.maxTokens ?? null
  const turns = 1 + ((order.replaysTools && ToolTape.of(item.request)?.turns) || 0)
  const judged = order.judge !== null && baseline !== 'none'
  await estimator.add({ body, lost, outputTokens, maxTokens, calls, turns, rules }, judged)
}

function settingsOf({ order, rules }: Draft): ExperimentSettings {
  const computing = [...rules.values()].filter(({ evaluator }) => evaluator.cost === 'process')
  return {
    alpha: ALPHA,
    margins: order.margins,
    cohorts: order.cohorts,
    judge: order.judge,
    evaluators: [...rules.keys()],
    optional: ['schema', ...computing.map(({ name }) => `score:${name}`)],
  }
}

/** Everything that judges and evaluators of the order may call. Throws `invalid_request` for a route that is not there. */
function askedTargets({ judge, evaluators }: RunOrder, running: Policy): Target[] {
  if (judge && !running.routes.has(judge.route))
    throw new GatewayError('invalid_request', `There is no route ${judge.route} for the judge.`, { param: 'judge' })
  const routes = (evaluators ?? []).map((document) => (typeof document === 'string' ? null : document.route))
  return [judge?.route, ...routes].flatMap((route) => (typeof route === 'string' ? targetsOf(running, route) : []))
}
