/** What is asked of whom, as it is typed. */
import type { BenchBody } from '../../server/http/admin/schemas.ts'

export const MOST_TARGETS = 4

export interface BenchForm {
  /** `provider/model`, at least one and at most four; empty where none is chosen yet. */
  targets: readonly string[]
  system: string
  prompt: string
  /** Empty: as many as the model likes. */
  maxTokens: string
  /** Empty: the model’s own. */
  temperature: string
  inTurn: boolean
}

export const emptyForm: BenchForm = {
  targets: [],
  system: '',
  prompt: '',
  maxTokens: '',
  temperature: '',
  inTurn: true,
}

export interface FormProblems {
  /** By place. */
  targets: readonly (string | null)[]
  maxTokens: string | null
  temperature: string | null
  /** What is missing before anything can be asked. */
  missing: string | null
}

/** What is wrong with a form. `providers` are those of the config; `null` while they are not known. */
export function problemsOf(form: BenchForm, providers: readonly string[] | null): FormProblems {
  const { targets, prompt, maxTokens, temperature } = form
  return {
    targets: targets.map((target) => targetProblem(target.trim(), providers)),
    maxTokens: maxTokens.trim() === '' || /^[1-9]\d{0,8}$/.test(maxTokens.trim()) ? null : 'A whole number from 1.',
    temperature: isTemperature(temperature.trim()) ? null : 'A number from 0 to 2.',
    missing: targets.every((target) => target.trim() === '')
      ? 'Choose a model.'
      : prompt.trim() === ''
        ? 'Write a prompt.'
        : null,
  }
}

function targetProblem(target: string, providers: readonly string[] | null): string | null {
  if (target === '') return null
  const at = target.indexOf('/')
  if (at < 1 || at === target.length - 1) return 'A model is written provider/model.'
  const provider = target.slice(0, at)
  if (providers === null || providers.includes(provider)) return null
  return `There is no provider “${provider}”.`
}

function isTemperature(text: string): boolean {
  return text === '' || (/^\d(?:\.\d{1,4})?$/.test(text) && Number(text) <= 2)
}

/** What is sent, or `null` where something is wrong or missing. */
export function orderOf(form: BenchForm, providers: readonly string[] | null): BenchBody | null {
  const problems = problemsOf(form, providers)
  const wrong = [...problems.targets, problems.maxTokens, problems.temperature, problems.missing]
  if (wrong.some((problem) => problem !== null)) return null
  const { system, prompt, maxTokens, temperature, inTurn } = form
  return {
    targets: chosenTargets(form),
    messages: [
      ...(system.trim() === '' ? [] : [{ role: 'system' as const, content: system }]),
      { role: 'user', content: prompt },
    ],
    ...(maxTokens.trim() === '' ? {} : { max_tokens: Number(maxTokens) }),
    ...(temperature.trim() === '' ? {} : { temperature: Number(temperature) }),
    in_turn: inTurn,
  }
}

/** Places that were left empty ask nobody. */
export function chosenTargets({ targets }: BenchForm): string[] {
  return targets.map((target) => target.trim()).filter((target) => target !== '')
}
