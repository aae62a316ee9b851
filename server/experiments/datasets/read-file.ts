import { GatewayError } from '../../core/errors.ts'
import { CsvProblem, CsvReader, type Placed } from './csv.ts'
import type { Row } from './row-members.ts'

export const FILE_FORMATS = ['jsonl', 'csv'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

/** Characters of a line of JSONL. */
const LONGEST_LINE = 2 * 1024 * 1024

/** The rows of a file, with the number of the line on which each begins. Throws `invalid_request` that says where. */
export function readFile(chunks: AsyncIterable<Uint8Array>, format: FileFormat): AsyncGenerator<Placed<Row>> {
  return format === 'csv' ? readCsv(texts(chunks)) : readJsonl(texts(chunks))
}

/** Says where in a file something is wrong. */
export function fileProblem(line: number, message: string): GatewayError {
  return new GatewayError('invalid_request', `Line ${line}: ${message}.`, {
    hint: 'Nothing was imported; mend the file and import it again.',
  })
}

async function* texts(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  // It takes the mark at the beginning away that spreadsheets write.
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error
    throw new GatewayError('invalid_request', 'The file is not encoded as UTF-8.', { hint: 'Save it as UTF-8.' })
  }
}

async function* readJsonl(pieces: AsyncIterable<string>): AsyncGenerator<Placed<Row>> {
  let number = 0
  for await (const line of lines(pieces)) {
    number += 1
    if (line.trim() !== '') yield { line: number, value: rowOf(line, number) }
  }
}

async function* lines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let number = 1
  let rest: string[] = []
  let length = 0
  for await (const piece of pieces) {
    const [first = '', ...others] = piece.split('\n')
    rest.push(first)
    length += first.length
    if (length > LONGEST_LINE) throw fileProblem(number, 'it is longer than 2 MiB')
    if (others.length === 0) continue
    yield rest.join('')
    yield* others.slice(0, -1)
    number += others.length
    rest = [others.at(-1)!]
    length = rest[0]!.length
  }
  yield rest.join('')
}

function rowOf(line: string, number: number): Row {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    const isList = number === 1 && line.trimStart().startsWith('[')
    const hint = isList ? '; a file of one JSON list is made into lines with `jq -c ".[]"`' : ''
    throw fileProblem(number, `it is not JSON (${reasonOf(error as Error)})${hint}`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row
  throw fileProblem(number, 'every line must be a JSON object')
}

/** Without the piece of the text that V8 quotes. */
function reasonOf({ message }: Error): string {
  return message.split(',')[0]!.replace(/ in JSON.*$/s, '')
}

async function* readCsv(pieces: AsyncIterable<string>): AsyncGenerator<Placed<Row>> {
  let names: readonly string[] | null = null
  try {
    for await (const { line, value } of records(pieces)) {
      if (names === null) names = namesOf(value)
      else if (value.length === names.length)
        yield { line, value: Object.fromEntries(value.map((field, index) => [names![index]!, field])) }
      else throw new CsvProblem(line, `it has ${value.length} fields, and the first line names ${names.length}`)
    }
  } catch (error) {
    throw error instanceof CsvProblem ? fileProblem(error.line, error.message) : error
  }
}

async function* records(pieces: AsyncIterable<string>): AsyncGenerator<Placed<string[]>> {
  const reader = new CsvReader()
  for await (const piece of pieces) yield* reader.push(piece)
  yield* reader.end()
}

function namesOf(fields: readonly string[]): string[] {
  const names = fields.map((field) => field.trim())
  if (names.length === 1 && /[;\t]/.test(names[0]!))
    throw new CsvProblem(1, 'its names are parted by something else than commas: save it with commas')
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new CsvProblem(1, `the column "${twice}" is named twice`)
  if (names.includes('')) throw new CsvProblem(1, 'a column has no name')
  return names
}
