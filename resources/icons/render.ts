/**
 * Renders the icon files from the SVG sources: `node resources/icons/render.ts`. Run by hand after a change of the
 * drawing; its results are committed. The .ico and .icns containers hold the same PNGs, so that no packaging machine
 * needs a converter.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import chromium from '@sparticuz/chromium'
import { chromium as browsers } from 'playwright-core'

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256]
/** Type codes of PNG members in an Apple icon image, by pixel size; the doubled ones are the @2x entries. */
const ICNS_TYPES: [string, number][] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
]

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

const browser = await browsers.launch({ executablePath: await chromium.executablePath(), args: chromium.args })
const page = await browser.newPage()

async function render(svg: string, size: number, color: string): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size })
  const style = `html,body{margin:0;background:transparent;color:${color}}svg{display:block;width:100vw;height:100vh}`
  await page.setContent(`<style>${style}</style>${svg}`)
  return page.screenshot({ omitBackground: true })
}

const icon = readFileSync(here('gatehouse.svg'), 'utf8')
const pngs = new Map<number, Buffer>()
for (const size of SIZES) pngs.set(size, await render(icon, size, 'black'))
for (const [size, png] of pngs) writeFileSync(here(`${size}.png`), png)

const tray = readFileSync(here('tray.svg'), 'utf8')
writeFileSync(here('trayTemplate.png'), await render(tray, 18, 'black'))
writeFileSync(here('trayTemplate@2x.png'), await render(tray, 36, 'black'))
// Elsewhere the panel may be light or dark: the coloured mark is seen on both.
writeFileSync(here('tray.png'), await render(icon, 24, 'black'))
writeFileSync(here('tray@2x.png'), await render(icon, 48, 'black'))
await browser.close()

writeFileSync(here('icon.ico'), ico(ICO_SIZES))
writeFileSync(here('icon.icns'), icns())

function png(size: number): Buffer {
  return pngs.get(size)!
}

function ico(sizes: number[]): Buffer {
  const header = Buffer.alloc(6 + 16 * sizes.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(sizes.length, 4)
  let offset = header.length
  sizes.forEach((size, index) => {
    const entry = 6 + 16 * index
    header.writeUInt8(size % 256, entry)
    header.writeUInt8(size % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(png(size).length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += png(size).length
  })
  return Buffer.concat([header, ...sizes.map(png)])
}

function icns(): Buffer {
  const members = ICNS_TYPES.map(([type, size]) => member(type, png(size)))
  return member('icns', Buffer.concat(members))
}

/** A member, and the container itself, is a four-letter type, the length with these eight bytes, and the content. */
function member(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'ascii')
  head.writeUInt32BE(content.length + 8, 4)
  return Buffer.concat([head, content])
}
