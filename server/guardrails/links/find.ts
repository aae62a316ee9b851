import { MOST_BLANKS, type Place, Places } from './places.ts'
import { endsReach, isAlphanumeric, isBlank, isSlash, Runs } from './runs.ts'

/** UTF-16 units of the longest address; what is longer is cut there. */
export const LONGEST_LINK = 2048
/** Further back the beginning of a link's text is not looked for. */
const LONGEST_LABEL = 512
/** Addresses that stand after commas in one attribute are looked for so far. */
const LONGEST_SOURCE_SET = 512
const LONGEST_NAME = 12
/** Nothing further before a link has a say in it. */
export const LOOK_BEHIND = LONGEST_LINK + LONGEST_LABEL + MOST_BLANKS * 2 + LONGEST_NAME

/** Schemes that chats and mail programs make a link of wherever they stand. */
const RAW = ['https', 'http', 'wss', 'ws', 'ftp']
const BEGINNINGS = new Set([...RAW.map((scheme) => `${scheme}:/`), 'www.'].flatMap(properBeginnings))
const LONGEST_BEGINNING = 7
const LONGEST_BRACKETED = 64

/** Attributes of HTML that are fetched as soon as they are seen, and those that are followed. */
const FETCHED = new Set(['src', 'srcset', 'poster', 'background'])
const FOLLOWED = new Set(['href', 'action', 'formaction', 'data', 'cite', 'ping', 'url'])

/** Something in a text that leads, or may lead, elsewhere. */
export interface Link {
  /** Of the address alone; of an image's label, of the whole. */
  start: number
  end: number
  /** `raw`: it begins with a scheme or `www.`. `label`: of an image of Markdown, `![…]`. */
  place: Place | 'raw' | 'label'
  /** It is fetched as soon as it is seen. */
  isImage: boolean
}

export interface Links {
  links: Link[]
  /** Where the first one begins that may go on in what follows the text. */
  pending: number
}

/**
 * Every link in `text` up to `stop`: raw addresses, links, images and definitions of Markdown, attributes of HTML, `url()`
 * and `@import` of CSS. They may overlap. Time is linear.
 */
export function findLinks(text: string, stop: number): Links {
  const links: Link[] = []
  let pending = stop - heldBeginning(text, stop)
  const places = new Places(text, stop, LONGEST_LINK)
  const runs = new Runs(text, stop, endsRaw)
  const reaches = new Runs(text, stop, endsReach)
  /** Where the brackets stand that are open. */
  const labels: number[] = []
  /** Of the bracket that was closed last: is it an image's? */
  let isImageLabel = false
  let sourceSet = -LONGEST_SOURCE_SET
  let trimmed = { of: -1, end: -1 }

  const hold = (start: number) => {
    pending = Math.min(pending, start)
  }
  const addRaw = (start: number) => {
    const end = Math.min(runs.endFrom(start + bracketedHost(text, start, stop)), start + LONGEST_LINK)
    // What it is may depend on how far it reaches.
    if (reaches.endFrom(start) === stop && stop - start < LONGEST_LINK) hold(start)
    if (trimmed.of !== end) trimmed = { of: end, end: withoutSigns(text, end) }
    links.push({
      start,
      end: trimmed.end > start + LONGEST_BEGINNING ? trimmed.end : end,
      place: 'raw',
      isImage: false,
    })
  }
  const addPlace = (place: Place, from: number, isImage: boolean) => {
    const found = places.read(place, from)
    if (found === null) return
    if (found.isOpen) hold(found.start)
    links.push({ start: found.start, end: found.end, place, isImage })
  }
  const addLabel = (start: number) => {
    const limit = Math.min(stop, start + LONGEST_LABEL)
    const close = text.slice(start, limit).indexOf(']')
    if (close >= 0) links.push({ start, end: start + close + 1, place: 'label', isImage: true })
    else if (limit === stop) hold(start)
  }

  for (let at = 0; at < stop; at++) {
    switch (text.charCodeAt(at)) {
      case COLON:
        if (at + 1 < stop && isSlash(text.charCodeAt(at + 1))) {
          const scheme = schemeBefore(text, at)
          if (scheme !== null) addRaw(at - scheme.length)
        }
        if (text[at - 1] === ']') addPlace('definition', at + 1, false)
        break
      case SMALL_W:
      case LARGE_W:
        if (isWordAt(text, at, stop, 'www.') && !isWithinHost(text.charCodeAt(at - 1))) addRaw(at)
        break
      case PARENTHESIS:
        if (text[at - 1] === ']') addPlace('inline', at + 1, isImageLabel)
        else if (at >= 3 && isWordAt(text, at - 3, stop, 'url')) addPlace('css', at + 1, true)
        break
      case LESS:
        // Else it is the end of an element, or a sign.
        if (isAlphanumeric(text.charCodeAt(at + 1))) addPlace('autolink', at + 1, false)
        break
      case EQUALS: {
        const name = attributeBefore(text, at)
        if (FETCHED.has(name) || FOLLOWED.has(name)) addPlace('attribute', at + 1, FETCHED.has(name))
        if (name === 'srcset') sourceSet = at
        break
      }
      case COMMA:
        if (at - sourceSet < LONGEST_SOURCE_SET) addPlace('css', at + 1, true)
        break
      case OPEN:
        labels.push(at)
        break
      case CLOSE: {
        const label = labels.pop() ?? at
        isImageLabel = text[label - 1] === '!' && at - label < LONGEST_LABEL
        break
      }
      case AT:
        if (isWordAt(text, at, stop, '@import')) addPlace('css', at + 7, true)
        break
      case EXCLAMATION:
        if (at + 1 < stop && text[at + 1] === '[') addLabel(at)
        else if (at + 1 === stop) hold(at)
    }
  }
  return { links, pending }
}

