import { isBlank, Runs } from './runs.ts'

/** Where addresses stand by the rules of a notation: of Markdown, HTML, CSS. */
export type Place = 'inline' | 'definition' | 'autolink' | 'attribute' | 'css'

export interface Destination {
  start: number
  end: number
  /** The text ends before it does. */
  isOpen: boolean
}

/** Blanks in a row that are passed over before an address. */
export const MOST_BLANKS = 128
/** Up to here it must be seen whether something is an address at all. */
const LONGEST_SCHEME = 64
/** What an address may begin with that leads elsewhere: a scheme, two slashes, or either of them in disguise. */
const ELSEWHERE = /^(?:[\0- ]{64}|[\0- ]{0,63}(?:[\\/]|&[#a-z]|[a-z][a-z0-9+.\-\t\r\n]{0,31}(?:[:&]|\\:)))/i
/** What may become the like of it. */
const UNDECIDED = /^[\0- a-z0-9+.\-&\\]{0,64}$/i

const BLANK = (code: number) => isBlank(code)
const ENDS = {
  inline: (code: number) => isBlank(code) || code === 0x29,
  definition: BLANK,
  autolink: (code: number) => isBlank(code) || code === 0x3e || code === 0x3c,
  attribute: (code: number) => isBlank(code) || code === 0x3e,
  css: (code: number) => isBlank(code) || code === 0x29,
  angle: (code: number) => code === 0x3e || code === 0x0a,
  double: (code: number) => code === 0x22,
  single: (code: number) => code === 0x27,
}
type Ending = keyof typeof ENDS

/** Reads addresses in one text, up to `stop`, of at most `longest` units. */
export class Places {
  readonly #text: string
  readonly #stop: number
  readonly #longest: number
  readonly #runs = new Map<Ending, Runs>()

  constructor(text: string, stop: number, longest: number) {
    this.#text = text
    this.#stop = stop
    this.#longest = longest
  }

  /**
   * The address that begins after `from` and some blanks, without its brackets or quotes. `null` where none begins
   * there, or what does leads nowhere else.
   */
  read(place: Place, from: number): Destination | null {
    let start = from
    while (start < this.#stop && start - from < MOST_BLANKS && isBlank(this.#text.charCodeAt(start))) start++
    const ending = endingOf(place, this.#text[start])
    if (ending !== place) start++
    if (start >= this.#stop) return null
    const head = this.#text.slice(start, Math.min(this.#stop, start + LONGEST_SCHEME))
    const isUndecided = start + head.length === this.#stop && UNDECIDED.test(head)
    if (!ELSEWHERE.test(head) && !isUndecided) return null
    const end = Math.min(this.#endFrom(ending, start), start + this.#longest)
    if (end === start) return null
    return { start, end, isOpen: end === this.#stop && end - start < this.#longest }
  }

  #endFrom(ending: Ending, start: number): number {
    let runs = this.#runs.get(ending)
    if (!runs) {
      runs = new Runs(this.#text, this.#stop, ENDS[ending])
      this.#runs.set(ending, runs)
    }
    return runs.endFrom(start)
  }
}

/** What ends an address, by what it begins with. */
function endingOf(place: Place, opening: string | undefined): Ending {
  if (place === 'inline' || place === 'definition') return opening === '<' ? 'angle' : place
  if (place === 'autolink') return place
  if (opening === '"') return 'double'
  return opening === "'" ? 'single' : place
}
