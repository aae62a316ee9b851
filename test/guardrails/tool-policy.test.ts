import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { found, inspect, make } from './support.ts'

const HOSTS = ['good.com', '*.ok.org', 'local.net:8443', 'bücher.de', '[fe80::1]']

describe('tool-policy: links', () => {
  const links = make('tool-policy', { hosts: HOSTS })

  const REFUSED: Readonly<Record<string, string>> = {
    'see https://evil.com/x?d=1.': 'https://evil.com/x?d=1',
    'HTTPS://EVIL.COM': 'HTTPS://EVIL.COM',
    'https:\\\\evil.com': 'https:\\\\evil.com',
    'https:/evil.com/a': 'https:/evil.com/a',
    'https://good.com@evil.com/': 'https://good.com@evil.com/',
    'https://evilgood.com': 'https://evilgood.com',
    'https://good.com.evil.com': 'https://good.com.evil.com',
    'https://sub.good.com': 'https://sub.good.com',
    'https://ok.org': 'https://ok.org',
    'https://notok.org': 'https://notok.org',
    'https://local.net': 'https://local.net',
    'http://0x7f.1/': 'http://0x7f.1/',
    'http://2130706433': 'http://2130706433',
    'http://[::1]/': 'http://[::1]/',
    'https://gооd.com (Cyrillic)': 'https://gооd.com',
    'https://good%2ecom.evil.com': 'https://good%2ecom.evil.com',
    'https://good.com/?u=https://evil.com': 'https://evil.com',
    '(https://good.com)@evil.com/': 'https://good.com',
    'xhttps://evil.com': 'https://evil.com',
    'www.evil.com/a': 'www.evil.com/a',
    '[a](//evil.com)': '//evil.com',
    '[a](/\\evil.com)': '/\\evil.com',
    '[a](<//evil.com/b c>)': '//evil.com/b c',
    '[a]( \n//evil.com "title")': '//evil.com',
    '[a](https:evil.com)': 'https:evil.com',
    '[a](https\\://evil.com)': 'https\\://evil.com',
    '[a](\\/\\/evil.com)': '\\/\\/evil.com',
    '[a](&#x68;ttps&colon;//evil.com)': '&#x68;ttps&colon;//evil.com',
    '[a](javascript:alert)': 'javascript:alert',
    '[a](data:text/html,x)': 'data:text/html,x',
    '[a](slack://evil)': 'slack://evil',
    '[ref]: //evil.com "title"': '//evil.com',
    '[ref]:\n  <//evil.com>': '//evil.com',
    '<javascript:alert(1)>': 'javascript:alert(1)',
    '<a href = "//evil.com/a b">': '//evil.com/a b',
    "<a href='java\tscript:x'>": 'java\tscript:x',
    '<form action=//evil.com>': '//evil.com',
    '<meta content="0;url=//evil.com">': '//evil.com"',
  }
  for (const [text, link] of Object.entries(REFUSED))
    it(`refuses ${JSON.stringify(text)}`, async () => assert.deepEqual(await found(links, text), [link]))

  const ALLOWED = [
    'https://good.com/x?d=1.',
    'HTTPS://GOOD.COM./a',
    'http://good.com:8080',
    'https://me:pass@good.com/',
    'https://a.b.ok.org',
    'https://local.net:8443/x',
    'https://xn--bcher-kva.de and https://BÜCHER.de',
    '(https://good.com), **https://good.com**, "https://good.com"; <https://good.com>',
    'https://good.com/a_(b)',
    '[a](/b/c) [a](b.md#x) [a](#x) [a](mailto:x@y.z)',
    'http:// and https://, or www. and a//b.c',
    'https://[FE80:0::1]/x and [a](https://[fe80::1]/x)',
    'a[0]: int, std::vector<int>(x), x ? //y : z',
    '<b>x</b> <xs:element name="a" />',
    '![p](data:image/png;base64,AAAA)',
  ]
  for (const text of ALLOWED)
    it(`allows ${JSON.stringify(text)}`, async () => assert.deepEqual(await found(links, text), []))

  it('tells images from links', async () => {
    const categories = async (text: string) => (await inspect(links, text)).matches.map(({ category }) => category)
    for (const text of [
      '![a](//evil.com)',
      '![a [b] c](//evil.com)',
      '<img src="//evil.com">',
      'url(//evil.com)',
      '@import "//evil.com"',
    ])
      assert.deepEqual(await categories(text), ['IMAGE'], text)
    assert.deepEqual(await categories('<img srcset="a.png 1x, //evil.com/b 2x">'), ['IMAGE'])
    assert.deepEqual(await categories('[![a](/b)](//evil.com)'), ['LINK'])
  })

  it('may allow images from anywhere, or none at all', async () => {
    const any = make('tool-policy', { hosts: HOSTS, images: 'allow' })
    assert.deepEqual(await found(any, '![a](//evil.com) [a](//evil.org)'), ['//evil.org'])
    const none = make('tool-policy', { images: 'none' })
    assert.deepEqual(await found(none, '![a](b.png) ![c][d] [e](//f) <img src=//g>'), ['![a]', '![c]', '//g'])
  })

  it('may limit how much an address says, also to allowed hosts', async () => {
    const short = make('tool-policy', { hosts: HOSTS, max_address_characters: 30 })
    assert.deepEqual(await found(short, 'https://good.com/short'), [])
    assert.equal((await found(short, `https://good.com/${'x'.repeat(30)}`)).length, 1)
    assert.equal((await found(short, `https://good.com/)${'x'.repeat(30)}`)).length, 1)
  })

  it('holds back a link until it is known where it ends', () => {
    const { settled } = links.incremental!
    assert.equal(settled('see https://ev'), 4)
    assert.equal(settled('see htt'), 4)
    assert.equal(settled('see [a](//ev'), 8)
    assert.equal(settled('see https://evil.com '), 21)
    assert.equal(settled('see this'), 8)
  })
})

