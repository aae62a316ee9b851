import { BlockList, isIP } from 'node:net'

/** Loopback addresses: 127.0.0.0/8 (RFC 1122) and ::1 (RFC 4291), also as IPv4-mapped IPv6. */
const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** An IP address out of a URL's or a Host header's host part: brackets and zone removed; `null` for a name. */
export function hostAddress(host: string): string | null {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  const address = bare.split('%')[0]!
  return isIP(address) ? address : null
}

/** True for an address of this machine's loopback interface. */
export function isLoopbackAddress(address: string): boolean {
  return address === '127.0.0.1' || contains(loopback, address)
}

/** True for a host that always means this machine: a loopback address or `localhost` (RFC 6761). */
export function isLoopbackHost(host: string): boolean {
  const address = hostAddress(host)
  if (address) return isLoopbackAddress(address)
  const name = host.toLowerCase().replace(/\.$/, '')
  return name === 'localhost' || name.endsWith('.localhost')
}

/** Hosts and addresses that may be dialled. */
export interface AllowList {
  /** The name itself is listed. */
  hasName(host: string): boolean
  hasAddress(address: string): boolean
}

/**
 * Reads entries such as `10.0.0.0/8`, `fd00::/8`, `10.0.0.5`, `models.example` or `*.example`.
 * Throws a RangeError that says which entry is none of these.
 */
export function readAllowList(entries: readonly string[]): AllowList {
  const blocks = new BlockList()
  const names = new Set<string>()
  const suffixes: string[] = []
  for (const entry of entries) {
    const [host, prefix, ...rest] = entry.split('/')
    const address = hostAddress(host ?? '')
    const family = address && isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (address && prefix === undefined) blocks.addAddress(address, family)
    else if (address && rest.length === 0 && /^\d{1,3}$/.test(prefix!) && +prefix! <= (family === 'ipv6' ? 128 : 32))
      blocks.addSubnet(address, +prefix!, family)
    else if (/^\*\.[a-z0-9.-]+$/i.test(entry)) suffixes.push(entry.slice(1).toLowerCase())
    else if (!/^[\d./:]*$/.test(entry) && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(entry))
      names.add(entry.toLowerCase())
    else throw new RangeError(`"${entry}" is neither an address, a CIDR range nor a host name`)
  }
  return {
    hasName(host) {
      const name = host.toLowerCase().replace(/\.$/, '')
      return names.has(name) || suffixes.some((suffix) => name.endsWith(suffix))
    },
    hasAddress: (address) => contains(blocks, address),
  }
}

function contains(list: BlockList, address: string): boolean {
  const family = isIP(address)
  if (family === 0) return false
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped) return list.check(mapped[1]!, 'ipv4')
  return list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** The address to print: a wildcard is shown as loopback, where this machine's user reaches it. */
export function describeAddress(host: string, port: number): { url: string; port: number } {
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host
  return { url: `http://${shown}:${port}`, port }
}
