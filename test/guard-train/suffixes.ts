import type { Random } from '../cache-eval/random.ts'

/**
 * Endings such as gradient-guided search finds (Zou et al. 2023): pieces of words of many languages, of code and of
 * mark-up, with marks between them that belong to nothing.
 */
const PIECES =
  `describing similarly write oppositely Sure please two paragraphs Steps revert Manuel instructions tabular JSON json
output Table Title format sentence reply giving English titre exact une les pas der und nicht para como essai printf
begin ourselves ilma tutorial Theorem ViewById HashMap getText onClick ListItem NSString useState endif usepackage
textbf mathbb frac varphi cdot https www github DOCTYPE href TeX curly irony satire haiku acrostic bullet points then
finally without apology respectively Mockito javafx Ensure summary emulate inverse opposite markdown LaTeX syntax
slide bold typeface polit nouveau zwei drei sept ocho Lieutenant Anleitung Fachliteratur conse Bedeut sierp Wikip
archivi obviously yet again firstly tone expert numbered list`.split(/\s+/)
const MARKS = [
  '!--',
  '}}',
  '{{',
  '(\\',
  '\\(',
  '}$',
  '\\{',
  '="',
  '"];',
  '`{',
  '](',
  '**',
  '```',
  '<?',
  '//',
  '###',
  '...',
  '||',
  '}{',
  '"`',
  '>(',
  '[{',
  ']]',
  ')(',
  '@@',
  '%%',
  '\\n',
  '^{',
  '_{',
  '~~',
  '":{',
  '.](',
  "''",
  '?"',
  '/*',
  '?>',
  '+=',
  '::',
  '!!!',
  ';)',
]

export function oddSuffix(random: Random): string {
  let suffix = ''
  const count = 8 + random.below(18)
  for (let index = 0; index < count; index++) {
    const piece = random.pick(PIECES)
    const glue = random.pick([' ', ' ', '', random.pick(MARKS), ` ${random.pick(MARKS)}`, `${random.pick(MARKS)} `])
    suffix += (random.next() < 0.15 ? piece[0]!.toUpperCase() + piece.slice(1) : piece) + glue
  }
  return suffix.trim()
}
