import { routesConfig } from '../support/gateway.ts'
import { CHEAP, FRONTIER } from './models.ts'

export const ALWAYS_CHEAP = 'always-cheap'
export const ALWAYS_FRONTIER = 'always-frontier'
/** As a file would say it without any tuning. */
export const ESCALATING = 'escalating'
/** Judged once the reply is out: a target is chosen by its mean score, and no reply goes to another one. */
export const WATCHED = 'watched'
/** Nothing passes, so that both replies are judged: what thresholds are chosen by. */
export const BOTH = 'both-judged'

/** The evaluator's default. */
export const USUAL_THRESHOLD = 0.5
/** Between the mean scores of the two models. */
export const BAR = 0.65

/** The route that escalates what scores less. */
export function routeAt(threshold: number): string {
  return `escalating-at-${threshold}`
}

/** The config of a gateway that has every route of the comparison. */
export function configOf(urls: { cheap: string; frontier: string }, thresholds: readonly number[]): string {
  const cheap = { provider: 'cheap', model: CHEAP }
  const frontier = { provider: 'frontier', model: FRONTIER }
  const escalating = (threshold: number) => ({
    strategy: 'cost-optimized',
    targets: [cheap],
    evaluators: { require: [{ use: 'groundedness', threshold }], escalate_to: `frontier/${FRONTIER}` },
  })
  const provider = (url: string) => ({ kind: 'openai', base_url: `${url}/v1`, api_key: '${env:RECORDED_KEY}' })
  return routesConfig(
    { cheap: provider(urls.cheap), frontier: provider(urls.frontier) },
    {
      [ALWAYS_CHEAP]: { targets: [cheap] },
      [ALWAYS_FRONTIER]: { targets: [frontier] },
      [ESCALATING]: escalating(USUAL_THRESHOLD),
      [WATCHED]: {
        strategy: 'cost-optimized',
        targets: [cheap, frontier],
        quality: { bar: BAR },
        evaluators: { watch: ['groundedness'] },
      },
      [BOTH]: escalating(1),
      ...Object.fromEntries(thresholds.map((threshold) => [routeAt(threshold), escalating(threshold)])),
    },
  )
}

/** What the config's references to the environment need; no provider asks for it. */
export const ENVIRONMENT = { RECORDED_KEY: 'of-nobody' }
