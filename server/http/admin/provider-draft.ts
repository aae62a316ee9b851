import { addProvider, providerLines } from '../../config/edit.ts'
import { ConfigError } from '../../config/problems.ts'
import type { Policy, ProviderPolicy } from '../../core/policy.ts'
import { redactor } from '../../telemetry/redact.ts'
import type { AdminDeps } from '../context.ts'
import type { ConfigProblem } from './problem-schema.ts'
import type { ProviderDraft } from './provider-schemas.ts'

/** A draft that can be saved: the provider it would be, and the whole file with it. */
export interface GoodDraft {
  good: true
  provider: ProviderPolicy
  policy: Policy
  source: string
  /** Its own lines of the file. */
  yaml: string
}

/** Why it cannot; `inFile` when not the draft is at fault but the file that it would be added to. */
export interface BadDraft {
  good: false
  problems: ConfigProblem[]
  inFile: boolean
}

/** Longer ones would break every table that names them. */
const LONGEST_ID = 64
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/
const REFERENCE = /^\$\{(env|file|secret):([^}]+)\}$/

/**
 * What a draft would be, on the file as it is on disk, so that an edit which is being made by hand is not undone.
 * No problem repeats a credential that was typed in.
 */
export function readDraft({ id, provider }: ProviderDraft, deps: AdminDeps): GoodDraft | BadDraft {
  const own = [...idProblems(id), ...credentialProblems(id, provider, deps)]
  if (own.length > 0) return bad(own)
  let source: string
  try {
    source = deps.config.sourceOnDisk()
    if (deps.config.compile(source).providers.has(id))
      return bad([problem('id', `There is a provider "${id}" already.`, 'choose another id')])
  } catch (error) {
    return bad(problemsOf(error, 'the config file cannot be read'), true)
  }
  try {
    const text = addProvider(source, id, provider)
    const policy = deps.config.compile(text)
    return { good: true, provider: policy.providers.get(id)!, policy, source: text, yaml: providerLines(id, provider) }
  } catch (error) {
    const redact = redactor(deps.config.current)
    const problems = problemsOf(error, 'the provider cannot be added')
    return bad(problems.map((each) => ({ ...each, message: redact(each.message) })))
  }
}

function bad(problems: ConfigProblem[], inFile = false): BadDraft {
  return { good: false, problems, inFile }
}

/** The problems of a config that was refused; of anything else, what went wrong. */
export function problemsOf(error: unknown, what: string): ConfigProblem[] {
  if (error instanceof ConfigError) return [...error.problems]
  const { code, message } = error as NodeJS.ErrnoException
  return [problem('', `${what}: ${code ?? message}`)]
}

function problem(path: string, message: string, suggestion: string | null = null): ConfigProblem {
  return { path, message, suggestion, line: 1, column: 1 }
}

function idProblems(id: string): ConfigProblem[] {
  if (id === '') return [problem('id', 'It needs an id, which routes name it by.')]
  if (id.length > LONGEST_ID) return [problem('id', `The id is longer than ${LONGEST_ID} characters.`)]
  if (ID.test(id)) return []
  return [
    problem(
      'id',
      'An id has letters, digits, ".", "_" and "-", and begins with a letter or a digit.',
      'e.g. openai-eu',
    ),
  ]
}

/** A credential that was typed in itself, where only a reference to one may stand. */
function credentialProblems(id: string, provider: ProviderDraft['provider'], deps: AdminDeps): ConfigProblem[] {
  const options = deps.providers.get(String(provider.kind))?.traits.options ?? {}
  const secret = Object.entries(options).filter(([, { type }]) => type === 'secret')
  return ['api_key', ...secret.map(([name]) => name)].flatMap((name) => {
    if (provider[name] === undefined) return []
    const place = `providers.${id}.${name}`
    const [, kind, target] = (typeof provider[name] === 'string' && REFERENCE.exec(provider[name])) || []
    if (kind === undefined) return [problem(place, LITERAL, REFERENCES)]
    // Whoever pastes the key between the braces has it in the file all the same.
    if (kind === 'env' && !/^[A-Za-z_]\w*$/.test(target!))
      return [problem(place, 'What stands behind env: is not the name of an environment variable.', REFERENCES)]
    return []
  })
}

const LITERAL =
  'The credential itself never stands in the file: the file is shown in the UI, compared, and kept in every revision.'
const REFERENCES =
  'put it elsewhere and write where: ${env:NAME}, ${file:PATH}, or ${secret:NAME} for HOME/secrets/NAME'
