import { useMemo } from 'react'
import { type DiffWord, diffWords } from './word-diff.ts'

/** What was asked over what is kept, with the words that differ marked. */
export function QuestionPair({ asked, cached }: { asked: string; cached: string }) {
  const [one, other] = useMemo(() => diffWords(asked, cached), [asked, cached])
  return (
    <dl className="question-pair">
      <dt>asked</dt>
      <dd>
        <Words words={one} />
      </dd>
      <dt>kept</dt>
      <dd>
        <Words words={other} />
      </dd>
    </dl>
  )
}

function Words({ words }: { words: readonly DiffWord[] }) {
  return words.map(({ text, differs }, index) => {
    if (!differs) return text
    const word = text.trimEnd()
    return (
      <span key={index}>
        <mark className="word-differs">{word}</mark>
        {text.slice(word.length)}
      </span>
    )
  })
}
