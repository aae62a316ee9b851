/** Of a message so many characters are looked at. */
const LONGEST_MESSAGE = 131_072
const TAG =
  /<(context|documents?|sources?|articles?|passages?|text|knowledge(?:_base)?|data|file|excerpts?|references?|search_results?|results?)(?:\s[^<>]{0,200})?>/gi
const QUOTED = /"""|'''|```/g
/** Before a colon at the beginning of a line: a document follows. */
const LABELS =
  wordSet(`context document documents source sources article articles passage passages text texts excerpt excerpts
background reference references knowledge content search results kontext dokument dokumente quelle quellen hintergrund contexte
contexto documento documentos texto fuente fuentes contesto documenti 文脈 資料 参考 背景 文档 上下文 资料`)
/** The question, or what is to be done, follows. */
const QUESTIONS =
  wordSet(`question questions query task tasks instruction instructions request answer frage fragen aufgabe antwort
pregunta respuesta réponse domanda 質問 问题 回答`)
const BEFORE_LABEL = wordSet('the relevant provided retrieved source following user my here is are')
/** What headings and bold type are made of. */
const DECORATION = /[#*_>]/g
const LONGEST_LABEL = 60
const SHORTEST = 20
/** Longer paragraphs beside a short rest are pasted, unless who writes speaks of themselves. */
const PASTED = { paragraph: 400, whole: 1000, rest: 400, personal: 0.01 }
const PERSONAL = /\b(?:i|my|me|we|our|ich|mein|meine|wir|je|mon|ma|nous|yo|mi|nosotros)\b/gi

/** What of a message is there to be read, and no question: what is marked so, or else long paragraphs beside a short rest. */
export function documentsIn(message: string): string[] {
  const text = message.slice(0, LONGEST_MESSAGE)
  const marked = [...tagged(text), ...quoted(text), ...labelled(text)].filter((each) => each.trim().length >= SHORTEST)
  return marked.length > 0 ? marked : pasted(text)
}

function tagged(text: string): string[] {
  const found: string[] = []
  let end = 0
  for (const { 0: tag, 1: name, index } of text.matchAll(TAG)) {
    if (index < end) continue
    const start = index + tag.length
    const close = text.indexOf(`</${name}`, start)
    end = close < 0 ? text.length : close
    found.push(text.slice(start, end))
  }
  return found
}

/** Between two marks of the same kind. */
function quoted(text: string): string[] {
  const found: string[] = []
  let open: { mark: string; at: number } | null = null
  for (const { 0: mark, index } of text.matchAll(QUOTED)) {
    if (open === null) open = { mark, at: index + mark.length }
    else if (open.mark === mark) {
      found.push(text.slice(open.at, index))
      open = null
    }
  }
  return found
}

/** From a line with a label to one with a question, or to the end. */
function labelled(text: string): string[] {
  const found: string[] = []
  let open = -1
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf('\n', start)
    const end = next < 0 ? text.length : next
    const label = labelAt(text.slice(start, Math.min(end, start + LONGEST_LABEL)))
    if (open < 0 && label !== null && LABELS.has(label.word)) open = start + label.length
    else if (open >= 0 && label !== null && QUESTIONS.has(label.word)) {
      found.push(text.slice(open, start))
      open = -1
    }
    start = end + 1
  }
  return open < 0 ? found : [...found, text.slice(open)]
}

/** What stands before a colon: its first word, articles and the like left out, and its length. */
function labelAt(line: string): { word: string; length: number } | null {
  const colon = line.search(/[:：]/)
  if (colon < 0) return null
  const words = line.slice(0, colon).replace(DECORATION, ' ').trim().toLowerCase().split(/\s+/)
  const word = words.find((each) => !BEFORE_LABEL.has(each))
  return word === undefined ? null : { word, length: colon + 1 }
}

function pasted(text: string): string[] {
  if (text.length < PASTED.whole) return []
  const paragraphs = text.split(/\n[ \t]{0,20}\n/)
  const long = paragraphs.filter((paragraph) => paragraph.length >= PASTED.paragraph)
  const size = long.reduce((sum, { length }) => sum + length, 0)
  if (size < PASTED.whole || text.length - size > PASTED.rest) return []
  const personal = long.join(' ').match(PERSONAL)?.length ?? 0
  return personal > (size / 6) * PASTED.personal ? [] : long
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/))
}
