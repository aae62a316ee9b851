import type { Split } from '../../core/dataset.ts'
import { GatewayError } from '../../core/errors.ts'
import type { ExperimentSettings } from '../../core/experiment.ts'
import { type Policy, splitTarget } from '../../core/policy.ts'
import type { EvaluatorDocument, RunArm, TraceSlice } from '../../core/run.ts'

/** Who answers, as it was asked for. */
export interface ArmOrder {
  target?: string
  route?: string
  /** Text of a proposed config. */
  config?: string
}

/** What a run is asked for; what is left out is up to the run. */
export interface RunOrder {
  name: string | null
  /** `NAME@VERSION`, or `NAME` for the latest version. */
  dataset: string | null
  split: Split | null
  traces: TraceSlice | null
  candidate: ArmOrder
  baseline: Omit<ArmOrder, 'config'> | 'recorded' | 'none'
  evaluators: readonly EvaluatorDocument[] | null
  judge: ExperimentSettings['judge']
  margins: ExperimentSettings['margins']
  cohorts: readonly string[]
  replaysTools: boolean
  concurrency: number | null
  when: 'now' | 'idle'
  budgetUsd: number | null
  allowResidency: readonly string[]
}

/** Throws `invalid_request` for a side that says too much, too little, or what the config does not have. */
export function armOf({ target, route, config }: ArmOrder, running: Policy, param: string): RunArm {
  const named = [target, config ?? route].filter((part) => part !== undefined)
  if (named.length !== 1 || (target !== undefined && route !== undefined))
    throw new GatewayError('invalid_request', `\`${param}\` names one of \`target\`, \`route\` and \`config\`.`, {
      param,
      hint: 'Only `config` may come with a `route`, which is then one of that config.',
    })
  if (config !== undefined) return { by: 'config', route: route ?? null }
  if (route !== undefined) return { by: 'route', route }
  const parts = splitTarget(target!)
  if (!parts || !running.providers.has(parts.provider))
    throw new GatewayError('invalid_request', `There is no provider for ${target} in the running config.`, {
      param,
      hint: `Its providers: ${[...running.providers.keys()].join(', ')}. A target is provider/model.`,
    })
  return { by: 'target', ...parts }
}

/** For people. */
export function armName(arm: RunArm, proposed: Pick<Policy, 'revision'> | null): string {
  switch (arm.by) {
    case 'target':
      return `${arm.provider}/${arm.model}`
    case 'route':
      return `route ${arm.route}`
    case 'config':
      return `config ${proposed!.revision}${arm.route === null ? '' : `, route ${arm.route}`}`
  }
}

/** Where the requests of an order come from, for people. */
export function sourceName({ traces, split }: Pick<RunOrder, 'traces' | 'split'>, label: string | null): string {
  if (traces === null) return split === null ? label! : `${label}, ${split}`
  const day = (time: number) => new Date(time).toISOString().slice(0, 10)
  return `traces of ${traces.route}, ${day(traces.from)} to ${day(traces.to)}`
}
