/** A line of a file, or a record of CSV, and the number of the line on which it begins. */
export interface Placed<T> {
  line: number
  value: T
}

/** A file that is no CSV. */
export class CsvProblem extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

const SPECIAL = /[",\r\n]/g

/** Characters of one record: more is a quote that was never closed. */
const LONGEST = 2 * 1024 * 1024

/**
 * Reads CSV as RFC 4180 has it (https://www.rfc-editor.org/rfc/rfc4180), a piece at a time, in linear time: fields
 * parted by commas, `"` around those with commas, quotes or line ends in them, `""` for a quote; lines may also end
 * with LF. Records that are empty lines are left out.
 */
export class CsvReader {
  #records: Placed<string[]>[] = []
  #fields: string[] = []
  #field = ''
  #size = 0
  #line = 1
  #began = 1
  /** `quoted`: within quotes; `closed`: behind the closing one; `return`: behind a CR that nothing else followed yet. */
  #state: 'plain' | 'quoted' | 'closed' | 'return' = 'plain'

  /** The records that are complete with this piece. */
  push(text: string): Placed<string[]>[] {
    for (let at = 0; at < text.length; ) {
      const end = this.#state === 'quoted' ? quoteFrom(text, at) : specialFrom(text, at)
      if (end > at) this.#add(text.slice(at, end))
      if (end < text.length) this.#take(text[end]!)
      at = end + 1
    }
    return this.#taken()
  }

  /** The last record, where no line end follows it. */
  end(): Placed<string[]>[] {
    if (this.#state === 'quoted') throw new CsvProblem(this.#began, 'a quote is never closed')
    this.#endRecord()
    return this.#taken()
  }

  #taken(): Placed<string[]>[] {
    const records = this.#records
    this.#records = []
    return records
  }

  /** What means something where it stands. */
  #take(char: string): void {
    if (char === '"') this.#takeQuote()
    else if (char === '\n') this.#endRecord()
    else if (this.#state === 'return') this.#failAtReturn()
    else if (char === ',') this.#endField()
    else this.#state = 'return'
  }

  #takeQuote(): void {
    if (this.#state === 'quoted') this.#state = 'closed'
    else if (this.#state === 'return') this.#failAtReturn()
    else if (this.#state === 'closed') {
      this.#state = 'quoted'
      this.#add('"')
    } else if (this.#field === '') this.#state = 'quoted'
    else throw new CsvProblem(this.#line, 'a field with quotes in it must itself stand in quotes, each quote twice')
  }

  #add(text: string): void {
    if (this.#state === 'return') this.#failAtReturn()
    if (this.#state === 'closed') throw new CsvProblem(this.#line, 'after a closing quote only a comma may follow')
    this.#field += text
    this.#size += text.length
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line += 1
    if (this.#size > LONGEST) throw new CsvProblem(this.#began, 'a record is too long; is a quote not closed?')
  }

  #failAtReturn(): never {
    throw new CsvProblem(this.#line, 'a line ends with CR alone: save it with other line ends')
  }

  #endField(): void {
    this.#fields.push(this.#field)
    this.#field = ''
    this.#size += 1
    this.#state = 'plain'
  }

  #endRecord(): void {
    this.#endField()
    const fields = this.#fields
    if (fields.length > 1 || fields[0] !== '') this.#records.push({ line: this.#began, value: fields })
    this.#fields = []
    this.#size = 0
    this.#line += 1
    this.#began = this.#line
  }
}

function quoteFrom(text: string, start: number): number {
  const at = text.indexOf('"', start)
  return at < 0 ? text.length : at
}

/** Where the next character stands that may end a plain field; the text's length where there is none. */
function specialFrom(text: string, start: number): number {
  SPECIAL.lastIndex = start
  return SPECIAL.exec(text)?.index ?? text.length
}
