/** A page with this text between `<!-- name -->` and `<!-- /name -->`; `null` for one without these marks. */
export function withBlock(page: string, name: string, text: string): string | null {
  const block = between(page, `<!-- ${name} -->`, `<!-- /${name} -->`)
  return block && `${page.slice(0, block.start)}\n\n${text}\n\n${page.slice(block.end)}`
}

/** What `withBlock` put there, without the blank lines; `null` for a page without it. */
export function blockOf(page: string, name: string): string | null {
  const block = between(page, `<!-- ${name} -->\n\n`, `\n\n<!-- /${name} -->`)
  return block && page.slice(block.start, block.end)
}

function between(page: string, before: string, after: string): { start: number; end: number } | null {
  const at = page.indexOf(before)
  const start = at + before.length
  const end = page.indexOf(after, start)
  return at < 0 || end < 0 ? null : { start, end }
}
