/** The form of a new provider as values: what is typed in it, what is wrong with that, and what is sent. */
import type { LocalServer, ProviderDraft, ProviderKindRow } from '../../server/http/admin/schemas.ts'

/** What the fields hold, as text. */
export interface ProviderForm {
  kind: ProviderKindRow
  id: string
  baseUrl: string
  apiKey: string
  residency: string
  /** Of the kind's own options; a ticked one is `true`. */
  options: Readonly<Record<string, string>>
}

const REFERENCE = /^\$\{(env|file|secret):[^}]+\}$/
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** The form for a kind, filled in as far as it can be. */
export function emptyForm(kind: ProviderKindRow, taken: readonly string[]): ProviderForm {
  const variable = `${kind.kind.toUpperCase().replace(/\W/g, '_')}_API_KEY`
  return {
    kind,
    id: freeId(kind.kind, taken),
    baseUrl: kind.base_url ?? '',
    apiKey: kind.needs_key ? `\${env:${variable}}` : '',
    residency: kind.self_hosted && isLoopback(kind.base_url ?? '') ? 'local' : '',
    options: {},
  }
}

/** The form for a server that was found on this machine. */
export function formFor(server: LocalServer, kind: ProviderKindRow, taken: readonly string[]): ProviderForm {
  return { ...emptyForm(kind, taken), baseUrl: server.base_url, residency: 'local' }
}

function freeId(wanted: string, taken: readonly string[]): string {
  let id = wanted
  for (let number = 2; taken.includes(id); number += 1) id = `${wanted}-${number}`
  return id
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname)
}

/** The draft that a form stands for. Fields that are empty, or as they would be anyway, are left out. */
export function toDraft({ kind, ...form }: ProviderForm): ProviderDraft {
  const provider: Record<string, unknown> = { kind: kind.kind }
  const baseUrl = form.baseUrl.trim()
  if (baseUrl !== '' && (kind.self_hosted || baseUrl !== kind.base_url)) provider.base_url = baseUrl
  if (form.apiKey.trim() !== '') provider.api_key = form.apiKey.trim()
  if (form.residency.trim() !== '') provider.residency = form.residency.trim()
  for (const { name, type } of kind.options) {
    const text = (form.options[name] ?? '').trim()
    if (text !== '') provider[name] = typed(text, type)
  }
  return { id: form.id.trim(), provider }
}

/** What is no number stays text, which the gateway refuses in its own words. */
function typed(text: string, type: string): unknown {
  if (type === 'boolean') return text === 'true'
  return type === 'integer' && /^\d+$/.test(text) ? Number(text) : text
}

export type FormProblems = Readonly<Record<string, string>>

/** What must be mended before the form can be sent, by field; a key that was typed in never leaves the page. */
export function problemsOf(form: ProviderForm, taken: readonly string[]): FormProblems {
  const problems: Record<string, string> = {}
  const id = form.id.trim()
  if (!ID.test(id)) problems.id = 'Letters, digits, “.”, “_” and “-”, beginning with a letter or a digit; at most 64.'
  else if (taken.includes(id)) problems.id = `There is a provider “${id}” already.`
  if (form.baseUrl.trim() === '' && form.kind.needs_base_url) problems.baseUrl = 'Every installation has its own.'
  else if (form.baseUrl.trim() !== '' && !/^https?:\/\/[^/]/.test(form.baseUrl.trim()))
    problems.baseUrl = 'An address that begins with http:// or https://.'
  const secret = form.kind.options.filter(({ type }) => type === 'secret').map(({ name }) => name)
  for (const [field, text] of [['apiKey', form.apiKey], ...secret.map((name) => [name, form.options[name] ?? ''])])
    if (text!.trim() !== '' && !REFERENCE.test(text!.trim())) problems[field!] = LITERAL
  return problems
}

const LITERAL =
  'Only a reference can stand here, never the key itself: the file is shown in this UI and kept in every revision. Nothing was sent.'
