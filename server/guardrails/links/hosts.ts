/** Host names that links may lead to. */
export interface HostList {
  allows(url: URL): boolean
}

interface Entry {
  /** In its normal form: small letters, Punycode, addresses in the usual notation. */
  name: string
  /** Names below it are meant, not itself. */
  below: boolean
  /** Empty for any. */
  port: string
}

/** Of `example.com`, `*.example.com` and `example.com:8443`. Throws a TypeError for what is no host. */
export function hostList(hosts: readonly string[]): HostList {
  const entries = hosts.map(readEntry)
  return {
    allows(url) {
      const name = normalName(url)
      return entries.some(
        (entry) =>
          (entry.below ? name.endsWith(`.${entry.name}`) : name === entry.name) &&
          (entry.port === '' || entry.port === portOf(url)),
      )
    },
  }
}

function readEntry(host: string): Entry {
  const below = host.startsWith('*.')
  const plain = below ? host.slice(2) : host
  const url = /[\s/\\?#@*]/.test(plain) ? null : URL.parse(`http://${plain}`)
  if (url === null || url.hostname === '')
    throw new TypeError('`hosts` must be a list of hosts, such as `*.example.com`')
  return { name: normalName(url), below, port: /:\d+$/.test(plain) ? portOf(url) : '' }
}

/** A dot at the end means the same host. */
function normalName({ hostname }: URL): string {
  return hostname.endsWith('.') ? hostname.slice(0, -1) : hostname
}

function portOf({ port, protocol }: URL): string {
  return port === '' ? (protocol === 'https:' || protocol === 'wss:' ? '443' : '80') : port
}
