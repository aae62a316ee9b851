import { createReadStream, createWriteStream, renameSync, rmSync, statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type {
  DatasetDetail,
  DatasetMade,
  DatasetOrder,
  DatasetPreview,
  DatasetRow,
} from '../http/admin/dataset-schemas.ts'
import { readFlags, UsageError } from '../options.ts'
import { detailText, listText, madeText, previewText } from './dataset-text.ts'
import { numberIn, some } from './flag-values.ts'
import { RunningGateway } from './running-gateway.ts'

export const DATASET_USAGE = `gatehouse dataset create [NAME] --from-traces --route R [--days 7 | --from T --to T] [--sample 0.05]
      [--where TERM]… [--limit N] [--reference recorded] [--test 0.2] [--base latest] [--note TEXT] [--dry-run]
  gatehouse dataset create [NAME] --from-annotation --route R [--limit N] [--reference recorded] …
  gatehouse dataset import FILE [--name NAME] [--format jsonl|csv] [--test 0.2] [--base latest] [--note TEXT]
  gatehouse dataset export NAME[@VERSION] [--output FILE]
  gatehouse dataset list | show NAME[@VERSION] | delete NAME@VERSION   (create, import, list and show with --json)`

const NUMBERS = ['days', 'sample', 'limit', 'test'] as const
const VALUES = ['home', 'route', 'from', 'to', 'reference', 'base', 'note', 'name', 'format', 'output'] as const
const TYPES: Readonly<Record<string, string>> = { jsonl: 'application/x-ndjson', csv: 'text/csv' }
const EXTENSIONS: Readonly<Record<string, string>> = { '.jsonl': 'jsonl', '.ndjson': 'jsonl', '.csv': 'csv' }
const LARGEST_FILE = 64 * 1024 * 1024

type Given = ReturnType<typeof readGiven>
type Command = (given: Given, words: readonly string[]) => Promise<string>

const COMMANDS: Readonly<Record<string, Command>> = {
  create,
  import: importFile,
  export: exportFile,
  list,
  show,
  delete: remove,
}

/** Makes, lists and moves datasets of the running gateway. */
export async function datasetCommand(args: readonly string[]): Promise<string> {
  const given = readGiven(args)
  const [word = '', ...words] = given.positionals
  const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined
  if (command === undefined || words.length > 1) throw usage()
  return command(given, words)
}

function readGiven(args: readonly string[]) {
  return readFlags(args, [...VALUES, ...NUMBERS], ['from-traces', 'from-annotation', 'dry-run', 'json'], ['where'])
}

async function create(given: Given, [name]: readonly string[]): Promise<string> {
  const order = orderOf(given, name)
  const gateway = RunningGateway.on(given.values.home)
  if (given.switches.has('dry-run')) {
    const preview = await gateway.call<DatasetPreview>('POST', 'datasets/preview', { json: order })
    return shown(given, preview, () => previewText(preview))
  }
  const made = await gateway.call<DatasetMade>('POST', 'datasets', { json: order })
  return shown(given, made, () => madeText(made))
}

function orderOf(given: Given, name: string | undefined): DatasetOrder {
  const { values, switches, lists } = given
  const { route, from, to, reference } = values
  const [traces, labels] = [switches.has('from-traces'), switches.has('from-annotation')]
  if (traces && labels)
    throw new UsageError('Items come from traces or from the annotation queue, not from both at once.')
  const named = name ?? values.name ?? route
  if (named === undefined) throw usage()
  if (!traces && !labels) {
    if (route !== undefined) throw new UsageError('Say what of the route is meant: --from-traces or --from-annotation.')
    return { name: named, ...versionFlags(given) }
  }
  if (route === undefined) throw new UsageError('--route says whose requests are meant.')
  const common = { route, ...some({ limit: numberIn(given.values, 'limit'), reference: referenceOf(reference) }) }
  if (labels) return { name: named, ...versionFlags(given), labels: common }
  const { where } = lists
  const window = some({ days: numberIn(given.values, 'days'), from, to, sample: numberIn(given.values, 'sample') })
  return {
    name: named,
    ...versionFlags(given),
    traces: { ...common, ...window, ...(where.length === 0 ? {} : { where: [...where] }) },
  }
}

function referenceOf(word: string | undefined): 'none' | 'recorded' | undefined {
  if (word === undefined || word === 'none' || word === 'recorded') return word
  throw new UsageError(`--reference takes none or recorded, not "${word}".`)
}

function versionFlags(given: Given): Pick<DatasetOrder, 'note' | 'base' | 'test'> {
  const { note, base } = given.values
  return some({ note, base, test: numberIn(given.values, 'test') })
}

async function importFile(given: Given, [file]: readonly string[]): Promise<string> {
  if (file === undefined) throw usage()
  const extension = extname(file)
  const format = given.values.format ?? EXTENSIONS[extension.toLowerCase()]
  const type = format === undefined ? undefined : TYPES[format]
  if (type === undefined) throw new UsageError('--format says what the file is: jsonl or csv.')
  const name = given.values.name ?? (file === '-' ? undefined : basename(file, extension))
  if (name === undefined) throw new UsageError('--name says what the dataset is called.')
  const query = new URLSearchParams({
    name,
    source: file === '-' ? 'standard input' : basename(file),
    ...Object.fromEntries(Object.entries(versionFlags(given)).map(([flag, value]) => [flag, String(value)])),
  })
  const gateway = RunningGateway.on(given.values.home)
  const content = file === '-' ? process.stdin : openFile(file)
  const made = await gateway.call<DatasetMade>('POST', `datasets/import?${query}`, { file: { content, type } })
  return shown(given, made, () => madeText(made))
}

function openFile(file: string) {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found?.isFile()) throw new UsageError(`${file} is no file.`)
  if (found.size > LARGEST_FILE)
    throw new UsageError(
      `${file} is larger than 64 MiB. Split it: import the first part, and each other one with --base latest.`,
    )
  return createReadStream(file)
}

