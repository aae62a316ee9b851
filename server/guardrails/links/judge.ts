import { type Address, addressesOf, LONGEST_HEAD, rawAddress } from './address.ts'
import { findLinks, type Link, type Links, LONGEST_LINK } from './find.ts'
import type { HostList } from './hosts.ts'
import { endsReach, isSlash } from './runs.ts'

export const IMAGES = ['allowed-hosts', 'allow', 'none'] as const

export interface LinkRules {
  /** `null`: any. */
  hosts: HostList | null
  images: (typeof IMAGES)[number]
  /** UTF-16 units. */
  longestAddress: number
}

/** Pictures that stand in the address itself call nobody; of the formats, SVG may hold scripts. */
const INLINE_PICTURE = /^\s{0,64}data:image\/(?:png|jpeg|gif|webp|avif)[;,]/i

/** Links that the rules do not allow, as they stand in the text. */
export function wrongLinks(text: string, rules: LinkRules): Links {
  const known: Known = new Map()
  const { links, pending } = findLinks(text, text.length)
  return { links: links.filter((link) => isWrong(text, link, rules, known)), pending }
}

/** Is an address that stands by itself, such as a tool's argument, one that the rules do not allow? */
export function isWrongAddress(text: string, rules: LinkRules): boolean {
  const address = text.trim()
  // Without a dot it is rather a comment or a path.
  if (!/^[\\/]{2}[^\\/\s]*\.|^[a-z][a-z0-9+.-]{0,31}:/i.test(address)) return false
  return isWrong(address, { start: 0, end: address.length, place: 'attribute', isImage: false }, rules, new Map())
}

/** Units of the longest scheme that makes an address raw, with its colon. */
const LONGEST_SCHEME = 6

/** What was read in this text already: the same address often stands in one twice. */
type Known = Map<string, readonly Address[]>

function isWrong(text: string, link: Link, { hosts, images, longestAddress }: LinkRules, known: Known): boolean {
  const { place, isImage } = link
  if (place === 'label') return images === 'none'
  const head = headOf(text, link)
  const key = `${place === 'raw'} ${head}`
  const first = known.get(key) ?? (place === 'raw' ? [rawAddress(head)] : addressesOf(head))
  known.set(key, first)
  const addresses = place === 'raw' ? [...first, ...longerAddress(text, link, head)] : first
  const elsewhere = addresses.filter((address) => address !== null)
  if (elsewhere.length === 0) return false
  if (isImage && images === 'none') return true
  if (isImage && (images === 'allow' || INLINE_PICTURE.test(head))) return false
  if (reachOf(text, link, longestAddress) > longestAddress) return true
  return hosts !== null && elsewhere.some((address) => !isAllowed(address, hosts))
}

function isAllowed(address: NonNullable<Address>, hosts: HostList): boolean {
  return typeof address === 'object' && 'url' in address && hosts.allows(address.url)
}

/** The beginning of an address that says where it leads; of a raw one, up to where its host ends. */
function headOf(text: string, { start, end, place }: Link): string {
  const limit = Math.min(end, start + LONGEST_HEAD)
  if (place !== 'raw') return text.slice(start, limit)
  const colon = text.slice(start, start + LONGEST_SCHEME).indexOf(':')
  let at = start + colon + 1
  if (colon >= 0) while (at < limit && isSlash(text.charCodeAt(at))) at++
  while (at < limit && !endsHost(text.charCodeAt(at))) at++
  return text.slice(start, at)
}

/** A bracket ends a raw address for most, but some take it for part of a name before `@`. */
function longerAddress(text: string, { start, end }: Link, head: string): Address[] {
  const limit = Math.min(text.length, start + LONGEST_HEAD)
  if (start + head.length < end) return []
  let at = end
  while (at < limit && !endsReach(text.charCodeAt(at)) && !endsHost(text.charCodeAt(at))) at++
  return text.slice(end, at).includes('@') ? [rawAddress(text.slice(start, at))] : []
}

function endsHost(code: number): boolean {
  return isSlash(code) || code === 0x3f || code === 0x23
}

/** How long the address is; of a raw one, as far as anybody might read it. */
function reachOf(text: string, { start, end, place }: Link, longestAddress: number): number {
  if (place !== 'raw' || longestAddress >= LONGEST_LINK) return end - start
  let reach = end
  while (reach < text.length && reach - start <= longestAddress && !endsReach(text.charCodeAt(reach))) reach++
  return reach - start
}