describe('tool-policy: calls', () => {
  const policy = make('tool-policy', {
    allow: ['read_*', 'send'],
    deny: ['read_secrets'],
    hosts: HOSTS,
    arguments: { send: { type: 'object', required: ['to'], properties: { to: { pattern: '@ok\\.org$' } } } },
  })
  const CASES: readonly [tool: string, text: string, category: string | null][] = [
    ['read_mail', '{}', null],
    ['read_mail', '', null],
    ['read_secrets', '{}', 'tool'],
    ['write', '{}', 'tool'],
    ['Send', '{}', 'tool'],
    ['send', '{"to":"a@ok.org"}', null],
    ['send', '{"to":"a@evil.com"}', 'arguments'],
    ['send', '', 'arguments'],
    ['send', '{"to"', 'arguments'],
    ['read_mail', '{"u":"https:\\/\\/evil.com"}', 'link'],
    ['read_mail', '{"u":{"v":["\\u002f/evil.com/x"]}}', 'link'],
    ['read_mail', '{"https://evil.com":1}', 'link'],
    ['read_mail', '{"u":"javascript:x"}', 'link'],
    ['read_mail', '{"u":"see ![a](//evil.com)"}', 'link'],
    ['read_mail', '{"u":"https://good.com","v":"// a comment","w":"C:\\\\x"}', null],
    ['read_mail', 'https://evil.com', 'link'],
    ['read_mail', `${'['.repeat(500)}${']'.repeat(500)}`, 'arguments'],
  ]
  for (const [tool, text, category] of CASES)
    it(`${category === null ? 'allows' : `refuses (${category})`} ${tool} ${text.slice(0, 60)}`, async () => {
      const inspection = await inspect(policy, text, { tool, origin: 'tool-call' })
      assert.deepEqual([inspection.category, inspection.score], [category, category === null ? 0 : 1])
      assert.deepEqual(inspection.matches, [])
    })
})