async function exportFile(given: Given, [name]: readonly string[]): Promise<string> {
  if (name === undefined) throw usage()
  const { home, output } = given.values
  const body = await RunningGateway.on(home).open(`datasets/${encodeURIComponent(name)}/export.jsonl`)
  if (output === undefined) {
    await pipeline(body, process.stdout as Writable, { end: false })
    return ''
  }
  // A file that is there is whole.
  const part = `${output}.part`
  try {
    await pipeline(body, createWriteStream(part))
    renameSync(part, output)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
  return `${name} is in ${output}.\n`
}

async function list(given: Given, words: readonly string[]): Promise<string> {
  if (words.length > 0) throw usage()
  const { data } = await RunningGateway.on(given.values.home).call<{ data: DatasetRow[] }>('GET', 'datasets')
  return shown(given, data, () => listText(data))
}

async function show(given: Given, [name]: readonly string[]): Promise<string> {
  if (name === undefined) throw usage()
  const path = `datasets/${encodeURIComponent(name)}`
  const detail = await RunningGateway.on(given.values.home).call<DatasetDetail>('GET', path)
  return shown(given, detail, () => detailText(detail))
}

async function remove(given: Given, [name]: readonly string[]): Promise<string> {
  if (name === undefined) throw usage()
  if (!/@\d+$/.test(name)) throw new UsageError(`Say which version: gatehouse dataset delete ${name}@VERSION`)
  await RunningGateway.on(given.values.home).call('DELETE', `datasets/${encodeURIComponent(name)}`)
  return `${name} is deleted.\n`
}

function shown({ switches }: Given, value: unknown, text: () => string): string {
  return switches.has('json') ? `${JSON.stringify(value, null, 2)}\n` : text()
}

function usage(): UsageError {
  return new UsageError(`Usage: ${DATASET_USAGE}`)
}
