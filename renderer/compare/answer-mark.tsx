import { Check, type LucideIcon, Minus, TrendingDown } from 'lucide-react'
import type { CSSProperties } from 'react'
import type { Answer } from './shapes.ts'
import { answerTones, answerWords } from './words.ts'

const icons: Record<Answer, LucideIcon> = { 'non-inferior': Check, worse: TrendingDown, 'not-enough-data': Minus }

/** One of the three answers. */
export function AnswerMark({ answer, title }: { answer: Answer; title?: string }) {
  const Icon = icons[answer]
  return (
    <span className="answer-mark" style={toneOf(answerTones[answer])} data-answer={answer} title={title}>
      <Icon size={12} aria-hidden />
      {answerWords[answer]}
    </span>
  )
}

/** The tone that a part of the page is drawn in. */
export function toneOf(token: string): CSSProperties {
  return { '--tone': `var(--${token})` } as CSSProperties
}