const EXCLAMATION = 0x21
const PARENTHESIS = 0x28
const COMMA = 0x2c
const COLON = 0x3a
const LESS = 0x3c
const EQUALS = 0x3d
const AT = 0x40
const LARGE_W = 0x57
const OPEN = 0x5b
const CLOSE = 0x5d
const SMALL_W = 0x77
/** What encloses raw addresses in other notations: quotes, brackets, a table's lines. */
const ENCLOSING = new Set([...`"')<>]\`|}`].map((sign) => sign.charCodeAt(0)))

function endsRaw(code: number): boolean {
  return isBlank(code) || ENCLOSING.has(code)
}

/** Units of an address of IP version 6 with what stands before it: its bracket is no end. */
function bracketedHost(text: string, start: number, stop: number): number {
  const head = text.slice(start, Math.min(stop, start + LONGEST_BRACKETED))
  return /^[a-z]{2,5}:[\\/]{1,8}\[[0-9a-f:.]{2,45}\]/i.exec(head)?.[0].length ?? 0
}

/** Signs at the end belong to the sentence. */
function withoutSigns(text: string, end: number): number {
  let trimmed = end
  while (trimmed > 0 && text[trimmed - 1] !== '/' && /[\p{P}$+=~^]/u.test(text[trimmed - 1]!)) trimmed--
  return trimmed
}

/** Before `www.`: then it is no beginning. */
function isWithinHost(code: number): boolean {
  return isAlphanumeric(code) || code === 0x2d || code === 0x2e
}

/** `word` in small letters. */
function isWordAt(text: string, at: number, stop: number, word: string): boolean {
  return at + word.length <= stop && text.slice(at, at + word.length).toLowerCase() === word
}

function schemeBefore(text: string, colon: number): string | null {
  const before = text.slice(Math.max(0, colon - 5), colon).toLowerCase()
  return RAW.find((scheme) => before.endsWith(scheme)) ?? null
}

/** The letters before an equals sign. */
function attributeBefore(text: string, equals: number): string {
  let end = equals
  while (end > 0 && equals - end < MOST_BLANKS && isBlank(text.charCodeAt(end - 1))) end--
  let start = end
  while (start > 0 && end - start < LONGEST_NAME && isAlphanumeric(text.charCodeAt(start - 1))) start--
  return text.slice(start, end).toLowerCase()
}

/** Units at the end that may be the beginning of a raw address. */
function heldBeginning(text: string, stop: number): number {
  const tail = text.slice(Math.max(0, stop - LONGEST_BEGINNING), stop).toLowerCase()
  for (let start = 0; start < tail.length; start++) if (BEGINNINGS.has(tail.slice(start))) return tail.length - start
  return 0
}

function properBeginnings(word: string): string[] {
  return Array.from({ length: word.length - 1 }, (_, at) => word.slice(0, at + 1))
}
