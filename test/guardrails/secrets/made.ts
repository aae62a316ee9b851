import { createHash } from 'node:crypto'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** As random as a key, and the same every time; made when tests run, so that no scanner finds keys in this project. */
export function random(length: number, alphabet = LETTERS, seed = 'seed'): string {
  let made = ''
  for (let block = 0; made.length < length; block++)
    for (const byte of createHash('sha256').update(`${seed}${alphabet}${block}`).digest())
      if (byte < alphabet.length * Math.floor(256 / alphabet.length)) made += alphabet[byte % alphabet.length]
  return made.slice(0, length)
}

const HEX = '0123456789abcdef'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const join = (...parts: string[]) => parts.join('')
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A key of each kind, by the category it is found as. */
export const KEYS: readonly [category: string, key: string][] = [
  ['AWS_KEY', join('AK', 'IA', random(16, UPPER))],
  ['GOOGLE_KEY', join('AI', 'za', random(35))],
  ['GOOGLE_KEY', join('GOC', 'SPX-', random(28))],
  ['OPENAI_KEY', join('s', 'k-', 'proj-', random(60))],
  ['OPENAI_KEY', join('s', 'k-', random(20), 'T3Blbk', 'FJ', random(20, LETTERS, 'b'))],
  ['ANTHROPIC_KEY', join('sk-', 'ant-', 'api03-', random(93), 'AA')],
  ['HUGGINGFACE_TOKEN', join('h', 'f_', random(34, LETTERS.slice(0, 52)))],
  ['GITHUB_TOKEN', join('gh', 'p_', random(36))],
  ['GITHUB_TOKEN', join('github', '_pat_', random(82))],
  ['GITLAB_TOKEN', join('gl', 'pat-', random(20))],
  ['SLACK_TOKEN', join('xo', 'xb-', random(12, '0123456789'), '-', random(12, '0123456789', 'b'), '-', random(24))],
  ['STRIPE_KEY', join('sk_', 'live_', random(24))],
  ['NPM_TOKEN', join('np', 'm_', random(36))],
  ['SENDGRID_KEY', join('S', 'G.', random(22), '.', random(43, LETTERS, 'b'))],
  ['TWILIO_KEY', join('S', 'K', random(32, HEX))],
  ['DATABRICKS_TOKEN', join('da', 'pi', random(32, HEX))],
  ['DIGITALOCEAN_TOKEN', join('do', 'p_v1_', random(64, HEX))],
  ['SHOPIFY_TOKEN', join('shp', 'at_', random(32, HEX))],
  ['TELEGRAM_TOKEN', join(random(9, '123456789'), ':', 'AA', random(33))],
  ['DISCORD_TOKEN', join('M', random(23), '.', random(6, LETTERS, 'b'), '.', random(38, LETTERS, 'c'))],
  ['AZURE_SECRET', join(random(3), '8', 'Q~', random(34, LETTERS, 'b'))],
  ['JWT', join(base64url({ alg: 'HS256', typ: 'JWT' }), '.', base64url({ sub: 42, name: 'Ann' }), '.', random(43))],
  ['AGE_KEY', join('AGE-SECRET', '-KEY-1', random(58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'))],
  ['GROQ', join('gs', 'k_', random(52))],
  ['PYPI_TOKEN', join('pypi-', 'AgEIcHlwaS5vcmc', random(120))],
  ['LINEAR_KEY', join('lin_', 'api_', random(40))],
].map(([category, key]) => [category === 'GROQ' ? 'AI_KEY' : category!, key!] as const)

/** A private key in PEM armour, made up. */
export function pem(lines = 12, end = '\n'): string {
  const label = 'RSA PRIVATE' + ' KEY'
  const body = Array.from(
    { length: lines },
    (_, line) => (line === 0 ? 'MIIEpQIBAAKCAQEA' : '') + random(line === 0 ? 48 : 64, LETTERS, `${line}`),
  )
  return [`-----BEGIN ${label}-----`, ...body, `-----END ${label}-----`].join(end)
}
