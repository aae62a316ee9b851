/** Loopback names a gateway may report; the shell opens nothing else. */
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])
/** A socket bound to every interface is reached over loopback all the same. */
const WILDCARD = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['[::]', '[::1]'],
])

/**
 * Reads the origin out of one stdout line of the gateway, or undefined when the line is about something else.
 * Throws when the reported host is not reachable over loopback: the launch token must not travel a network.
 */
export function originFromLine(line: string): string | undefined {
  const address = /\blistening on (http:\/\/[\w.:[\]-]+)/.exec(line)?.[1]
  if (address === undefined) return undefined
  const url = new URL(address)
  url.hostname = WILDCARD.get(url.hostname) ?? url.hostname
  if (!LOOPBACK.has(url.hostname)) throw new Error(`the gateway listens on ${url.origin}, which is not loopback`)
  return url.origin
}

/** Splits a stream into lines, whatever its chunk borders; the last, unfinished line is delivered at the end. */
export function eachLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/)
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
  stream.on('end', () => {
    if (rest !== '') onLine(rest)
    rest = ''
  })
}
